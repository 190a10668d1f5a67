"""How surprising a count is, where units were taken by chance from several groups: the exact test of Fisher, in strata."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma
from typing import Any, NamedTuple

Counts = tuple[int, int, int]
"""Units of a group, how many of them are marked, how many are taken."""


class CountTest(NamedTuple):
    """How many marked units chance would give among the ``n`` taken, and how probable a count is.

    ``low`` is the probability of the count or fewer, ``high`` of the count or more; ``two_sided`` twice the smaller.
    """

    expected: float
    low: float
    high: float
    n: int
    method: str

    @property
    def two_sided(self) -> float:
        return min(1.0, 2 * min(self.low, self.high))


def count_test(groups: Sequence[Counts], k: int) -> CountTest:
    """Return how surprising ``k`` marked units among all that were taken are, if chance took them within each group.

    The sum of hypergeometric counts, exactly: for one group Fisher's test (Fisher 1935), for several the conditional
    test of a common odds ratio of 1 (Agresti 2002, section 6.7.5). Raises ValueError for counts that cannot be.
    """
    import numpy as np

    total: Any = np.ones(1)
    least = 0
    for units, marked, taken in groups:
        if not (0 <= marked <= units and 0 <= taken <= units):
            raise ValueError(f"{marked} marked and {taken} taken of {units} units cannot be.")
        least += max(0, taken + marked - units)
        total = np.convolve(total, _chances(units, marked, taken))
    if not least <= k < least + len(total):
        raise ValueError(f"{k} marked units cannot be among those taken.")
    place = k - least
    return CountTest(
        sum(taken * marked / units for units, marked, taken in groups if units),
        min(1.0, float(total[: place + 1].sum())),
        min(1.0, float(total[place:].sum())),
        sum(taken for *_, taken in groups),
        "exact, hypergeometric in each group",
    )


def _chances(units: int, marked: int, taken: int) -> list[float]:
    """Return the hypergeometric probabilities of each count that can be, from the least."""
    counts = range(max(0, taken + marked - units), min(taken, marked) + 1)
    whole = _choose(units, taken)
    return [exp(_choose(marked, k) + _choose(units - marked, taken - k) - whole) for k in counts]


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
