"""Trends and changes of level in a series of periods, by ranks: no distribution of the values is assumed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import exp, log, sqrt
from statistics import NormalDist, fmean
from typing import NamedTuple

from qacli.stats.intervals import Interval, named, require_confidence, require_finite

FEWEST_FOR_TREND = 8
FEWEST_FOR_CHANGE = 20
FEWEST_CYCLES = 3
HANSEN = 7.35


class SignificanceTest(NamedTuple):
    """A test statistic with its two-sided ``p`` over ``n`` values. Where it is not made, both are None and ``method``
    says why. ``at`` is how many values lie before a change.
    """

    statistic: float | None
    p: float | None
    n: int
    method: str
    at: int | None = None


def mann_kendall(values: Sequence[float], season: int = 1) -> SignificanceTest:
    """Return the test of Mann (1945) and Kendall for a trend: S, and p by the normal distribution with ties counted.

    With ``season`` values to a cycle, like is compared with like and the seasons add up (Hirsch, Slack and Smith 1982).
    None under 8 values, or under 3 cycles. The values must not follow each other: see ``autocorrelation``.
    """
    require_finite(values)
    n = len(values)
    if season < 1:
        raise ValueError(f"A cycle of {season} is none: give how many values make one, such as 12.")
    if n < FEWEST_FOR_TREND:
        return SignificanceTest(None, None, n, f"no trend test under {FEWEST_FOR_TREND} points")
    if season > 1 and n < FEWEST_CYCLES * season:
        return SignificanceTest(None, None, n, f"no seasonal test under {FEWEST_CYCLES} cycles")
    parts = [values[start::season] for start in range(season)]
    s = sum(_concordance(part) for part in parts)
    variance = sum(_variance(part) for part in parts)
    if not variance:
        return SignificanceTest(None, None, n, "no trend test: no variation")
    z = (abs(s) - 1) / sqrt(variance) if s else 0.0
    return SignificanceTest(
        s, 2 * (1 - NormalDist().cdf(z)), n, "Mann-Kendall" if season == 1 else "seasonal Mann-Kendall"
    )


def theil_sen(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """Return the median slope per period with the interval of Sen (1968). None under 8 values."""
    from scipy.stats import theilslopes

    require_confidence(confidence)
    require_finite(values)
    if len(values) < FEWEST_FOR_TREND:
        return Interval(None, None, None, len(values), f"no slope under {FEWEST_FOR_TREND} points")
    slope, _, low, high = map(float, theilslopes(values, alpha=confidence))
    return Interval(slope, low, high, len(values), named("Theil-Sen", confidence))


def autocorrelation(values: Sequence[float]) -> float | None:
    """Return the correlation of each value with the next; None without variation. Above .2 a trend test is too ready:
    at .4 it finds trends in one of six series that have none.
    """
    require_finite(values)
    if len(values) < 2:
        return None
    mean = fmean(values)
    squares = sum((value - mean) ** 2 for value in values)
    return sum((a - mean) * (b - mean) for a, b in pairwise(values)) / squares if squares else None


def pettitt(values: Sequence[float]) -> SignificanceTest:
    """Return the test of Pettitt (1979) for one change of level: K, p = 2·exp(-6K²/(n³+n²)), and after how many values.

    None under 20 values, or without variation.
    """
    require_finite(values)
    n = len(values)
    if n < FEWEST_FOR_CHANGE:
        return SignificanceTest(None, None, n, f"no change point under {FEWEST_FOR_CHANGE} points")
    u, best, at = 0, 0, 0
    in_order = sorted(values)
    for place, value in enumerate(values, 1):
        less, greater = bisect_left(in_order, value), n - bisect_right(in_order, value)
        u += less - greater
        if abs(u) > best:
            best, at = abs(u), place
    if not best:
        return SignificanceTest(None, None, n, "no change point: no variation")
    return SignificanceTest(best, min(1.0, 2 * exp(-6 * best**2 / (n**3 + n**2))), n, "Pettitt", at)


def dated_shift(values: Sequence[float]) -> tuple[int, int, int]:
    """Return after how many values one change of the mean fits best, and the least and greatest number that fit nearly so.

    All places at which n·log of the residual sum of squares is not more than 7.35 above its least: 95 % (Hansen 2000,
    Econometrica 68:575-603). Raises ValueError for fewer than three values.
    """
    require_finite(values)
    n = len(values)
    if n < 3:
        raise ValueError("A change lies between values on either side.")
    sums, squares = [0.0], sum(value * value for value in values)
    for value in values:
        sums.append(sums[-1] + value)
    left = [squares - sums[at] ** 2 / at - (sums[n] - sums[at]) ** 2 / (n - at) for at in range(1, n)]
    least = min(left)
    best = left.index(least) + 1
    if least <= 1e-9 * max(squares, 1.0):
        return best, best, best
    near = [at for at, rest in enumerate(left, 1) if n * log(rest / least) <= HANSEN]
    return best, near[0], near[-1]


def _concordance(values: Sequence[float]) -> int:
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


def _variance(values: Sequence[float]) -> float:
    ties = Counter(values).values()
    return sum(sign * n * (n - 1) * (2 * n + 5) for sign, n in ((1, len(values)), *((-1, tie) for tie in ties))) / 18
