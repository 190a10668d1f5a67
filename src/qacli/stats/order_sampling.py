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
    return class_probabilities({unit: (1, size) for unit, size in sizes.items()}, n)


def class_probabilities(classes: Mapping[str, tuple[int, float]], n: int) -> dict[str, float]:
    """Return the chance of each unit of a class to be among ``n``; a class is (how many units, the size of each).

    As ``inclusion_probabilities`` for every unit by itself, in time that does not grow with the units.
    """
    if any(size < 0 for _, size in classes.values()):
        raise ValueError("A size cannot be smaller than 0.")
    held = sum(count for count, size in classes.values() if size > 0)
    if held < n:
        raise ValueError(f"A sample of {n} cannot come from {held} units.")
    certain: set[str] = set()
    while True:
        rest = {name: each for name, each in classes.items() if name not in certain}
        total = sum(count * size for count, size in rest.values())
        left = n - sum(classes[name][0] for name in certain)
        large = {name for name, (_, size) in rest.items() if size > 0 and size * left >= total}
        if not large or not left:
            break
        certain |= large
    return {
        name: 1.0 if name in certain else left * size / total if total else 0.0 for name, (_, size) in classes.items()
    }


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
