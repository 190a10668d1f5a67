"""How many evaluations show a change, and how small a change a number of them can show."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from qacli.stats.planning import SampleSize, round_up


def power_two_proportions(p1: float, p2: float, power: float = 0.8, alpha: float = 0.05) -> SampleSize:
    """Return how many units in each of two periods show a change from ``p1`` to ``p2`` with that ``power``.

    Two-sided z test with the pooled variance under no change (Fleiss 1981, section 3.2; R ``power.prop.test``).
    Raises ValueError for equal proportions, and for what is none.
    """
    _require_levels(power, alpha)
    for p in (p1, p2):
        if not 0 <= p <= 1:
            raise ValueError(f"A proportion of {p} is none: give a number between 0 and 1.")
    if p1 == p2:
        raise ValueError(f"From {p1} to {p2} is no change: no number of evaluations shows it.")
    return SampleSize(max(1, round_up(_needed(p1, p2, power, alpha))), f"two proportions, power {100 * power:g}%")


def detectable_drop(p: float, n: int, power: float = 0.8, alpha: float = 0.05) -> float | None:
    """Return the smallest drop from ``p`` that ``n`` units in each of two periods show; None where none would do.

    In the unit of ``p``. By bisection of ``power_two_proportions``, to a hundredth of a point.
    """
    _require_levels(power, alpha)
    if not 0 < p <= 1:
        raise ValueError(f"A proportion of {p} cannot drop: give a number above 0, at most 1.")
    if n < 1 or _needed(p, 0, power, alpha) > n:
        return None
    small, large = 0.0, p
    while large - small > 1e-4:
        middle = (small + large) / 2
        if _needed(p, p - middle, power, alpha) <= n:
            large = middle
        else:
            small = middle
    return large


def _needed(p1: float, p2: float, power: float, alpha: float) -> float:
    mean = (p1 + p2) / 2
    under_none = NormalDist().inv_cdf(1 - alpha / 2) * sqrt(2 * mean * (1 - mean))
    under_change = NormalDist().inv_cdf(power) * sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return ((under_none + under_change) / (p1 - p2)) ** 2


def _require_levels(power: float, alpha: float) -> None:
    if not 0.5 <= power < 1 or not 0 < alpha < 0.5:
        raise ValueError(f"Power {power} at alpha {alpha} is no plan: give a power from 0.5 and an alpha below 0.5.")
