"""Six calibrations as tables: every evaluator and the expert on the same calls, sealed, then revealed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

import judging
import numpy as np
import pandas as pd
from harbour import Quarter, calibrated
from plan import parameters

from qacli.ledger.ids import base32
from qacli.monitor.calibrating.blind import seal_of
from qacli.monitor.calibrating.calibration import (
    EVALUATOR,
    EXPERT,
    Calibration,
    CalibrationEnd,
    CalibrationItem,
    CalibrationScore,
    Reveal,
    Scorer,
    Seal,
)
from qacli.monitor.observing.answers import Answer

LEAD = "p_tl1"
KINDS = (Calibration, CalibrationItem, Scorer, Seal, Reveal, CalibrationScore, CalibrationEnd)
Row = dict[str, Any]


class Session(NamedTuple):
    """One calibration: its id, when it was opened, and what its tables hold of it, by table."""

    id: str
    opened: datetime
    rows: dict[str, list[Row]]

    def add(self, table: str, id: str, days: int, by: str, **cells: Any) -> None:  # noqa: A002
        """Add a row that was recorded so many days after the session was opened."""
        at = (self.opened + timedelta(days=days)).replace(tzinfo=None)
        self.rows[table].append({"id": id, "at": at, "by": by, **cells})


def tables(quarter: Quarter, items: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables of the calibrations by name; ``items`` is that table."""
    rows: dict[str, list[Row]] = {kind.TABLE: [] for kind in KINDS}
    for number, each in enumerate(calibrated(quarter)):
        opened = datetime.combine(parameters()["first_day"], time(13), UTC) + timedelta(weeks=2 * number + 2, days=3)
        session = Session(f"k_{base32(900 + number)}", opened, rows)
        names = items["id"].iloc[list(each.items)].tolist()
        _opened(session, names, each.given)
        for place, (scorer, given) in enumerate(each.given.items(), 1):
            _revealed(session, place, scorer, names, given)
        session.add("calibration_ends", f"{session.id}-30", 6, LEAD, calibration=session.id, reason="all was told")
    return {name: pd.DataFrame(made) for name, made in rows.items()}


def _opened(session: Session, items: list[str], given: Any) -> None:
    due = pd.Timestamp(session.opened.date() + timedelta(days=7))
    session.add("calibrations", session.id, 0, LEAD, due=due, seed="", pool=None)
    card = next(iter(given.values())).card.reference
    for number, item in enumerate(items, 1):
        cells = {"calibration": session.id, "item": item, "scorecard": card}
        session.add("calibration_items", f"{session.id}-{number}", 0, LEAD, **cells)
    for number, scorer in enumerate(given, 1):
        role = EXPERT if scorer == parameters()["calibration"]["expert"] else EVALUATOR
        cells = {"calibration": session.id, "scorer": scorer, "role": role}
        session.add("calibration_scorers", f"{session.id}-{10 + number}", 0, LEAD, **cells)


def _revealed(session: Session, place: int, scorer: str, items: list[str], given: judging.Read) -> None:
    """Add one scorer's seal, its reveal and the scores."""
    criteria, salt, mark = [each.id for each in given.card.criteria()], f"{place:032x}", f"{session.id[2:]}{place}"
    answers = {
        item: {name: Answer(str(answer)) for name, answer in zip(criteria, given.answers[at], strict=True)}
        for at, item in enumerate(items)
    }
    sealed = {"calibration": session.id, "items": len(items), "sha256": seal_of(salt, answers)}
    session.add("calibration_seals", f"ks_{mark}", 2, scorer, **sealed)
    told = {"calibration": session.id, "scorer": scorer, "seal": f"ks_{mark}", "salt": salt}
    session.add("calibration_reveals", f"kr_{mark}", 5, LEAD, **told, sealed=True, complete=True, reason=None)
    for at, item in enumerate(items):
        for number, name in enumerate(criteria):
            met, value = given.met[at, number], given.values[at, number]
            session.add(
                "calibration_scores",
                f"kr_{mark}-{at * len(criteria) + number + 1}",
                5,
                LEAD,
                reveal=f"kr_{mark}",
                item=item,
                criterion=name,
                answer=str(given.answers[at, number]),
                met=None if np.isnan(met) else bool(met),
                value=None if np.isnan(value) else float(value),
                evidence=None,
                offset="",
                comment=None,
            )
