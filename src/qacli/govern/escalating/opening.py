"""Opening a case: it goes to the tier that its trigger and risk say, with the clocks of the day on which it came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from qacli.govern.clock import Clock
from qacli.govern.escalating.case import Case, Escalation, cases, local_day
from qacli.govern.escalating.named import Reach
from qacli.govern.escalating.trigger import Trigger
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.prepare.authority.matrix import Authority, Matrix
from qacli.prepare.notices.notice import UnknownPeople

LIKELIHOOD: Mapping[int, str] = MappingProxyType(
    {1: "hardly", 2: "unlikely", 3: "possible", 4: "likely", 5: "it is happening"}
)


class Referred(NamedTuple):
    """A case as it is referred: by whom, why they cannot decide it, how bad, how likely, how far it reaches."""

    trigger: str
    by: str
    words: str
    case: str = ""
    transaction: str = ""
    decision: str = ""
    amount: Decimal | None = None
    lacked: str = ""
    severity: int | None = None
    likelihood: int = 3
    reach: Reach = "one"
    received: datetime | None = None
    to: str = ""
    skip: str = ""


class NotSaid(Refusal, rule="escalation-unsaid"):
    """Whoever gets a case knows what happened and why it came."""

    def __init__(self, what: str, help: str) -> None:  # noqa: A002
        super().__init__(f"a case is referred with {what}.", help=help)


class WithinAuthority(Refusal, rule="within-authority"):
    """What somebody may decide is decided there, and quickly."""

    def __init__(self, person: str, line: Authority, amount: Decimal) -> None:
        super().__init__(
            f"{person} may decide {line.decision} of {amount} {line.unit} without anybody: {line.reference} "
            f"goes up to {line.limit} {line.unit}.",
            help="decide it there; where something else makes it hard, leave --decision out and say --lacked WHY",
        )


class LessSevere(Refusal, rule="less-severe"):
    """A trigger says how bad its cases are at least."""

    def __init__(self, trigger: Trigger, severity: int) -> None:
        super().__init__(
            f"{trigger.title} is of severity {trigger.severity} at least, not {severity}.",
            help=Hint("leave --severity out, or name another trigger: ", Command("escalate triage")),
        )


class TierTooLow(Refusal, rule="tier-too-low"):
    """A case goes no lower than its trigger and risk say."""

    def __init__(self, person: str, trigger: Trigger, tier: str, *, urgent: bool) -> None:
        how = "urgent, so it" if urgent else "a case that"
        super().__init__(
            f"{person} is below {tier}: {trigger.title} is {how} goes to {tier}.",
            help="leave --to out, or name somebody who holds that role",
        )


class TierSkipped(Refusal, rule="tier-skipped"):
    """Who is passed over cannot help, and does not learn; there may be a reason."""

    def __init__(self, skipped: Sequence[str], tier: str) -> None:
        super().__init__(
            f"{', '.join(skipped)} would be passed over on the way to {tier}, and nobody said why.",
            help='say it: --skip "the team leader is the one complained about"',
        )


class NobodyThere(UsageError):
    """A tier that nobody holds takes nothing."""

    def __init__(self, tiers: Sequence[str]) -> None:
        super().__init__(f"nobody else holds the role {' or '.join(tiers)}", help="name them in roles of qacli.yaml")


class NoSuchDecision(UsageError):
    """What nobody may decide by any agreed line, nobody can be asked for."""

    def __init__(self, decision: str, known: Collection[str]) -> None:
        named = f"decisions: {', '.join(known)}; or " if known else "none is agreed yet: "
        super().__init__(
            f"no agreed line of the matrix is about {decision}",
            help=Hint(
                f"{named}leave --decision out and say why it could not be decided there: --lacked ...; lines are agreed with: ",
                Command("authority agree"),
            ),
        )


class AboveAll(UsageError):
    """What is above every limit of a ladder needs somebody who stands above it."""

    def __init__(self, referred: Referred, tiers: Sequence[str], most: Authority | None) -> None:
        limit = f"the most there is {most.limit} {most.unit}, by {most.reference}" if most else "none has a line for it"
        super().__init__(
            f"no other holder of {' or '.join(tiers)} may decide {referred.decision} of {referred.amount or 0}: {limit}",
            help=Hint(
                "who decides that here belongs into roles, into the tiers of the trigger and into the matrix: ",
                Command("authority list"),
            ),
        )


class ToOneself(Refusal, rule="referred-to-oneself"):
    """A case is referred to somebody else."""

    def __init__(self, person: str) -> None:
        super().__init__(f"{person} cannot refer a case to {person}.", help="leave --to out, or name somebody above")


class NotATier(UsageError):
    """Cases of a trigger go to its tiers."""

    def __init__(self, person: str, trigger: Trigger) -> None:
        super().__init__(
            f"{person} holds none of the tiers of {trigger.id}: {', '.join(trigger.tiers)}",
            help="see roles in qacli.yaml, and definitions/escalations.yaml",
        )


class HolderLacks(Refusal, rule="holder-lacks-authority"):
    """A case goes to somebody who may decide it."""

    def __init__(self, person: str, decision: str, amount: Decimal, line: Authority | None) -> None:
        reach = f"may decide up to {line.limit} {line.unit}" if line else f"has no agreed line for {decision}"
        super().__init__(
            f"{person} {reach}; {decision} of {amount} would have to go on from there.",
            help=Hint(
                "leave --to out: it then goes to the lowest tier that may decide it; see: ", Command("authority list")
            ),
        )


def open_case(view: View, referred: Referred) -> Change:
    """Record a case with its tier, holder and clocks. The same case and trigger, still open, is a finding.

    Raises NoSuchDefinition for a trigger that did not hold on the day of receipt, UnknownPeople, NotSaid,
    WithinAuthority, LessSevere, NotATier, NobodyThere, TierTooLow, TierSkipped, HolderLacks, UsageError.
    """
    received = referred.received or view.now
    if received > view.now:
        raise UsageError(f"{received:%Y-%m-%d %H:%M} is still to come", help="--received is when the customer wrote")
    if referred.by not in view.people:
        raise UnknownPeople([referred.by])
    if not referred.words.strip():
        raise NotSaid("what happened", 'tell it in a sentence or two: --words "..."')
    trigger: Trigger = view.definition("trigger", referred.trigger, local_day(view, received))
    if there := _same(view, referred, trigger):
        return Change(findings=[f"{there.escalation.id} is open on {referred.case} already: nothing to do"])
    line = lacking(view, referred, received)
    severity = referred.severity or trigger.severity
    if severity < trigger.severity:
        raise LessSevere(trigger, severity)
    urgent = trigger.is_urgent(severity * referred.likelihood, referred.reach)
    tier, holder = _goes_to(view, referred, trigger, urgent=urgent)
    passed = _unable_below(view, referred, trigger, tier, urgent=urgent)
    skipped = "; ".join(part for part in (passed, referred.skip.strip()) if part)
    row = Escalation(
        reference=referred.case,
        transaction=referred.transaction,
        trigger=trigger.reference,
        severity=severity,
        likelihood=referred.likelihood,
        reach=referred.reach,
        urgent=urgent,
        received=received,
        referred_by=referred.by,
        decision=referred.decision,
        amount=referred.amount,
        authority=line.reference if line else "",
        lacked=Words(referred.lacked.strip() or told_lack(referred, line)),
        tier=tier,
        holder=holder,
        take_by=_ends(view, trigger.first_clock(urgent=urgent), received),
        acknowledge_by=_ends(view, trigger.acknowledge, received) if trigger.acknowledge else None,
        close_by=_ends(view, trigger.close, received),
        skipped=Words(skipped) if skipped else NO_WORDS,
        words=Words(referred.words.strip()),
    )
    return Change([row])


def _ends(view: View, clock: Clock, received: datetime) -> datetime:
    return clock.ends(received.astimezone(view.now.tzinfo), view.settings.nation)


def _same(view: View, referred: Referred, trigger: Trigger) -> Case | None:
    mine = (referred.case, trigger.id)
    return next(
        (
            each
            for each in cases(view)
            if referred.case
            and not each.end
            and (each.escalation.reference, each.escalation.trigger.partition("@")[0]) == mine
        ),
        None,
    )


def lacking(view: View, referred: Referred, received: datetime) -> Authority | None:
    """Return the line of the matrix that does not reach far enough; None where there is none, or none was asked for.

    A limit of 0 lets decide nothing. Raises NotSaid, NoSuchDecision, WithinAuthority, UsageError.
    """
    if not referred.decision:
        if not referred.lacked.strip():
            raise NotSaid(
                "why it could not be decided there",
                "name what had to be decided: --decision goodwill --amount 60; or say why: --lacked ...",
            )
        return None
    if referred.amount is not None and referred.amount < 0:
        raise UsageError(f"{referred.amount} is no amount", help="--amount counts from 0 up")
    matrix, day = Matrix(view), local_day(view, received)
    known = sorted({line.decision for on in (day, view.now.date()) for line in matrix.on(on)})
    if referred.decision not in known:
        raise NoSuchDecision(referred.decision, known)
    line = matrix.granted(referred.by, referred.decision, day)
    if line and line.limit and referred.amount is None:
        raise NotSaid(
            f"how much {line.decision} is to be decided",
            f"{referred.by} may decide up to {line.limit} {line.unit}; say how much it is: --amount ...",
        )
    if line and line.limit and referred.amount is not None and referred.amount <= line.limit:
        raise WithinAuthority(referred.by, line, referred.amount)
    return line


def told_lack(referred: Referred, line: Authority | None) -> str:
    """Return what the matrix says of somebody who could not decide."""
    if line is None:
        return f"no agreed line lets {referred.by} decide {referred.decision}"
    return f"{referred.by} may decide {line.decision} up to {line.limit} {line.unit}, by {line.reference}"


def _goes_to(view: View, referred: Referred, trigger: Trigger, *, urgent: bool) -> tuple[str, str]:
    """Return the tier and the person that a case goes to."""
    place = _start(view, referred, trigger, urgent=urgent)
    if not referred.to:
        return trigger.tiers[place], able(view, referred, trigger.tiers[place])[0]
    holder, tier = referred.to, tier_of(view, trigger, referred.to)
    if holder == referred.by:
        raise ToOneself(holder)
    if trigger.tiers.index(tier) < place:
        refuse_unable(view, referred, holder)
        raise TierTooLow(holder, trigger, trigger.tiers[place], urgent=urgent)
    refuse_skip(trigger.tiers[place : trigger.tiers.index(tier)], tier, referred.skip)
    refuse_unable(view, referred, holder)
    return tier, holder


def _start(view: View, referred: Referred, trigger: Trigger, *, urgent: bool) -> int:
    """Return the lowest tier that takes a case: above who referred it, and with somebody who may decide it."""
    first = trigger.tiers.index(trigger.first_tier(urgent=urgent))
    own = [place for place, tier in enumerate(trigger.tiers) if referred.by in view.settings.roles.get(tier, ())]
    first = max(first, own[-1] + 1 if own else 0)
    for place in range(first, len(trigger.tiers)):
        if able(view, referred, trigger.tiers[place]):
            return place
    tiers = trigger.tiers[first:] or trigger.tiers[-1:]
    if not referred.decision:
        raise NobodyThere(tiers)
    others = {person for tier in tiers for person in view.settings.roles.get(tier, ()) if person != referred.by}
    matrix, today = Matrix(view), view.now.date()
    lines = [line for person in others if (line := matrix.granted(person, referred.decision, today))]
    raise AboveAll(referred, tiers, max(lines, key=lambda line: line.limit, default=None))


def _unable_below(view: View, referred: Referred, trigger: Trigger, tier: str, *, urgent: bool) -> str:
    """Return which tiers a case is spared because nobody there may decide it; empty for none."""
    first = trigger.tiers.index(trigger.first_tier(urgent=urgent))
    passed = trigger.tiers[first : trigger.tiers.index(tier)]
    unable = [each for each in passed if not able(view, referred, each)]
    if not unable or not referred.decision:
        return ""
    return f"{', '.join(unable)} may not decide {referred.decision} of {referred.amount or 0}"


def able(view: View, referred: Referred, role: str) -> list[str]:
    """Return who holds a role, did not refer the case, and may decide what has to be decided in it."""
    holders = [person for person in view.settings.roles.get(role, ()) if person != referred.by]
    return [person for person in holders if _may(view, person, referred.decision, referred.amount)]


def _may(view: View, person: str, decision: str, amount: Decimal | None) -> bool:
    line = Matrix(view).granted(person, decision, view.now.date()) if decision else None
    return not decision or (line is not None and line.limit > 0 and (amount or Decimal(0)) <= line.limit)


def refuse_unable(view: View, referred: Referred, holder: str) -> None:
    """Raise HolderLacks where somebody may not decide what has to be decided."""
    if not _may(view, holder, referred.decision, referred.amount):
        line = Matrix(view).granted(holder, referred.decision, view.now.date())
        raise HolderLacks(holder, referred.decision, referred.amount or Decimal(0), line)


def tier_of(view: View, trigger: Trigger, person: str) -> str:
    """Return the highest tier of a trigger that a person holds. Raises UnknownPeople, NotATier."""
    if person not in view.people:
        raise UnknownPeople([person])
    held = [tier for tier in trigger.tiers if person in view.settings.roles.get(tier, ())]
    if not held:
        raise NotATier(person, trigger)
    return held[-1]


def refuse_skip(passed: Sequence[str], tier: str, reason: str) -> None:
    """Raise TierSkipped where a case would jump over tiers on its way up without a reason."""
    if passed and not reason.strip():
        raise TierSkipped(passed, tier)
