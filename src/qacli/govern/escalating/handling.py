"""Working on a case: taking it in hand, telling the customer that it arrived, handing it on, and its options."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from qacli.govern.escalating.case import (
    ACKNOWLEDGED,
    HANDOVER,
    TAKEN,
    Case,
    EscalationMove,
    EscalationOption,
    Option,
    case_of,
    local_day,
)
from qacli.govern.escalating.opening import refuse_skip, tier_of
from qacli.govern.escalating.trigger import Trigger
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.prepare.authority.matrix import Matrix


class CaseClosed(Refusal, rule="escalation-closed"):
    """What is closed is over."""

    def __init__(self, found: Case) -> None:
        by = f" by {found.end.by}" if found.end else ""
        super().__init__(
            f"{found.escalation.id} was closed{by}.", help=Hint("what is new is a new case: ", Command("escalate open"))
        )


class NotHolder(Refusal, rule="not-the-holder"):
    """Whoever has a case works on it; a higher tier may take it away."""

    def __init__(self, found: Case, actor: str, *, above: bool = False) -> None:
        over = f"escalate handover {found.escalation.id} --to {actor}"
        super().__init__(
            f"{found.escalation.id} is with {found.holder}; {actor} cannot act on it.",
            help=Hint("take it away first, and say why: ", Command(f"{over} --words ...", actor))
            if above
            else Hint("that person runs it, or hands it over: ", Command(over, found.holder)),
        )


class ToTheSame(Refusal, rule="handed-to-the-same"):
    """A handover goes to somebody else."""

    def __init__(self, found: Case) -> None:
        super().__init__(
            f"{found.escalation.id} is with {found.holder} already.", help="name somebody else: --to PERSON"
        )


class NoWhy(Refusal, rule="handover-unsaid"):
    """Whoever gets a case learns why, or the customer has to tell it all again."""

    def __init__(self, escalation: str) -> None:
        super().__init__(
            f"nobody said why {escalation} goes on.", help='say what was done and what is open: --words "..."'
        )


class NothingSaid(Refusal, rule="option-unsaid"):
    """An option says what would be done."""

    def __init__(self) -> None:
        super().__init__("an option says what would be done.", help='say it: --what "..."')


class Said(NamedTuple):
    """What somebody says of an option; ``of`` names one that this completes."""

    what: str = ""
    customer: str = ""
    benefit: str = ""
    risk: str = ""
    decision: str = ""
    amount: Decimal | None = None
    of: str = ""


def take(view: View, escalation: str, words: str = "", on: datetime | None = None) -> Change:
    """Record that the holder has a case in hand. Raises NoSuchRow, CaseClosed, NotHolder, UsageError."""
    return _step(view, held_case(view, escalation), TAKEN, words, on)


def acknowledge(view: View, escalation: str, words: str = "", on: datetime | None = None) -> Change:
    """Record that the customer was told that it arrived, and until when there is an answer. Raises as ``take``."""
    return _step(view, held_case(view, escalation), ACKNOWLEDGED, words, on)


def _step(view: View, found: Case, kind: str, words: str, on: datetime | None) -> Change:
    if before := found.first(kind):
        return Change(findings=[f"{found.escalation.id} was {kind} on {local_day(view, before)}: nothing to do"])
    when = happened(view, found, on)
    said = Words(words.strip()) if words.strip() else NO_WORDS
    return Change([EscalationMove(escalation=found.escalation.id, kind=kind, on=when, words=said)])


def happened(view: View, found: Case, on: datetime | None) -> datetime:
    """Return when a step was made, now where nobody says. Raises UsageError for a time that cannot be."""
    when = on or view.now
    if not found.escalation.received <= when <= view.now:
        received = found.escalation.received.astimezone(view.now.tzinfo)
        raise UsageError(
            f"{when:%Y-%m-%d %H:%M} is not between receipt, {received:%Y-%m-%d %H:%M}, and now",
            help="name when it happened: --on 2026-05-22T16:30",
        )
    return when


def handover(view: View, escalation: str, to: str, words: str, skip: str = "") -> Change:
    """Record that a case goes to somebody else, with what they have to know.

    Its holder hands it on; somebody of a higher tier may take it away. A tier that is passed over on the way up needs a
    reason. Raises NoSuchRow, CaseClosed, NotHolder, ToTheSame, NotATier, UnknownPeople, NoWhy, TierSkipped.
    """
    found = _open(view, escalation)
    trigger: Trigger = view.definition("trigger", found.escalation.trigger)
    tier = tier_of(view, trigger, to)
    if view.actor != found.holder and not _above(view, trigger, found):
        raise NotHolder(found, view.actor)
    if to == found.holder:
        raise ToTheSame(found)
    if not words.strip():
        raise NoWhy(found.escalation.id)
    here = trigger.tiers.index(found.tier)
    refuse_skip(trigger.tiers[here + 1 : trigger.tiers.index(tier)], tier, skip)
    return Change(
        [
            EscalationMove(
                escalation=found.escalation.id,
                kind=HANDOVER,
                on=view.now,
                to=to,
                tier=tier,
                words=Words(words.strip()),
                skipped=Words(skip.strip()) if skip.strip() else NO_WORDS,
            )
        ]
    )


def _above(view: View, trigger: Trigger, found: Case) -> bool:
    held = [trigger.tiers.index(role) for role in view.settings.roles_of(view.actor) if role in trigger.tiers]
    return bool(held) and max(held) > trigger.tiers.index(found.tier)


def consider(view: View, escalation: str, said: Said) -> Change:
    """Record an option of a case, or what completes one. A side that nobody has looked from is told as missing.

    One that is there already is a finding and makes no row.
    Raises NoSuchRow, CaseClosed, NotHolder, NothingSaid, UsageError for an option of another case.
    """
    found = held_case(view, escalation)
    if said.of:
        known = [each.id for each in found.options]
        if said.of not in known:
            raise UsageError(f"{escalation} has no option {said.of}", help=f"it has: {', '.join(known) or 'none yet'}")
    elif not said.what.strip():
        raise NothingSaid
    if said.amount is not None and not said.decision:
        raise UsageError("an amount is of something", help="name it as the matrix does: --decision goodwill")
    for each in found.options:
        if not said.of and _same(each, said):  # the same twice is no choice
            return Change(findings=[f"{each.id} is that option: nothing to do; to complete it: --of {each.id}"])
    row = EscalationOption(
        escalation=escalation,
        of=said.of,
        what=Words(said.what.strip()),
        customer=Words(said.customer.strip()),
        benefit=Words(said.benefit.strip()),
        risk=Words(said.risk.strip()),
        decision=said.decision,
        amount=said.amount,
    )
    return Change([row])


def _same(option: Option, said: Said) -> bool:
    """Return whether two options do the same, however it is spelt."""
    texts = [" ".join(text.casefold().split()) for text in (option.what, said.what)]
    return texts[0] == texts[1] and (option.decision, option.amount) == (said.decision, said.amount)


def granted_in_words(view: View, found: Case) -> str:
    """Return what the holder of a case may decide of what is asked for; empty where nothing is."""
    row = found.escalation
    if not row.decision:
        return ""
    line = Matrix(view).granted(found.holder, row.decision, view.now.date())
    if line is None:
        return f"{found.holder} has no agreed line for {row.decision}"
    return f"{found.holder} may decide {row.decision} up to {line.limit} {line.unit}, by {line.reference}"


def _open(view: View, escalation: str) -> Case:
    found = case_of(view, escalation)
    if found.end:
        raise CaseClosed(found)
    return found


def held_case(view: View, escalation: str) -> Case:
    """Return an open case that the actor holds. Raises CaseClosed, NotHolder."""
    found = _open(view, escalation)
    if view.actor != found.holder:
        trigger: Trigger = view.definition("trigger", found.escalation.trigger)
        raise NotHolder(found, view.actor, above=_above(view, trigger, found))
    return found
