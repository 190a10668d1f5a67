"""Support for team leaders and managers: sessions, questions and reminders on how cases are escalated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qacli.govern.escalating.named import Kind
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, UsageError, View, Words
from qacli.prepare.notices.notice import NotYet, UnknownPeople


@dataclass(frozen=True, kw_only=True)
class SupportSession(Row, table="support_sessions", letter="eu"):
    """One leader or manager was supported (``by``): in a session, by an answer, or by a reminder."""

    person: str
    kind: str
    about: str  # id@version of the procedure or trigger; may be empty
    topic: Words
    question: Words  # what they asked; may be empty
    answer: Words  # what they were told; may be empty
    on: date


class Supported(NamedTuple):
    """What somebody who leads has had; ``last`` is None for nothing."""

    person: str
    roles: tuple[str, ...]
    sessions: int
    questions: int
    reminders: int
    unanswered: int
    last: date | None


class SupportOfOneself(Refusal, rule="support-of-oneself"):
    """Support comes from somebody else."""

    def __init__(self, person: str) -> None:
        super().__init__(f"{person} cannot support {person}.", help="whoever gave it records it: --as PERSON")


class NoLeader(Refusal, rule="not-a-leader"):
    """This is for those to whom cases go; colleagues are told by procedures and briefings."""

    def __init__(self, person: str, tiers: Sequence[str]) -> None:
        super().__init__(
            f"{person} is on no tier that cases go to: {', '.join(tiers) or 'none is defined'}.",
            help=Hint(
                "a procedure: ",
                Command("procedure ack"),
                "; a team: ",
                Command("brief make"),
                "; roles stand in qacli.yaml",
            ),
        )


class NoQuestion(Refusal, rule="support-unsaid"):
    """What was asked and answered is why it is recorded."""

    def __init__(self, kind: str) -> None:
        lacks = {"question": "the question that was asked", "session": "its topic", "reminder": "what was recalled"}
        super().__init__(f"a {kind} lacks {lacks[kind]}.", help='say it: --topic "..." or --question "..."')


def tiers(view: View) -> list[str]:
    """Return every role that a trigger names, in order of first mention."""
    return list(dict.fromkeys(tier for each in view.definitions("trigger") for tier in each.tiers))


def support(
    view: View,
    person: str,
    kind: Kind,
    topic: str,
    *,
    about: str = "",
    question: str = "",
    answer: str = "",
    on: date | None = None,
) -> Change:
    """Record support of one leader or manager; the same, on the same day, is a finding.

    ``about`` names a procedure or a trigger. Raises UnknownPeople, SupportOfOneself, NoLeader, NoQuestion, NotYet,
    NoSuchDefinition.
    """
    when = on or view.now.date()
    if person not in view.people:
        raise UnknownPeople([person])
    if person == view.actor:
        raise SupportOfOneself(person)
    known = tiers(view)
    if not set(view.settings.roles_of(person)) & set(known):
        raise NoLeader(person, known)
    if not topic.strip() or (kind == "question" and not question.strip()):
        raise NoQuestion(kind)
    if when > view.now.date():
        raise NotYet(person, when)
    row = SupportSession(
        person=person,
        kind=kind,
        about=_cited(view, about, when) if about else "",
        topic=Words(topic.strip()),
        question=Words(question.strip()) if question.strip() else NO_WORDS,
        answer=Words(answer.strip()) if answer.strip() else NO_WORDS,
        on=when,
    )
    if any(_same(row, other) for other in view.current(SupportSession)):
        return Change(findings=["that is on record: nothing to do"])
    return Change([row])


def _cited(view: View, about: str, on: date) -> str:
    name = about.partition("@")[0]
    for kind in ("procedure", "trigger"):
        if any(each.id == name for each in view.definitions(kind)):
            return str(view.definition(kind, about, None if "@" in about else on).reference)
    raise UsageError(
        f"'{about}' is neither a procedure nor a trigger", help="see definitions/procedures, escalations.yaml"
    )


def _same(one: SupportSession, other: SupportSession) -> bool:
    def key(row: SupportSession) -> tuple[object, ...]:
        return row.person, row.kind, row.about, row.on, str(row.topic), str(row.question), str(row.answer)

    return key(one) == key(other)


def supported(view: View) -> list[Supported]:
    """Return what everybody on a tier has had, who had nothing first, then by the last day."""
    rows = view.current(SupportSession)
    roles = {tier: view.settings.roles.get(tier, ()) for tier in tiers(view)}
    people = dict.fromkeys(person for held in roles.values() for person in held)
    found = [_supported(person, tuple(role for role in roles if person in roles[role]), rows) for person in people]
    return sorted(found, key=lambda each: (each.last or date.min, each.person))


def _supported(person: str, roles: tuple[str, ...], rows: Sequence[SupportSession]) -> Supported:
    mine = [row for row in rows if row.person == person]
    sessions, questions, reminders = (
        sum(row.kind == kind for row in mine) for kind in ("session", "question", "reminder")
    )
    open_ = sum(bool(row.question) and not row.answer for row in mine)
    return Supported(person, roles, sessions, questions, reminders, open_, max((row.on for row in mine), default=None))
