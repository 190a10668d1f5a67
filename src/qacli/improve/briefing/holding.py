"""Making, delivering and closing a briefing, and committing to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import Field

from qacli.files.schema import Date, Id, Strict, Text
from qacli.improve.briefing.brief import (
    Attendance,
    BriefAction,
    BriefEnd,
    BriefEvidence,
    Briefing,
    Commitment,
    CommitmentProgress,
    ConcernAnswer,
    Progress,
    Standing,
    commitment_of,
    standing_of,
    standings,
)
from qacli.improve.briefing.evidence import fact_of, refuse_names
from qacli.improve.briefing.refusing import (
    Committed,
    NotBriefed,
    NotHeld,
    NotLeading,
    NotOpen,
    NotTheirs,
    OtherTeam,
    OwnConcern,
    ToldAlready,
    Unanswered,
)
from qacli.model import NO_WORDS, Change, Correction, Row, UsageError, View, Words, ref
from qacli.monitor.sampling.draw import Item
from qacli.prepare.period import in_words


class Part(Strict):
    """One action of a briefing."""

    what: Text = Field(description="What is to be done, in one sentence.")
    role: Id = Field(description="Whose part it is: a role of qacli.yaml, or colleague.")
    due: Date = Field(description="By when.")
    why: Text = Field(description="What it is good for.")


class Plan(Strict):
    """A briefing as a team leader writes it."""

    team: Text = Field(description="The team, as its transactions name it.")
    aim: Text = Field(description="What the team wants to reach.")
    evidence: tuple[Text, ...] = Field(min_length=1, description="Findings w_..., KPI values kv_..., or criteria.")
    actions: tuple[Part, ...] = Field(min_length=1, description="What is to be done, by whom, by when, why.")
    questions: tuple[Text, ...] = Field(default=(), description="What you ask the team.")


class Told(NamedTuple):
    """Who was told on a day, and who was away; ``mistake`` is why somebody who is away was recorded as told."""

    present: Sequence[str]
    absent: Sequence[str]
    on: date
    mistake: str = ""


def make(view: View, plan: Plan) -> Change:
    """Record a briefing with its figures as they stand; one that stands open with the same text and figures makes no row.

    Raises OnePerson, NoSuchRow, UsageError.
    """
    teams = {item.team for item in view.current(Item) if item.team}
    if plan.team not in teams:
        raise UsageError(
            f"nothing was sampled of a team '{plan.team}'", help=f"teams: {', '.join(sorted(teams)) or 'none'}"
        )
    roles = {"colleague", *view.settings.roles}
    for part in plan.actions:
        if part.role not in roles:
            raise UsageError(f"nobody holds the role '{part.role}'", help=f"roles: {', '.join(sorted(roles))}")
    for text in _texts(plan):
        refuse_names(view, text)
    facts = [(source, fact_of(view, source, plan.team)) for source in dict.fromkeys(plan.evidence)]
    head = Briefing(team=plan.team, aim=Words(plan.aim), questions=Words("; ".join(plan.questions)))
    evidence = [BriefEvidence(briefing=ref(head), source=source, fact=Words(fact)) for source, fact in facts]
    actions = [
        BriefAction(briefing=ref(head), what=Words(part.what), role=part.role, due=part.due, why=Words(part.why))
        for part in plan.actions
    ]
    for each in standings(view):
        if not each.end and _said(each.briefing, each.evidence, each.actions) == _said(head, evidence, actions):
            return Change(findings=[f"{each.briefing.id} holds this briefing with the same figures: nothing to do"])
    late = [
        f"action {number} is due on {in_words(part.due)}, which has passed"
        for number, part in enumerate(plan.actions, start=1)
        if part.due < view.now.date()
    ]
    return Change([head, *evidence, *actions], late)


def _said(head: Briefing, evidence: Sequence[BriefEvidence], actions: Sequence[BriefAction]) -> tuple[object, ...]:
    facts = [(row.source, row.fact.text) for row in evidence]
    parts = [(row.what.text, row.role, row.due, row.why.text) for row in actions]
    return head.team, head.aim.text, head.questions.text, facts, parts


def _texts(plan: Plan) -> Iterator[str]:
    yield plan.aim
    yield from plan.questions
    for part in plan.actions:
        yield from (part.what, part.why)


def deliver(view: View, briefing: str, told: Told) -> Change:
    """Record who was there and who was away; later, who was told one by one.

    Who is named as present counts as told from that day; who was named so by mistake was away. Raises NoSuchRow, NotOpen,
    NotLeading, OtherTeam, Committed, UsageError.
    """
    found = _open(view, briefing)
    _refuse_led(view, found)
    named = [*told.present, *told.absent]
    if not named:
        raise UsageError("nobody is named", help="--present p_a01,p_a02 --absent p_a03")
    if strangers := sorted({person for person in named if person not in view.people}):
        raise UsageError(f"nobody in people.csv: {', '.join(strangers)}", help="name person ids")
    if twice := sorted(set(told.present) & set(told.absent)):
        raise UsageError(f"{', '.join(twice)} cannot be both there and away", help="name each person once")
    heard = _heard(found, told)
    if told.on > view.now.date():
        raise UsageError(f"{told.on} is still to come", help="record it on the day")
    made = found.briefing.at.astimezone(view.now.tzinfo).date() if found.briefing.at else told.on
    if told.on < min(made, view.now.date()):  # a folder may be played on days before those of its records
        raise UsageError(
            f"{briefing} was made on {in_words(made)}, and its figures then: nobody was told it on {in_words(told.on)}",
            help=f"name a day from {made} on: --on",
        )
    if others := _of_other_teams(view, found.briefing.team, named):
        raise OtherTeam(found, others)
    away = [person for person in dict.fromkeys(told.absent) if person not in found.waiting]
    rows: list[Row] = [
        Attendance(briefing=briefing, person=person, present=True, on=told.on)
        for person in dict.fromkeys(told.present)
        if person not in found.told
    ]
    rows += [Attendance(briefing=briefing, person=person, present=False, on=told.on) for person in away]
    rows += [
        Correction(kind="attendance", old=row.id, new="", reason=Words(told.mistake), authority=view.actor)
        for row in view.current(Attendance, briefing=briefing, person=heard)
        if row.present
    ]
    return Change(rows, [] if rows else [f"{briefing}: all of it is on record: nothing to do"])


def _heard(found: Standing, told: Told) -> list[str]:
    """Return who is away now and was recorded as told, by mistake. Raises UsageError where that is not said, Committed."""
    heard = sorted({person for person in told.absent if person in found.told})
    if heard and not told.mistake:
        days = "; ".join(f"{person} was told {found.briefing.id} on {in_words(found.told[person])}" for person in heard)
        raise UsageError(
            f"{days}: who was told is not away",
            help='leave them out of --absent; or, if that was recorded by mistake, say so: --mistake "..."',
        )
    if told.mistake and not heard:
        raise UsageError("--mistake is of somebody who was recorded as told", help="name them as --absent")
    if bound := [person for person in heard if person in {row.by for row in found.commitments}]:
        raise Committed(found, bound)
    return heard


def _of_other_teams(view: View, team: str, people: Sequence[str]) -> dict[str, set[str]]:
    """Return the teams of those people of whom something was sampled, and nothing in a team."""
    teams: dict[str, set[str]] = {}
    for item in view.current(Item):
        if item.team:
            teams.setdefault(item.colleague, set()).add(item.team)
    return {person: teams[person] for person in dict.fromkeys(people) if team not in teams.get(person, {team})}


def commit(view: View, briefing: str, number: int, words: str, concern: str = "") -> Change:
    """Record what the actor undertakes for action ``number``, from 1, in their own words.

    Raises NoSuchRow, NotOpen, NotHeld, UsageError for words or an action that are none.
    """
    found = _open(view, briefing)
    if view.actor not in found.told:
        raise NotHeld(found.briefing, view.actor)
    if not 1 <= number <= len(found.actions):
        raise UsageError(f"{briefing} has no action {number}", help=f"its actions are 1 to {len(found.actions)}")
    said = words.strip()
    if not said:
        raise UsageError("a commitment has words", help='in your own words: --words "..."')
    action = found.actions[number - 1].id
    if any((row.by, row.action, row.words.text) == (view.actor, action, said) for row in found.commitments):
        return Change(findings=[f"{view.actor} has committed to this in these words: nothing to do"])
    troubled = Words(concern.strip()) if concern.strip() else NO_WORDS
    return Change([Commitment(briefing=briefing, action=action, words=Words(said), concern=troubled)])


def answer(view: View, commitment: str, words: str) -> Change:
    """Record what a concern is answered. Raises NoSuchRow, OwnConcern, NotLeading, UsageError."""
    found = commitment_of(view, commitment)
    if not found.concern:
        raise UsageError(f"{commitment} has no concern", help=f"see: qacli report brief {found.briefing}")
    if found.by == view.actor:
        raise OwnConcern(commitment)
    _refuse_led(view, standing_of(view, found.briefing))
    if not words.strip():
        raise UsageError("an answer has words", help='--words "..."')
    if any((row.commitment, row.words.text) == (commitment, words.strip()) for row in view.current(ConcernAnswer)):
        return Change(findings=[f"{commitment} has this answer: nothing to do"])
    return Change([ConcernAnswer(commitment=commitment, words=Words(words.strip()))])


def progress(view: View, commitment: str, state: Progress, words: str) -> Change:
    """Record how far a commitment is. Raises NoSuchRow, NotTheirs, UsageError; what was said already is a finding."""
    row = commitment_of(view, commitment)
    found = standing_of(view, row.briefing)
    if view.actor not in {row.by, found.briefing.by}:
        raise NotTheirs(row, found.briefing.by)
    said = words.strip()
    if not said:
        raise UsageError("progress has words", help='what was done, or what stood in the way: --words "..."')
    last = found.progress.get(commitment)
    if last and (last.state, last.words.text, last.by) == (state, said, view.actor):
        return Change(findings=[f"{commitment}: said already: nothing to do"])
    return Change([CommitmentProgress(commitment=commitment, state=state, words=Words(said))])


def close(view: View, briefing: str, words: str) -> Change:
    """Close a briefing; one that is closed is a finding. Raises NoSuchRow, NotLeading, NotHeld, NotBriefed, Unanswered."""
    found = standing_of(view, briefing)
    _refuse_led(view, found)
    if found.end:
        return Change(findings=[f"{briefing} was {found.state} by {found.end.by}: nothing to do"])
    if not found.told:
        raise NotHeld(found.briefing)
    if found.waiting:
        raise NotBriefed(found)
    if found.unanswered:
        raise Unanswered(found)
    return Change([BriefEnd(briefing=briefing, words=Words(words.strip()) if words.strip() else NO_WORDS)])


def withdraw(view: View, briefing: str, words: str) -> Change:
    """Take back a briefing that nobody was told; the record of it stays. One that was taken back is a finding.

    Raises NoSuchRow, NotLeading, ToldAlready, UsageError without words.
    """
    found = standing_of(view, briefing)
    _refuse_led(view, found)
    if found.told:
        raise ToldAlready(found)
    if found.end:
        return Change(findings=[f"{briefing} was withdrawn by {found.end.by}: nothing to do"])
    if not words.strip():
        raise UsageError(f"{briefing} is not withdrawn without a reason", help='say why: --words "..."')
    return Change([BriefEnd(briefing=briefing, words=Words(words.strip()))])


def _refuse_led(view: View, found: Standing) -> None:
    """Raise NotLeading where the actor neither made the briefing nor holds any role."""
    if view.actor != found.briefing.by and not view.settings.roles_of(view.actor):
        raise NotLeading(found.briefing, view.actor)


def _open(view: View, briefing: str) -> Standing:
    found = standing_of(view, briefing)
    if found.end:
        raise NotOpen(found)
    return found
