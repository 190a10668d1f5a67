"""Net promoter score: promoters less detractors, in points from -100 to 100."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from qacli.stats.intervals import Interval, named, require_confidence

ADDED = 0.75
"""Promoters, and detractors, that are added before the interval is made; twice as many passives."""


def nps(promoters: int, passives: int, detractors: int, confidence: float = 0.95) -> Interval:
    """Return the score with an interval; ``se`` is 100·sqrt((p+d-(p-d)²)/n) of the counts as they are.

    The interval adds three quarters of a promoter and of a detractor and one and a half passives to the counts, and does
    not collapse where all answered alike: Rocks (2016), The American Statistician 70:365-372. Raises ValueError.
    """
    require_confidence(confidence)
    if min(promoters, passives, detractors) < 0:
        raise ValueError("A count of answers cannot be below 0.")
    n = promoters + passives + detractors
    if not n:
        return Interval(None, None, None, 0, "no answers")
    score, se = _score(promoters, detractors, n)
    centre, spread = _score(promoters + ADDED, detractors + ADDED, n + 4 * ADDED)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * spread
    low, high = max(centre - reach, -100.0), min(centre + reach, 100.0)
    return Interval(score, low, high, n, named("adjusted Wald", confidence), se)


def _score(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    p, d = promoters / n, detractors / n
    return 100 * (p - d), 100 * sqrt((p + d - (p - d) ** 2) / n)
