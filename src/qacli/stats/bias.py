"""How far one rater stands from a reference on the same units: the mean difference, and the direction of failures."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from statistics import fmean, stdev
from typing import NamedTuple

from qacli.stats.intervals import FLAT, named, require_confidence, require_finite, t_quantile
from qacli.stats.trend import SignificanceTest


class Bias(NamedTuple):
    """The mean of rater minus reference, in the unit of the scores: above 0 the rater is the more lenient.

    ``mean_absolute`` is the mean distance whatever its direction, ``t`` and ``p`` are those of the paired t test.
    What is undefined is None, and ``method`` says why.
    """

    estimate: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    mean_absolute: float | None = None
    t: float | None = None
    p: float | None = None


def paired_bias(rater: Sequence[float], reference: Sequence[float], confidence: float = 0.95) -> Bias:
    """Return how far a rater's scores lie from a reference's scores of the same units, with the paired t interval.

    Source: Student (1908), Biometrika 6:1-25. Undefined without units; no interval under two, or where every
    difference is the same. Raises ValueError for lists of unequal length.
    """
    require_confidence(confidence)
    apart = [one - other for one, other in zip(rater, reference, strict=True)]
    require_finite(apart)
    n = len(apart)
    if not n:
        return Bias(None, None, None, 0, "undefined: no unit was scored by both")
    mean, absolute = fmean(apart), fmean(map(abs, apart))
    if n < 2 or stdev(apart) <= FLAT:
        return Bias(mean, None, None, n, "paired differences; no interval: no variation", absolute)
    from scipy.stats import t as student

    error = stdev(apart) / sqrt(n)
    reach = t_quantile((1 + confidence) / 2, n - 1) * error
    ratio = mean / error
    p = float(2 * student.sf(abs(ratio), n - 1))
    return Bias(mean, mean - reach, mean + reach, n, named("paired t", confidence), absolute, ratio, p)


def mcnemar(b: int, c: int) -> SignificanceTest:
    """Return the exact test whether two raters differ in one direction: ``b`` and ``c`` count the two kinds of difference.

    Two-sided by doubling the smaller tail of a fair coin. Source: McNemar (1947), Psychometrika 12:153-157. Undefined
    where they never differ. Raises ValueError for negative counts.
    """
    if b < 0 or c < 0:
        raise ValueError("Counts are not negative.")
    n = b + c
    if not n:
        return SignificanceTest(None, None, 0, "undefined: no unit was judged differently")
    tail = sum(comb(n, k) for k in range(min(b, c) + 1))
    return SignificanceTest(min(b, c), min(1.0, 2 * tail / 2**n), n, "exact McNemar")
