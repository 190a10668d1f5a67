"""Records of a dispute: what is contested and why, what was decided, and what that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qacli.model import Command, Correction, Hint, QacliError, Refusal, Row, View, Words
from qacli.monitor.observing.observation import Observation

UPHELD, PARTLY, REJECTED, WITHDRAWN = "upheld", "partly", "rejected", "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Dispute(Row, table="disputes", letter="x"):
    """A colleague contests an observation. ``late`` says why an authority (``by``) let it in after the window."""

    observation: str
    colleague: str
    told_on: date  # from which day the window counts
    decide_by: date
    claim: Words
    late: Words


@dataclass(frozen=True, kw_only=True)
class DisputePoint(Row, table="dispute_points", parent="dispute"):
    """One contested criterion: the answer that it was given, and the one that is asked for, empty where none is named."""

    dispute: str
    criterion: str
    answer: str
    proposed: str


@dataclass(frozen=True, kw_only=True)
class DisputeDecision(Row, table="dispute_decisions", letter="xd"):
    """What became of a dispute, by its reviewer (``by``): upheld, partly, rejected; or withdrawn by the colleague.

    ``observation`` is the one that took the place of the contested one, empty where nothing changed.
    """

    dispute: str
    outcome: str
    observation: str
    reason: Words


@dataclass(frozen=True, kw_only=True)
class DisputeChange(Row, table="dispute_changes", parent="decision"):
    """One contested criterion that was given another answer."""

    decision: str
    criterion: str
    old: str
    new: str


class Standing(NamedTuple):
    """One dispute: its points, the observation as it was contested, and the decision, None while it is open."""

    dispute: Dispute
    points: Sequence[DisputePoint]
    observation: Observation
    decision: DisputeDecision | None
    changes: Sequence[DisputeChange]

    @property
    def state(self) -> str:
        """Open, or the outcome."""
        return self.decision.outcome if self.decision else "open"


def disputes(view: View) -> list[Standing]:
    """Return every dispute with what became of it, oldest first; none whose observation was retired."""
    raised = view.current(Dispute)
    contested = {row.id: row for row in view.rows(Observation, id={row.observation for row in raised})}
    decided = {row.dispute: row for row in view.current(DisputeDecision)}
    points, changes = view.current(DisputePoint), view.current(DisputeChange)
    return [
        Standing(
            row,
            [point for point in points if point.dispute == row.id],
            contested[row.observation],
            decided.get(row.id),
            [change for change in changes if row.id in decided and change.decision == decided[row.id].id],
        )
        for row in raised
        if row.observation in contested
    ]


def dispute_of(view: View, id: str) -> Standing:  # noqa: A002
    """Return one dispute. Raises NoSuchRow, ObservationGone."""
    observation = view.one(Dispute, id).observation
    found = next((each for each in disputes(view) if each.dispute.id == id), None)
    if found is None:
        raise ObservationGone(id, observation)
    return found


def versions(view: View, observation: str) -> set[str]:
    """Return an observation and all that it took the place of."""
    earlier = {row.new: row.old for row in view.rows(Correction) if row.new}
    found = {observation}
    while observation in earlier:
        observation = earlier[observation]
        found.add(observation)
    return found


class ObservationGone(QacliError):
    """What was contested is not kept any more."""

    def __init__(self, dispute: str, observation: str) -> None:
        super().__init__(
            f"{dispute} contests {observation}, which was retired",
            help=Hint("see when: ", Command("export retirements")),
        )


class Disputed(Refusal, rule="disputed"):
    """While a dispute is open, and once it has changed a score, the evaluator's own correction does not bypass it."""

    def __init__(self, found: Standing) -> None:
        said = "is open" if not found.decision else f"was decided ({found.decision.outcome})"
        do = f"it is decided by another: qacli dispute decide {found.dispute.id} --as PERSON"
        super().__init__(
            f"{found.observation.item} cannot be scored again: its dispute {found.dispute.id} {said}.",
            help=do if not found.decision else f"see both versions: qacli dispute show {found.dispute.id}",
        )


def refuse_disputed(view: View, item: str) -> None:
    """Refuse to score an item again over a dispute that is open, or that gave it another score. Raises Disputed."""
    for each in disputes(view):
        if each.observation.item == item and (each.decision is None or each.decision.observation):
            raise Disputed(each)
