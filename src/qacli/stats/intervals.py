"""Intervals for a proportion and a mean. What is undefined is None, and ``method`` says why."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite, sqrt
from statistics import NormalDist, fmean, stdev
from typing import NamedTuple

# equal values can leave a spread that is floating point's own
FLAT = 1e-12


class Interval(NamedTuple):
    """An estimate with its limits.

    ``estimate``, ``low`` and ``high`` are in the unit of the input, a proportion between 0 and 1. ``n`` counts the
    evaluations behind them. ``method`` names the interval, or says why there is none. ``se`` is the standard error,
    for the methods that have one.
    """

    estimate: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    se: float | None = None


def wilson(k: int, n: int, confidence: float = 0.95, population: int | None = None) -> Interval:
    """Return the score interval of Wilson (1927) for ``k`` out of ``n``.

    With ``population``, n is replaced in the formula by n(N-1)/(N-n), so that the interval narrows as the sample nears
    the whole. Raises ValueError for counts that cannot be.
    """
    require_confidence(confidence)
    if not 0 <= k <= n:
        raise ValueError(f"{k} out of {n} is no proportion: give a count between 0 and n.")
    if population is not None and population < n:
        raise ValueError(f"A sample of {n} cannot come from a population of {population}.")
    if n == 0:
        return Interval(None, None, None, 0, "no evaluations")
    effective = effective_sample(n, population)
    if effective == inf:
        return Interval(k / n, None, None, n, "census: every unit was taken")
    low, high = _wilson_limits(k, n, effective, confidence)
    return Interval(k / n, low, high, n, named("Wilson", confidence))


def clopper_pearson(k: int, n: int, confidence: float = 0.95) -> Interval:
    """Return the exact interval of Clopper and Pearson (1934) for ``k`` out of ``n``, for what must not be missed.

    It covers at least as often as ``confidence`` says, mostly more often. Raises ValueError for counts that cannot be.
    """
    require_confidence(confidence)
    if not 0 <= k <= n:
        raise ValueError(f"{k} out of {n} is no proportion: give a count between 0 and n.")
    if n == 0:
        return Interval(None, None, None, 0, "no evaluations")
    tail = (1 - confidence) / 2
    low = 0.0 if k == 0 else _beta_limits(k, n - k, tail)[0]
    high = 1.0 if k == n else _beta_limits(k, n - k, tail)[1]
    return Interval(k / n, low, high, n, named("Clopper-Pearson", confidence))


def newcombe(k1: int, n1: int, k2: int, n2: int, confidence: float = 0.95) -> Interval:
    """Return the difference of two proportions, the first less the second; ``n`` counts both.

    Hybrid score interval, method 10 of Newcombe (1998), Statistics in Medicine 17:873-890: built from the two intervals
    of Wilson. Raises ValueError for counts that cannot be.
    """
    require_confidence(confidence)
    if not 0 <= k1 <= n1 or not 0 <= k2 <= n2:
        raise ValueError(f"{k1} of {n1} and {k2} of {n2} are no two proportions: give counts between 0 and n.")
    if not n1 or not n2:
        return Interval(None, None, None, n1 + n2, "no evaluations in one of the groups")
    p1, p2 = k1 / n1, k2 / n2
    low1, high1 = _wilson_limits(k1, n1, n1, confidence)
    low2, high2 = _wilson_limits(k2, n2, n2, confidence)
    low = p1 - p2 - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    high = p1 - p2 + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return Interval(p1 - p2, low, high, n1 + n2, named("Newcombe", confidence))


def t_interval(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """Return the mean of ``values`` with Student's t interval on n-1 degrees of freedom.

    Under two values, or where all are equal, there is no interval: a width of zero would claim certainty.
    """
    require_confidence(confidence)
    require_finite(values)
    n = len(values)
    if n == 0:
        return Interval(None, None, None, 0, "no evaluations")
    if n == 1:
        return Interval(float(values[0]), None, None, 1, "no interval: one evaluation")
    return around(fmean(values), stdev(values) / sqrt(n), n, n - 1, confidence)


def mean_difference(first: Sequence[float], second: Sequence[float], confidence: float = 0.95) -> Interval:
    """Return the mean of ``first`` less that of ``second`` with the interval of Welch (1947); ``n`` counts both.

    The groups need not spread alike. Under two values in a group, or without variation, there is no interval.
    """
    require_confidence(confidence)
    require_finite([*first, *second])
    n = len(first) + len(second)
    if not first or not second:
        return Interval(None, None, None, n, "no evaluations in one of the groups")
    difference = fmean(first) - fmean(second)
    if min(len(first), len(second)) == 1:
        return Interval(difference, None, None, n, "no interval: one evaluation in one of the groups")
    parts = [(stdev(values) ** 2 / len(values), len(values) - 1) for values in (first, second)]
    total = sum(part for part, _ in parts)
    if not total:
        return Interval(difference, None, None, n, "no interval: no variation", 0.0)
    df = total**2 / sum(part**2 / free for part, free in parts)
    return around(difference, sqrt(total), n, df, confidence)._replace(method=named("Welch", confidence))


def around(mean: float, se: float, n: int, df: float, confidence: float) -> Interval:
    """Return ``mean`` ± t·``se`` with ``df`` degrees of freedom; without variation there is no interval."""
    if se <= FLAT * abs(mean):
        return Interval(mean, None, None, n, "no interval: no variation", 0.0)
    reach = t_quantile((1 + confidence) / 2, df) * se
    return Interval(mean, mean - reach, mean + reach, n, named("t", confidence), se)


def korn_graubard(
    p: float, se: float, n: int, df: int, confidence: float = 0.95, population: float | None = None
) -> Interval:
    """Return the interval of Korn and Graubard (1998) for a proportion ``p`` estimated under a design.

    Clopper-Pearson on the effective sample p(1-p)/se², scaled by the squared ratio of the t quantiles on n-1 and on the
    design's ``df``. As NCHS presents proportions (Parker et al. 2017), the effective sample never exceeds that of a
    simple random sample: a few strata without variation would otherwise promise too much. Where ``p`` is 0 or 1 the
    formula is undefined, and Wilson on the actual ``n`` stands in.
    """
    require_confidence(confidence)
    if not 0 <= p <= 1 or not 1 <= df < n:
        raise ValueError(f"A proportion of {p} from {n} evaluations with {df} degrees of freedom has no interval.")
    if p in (0, 1):
        return wilson(n if p else 0, n, confidence)
    tail = (1 - confidence) / 2
    ceiling = effective_sample(n, population)
    if ceiling == inf:
        return Interval(p, None, None, n, "census: every unit was taken", 0.0)
    effective = ceiling
    if se > 0:
        ratio = t_quantile(tail, n - 1) / t_quantile(tail, df)
        effective = min(ceiling, p * (1 - p) / se**2 * ratio**2)
    low, high = _beta_limits(p * effective, (1 - p) * effective, tail)
    return Interval(p, low, high, n, named("Korn-Graubard", confidence), se)


def rank_coverage(n: int, quantile: float, first: int, last: int) -> float:
    """Return how often a true quantile lies between two of ``n`` values in order, those of ranks ``first`` and ``last``.

    It is the exact chance of the binomial distribution; few values cannot reach a high one by any ranks.
    """
    from scipy.special import bdtr

    return float(bdtr(last - 1, n, quantile) - bdtr(first - 1, n, quantile))


def effective_sample(n: int, population: float | None) -> float:
    """Return the size of the sample with replacement that says as much as ``n`` out of ``population``.

    The population may itself be an estimate.
    """
    if population is None:
        return n
    return inf if population == n else n * (population - 1) / (population - n)


def t_quantile(probability: float, df: float) -> float:
    """Return the quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))


