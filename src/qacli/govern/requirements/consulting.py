"""Consulting before a rule changes the work: leaders and the front line are asked, say what they think, and get a reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.requirements.register import OutsideDates, last_days, meant, outside, refuse_nation, versions
from qacli.model import Change, Command, Hint, Refusal, Row, UsageError, View, Words, ref
from qacli.prepare.authority.matrix import holders
from qacli.prepare.notices.notice import UnknownPeople

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement

LEADERS, FRONT_LINE = "leaders", "front-line"
GROUPS = (LEADERS, FRONT_LINE)
NOBODY = {LEADERS: "no team leader", FRONT_LINE: "nobody of the front line"}


@dataclass(frozen=True, kw_only=True)
class Consultation(Row, table="consultations", letter="qc"):
    """What somebody (``by``) proposes to change because of a rule, before it is done."""

    requirement: str  # id@version
    change: Words
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class Consulted(Row, table="consulted", parent="consultation"):
    """One person who is asked."""

    consultation: str
    person: str
    group: str  # leaders or front-line, as of the day of asking


@dataclass(frozen=True, kw_only=True)
class ConsultationAnswer(Row, table="consultation_answers", letter="qx"):
    """What one person said; ``by`` is that person, or who took it down."""

    consultation: str
    person: str
    group: str
    said: Words


@dataclass(frozen=True, kw_only=True)
class ConsultationReply(Row, table="consultation_replies", letter="qy"):
    """What somebody was answered, and whether the change was altered because of it."""

    answer: str
    altered: bool
    reply: Words


class Standing(NamedTuple):
    """A consultation with what came of it; ``replies`` are by the id of the answer."""

    consultation: Consultation
    asked: Sequence[Consulted]
    answers: Sequence[ConsultationAnswer]
    replies: dict[str, ConsultationReply]

    @property
    def silent(self) -> list[str]:
        """Who was asked and has said nothing."""
        heard = {row.person for row in self.answers}
        return [row.person for row in self.asked if row.person not in heard]

    @property
    def unreplied(self) -> list[ConsultationAnswer]:
        """What was said and has no reply."""
        return [row for row in self.answers if row.id not in self.replies]

    def asked_of(self, group: str) -> int:
        """Return how many of a group were asked."""
        return sum(row.group == group for row in self.asked)

    def heard_of(self, group: str) -> int:
        """Return how many of a group answered."""
        return len({row.person for row in self.answers if row.group == group})

    @property
    def altered(self) -> int:
        """How many answers altered the change."""
        return sum(row.altered for row in self.replies.values())

    @property
    def lacking(self) -> list[str]:
        """What is missing before the change may be made; nothing where leaders and front line were heard and answered."""
        lacks = [f"{NOBODY[group]} has been heard" for group in GROUPS if not self.heard_of(group)]
        waiting = ", ".join(row.id for row in self.unreplied)
        return [*lacks, *([f"no reply yet to {waiting}"] if waiting else [])]


class OneGroup(Refusal, rule="one-group"):
    """Leaders and the front line see different things; one group alone is no consultation."""

    def __init__(self, missing: Sequence[str], roles: Sequence[str]) -> None:
        super().__init__(
            f"{' and '.join(missing)} is asked: one group alone is no consultation.",
            help=f"name some of both with --ask, or see consulting in qacli.yaml; these roles count: {', '.join(roles)}",
        )


class NotAsked(Refusal, rule="not-asked"):
    """Who was not asked has no part in a consultation."""

    def __init__(self, consultation: str, people: Sequence[str], asked: Sequence[str]) -> None:
        few = ", ".join(asked[:5]) + (" ..." if len(asked) > 5 else "")
        super().__init__(
            f"{', '.join(people)} {'was' if len(people) == 1 else 'were'} not asked in {consultation}.",
            help=f"asked are: {few}; the answer of somebody else is typed in their name: --as PERSON",
        )


class OwnConsultation(Refusal, rule="own-consultation"):
    """Whoever proposes neither speaks for the others nor answers themselves."""

    def __init__(self, consultation: str, actor: str) -> None:
        super().__init__(
            f"{actor} proposed {consultation} and cannot take down what others said.",
            help=Hint(
                "each types it in their own name, or somebody else takes it down: ",
                Command("require say --from FILE", "PERSON"),
            ),
        )


class OwnReply(Refusal, rule="own-reply"):
    """A reply comes from somebody else."""

    def __init__(self, answer: str) -> None:
        super().__init__(f"{answer} is your own.", help="whoever proposed the change replies")


class Said(NamedTuple):
    """One answer."""

    person: str
    words: str


def groups_on(view: View, day: date) -> dict[str, list[str]]:
    """Return who counts as leaders and as front line on a day; who is both counts as a leader."""
    roles = view.settings.consulting
    leaders = dict.fromkeys(person for role in roles.leaders for person in holders(view, role, day))
    front = dict.fromkeys(person for role in roles.front_line for person in holders(view, role, day))
    return {LEADERS: list(leaders), FRONT_LINE: [person for person in front if person not in leaders]}


def consult(view: View, name: str, change: str, ask: Sequence[str], answer_by: date) -> Change:
    """Record what is proposed and who is asked: those named, else all leaders and all of the front line.

    Raises NoSuchItem, OutsideDates, OtherNation, UnknownPeople, OneGroup, UsageError.
    """
    rule: Requirement = view.definition("requirement", _newest(view, name).reference)
    refuse_nation(view, rule)
    if last_days(versions(view, rule.id))[rule.reference] < view.now.date():
        raise OutsideDates([outside(rule, view.now.date())], "consult on the version that holds or comes")
    today, roles = view.now.date(), view.settings.consulting
    if not change.strip():
        raise UsageError("a consultation says what is to change", help='--change "the case form asks for the clock"')
    if answer_by < today:
        raise UsageError(f"{answer_by} is over", help="give people some days: --answer-by DAY")
    if strangers := sorted({person for person in ask if person not in view.people}):
        raise UnknownPeople(strangers)
    found = groups_on(view, today)
    everybody = {person: group for group in GROUPS for person in found[group] if person != view.actor}
    asked = {person: everybody.get(person, "") for person in ask} if ask else everybody
    missing = [NOBODY[group] for group in GROUPS if group not in asked.values()]
    if missing:
        raise OneGroup(missing, [*roles.leaders, *roles.front_line])
    head = Consultation(requirement=rule.reference, change=Words(change.strip()), answer_by=answer_by)
    for each in standings(view):
        same = (each.consultation.requirement, each.consultation.change.text) == (rule.reference, head.change.text)
        if same and {row.person for row in each.asked} >= set(asked):
            return Change(findings=[f"{each.consultation.id} asks this already: nothing to do"])
    people = [Consulted(consultation=ref(head), person=person, group=group) for person, group in asked.items() if group]
    return Change([head, *people])


def _newest(view: View, name: str) -> Requirement:
    """Return the version that is named, else the newest: a rule is prepared for before its first day."""
    return meant(view, name, view.now.date()) if "@" in name else versions(view, name)[-1]


def say(view: View, consultation: str, said: Sequence[Said]) -> Change:
    """Record what people said. Raises NoSuchRow, NotAsked, OwnConsultation, UsageError."""
    found = standing_of(view, consultation)
    group = {row.person: row.group for row in found.asked}
    if strangers := sorted({each.person for each in said if each.person not in group}):
        raise NotAsked(consultation, strangers, list(group))
    if found.consultation.by == view.actor:
        raise OwnConsultation(consultation, view.actor)
    if empty := sorted({each.person for each in said if not each.words.strip()}):
        raise UsageError(f"{', '.join(empty)} said nothing", help='an answer has words: --words "..."')
    known = {(row.person, row.said.text) for row in found.answers}
    rows = [
        ConsultationAnswer(consultation=consultation, person=person, group=group[person], said=Words(words.strip()))
        for person, words in dict.fromkeys(said)
        if (person, words.strip()) not in known
    ]
    return Change(rows, [] if rows else ["all of it is on record: nothing to do"])


def reply(view: View, answers: Sequence[str], words: str, *, altered: bool) -> Change:
    """Record what people were replied; an answer that has its reply is a finding. Raises NoSuchRow, OwnReply, UsageError."""
    found = [view.one(ConsultationAnswer, answer) for answer in dict.fromkeys(answers)]
    if own := next((row for row in found if row.person == view.actor), None):
        raise OwnReply(own.id)
    if not words.strip():
        raise UsageError("a reply has words", help='--words "..."')
    replied = {row.answer for row in view.current(ConsultationReply)}
    said = Words(words.strip())
    rows = [ConsultationReply(answer=row.id, altered=altered, reply=said) for row in found if row.id not in replied]
    return Change(rows, [f"{row.id} has its reply: nothing to do" for row in found if row.id in replied])


def standings(view: View) -> list[Standing]:
    """Return every consultation with what came of it, oldest first."""
    return [_standing(view, row) for row in view.current(Consultation)]


def standing_of(view: View, consultation: str) -> Standing:
    """Return one consultation with what came of it. Raises NoSuchRow."""
    return _standing(view, view.one(Consultation, consultation))


def _standing(view: View, row: Consultation) -> Standing:
    answers = view.current(ConsultationAnswer, consultation=row.id)
    mine = {each.id for each in answers}
    return Standing(
        row,
        view.current(Consulted, consultation=row.id),
        answers,
        {each.answer: each for each in view.current(ConsultationReply) if each.answer in mine},
    )
