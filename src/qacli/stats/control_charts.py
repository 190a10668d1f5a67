"""Shewhart's control charts: which of the points lie beyond what chance alone would give.

A point is a period. Charts are those of Montgomery, "Introduction to Statistical Quality Control", chapters 6 and 7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean
from typing import NamedTuple

from qacli.stats.intervals import require_finite

TAIL = 0.00135
"""Chance beyond each limit of three standard deviations of a normal distribution."""
ENOUGH_FOR_NORMAL = 5
D2 = 1.128
"""Mean range of two over the standard deviation, rounded as the tables print it."""
FEWEST, STEADY = 8, 20


class Chart(NamedTuple):
    """A centre line with limits for each point, in the unit of the input.

    ``lower``, ``upper`` and ``sigma`` are None for a point that has none; ``signals`` are the places, from 0, of points
    beyond their limits. ``n`` counts the points that were there. ``method`` names the chart, or says why it has no limits.
    """

    center: float | None
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    signals: tuple[int, ...]
    sigma: tuple[float | None, ...]
    n: int
    method: str


def p_chart(counts: Sequence[int], ns: Sequence[int]) -> Chart:
    """Return the chart of shares: p ± 3·sqrt(p(1-p)/n) with p over all points.

    Where fewer than 5 of either kind are expected in a point, the normal limits give false alarms (2.3 % at n = 5 and
    p = .05), and the exact ones of the binomial distribution stand in. A point of n = 0 has no limits. Raises
    ValueError for counts that cannot be.
    """
    _require_counts(counts, ns)
    if any(count > n for count, n in zip(counts, ns, strict=True)):
        raise ValueError("A share counts part of its evaluations: no count may be above its n.")
    total = sum(ns)
    if not total:
        return _none(counts, "no evaluations")
    p = sum(counts) / total
    if p in (0, 1):
        return _none(counts, "no limits: no variation")._replace(center=p, n=sum(n > 0 for n in ns))
    return _chart(
        [k / n if n else None for k, n in zip(counts, ns, strict=True)],
        p,
        lambda at: share_limits(p, ns[at]),
        "p chart",
    )


def u_chart(counts: Sequence[int], ns: Sequence[float]) -> Chart:
    """Return the chart of events per unit: u ± 3·sqrt(u/n) with u over all points, not below 0.

    ``ns`` are the sizes in which events were counted, for example evaluations; with sizes of 1 this is the c chart. A
    point of size 0 has no limits. Raises ValueError for counts that cannot be.
    """
    _require_counts(counts, ns)
    if not sum(ns):
        return _none(counts, "no evaluations")
    u = sum(counts) / sum(ns)
    if not u:
        return _none(counts, "no limits: nothing was counted")._replace(center=0.0, n=sum(n > 0 for n in ns))
    rates = [count / n if n else None for count, n in zip(counts, ns, strict=True)]
    return _chart(rates, u, lambda at: _rate(u, ns[at]), "u chart")


def xmr(values: Sequence[float | None]) -> Chart:
    """Return the chart of single values: mean ± 3·MR/1.128, with MR the mean of the moving ranges.

    None is a period without a value; no range bridges it. Under 8 values there are no limits, under 20 they are
    provisional.
    """
    there = [value for value in values if value is not None]
    require_finite(there)
    if not there:
        return _none(values, "no values")
    center = fmean(there)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values) if earlier is not None and later is not None]
    if len(there) < FEWEST or not ranges:
        return _none(values, f"no limits: fewer than {FEWEST} points")._replace(center=center, n=len(there))
    sigma = fmean(ranges) / D2
    if not sigma:
        return _none(values, "no limits: no variation")._replace(center=center, n=len(there))
    method = "XmR" if len(there) >= STEADY else f"XmR, provisional: {len(there)} points"
    return _chart(values, center, lambda _: (center - 3 * sigma, center + 3 * sigma, sigma), method)


def _chart(
    points: Sequence[float | None], center: float, limits: Callable[[int], tuple[float, float, float]], method: str
) -> Chart:
    found = [None if point is None else limits(at) for at, point in enumerate(points)]
    beyond = [
        at
        for at, (point, limit) in enumerate(zip(points, found, strict=True))
        if point is not None and limit and not limit[0] <= point <= limit[1]
    ]
    low, high, sigma = zip(*(limit or (None, None, None) for limit in found), strict=True)
    return Chart(center, low, high, tuple(beyond), sigma, sum(point is not None for point in points), method)


def _none(points: Sequence[object], method: str) -> Chart:
    nothing = (None,) * len(points)
    return Chart(None, nothing, nothing, (), nothing, 0, method)


def share_limits(p: float, n: int) -> tuple[float, float, float]:
    """Return the limits of a share of ``n`` around ``p``, and its standard deviation, as ``p_chart`` sets them."""
    sigma = sqrt(p * (1 - p) / n)
    if n * min(p, 1 - p) >= ENOUGH_FOR_NORMAL:
        return max(p - 3 * sigma, 0.0), min(p + 3 * sigma, 1.0), sigma
    return _fewest(n, p) / n, 1 - _fewest(n, 1 - p) / n, sigma


def _fewest(n: int, p: float) -> int:
    """Return the least count that is met, or undercut, with a chance of more than TAIL: fewer are a signal."""
    if p > 0.5:  # from the other end: (1 - p)**n of thousands is 0 to the machine, and no sum would ever rise
        return n - _most(n, 1 - p)
    chance = total = (1 - p) ** n
    count = 0
    while total <= TAIL:
        chance *= (n - count) / (count + 1) * p / (1 - p)
        count += 1
        total += chance
    return count


def _most(n: int, p: float) -> int:
    """Return the greatest count that is met, or passed, with a chance of more than TAIL."""
    chance = total = (1 - p) ** n
    count = 0
    while count < n and 1 - total > TAIL:
        chance *= (n - count) / (count + 1) * p / (1 - p)
        count += 1
        total += chance
    return count


def _rate(u: float, n: float) -> tuple[float, float, float]:
    sigma = sqrt(u / n)
    return max(u - 3 * sigma, 0.0), u + 3 * sigma, sigma


def _require_counts(counts: Sequence[int], ns: Sequence[float]) -> None:
    if len(counts) != len(ns):
        raise ValueError(f"{len(counts)} counts and {len(ns)} sizes do not belong together.")
    if any(value < 0 for value in (*counts, *ns)):
        raise ValueError("A count and a size cannot be below 0.")
