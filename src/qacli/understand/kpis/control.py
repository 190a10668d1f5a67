"""A measure over time: ordinary variation or a signal, with limits that allow for more spread than counting alone gives.

Laney, D. B. (2002), "Improved control charts for attributes", Quality Engineering 14:531-537, carried over to any figure
that has a standard error: how far the periods differ, in standard errors, is itself measured by their moving ranges. Weeks
differ by more than chance alone, and the limits of a plain p chart of thousands of contacts would cry wolf every week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import sqrt
from statistics import fmean
from typing import Final, Literal, NamedTuple

from qacli.prepare.event import Candidate, Event, candidates, disturbances
from qacli.stats import p_chart, run_rules

D2 = 1.128
"""Mean range of two over the standard deviation."""
FEWEST, STEADY = 8, 20
SIGNAL: Final = "signal"
ORDINARY: Final = "ordinary variation"
TOO_FEW: Final = "too few points"
NO_VARIATION: Final = "no variation"
Kind = Literal["share", "mean", "index", "ratio", "quantile", ""]


class Point(NamedTuple):
    """A figure of one period. ``se`` is its standard error, None where there is none; ``value`` None: no figure."""

    key: str
    first: date
    last: date
    value: float | None
    n: float
    se: float | None = None


class Signal(NamedTuple):
    """What chance seldom makes: the places of its points from 0, in words, and events near its start.

    Events are candidates, never causes.
    """

    places: tuple[int, ...]
    words: str
    events: tuple[Candidate, ...] = ()


class Charted(NamedTuple):
    """A chart in the unit of the figures. ``lower``, ``upper`` are None for a point without limits.

    ``spread`` is how many times more the points differ than their standard errors say, not below 1; None without limits.
    ``left_out`` are places that a disturbance touches: they are drawn and noted, but neither judged nor counted.
    """

    points: tuple[Point, ...]
    center: float | None
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    spread: float | None
    signals: tuple[Signal, ...]
    left_out: tuple[int, ...]
    verdict: str
    method: str
    n: int


class _Base(NamedTuple):
    """Limits of chance alone, and the standard error of each point if its true value were the centre."""

    center: float
    lower: Sequence[float | None]
    upper: Sequence[float | None]
    sigma: Sequence[float | None]
    method: str


def control(
    points: Sequence[Point], events: Sequence[Event] = (), kind: Kind = "", scale: float = 100.0, channel: str = ""
) -> Charted:
    """Return the chart of a series of periods, oldest first; periods without a figure are gaps that nothing bridges.

    ``scale`` is what a share is multiplied by, 100 for per cent; ``channel`` keeps events of other channels away. Rules:
    beyond the limits of three standard deviations, and nine in a row on one side of the centre. Under 8 points there are
    no limits, under 20 they are provisional.
    """
    fills = [bool(disturbances(events, point.first, point.last, channel)) for point in points]
    known = [event for event in events if event.touches(channel)]
    used = [None if special or point.value is None else point for special, point in zip(fills, points, strict=True)]
    left_out = tuple(at for at, point in enumerate(points) if fills[at] and point.value is not None)
    there = [point for point in used if point]
    nothing: tuple[float | None, ...] = (None,) * len(points)
    blank = Charted(tuple(points), _center(there), nothing, nothing, None, (), left_out, TOO_FEW, "", len(there))
    if len(there) < FEWEST:
        return blank._replace(method=f"no limits: {len(there)} points, and {FEWEST} are needed")
    base = _base(used, there, kind, scale)
    distances = [
        None if point is None or not sigma else ((point.value or 0.0) - base.center) / sigma
        for point, sigma in zip(used, base.sigma, strict=True)
    ]
    ranges = [abs(b - a) for a, b in pairwise(distances) if a is not None and b is not None]
    if not any(ranges):
        return blank._replace(center=base.center, verdict=NO_VARIATION, method="no limits: no variation")
    spread = fmean(ranges) / D2
    spread = spread if base.method == "XmR" else max(1.0, spread)
    lower, upper = (
        tuple(
            None if limit is None else _possible(base.center + (limit - base.center) * spread, kind, scale)
            for limit in side
        )
        for side in (base.lower, base.upper)
    )
    signals = (*_beyond(used, lower, upper, known), *_runs(points, distances, spread, known))
    return Charted(
        tuple(points),
        base.center,
        lower,
        upper,
        spread,
        signals,
        left_out,
        SIGNAL if signals else ORDINARY,
        _named(base.method, spread, len(there)),
        len(there),
    )


def has_errors(points: Sequence[Point]) -> bool:
    """Return whether every figure has a standard error and an n."""
    return all(point.se is not None and point.n > 0 for point in points)


def _base(used: Sequence[Point | None], there: Sequence[Point], kind: Kind, scale: float) -> _Base:
    if kind == "share" and has_errors(there):
        ns = [round(point.n) if point else 0 for point in used]
        counts = [round((point.value or 0.0) * point.n / scale) if point else 0 for point in used]
        chart = p_chart(counts, ns)
        lower, upper, spread = (
            [None if each is None else scale * each for each in side]
            for side in (chart.lower, chart.upper, chart.sigma)
        )
        return _Base(scale * (chart.center or 0.0), lower, upper, spread, "Laney p chart")
    center = _center(there) or 0.0
    if not has_errors(there):
        sigma: list[float | None] = [1.0 if point else None for point in used]
        method = "XmR"
    else:
        # one spread for all periods: that of a single one is an estimate, and small where it happens to look good
        pooled = sqrt(fmean([(point.se or 0.0) ** 2 * point.n for point in there], weights=[p.n for p in there]))
        sigma = [pooled / sqrt(point.n) if point else None for point in used]
        method = "Laney chart of means"
    low, high = ([None if each is None else center + way * each for each in sigma] for way in (-3, 3))
    return _Base(center, low, high, sigma, method)


def _center(points: Sequence[Point]) -> float | None:
    if not points:
        return None
    weights = [point.n for point in points] if has_errors(points) else None
    return fmean([point.value or 0.0 for point in points], weights=weights)


def _possible(limit: float, kind: Kind, scale: float) -> float:
    """Return a limit that the figure can have: a share lies between 0 and all, times are not below 0."""
    if kind == "share":
        return min(max(limit, 0.0), scale)
    return limit if kind == "index" else max(limit, 0.0)


def _named(method: str, spread: float, n: int) -> str:
    wider = f", limits {spread:.1f} times those of chance" if method != "XmR" and spread > 1 else ""
    return f"{method}{wider}{f', provisional: {n} points' if n < STEADY else ''}"


def _beyond(
    used: Sequence[Point | None], lower: Sequence[float | None], upper: Sequence[float | None], events: Sequence[Event]
) -> list[Signal]:
    found = []
    for at, (point, low, high) in enumerate(zip(used, lower, upper, strict=True)):
        if (
            point
            and point.value is not None
            and low is not None
            and high is not None
            and not low <= point.value <= high
        ):
            side = "below" if point.value < low else "above"
            found.append(Signal((at,), f"{point.key} lies {side} its limits", tuple(candidates(events, point.first))))
    return found


def _runs(
    points: Sequence[Point], distances: Sequence[float | None], spread: float, events: Sequence[Event]
) -> list[Signal]:
    """Return each run of nine or more on one side of the centre, once, from its first point to its last."""
    places = [at for at, distance in enumerate(distances) if distance is not None]
    runs: list[list[int]] = []
    for run in run_rules([(distances[at] or 0.0) / spread for at in places], (2,)):
        nine = places[run.end - 8 : run.end + 1]
        if runs and nine[0] in runs[-1]:
            runs[-1].append(nine[-1])
        else:
            runs.append(nine)
    found = []
    for each in runs:
        first, side = points[each[0]], "above" if (distances[each[0]] or 0.0) > 0 else "below"
        words = f"{len(each)} in a row {side} the centre, {first.key} to {points[each[-1]].key}"
        found.append(Signal(tuple(each), words, tuple(candidates(events, first.first))))
    return found
