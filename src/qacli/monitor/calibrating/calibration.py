"""Records of a calibration: the session with its items and scorers, seals, revealed scores, the minute and the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qacli.model import Correction, Row, View, Words

EVALUATOR, EXPERT = "evaluator", "expert"


@dataclass(frozen=True, kw_only=True)
class Calibration(Row, table="calibrations", letter="k"):
    """One session. ``seed`` drew its items from ``pool`` that could be taken; both are empty where items were named."""

    due: date
    seed: str
    pool: int | None


@dataclass(frozen=True, kw_only=True)
class CalibrationItem(Row, table="calibration_items", parent="calibration"):
    """One item of a session, to be scored by the card that it was drawn for."""

    calibration: str
    item: str
    scorecard: str


@dataclass(frozen=True, kw_only=True)
class Scorer(Row, table="calibration_scorers", parent="calibration"):
    """Who is to score the items of a session, as evaluator or as the expert that the others are compared with."""

    calibration: str
    scorer: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Seal(Row, table="calibration_seals", letter="ks"):
    """The hash, with a salt, of what a scorer (``by``) gave; the scores themselves are in that person's draft."""

    calibration: str
    items: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Reveal(Row, table="calibration_reveals", letter="kr"):
    """What one scorer gave is told to all. ``sealed`` is no where it was entered after the others had been revealed.

    ``complete`` says whether everybody was in; ``reason`` why it was revealed without some. With ``salt`` anybody can
    compute the hash of the seal anew.
    """

    calibration: str
    scorer: str
    seal: str
    salt: str
    sealed: bool
    complete: bool
    reason: Words


@dataclass(frozen=True, kw_only=True)
class CalibrationScore(Row, table="calibration_scores", parent="reveal"):
    """What one scorer gave one criterion of one item. It is no observation, and enters no summary."""

    reveal: str
    item: str
    criterion: str
    answer: str
    met: bool | None
    value: Decimal | None
    evidence: Words
    offset: str
    comment: Words


@dataclass(frozen=True, kw_only=True)
class Minute(Row, table="calibration_minutes", letter="km"):
    """What a session agreed on; ``agreed`` holds the people who did, parted by blanks. It is never corrected."""

    calibration: str
    agreed: str


@dataclass(frozen=True, kw_only=True)
class AgreedReading(Row, table="calibration_readings", parent="minute"):
    """The answer that a criterion of an item was agreed to deserve, and how the criterion is read from now on."""

    minute: str
    item: str
    criterion: str
    answer: str
    reading: Words


@dataclass(frozen=True, kw_only=True)
class CalibrationEnd(Row, table="calibration_ends", parent="calibration"):
    """A session is over."""

    calibration: str
    reason: Words


class Standing(NamedTuple):
    """How far a session has come. ``items`` are those still in force, a personal call is none any more; ``sealed`` maps
    scorers to their seal in force; ``revealed`` holds the reveals."""

    calibration: Calibration
    items: Sequence[CalibrationItem]
    scorers: Sequence[Scorer]
    sealed: dict[str, Seal]
    revealed: Sequence[Reveal]
    ended: CalibrationEnd | None

    @property
    def people(self) -> list[str]:
        """Every scorer, the expert last."""
        return [each.scorer for each in self.scorers]

    @property
    def missing(self) -> list[str]:
        """Scorers who have sealed nothing, nor were revealed."""
        told = {each.scorer for each in self.revealed}
        return [person for person in self.people if person not in self.sealed and person not in told]

    @property
    def left_out(self) -> list[str]:
        """Scorers whose seal was not matched by their draft when the others were revealed."""
        told = {each.scorer for each in self.revealed}
        return [person for person in self.sealed if self.revealed and person not in told]

    @property
    def state(self) -> str:
        """sealed, revealed (to all, in part) or closed."""
        if self.ended:
            return "closed"
        if not self.revealed:
            return "sealed"
        return "revealed" if self.revealed[0].complete else "revealed in part"


def standing(view: View, id: str) -> Standing:  # noqa: A002
    """Return how far one session has come. Raises NoSuchRow."""
    return _standing(view, view.one(Calibration, id))


def standings(view: View) -> list[Standing]:
    """Return how far every session has come, oldest first."""
    return [_standing(view, each) for each in view.current(Calibration)]


def _standing(view: View, found: Calibration) -> Standing:
    closed = {row.old for row in view.rows(Correction) if row.kind == "item"}
    return Standing(
        found,
        [row for row in view.current(CalibrationItem) if row.calibration == found.id and row.item not in closed],
        view.current(Scorer, calibration=found.id),
        {row.by: row for row in view.current(Seal) if row.calibration == found.id},
        view.current(Reveal, calibration=found.id),
        next(iter(view.current(CalibrationEnd, calibration=found.id)), None),
    )
