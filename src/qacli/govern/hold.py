"""Legal holds: what must stay although it is due to go, for whom or for which class of records, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qacli.files.text import one_line
from qacli.govern.privacy import PERSON
from qacli.govern.retention import CLASSES
from qacli.model import Change, Command, Hint, Refusal, Row, View, Words
from qacli.prepare.notices.notice import UnknownPeople
from qacli.prepare.period import in_words


@dataclass(frozen=True, kw_only=True)
class Hold(Row, table="holds", letter="h"):
    """Nothing of one person, or of one class of records, is erased or retired."""

    person: str  # person id, or empty
    records: str  # class of records, or empty
    reason: Words
    until: date | None  # last day; None: until it is released


@dataclass(frozen=True, kw_only=True)
class HoldEnd(Row, table="hold_ends", letter="j", parent="hold"):
    """A hold was released before its day."""

    hold: str
    reason: Words


class NothingToHold(Refusal, rule="nothing-to-hold"):
    """A hold is on a person or on a class of records."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"'{subject}' is neither a person id nor a class of records.",
            help=f"name a person, for example p_a07, or one of: {', '.join(CLASSES)}",
        )


class NoReasonToHold(Refusal, rule="no-reason"):
    """Keeping what should go, and letting it go after all, need a reason."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs a reason.", help='say why: --reason "..."')


class HoldEndsBefore(Refusal, rule="hold-ends-before"):
    """A hold that has ended holds nothing."""

    def __init__(self, until: date) -> None:
        super().__init__(
            f"{in_words(until)} has passed: the hold would hold nothing.", help="name a later day: --until"
        )


class NoHold(Refusal, rule="no-hold"):
    """Only a hold in force can be released."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"no hold on {subject} is in force.", help=Hint("see what is held: ", Command("privacy due")))


class OwnHold(Refusal, rule="own-hold"):
    """Whom a hold is on does not let it go."""

    def __init__(self, hold: Hold) -> None:
        super().__init__(
            f"{hold.id} is on {hold.person}, who cannot release it.",
            help=f'somebody else runs: qacli privacy hold {hold.id} --release --reason "..." --as PERSON',
        )


class LegalHold(Refusal, rule="legal-hold"):
    """What is held stays."""

    def __init__(self, subject: str, hold: Hold, act: str = "erased") -> None:
        until = f"lasts until {in_words(hold.until)}" if hold.until else "has not been released"
        super().__init__(
            f"{subject} cannot be {act}: legal hold {hold.id} on {hold.person or hold.records} {until}.",
            help=Hint(
                "when the hold is over: ",
                Command(f'privacy hold {hold.person or hold.records} --release --reason "..."'),
            ),
        )


def held(view: View) -> list[Hold]:
    """Return the holds in force today, oldest first."""
    ended = {end.hold for end in view.current(HoldEnd)}
    today = view.now.date()
    return [hold for hold in view.current(Hold) if hold.id not in ended and not (hold.until and hold.until < today)]


def hold(view: View, subject: str, reason: str, until: date | None) -> Change:
    """Record a hold; one that is in force for the same reason to the same day is a finding and makes no row.

    Raises NothingToHold, UnknownPeople, NoReasonToHold, HoldEndsBefore.
    """
    person, records = _told_apart(view, subject)
    if not one_line(reason):
        raise NoReasonToHold("a hold")
    if until and until < view.now.date():
        raise HoldEndsBefore(until)
    wanted = until, one_line(reason)
    if same := [each for each in _on(view, subject) if (each.until, each.reason.text) == wanted]:
        return Change(findings=[f"{same[0].id} holds {subject} already: nothing to do"])
    return Change(rows=[Hold(person=person, records=records, reason=Words(one_line(reason)), until=until)])


def release(view: View, subject: str, reason: str) -> Change:
    """Record that every hold on a person or a class ends, or the one of this id. Raises NoHold, NoReasonToHold, OwnHold."""
    if not one_line(reason):
        raise NoReasonToHold("releasing a hold")
    if not (ending := _on(view, subject)):
        raise NoHold(subject)
    if own := [each for each in ending if each.person == view.actor]:
        raise OwnHold(own[0])
    return Change(rows=[HoldEnd(hold=each.id, reason=Words(one_line(reason))) for each in ending])


def _on(view: View, subject: str) -> list[Hold]:
    return [each for each in held(view) if subject in {each.person, each.records, each.id}]


def _told_apart(view: View, subject: str) -> tuple[str, str]:
    if subject in CLASSES:
        return "", subject
    if not PERSON.fullmatch(subject):
        raise NothingToHold(subject)
    if subject not in view.people:
        raise UnknownPeople([subject])
    return subject, ""


def refuse_held(view: View, person: str, classes: Sequence[str]) -> None:
    """Refuse to let go of a person who is held, or whose records lie in a class that is. Raises LegalHold."""
    for each in held(view):
        if each.person == person or each.records in classes:
            raise LegalHold(person, each)