def named(method: str, confidence: float) -> str:
    """Return the method with its confidence: ``Wilson 95%``."""
    return f"{method} {100 * confidence:g}%"


def require_confidence(confidence: float) -> None:
    """Raise ValueError unless ``confidence`` lies between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence of {confidence} is none: give a number between 0 and 1, such as 0.95.")


def require_finite(values: Sequence[float]) -> None:
    """Raise ValueError if one of ``values`` is infinite or not a number."""
    for value in values:
        if not isfinite(value):
            raise ValueError(f"{value} is no value to average: leave out what was not observed.")


def _wilson_limits(k: int, n: int, effective: float, confidence: float) -> tuple[float, float]:
    low, high = _score_limits(k / n, effective, NormalDist().inv_cdf((1 + confidence) / 2))
    # the formula gives these two exactly, floating point only nearly
    return 0.0 if k == 0 else max(low, 0.0), 1.0 if k == n else min(high, 1.0)


def _score_limits(p: float, n: float, z: float) -> tuple[float, float]:
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return centre - reach, centre + reach


def _beta_limits(passed: float, failed: float, tail: float) -> tuple[float, float]:
    from scipy.special import betaincinv

    return float(betaincinv(passed, failed + 1, tail)), float(betaincinv(passed + 1, failed, 1 - tail))
