"""Erasure: a person's name leaves, and the records go on under an id that leads to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qacli.files.text import one_line
from qacli.govern.hold import NoReasonToHold, refuse_held
from qacli.govern.privacy import DONE, PERSON, RequestEvent, open_request, receive
from qacli.govern.retention import class_of
from qacli.govern.subject import mentions
from qacli.model import Change, Command, Hint, Refusal, Row, View, Words, ref
from qacli.prepare.notices.notice import UnknownPeople
from qacli.prepare.period import in_words


@dataclass(frozen=True, kw_only=True)
class Erasure(Row, table="erasures", letter="r"):
    """The lines of a person were taken out of people.csv."""

    person: str
    request: str
    lines: int
    reason: Words


class NotAPerson(Refusal, rule="not-a-person-id"):
    """Only people.csv says who is behind an id; customers are not in it."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"'{subject}' is not a person id of people.csv.",
            help=Hint(
                "erase a customer where the names are: in your exports and transcripts, and in words: ",
                Command("ledger redact"),
            ),
        )


def erase(view: View, kinds: Sequence[type[Row]], person: str, reason: str, received: date | None = None) -> Change:
    """Record that a person is erased, and answer the request for it, which is recorded here where none is open.

    One who is erased already is a finding and makes no row. Raises NotAPerson, UnknownPeople, NoReasonToHold,
    LegalHold, ReceivedLater.
    """
    if not PERSON.fullmatch(person):
        raise NotAPerson(person)
    lines = [line for line in view.people if line.person == person]
    if not lines:
        return _erased_already(view, person)
    if not one_line(reason):
        raise NoReasonToHold("an erasure")
    found = mentions(view, kinds, person)
    refuse_held(view, person, sorted({class_of(kind.TABLE) for kind in found}))
    waiting = open_request(view, "erasure", person)
    asked = [] if waiting else receive(view, "erasure", person, received).rows
    request = waiting.request.id if waiting else ref(asked[0])
    roles = view.settings.roles_of(person)
    return Change(
        rows=[
            *asked,
            Erasure(person=person, request=request, lines=len(lines), reason=Words(one_line(reason))),
            RequestEvent(request=request, kind=DONE, on=view.now.date()),
        ],
        findings=[f"qacli.yaml still names {person} in roles: {', '.join(roles)}"] if roles else [],
    )


def _erased_already(view: View, person: str) -> Change:
    done = view.current(Erasure, person=person)
    if not done:
        raise UnknownPeople([person])
    day = done[-1].at.astimezone(view.now.tzinfo).date() if done[-1].at else view.now.date()
    return Change(findings=[f"{person} was erased on {in_words(day)} as {done[-1].id}: nothing to do"])
