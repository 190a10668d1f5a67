"""Drift: whether an evaluator's difference from the expert moves over the items of the calibrations, slow as it may be."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from qacli.monitor.calibrating.figures import Scored
from qacli.monitor.calibrating.strictness import LENIENT, STRICTER, pairs
from qacli.stats import ewma, xmr

DRIFT_UNITS = 20
"""Under so many items a moving average has no limits worth the name. Our setting, after trials by simulation: with 20 to 60
items where nothing moves, 3 to 9 evaluators of 100 are told to drift; where the difference moves halfway by one and a half of
its standard deviations, 49 to 98 of 100 are."""
WEIGHT, LIMIT = 0.1, 2.7


class Drifting(NamedTuple):
    """One evaluator's paired difference from the expert over the items, in order of the sessions.

    ``average`` is the moving average at its end, in points of 100, ``center`` the mean of all; ``since`` names session and
    item from which on the average has been on the side where it ends, None where it never left its limits. ``verdict``
    says it in words.
    """

    evaluator: str
    units: int
    center: float | None
    average: float | None
    since: tuple[str, str] | None
    verdict: str


def by_drift(given: Sequence[Scored]) -> list[Drifting]:
    """Return whether the difference of each evaluator from the expert drifts; only what was scored blind counts.

    Roberts (1959), with the newest item at 0.1 and limits at 2.7 standard deviations around the mean of all
    differences; the standard deviation is that of neighbouring items, so that a drift does not hide itself.
    """
    found = []
    for evaluator, both in pairs(given).items():
        apart = [
            (each.mine.session, each.mine.item, each.mine.total - each.expert.total)
            for each in both
            if each.mine.total is not None and each.expert.total is not None
        ]
        found.append(_drifting(evaluator, apart))
    return found


def _drifting(evaluator: str, apart: Sequence[tuple[str, str, float]]) -> Drifting:
    values = [value for *_, value in apart]
    if len(values) < DRIFT_UNITS:
        why = f"too few to tell drift: {len(values)} of the {DRIFT_UNITS} items that are needed"
        return Drifting(evaluator, len(values), None, None, None, why)
    sigma, center = xmr(values).sigma[0], fmean(values)
    if not sigma:
        return Drifting(evaluator, len(values), center, None, None, "no limits: neighbouring items never differ")
    chart = ewma(values, center, sigma, WEIGHT, LIMIT)
    if not chart.signals:
        return Drifting(evaluator, len(values), center, chart.averages[-1], None, "no drift seen")
    last = chart.averages[-1]
    rising = last > center
    before = [place for place, average in enumerate(chart.averages) if (average > center) != rising]
    at = before[-1] + 1 if before else 0
    return Drifting(evaluator, len(values), center, last, apart[at][:2], LENIENT if rising else STRICTER)


def drift_in_words(each: Drifting) -> str:
    """Return for example: p_ev3 drifts, more lenient from about t_f-12 of k_10 on: ..."""
    if each.since is None or each.center is None or each.average is None:
        return f"{each.evaluator}: {each.verdict}"
    session, item = each.since
    return (
        f"{each.evaluator} drifts, {each.verdict} than before from about {item} of {session} on: the moving average of the "
        f"difference from the expert left its limits and is now {each.average:+.1f}, over all {each.units} items "
        f"{each.center:+.1f} (EWMA)"
    )
