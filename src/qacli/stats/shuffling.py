"""What chance alone would do: marks shuffled over groups of given sizes, the same shuffles for the same figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

FEW, MANY = 1999, 39_999
"""Shuffles for a first look, and where few of them came near: a small p needs many."""
NEAR = 20


def shuffled_p(counts: Sequence[int], ns: Sequence[int], statistic: Callable[[Any], Any]) -> tuple[float, float]:
    """Return the statistic of counts and the chance of one as large where the marks fall on the units at random.

    ``statistic`` takes a matrix with a row of counts for each shuffle. The total of marks stays as it is, so that
    nothing has to be assumed of their share. p is (1 + as large) / (1 + shuffles), Davison and Hinkley (1997), 4.11.
    The figures seed the shuffles. One seed for all would make the error of p one error for all that have the same sizes,
    every week and on every criterion; so it is new for each, and p as small as promised in no more cases than promised.
    """
    import numpy as np

    found = float(statistic(np.asarray([counts]))[0])
    draw = np.random.default_rng([*ns, *counts])
    p = 1.0
    for shuffles in (FEW, MANY):
        made = draw.multivariate_hypergeometric(list(ns), sum(counts), size=shuffles)
        larger = int((statistic(made) >= found - 1e-9).sum())
        p = (1 + larger) / (1 + shuffles)
        if larger >= NEAR:
            break
    return found, p
