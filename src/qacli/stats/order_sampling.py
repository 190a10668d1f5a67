"""Unequal chances: how likely each unit is to be drawn, and the order that draws them with those chances."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf


def inclusion_probabilities(sizes: Mapping[str, float], n: int) -> dict[str, float]:
    """Return the chance of each unit to be among ``n``, in proportion to its size; they add up to ``n``.

    A unit so large that its share would pass 1 is taken for certain, and the rest is shared again (Särndal, Swensson
    and Wretman 1992, section 3.6.1). Units of size 0 are never drawn. Raises ValueError for negative sizes, or fewer
    units above 0 than ``n``.
    """
    if any(size < 0 for size in sizes.values()):
        raise ValueError("A size cannot be smaller than 0.")
    if sum(size > 0 for size in sizes.values()) < n:
        raise ValueError(f"A sample of {n} cannot come from {sum(size > 0 for size in sizes.values())} units.")
    certain: set[str] = set()
    while True:
        rest = {unit: size for unit, size in sizes.items() if unit not in certain}
        total, left = sum(rest.values()), n - len(certain)
        large = {unit for unit, size in rest.items() if size > 0 and size * left >= total}
        if not large or not left:
            break
        certain |= large
    return {unit: 1.0 if unit in certain else left * size / total if total else 0.0 for unit, size in sizes.items()}


def pareto_rank(number: float, probability: float) -> float:
    """Return by what a unit is ordered: the smallest are drawn. ``number`` is its random number, from 0 to below 1.

    [u/(1-u)] / [p/(1-p)]: Pareto order sampling (Rosén 1997, Journal of Statistical Planning and Inference 62:135-191).
    A certain unit ranks first, one without a chance last.
    """
    if probability >= 1:
        return 0.0
    if probability <= 0:
        return inf
    return number / (1 - number) / (probability / (1 - probability))
