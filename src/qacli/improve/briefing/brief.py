"""Records of a briefing, and how far it is: who was there, who was told later, who committed to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from qacli.model import Row, View, Words

Progress = Literal["done", "under-way", "not-done"]
DONE: Final = "done"
UNDER_WAY: Final = "under-way"


@dataclass(frozen=True, kw_only=True)
class Briefing(Row, table="briefings", letter="br"):
    """What one team is told (``by`` made it)."""

    team: str
    aim: Words
    questions: Words  # what is asked of the team, one below the other; may be empty


@dataclass(frozen=True, kw_only=True)
class BriefEvidence(Row, table="brief_evidence", parent="briefing"):
    """One figure that the briefing rests on, as it stood when it was made."""

    briefing: str
    source: str  # a finding, a KPI value or a criterion, by its id
    fact: Words


@dataclass(frozen=True, kw_only=True)
class BriefAction(Row, table="brief_actions", parent="briefing"):
    """One thing that is to be done."""

    briefing: str
    what: Words
    role: str  # whose part it is: a role of qacli.yaml, or colleague
    due: date
    why: Words


@dataclass(frozen=True, kw_only=True)
class Attendance(Row, table="brief_attendance", letter="ba"):
    """One person was told, or was away when the team was."""

    briefing: str
    person: str
    present: bool
    on: date


@dataclass(frozen=True, kw_only=True)
class Commitment(Row, table="commitments", letter="cm"):
    """What one person undertakes (``by`` is that person), in their own words, and what troubles them about it."""

    briefing: str
    action: str
    words: Words
    concern: Words


@dataclass(frozen=True, kw_only=True)
class ConcernAnswer(Row, table="concern_answers", letter="cs"):
    """What a concern was answered."""

    commitment: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class CommitmentProgress(Row, table="commitment_progress", letter="io"):
    """How far a commitment is, as that person or whoever made the briefing (``by``) says."""

    commitment: str
    state: str  # done, under-way or not-done
    words: Words


@dataclass(frozen=True, kw_only=True)
class BriefEnd(Row, table="brief_ends", letter="bn"):
    """A briefing is closed: everybody was told, and every concern answered; or nobody was told, and it was withdrawn."""

    briefing: str
    words: Words


class Standing(NamedTuple):
    """A briefing with what belongs to it. ``waiting`` were away and have not been told since.

    ``progress`` is what was said last of each commitment, by its id.
    """

    briefing: Briefing
    evidence: Sequence[BriefEvidence]
    actions: Sequence[BriefAction]
    told: dict[str, date]
    waiting: Sequence[str]
    commitments: Sequence[Commitment]
    unanswered: Sequence[Commitment]
    end: BriefEnd | None
    progress: dict[str, CommitmentProgress]

    @property
    def kept(self) -> list[Commitment]:
        """The commitments that are done."""
        return [row for row in self.commitments if (said := self.progress.get(row.id)) and said.state == DONE]

    def open_since(self) -> Iterator[tuple[Commitment, date]]:
        """Yield each commitment of which nobody has said that it is done or not done, with the day of its action."""
        days = {action.id: action.due for action in self.actions}
        for row in self.commitments:
            said = self.progress.get(row.id)
            if said is None or said.state == UNDER_WAY:
                yield row, days[row.action]

    @property
    def state(self) -> str:
        """made, delivered, closed or withdrawn."""
        if self.end:
            return "closed" if self.told else "withdrawn"
        return "delivered" if self.told else "made"

    @property
    def uncommitted(self) -> list[str]:
        """Who was told and has committed to nothing."""
        committed = {row.by for row in self.commitments}
        return [person for person in self.told if person not in committed]


def standing_of(view: View, briefing: str) -> Standing:
    """Return a briefing and how far it is. Raises NoSuchRow."""
    return _standing(view, view.one(Briefing, briefing))


def commitment_of(view: View, commitment: str) -> Commitment:
    """Return a commitment by its id. Raises NoSuchRow."""
    return view.one(Commitment, commitment)


def standings(view: View) -> list[Standing]:
    """Return every briefing, oldest first."""
    return [_standing(view, each) for each in view.current(Briefing)]


def _standing(view: View, briefing: Briefing) -> Standing:
    rows = view.current(Attendance, briefing=briefing.id)
    told: dict[str, date] = {}
    for row in rows:
        if row.present:
            told.setdefault(row.person, row.on)
    away = dict.fromkeys(row.person for row in rows if not row.present)
    made = view.current(Commitment, briefing=briefing.id)
    answered = {row.commitment for row in view.current(ConcernAnswer)}
    return Standing(
        briefing,
        view.current(BriefEvidence, briefing=briefing.id),
        view.current(BriefAction, briefing=briefing.id),
        told,
        [person for person in away if person not in told],
        made,
        [row for row in made if row.concern and row.id not in answered],
        next(iter(view.current(BriefEnd, briefing=briefing.id)), None),
        {
            row.commitment: row
            for row in view.current(CommitmentProgress)
            if row.commitment in {each.id for each in made}
        },
    )
