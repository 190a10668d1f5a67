"""What the calendar and one day do to a measure: the profile of the week, and a move from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean
from typing import Final, NamedTuple

from qacli.stats import mean_difference
from qacli.understand.kpis.control import Point

MOVED: Final = "moved"
NOT_SHOWN: Final = "no move shown"
CANNOT_TELL: Final = "cannot tell"


class Weekday(NamedTuple):
    """What a day of the week is like: 0 is Monday. ``value`` is the mean of its days, each counting its own n."""

    weekday: int
    days: int
    n: float
    value: float


class Step(NamedTuple):
    """The mean of the periods from a day on less that of those before, with its interval, in the figure's unit.

    None is what is not defined; ``periods`` counts those before and after.
    """

    on: date
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    periods: tuple[int, int]
    verdict: str


def weekdays(points: Iterable[Point]) -> list[Weekday]:
    """Return the profile of the week from figures of single days; days of the week without a figure are left out."""
    found: dict[int, list[Point]] = {}
    for point in points:
        if point.value is not None and point.first == point.last:
            found.setdefault(point.first.weekday(), []).append(point)
    return [Weekday(day, len(each), sum(p.n for p in each), _mean(each)) for day, each in sorted(found.items())]


def step(points: Sequence[Point], on: date, confidence: float = 0.95) -> Step:
    """Return how far a measure moved on a day: periods before it against periods from it on, by Welch's interval.

    Each period counts once, so that the spread between periods is in the interval. A period with the day inside is left
    out, unless it is its first.
    """
    before = [point.value for point in points if point.value is not None and point.last < on]
    after = [point.value for point in points if point.value is not None and point.first >= on]
    found = mean_difference(after, before, confidence)
    verdict = CANNOT_TELL
    if found.low is not None and found.high is not None:
        verdict = NOT_SHOWN if found.low <= 0 <= found.high else MOVED
    means = (fmean(before) if before else None, fmean(after) if after else None)
    return Step(on, *means, found.estimate, found.low, found.high, (len(before), len(after)), verdict)


def _mean(points: Sequence[Point]) -> float:
    return fmean([point.value or 0.0 for point in points], weights=[point.n or 1.0 for point in points])
