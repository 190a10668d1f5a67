"""A course over periods with its control limits: what differs from chance alone, phase by phase, and what is only noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from qacli.prepare.event import disturbances
from qacli.stats import Chart, ewma, p_chart, run_rules, xmr

if TYPE_CHECKING:
    from qacli.prepare.event import Event

LEAST, MOST = 0.0, 100.0
"""What the mean of scores can be."""
FEWEST, STEADY = 8, 20
"""Points of a phase under which a chart has no limits, and under which they are provisional."""


class Point(NamedTuple):
    """One period of a course. ``value`` is a mean (0 to 100) or a share (0 to 1), None where nothing was observed.

    ``failed`` counts where it is a share. ``phase`` names what it must not be joined beyond: a version of the card, or the
    days since a declared change. Points of ``too_few`` evaluations are shown, and neither make limits nor signals.
    """

    key: str
    first: date
    last: date
    n: int
    value: float | None
    phase: str
    failed: int | None = None
    too_few: bool = False


class Signal(NamedTuple):
    """A point, by its place, that chance alone would seldom give. ``noted`` is the id of a disturbance in whose days it
    lies; empty for a signal that somebody should look at.
    """

    at: int
    words: str
    noted: str = ""


class Charted(NamedTuple):
    """A course with a centre line and limits for each point; None where a point has none. ``methods`` tells each phase."""

    points: tuple[Point, ...]
    center: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    signals: tuple[Signal, ...]
    methods: tuple[str, ...]

    @property
    def alarms(self) -> tuple[Signal, ...]:
        """The signals that no known disturbance explains."""
        return tuple(each for each in self.signals if not each.noted)


def charted(points: Sequence[Point], events: Sequence[Event] = (), channel: str = "") -> Charted:
    """Return the chart of a course, each phase with limits of its own.

    Shares get a p chart, means an XmR chart: beyond the limits, or nine in a row on one side (Nelson's rules 1 and 2); of
    means also a slow drift (EWMA). Periods in a known disturbance make no limits, and what they show is noted.
    """
    parts = [_phase(list(part), events, channel) for _, part in groupby(points, key=lambda point: point.phase)]
    signals, before = [], 0
    for part in parts:
        signals += [each._replace(at=each.at + before) for each in part.signals]
        before += len(part.points)
    return Charted(
        tuple(points),
        tuple(value for part in parts for value in part.center),
        tuple(value for part in parts for value in part.lower),
        tuple(value for part in parts for value in part.upper),
        tuple(signals),
        tuple(part.methods[0] for part in parts),
    )


def _phase(points: list[Point], events: Sequence[Event], channel: str) -> Charted:
    known = {
        at: found[0].id
        for at, point in enumerate(points)
        if (found := disturbances(events, point.first, point.last, channel))
    }
    usable = [at for at, point in enumerate(points) if point.value is not None and not point.too_few]
    steady = [at for at in usable if at not in known]
    nothing = (None,) * len(points)
    if len(steady) < FEWEST:
        method = f"no limits: {len(steady)} periods with enough evaluations; it takes {FEWEST}"
        return Charted(tuple(points), nothing, nothing, nothing, (), (method,))
    chart = _limits(points, steady)
    if chart.center is None or all(value is None for value in chart.sigma):
        return Charted(tuple(points), nothing, nothing, nothing, (), (chart.method,))
    method = chart.method
    if len(steady) < STEADY and "provisional" not in method:
        method = f"{method}, provisional: {len(steady)} points"
    lower, upper = list(chart.lower), list(chart.upper)
    signals = [*_beyond(points, usable, chart), *_runs(points, steady, chart), *_drift(points, steady, chart)]
    told = tuple(sorted({each._replace(noted=known.get(each.at, "")) for each in signals}))
    return Charted(tuple(points), (chart.center,) * len(points), tuple(lower), tuple(upper), told, (method,))


def _limits(points: Sequence[Point], steady: Sequence[int]) -> Chart:
    """Return limits for every point from the steady ones alone."""
    if points[0].failed is None:
        made = xmr([point.value if at in steady else None for at, point in enumerate(points)])
        known = [
            (low, high, sigma)
            for low, high, sigma in zip(made.lower, made.upper, made.sigma, strict=True)
            if low is not None and high is not None and sigma
        ]
        if not known:
            return made
        low, high, sigma = known[0]
        # a limit beyond what a score can be is none that anything could cross: the end of the scale takes its place
        low, high, many = max(low, LEAST), min(high, MOST), len(points)
        return made._replace(lower=(low,) * many, upper=(high,) * many, sigma=(sigma,) * many)
    counts = [point.failed or 0 for point in points]
    ns = [point.n for point in points]
    made = p_chart([counts[at] for at in steady], [ns[at] for at in steady])
    if made.center is None or not made.center or made.center == 1:
        return made
    return limits_around(made.center, counts, ns)._replace(method=made.method)


def limits_around(center: float, counts: Sequence[int], ns: Sequence[int]) -> Chart:
    """Return a p chart around a given share."""
    from qacli.stats import share_limits

    limits = [share_limits(center, n) if n else (None, None, None) for n in ns]
    low, high, sigma = zip(*limits, strict=True)
    return Chart(center, low, high, (), sigma, len(counts), "p chart")


def _beyond(points: Sequence[Point], usable: Sequence[int], chart: Chart) -> list[Signal]:
    found = []
    for at in usable:
        value, low, high = points[at].value, chart.lower[at], chart.upper[at]
        if value is not None and low is not None and high is not None and not low <= value <= high:
            found.append(Signal(at, f"{'above' if value > high else 'below'} its limits"))
    return found


def _runs(points: Sequence[Point], steady: Sequence[int], chart: Chart) -> list[Signal]:
    """Return the last point of each nine on one side of the centre line."""
    z = [
        ((points[at].value or 0) - (chart.center or 0)) / sigma
        for at in steady
        if (sigma := chart.sigma[at]) is not None
    ]
    return [Signal(steady[run.end], run.words) for run in run_rules(z, (2,))]


def _drift(points: Sequence[Point], steady: Sequence[int], chart: Chart) -> list[Signal]:
    """Return where the moving average of means first leaves its limits."""
    sigma = chart.sigma[steady[0]]
    if points[0].failed is not None or not sigma or chart.center is None:
        return []
    found = ewma([points[at].value or 0.0 for at in steady], chart.center, sigma)
    return [Signal(steady[at], "slow drift (EWMA)") for at in found.signals[:1]]
