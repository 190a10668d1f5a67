"""What comes of a remark: triaged as a complaint or not, acted on, and told to whoever said it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from qacli.govern.escalating.case import Escalation, cases
from qacli.govern.escalating.opening import Referred, open_case
from qacli.govern.voice.feedback import (
    ACTION,
    COMPLAINT,
    NO_COMPLAINT,
    NOTHING,
    TOLD,
    CustomerFeedback,
    Heard,
    ThemeCode,
    VoiceImport,
    VoiceLink,
    VoiceStratum,
    heard_one,
)
from qacli.govern.voice.noting import refuse_personal
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, UsageError, View, Words, ref

NOON = time(12)
OWN = (VoiceImport, VoiceStratum, CustomerFeedback, ThemeCode, VoiceLink)
"""Records of what was said; none of them acts on it."""


class NoActionThere(Refusal, rule="no-such-action"):
    """A loop is closed by something that is on record."""

    def __init__(self, to: str) -> None:
        super().__init__(
            f"nothing that acts on a remark is on record as {to}.",
            help="name a finding, plan, action, cause, request or change by its id, or say why nothing is done: --nothing",
        )


class NothingToTell(Refusal, rule="nothing-to-tell"):
    """First something is decided, then it is told."""

    def __init__(self, feedback: str) -> None:
        super().__init__(
            f"nothing has come of {feedback} yet, so there is nothing to tell.",
            help=Hint("first: ", Command(f"voice link {feedback} --to ID"), ", or --nothing REASON"),
        )


class StillToTriage(Refusal, rule="not-triaged"):
    """What may be a complaint is first looked at as one."""

    def __init__(self, found: Heard) -> None:
        super().__init__(
            f"{found.feedback.id} may be a complaint and is triaged by {found.feedback.triage_by}.",
            help=Hint(
                "first: ", Command(f"voice triage {found.feedback.id} --complaint TRIGGER"), ", or --dismiss REASON"
            ),
        )


class OwnNote(Refusal, rule="own-note"):
    """Whoever heard it does not decide that it is nothing."""

    def __init__(self, found: CustomerFeedback) -> None:
        super().__init__(
            f"{found.by} logged {found.id} and cannot decide that it is no complaint.",
            help=Hint("somebody else runs: ", Command(f"voice triage {found.id} --dismiss REASON", "PERSON")),
        )


class TriagedAlready(Refusal, rule="triaged-already"):
    """A decision stands; a complaint that is missed is logged as one at any time."""

    def __init__(self, link: VoiceLink) -> None:
        super().__init__(
            f"{link.by} decided on {link.feedback}: {link.kind}.",
            help=Hint("if it is a complaint after all: ", Command(f"voice triage {link.feedback} --complaint TRIGGER")),
        )


def triage(view: View, feedback: str, *, trigger: str = "", case: str = "", dismiss: str = "") -> Change:
    """Decide whether a remark is a complaint: ``trigger`` opens it as a case, ``dismiss`` says why it is none.

    The clocks of the case run from the day on which it was said. A case of that number that is open is linked, not opened
    again. Raises NoSuchRow, OwnNote, TriagedAlready, UsageError, and whatever ``open_case`` refuses.
    """
    found = heard_one(view, feedback)
    if bool(trigger) == bool(dismiss.strip()):
        raise UsageError(
            "it is a complaint, or it is none", help='say one of: --complaint TRIGGER, --dismiss "why it is none"'
        )
    before = found.link(COMPLAINT, NO_COMPLAINT)
    if before and before.kind == (COMPLAINT if trigger else NO_COMPLAINT):
        return Change(findings=[f"{before.by} decided so on {feedback}: nothing to do"])
    if before and before.kind == COMPLAINT:
        raise TriagedAlready(before)
    if not trigger:
        if found.feedback.by == view.actor:
            raise OwnNote(found.feedback)
        return Change([_link(view, feedback, NO_COMPLAINT, dismiss)])
    opened = open_case(view, _referred(view, found.feedback, trigger, case))
    rows = [row for row in opened.rows if isinstance(row, Escalation)]
    there = rows or [each.escalation for each in cases(view) if each.escalation.reference == case and not each.end]
    due = there[0].close_by.astimezone(view.now.tzinfo).date()
    link = VoiceLink(
        feedback=feedback,
        kind=COMPLAINT,
        to=ref(there[0]) if rows else there[0].id,
        trigger=there[0].trigger,
        due=due,
        words=NO_WORDS,
    )
    return Change([*rows, link], opened.findings)


def _referred(view: View, row: CustomerFeedback, trigger: str, case: str) -> Referred:
    """Return a remark as a case: received when it was said, at noon where the hour is not known."""
    said = datetime.combine(row.on, NOON, view.now.tzinfo)
    return Referred(
        trigger=trigger,
        by=view.actor if row.batch else row.by,
        words=row.words.text,
        case=case,
        transaction=row.transaction,
        lacked=f"a {row.kind} remark, {row.id}: a complaint is decided by its own tiers",
        received=min(said, view.now),
    )


def link(view: View, feedback: str, to: str, words: str, tables: Sequence[type[Row]]) -> Change:
    """Record what acts on a remark, by the id of its record. Raises NoSuchRow, StillToTriage, NoActionThere."""
    found = _triaged(view, feedback)
    letter = to.partition("_")[0]
    kinds = [kind for kind in tables if letter == kind.LETTER and kind not in OWN]
    if not any(row.id == to for kind in kinds for row in view.current(kind)):
        raise NoActionThere(to)
    if any((each.kind, each.to) == (ACTION, to) for each in found.links):
        return Change(findings=[f"{feedback} is linked to {to} already: nothing to do"])
    return Change([_link(view, feedback, ACTION, words, to)])


def leave(view: View, feedback: str, reason: str) -> Change:
    """Record why nothing is done about a remark. Raises NoSuchRow, StillToTriage."""
    found = _triaged(view, feedback)
    if found.link(NOTHING):
        return Change(findings=[f"why nothing is done about {feedback} is on record: nothing to do"])
    return Change([_link(view, feedback, NOTHING, reason)])


def tell(view: View, feedback: str, words: str) -> Change:
    """Record who was told what came of a remark. Raises NoSuchRow, StillToTriage, NothingToTell."""
    found = _triaged(view, feedback)
    if found.link(ACTION, NOTHING, COMPLAINT) is None:
        raise NothingToTell(feedback)
    if any((each.kind, each.words.text) == (TOLD, words.strip()) for each in found.links):
        return Change(findings=[f"that this was told is on record for {feedback}: nothing to do"])
    return Change([_link(view, feedback, TOLD, words)])


def _triaged(view: View, feedback: str) -> Heard:
    found = heard_one(view, feedback)
    if found.triage_open:
        raise StillToTriage(found)
    return found


def _link(view: View, feedback: str, kind: str, words: str, to: str = "") -> VoiceLink:
    refuse_personal(view, words)
    return VoiceLink(feedback=feedback, kind=kind, to=to, trigger="", due=None, words=Words(words.strip()))
