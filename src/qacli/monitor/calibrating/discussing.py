"""What to talk about first: the answers that lie furthest apart where it weighs most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qacli.model import View
from qacli.monitor.calibrating.calibration import Standing
from qacli.monitor.calibrating.figures import Scored
from qacli.monitor.calibrating.minuting import readings
from qacli.monitor.observing.observation import NOT_APPLICABLE, NOT_ASKED
from qacli.prepare.scorecards.scorecard import Criterion


class Difference(NamedTuple):
    """One criterion of one item on which scorers differ.

    ``critical`` is its class, where some found it failed and others not; ``split`` says whether some found the standard
    met and others not; ``spread`` the distance of the furthest
    answers, 0 to 100, None where they only differ on whether it applies; ``answers`` are by scorer, ``decided`` is the
    answer of the minute, empty where there is none yet.
    """

    session: str
    item: str
    criterion: str
    critical: str
    split: bool
    weight: float
    spread: float | None
    answers: Mapping[str, str]
    decided: str


def differences(view: View, sessions: Sequence[Standing], given: Sequence[Scored]) -> list[Difference]:
    """Return every answer on which scorers differ: failed criticals first, then where the standard is split, then
    by weight times distance.

    Scores that were entered unsealed are no part of it.
    """
    decided = {
        (each.calibration.id, row.item, row.criterion): row.answer
        for each in sessions
        for row in readings(view, each.calibration.id)
    }
    units: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    for each in given:
        if each.sealed:
            units[each.session, each.item].append(each)
    found = [
        difference
        for (session, item), mine in units.items()
        for criterion in mine[0].card.criteria()
        if (difference := _difference(session, item, criterion, mine, decided.get((session, item, criterion.id), "")))
    ]
    return sorted(found, key=_order)


def _difference(
    session: str, item: str, criterion: Criterion, mine: Sequence[Scored], decided: str
) -> Difference | None:
    rows = {each.scorer: row for each in mine if (row := each.answers.get(criterion.id))}
    asked = {scorer: row for scorer, row in rows.items() if row.answer != NOT_ASKED}
    if len({row.answer for row in asked.values()}) < 2:
        return None
    values = [float(row.value) for row in asked.values() if row.value is not None]
    split = {row.met for row in asked.values()} >= {True, False}
    return Difference(
        session,
        item,
        criterion.id,
        criterion.critical if criterion.critical != "none" and split else "",
        split,
        float(criterion.weight),
        max(values) - min(values) if len(values) > 1 and max(values) > min(values) else None,
        {scorer: "n/a" if row.answer == NOT_APPLICABLE else row.answer for scorer, row in asked.items()},
        decided,
    )


def _order(each: Difference) -> tuple[bool, bool, float, str, str]:
    return not each.critical, not each.split, -each.weight * (each.spread or 0), each.item, each.criterion
