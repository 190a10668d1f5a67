"""Do quality and a measure of the service part company: one moved, the other did not, or went the other way?"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, variance
from typing import Literal, NamedTuple

from qacli.stats import benjamini_hochberg
from qacli.stats.intervals import around
from qacli.understand.comparing.link import FALSE

ROSE, FELL, STEADY, CANNOT_TELL = "rose", "fell", "steady", "cannot tell"
PARTED, TOGETHER, NOTHING_MOVED = "part company", "move together", "no move of the measure shown"
STEADY_SHARE = 0.05
"""Share of what a measure was before by which it has to have moved, limits and all: among tens of thousands of contacts
every small change of the mix shows."""
FEWEST_EACH = 10
"""No comparison of means with fewer on either side."""


class Moments(NamedTuple):
    """How many values there are, their mean and their variance (None where there are too few)."""

    n: int
    mean: float | None
    variance: float | None


class Shift(NamedTuple):
    """How far a mean lies after a day from where it lay before, in its own unit, with limits.

    ``verdict`` is rose or fell (the limits leave out 0), steady (within ±margin, where one was given), or cannot tell.
    """

    before: Moments
    after: Moments
    change: float | None
    low: float | None
    high: float | None
    p: float | None
    verdict: str


class Parting(NamedTuple):
    """What quality and one measure did in one unit, such as a team, and what that is called."""

    unit: str
    quality: Shift
    measure: Shift
    verdict: str


def moments(values: Sequence[float]) -> Moments:
    """Return what a mean and its limits are made of."""
    n = len(values)
    return Moments(n, fmean(values) if n else None, variance(values) if n > 1 else None)


def of_sums(n: int, total: float, squares: float) -> Moments:
    """Return the same from a count, a sum and a sum of squares: of millions of values nothing else is carried."""
    mean = total / n if n else None
    spread = max(0.0, (squares - total * total / n) / (n - 1)) if n > 1 else None
    return Moments(n, mean, spread)


def shift(before: Moments, after: Moments, margin: float | None = None, confidence: float = 0.95) -> Shift:
    """Return the change of a mean, after less before, with the interval of Welch (1947).

    Under 10 values on a side, or without variation, nothing can be told. A change within ±``margin`` is steady even where
    its limits leave out 0.
    """
    unknown = Shift(before, after, None, None, None, None, CANNOT_TELL)
    if min(before.n, after.n) < FEWEST_EACH:
        return unknown
    parts = [(each.variance or 0.0) / each.n for each in (before, after)]
    change, total = (after.mean or 0.0) - (before.mean or 0.0), sum(parts)
    if not total:
        return unknown._replace(change=change, verdict=CANNOT_TELL if change else STEADY)
    df = total**2 / sum(part**2 / (each.n - 1) for part, each in zip(parts, (before, after), strict=True))
    found = around(change, sqrt(total), before.n + after.n, df, confidence)
    if found.low is None or found.high is None:
        return unknown._replace(change=change)
    # of the normal distribution, for n of 10 and more: it only weighs many units against each other
    p = 2 * (1 - NormalDist().cdf(abs(change) / sqrt(total)))
    return Shift(before, after, change, found.low, found.high, p, _moved(found.low, found.high, margin))


def partings(
    moves: Sequence[tuple[str, Shift, Shift]], better: Literal["higher", "lower"] = "higher", q: float = FALSE
) -> list[Parting]:
    """Return per unit (unit, quality, measure) whether they part company.

    The units are looked at together (Benjamini and Hochberg): a move of the measure that does not stand among them is
    none shown. ``better`` says which way of the measure is good for customers.
    """
    stands = benjamini_hochberg([measure.p for _, _, measure in moves], q).rejected
    return [
        Parting(unit, quality, measure, _parted(quality.verdict, measure.verdict if stood else CANNOT_TELL, better))
        for (unit, quality, measure), stood in zip(moves, stands, strict=True)
    ]


def _moved(low: float, high: float, margin: float | None) -> str:
    if margin is not None and -margin < low and high < margin:
        return STEADY
    if low > 0:
        return ROSE
    return FELL if high < 0 else CANNOT_TELL


def _parted(quality: str, measure: str, better: str) -> str:
    if measure in {CANNOT_TELL, STEADY}:
        return NOTHING_MOVED
    if quality == CANNOT_TELL:
        return CANNOT_TELL
    good = measure == (ROSE if better == "higher" else FELL)
    return TOGETHER if quality == (ROSE if good else FELL) else PARTED
