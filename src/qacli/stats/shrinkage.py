"""Shrinkage: means of few evaluations drawn towards the mean of all, as far as chance explains their differences."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from qacli.stats.intervals import require_finite


class Shrunk(NamedTuple):
    """Shrunk means with their reliability, each between 0 and 1: the share of a difference that is no chance.

    ``between`` and ``within`` are variances, of true means and of single evaluations; ``mean`` is that of all. Where
    nothing can be told, estimates and reliability are empty and ``method`` says why.
    """

    estimates: tuple[float, ...]
    reliability: tuple[float, ...]
    between: float | None
    within: float | None
    mean: float | None
    method: str


def shrink(means: Sequence[float], variances: Sequence[float | None], ns: Sequence[int]) -> Shrunk:
    """Return m + B·(mean - m) for each group, with B = τ²/(τ²+σ²/n): the empirical Bayes estimate.

    ``variances`` are those of the single evaluations in each group, None where there is one evaluation; they are pooled
    to σ². τ² is that of DerSimonian and Laird, not below 0. Rank nobody whose reliability is under .7. Raises ValueError.
    """
    if not len(means) == len(variances) == len(ns):
        raise ValueError("Each group has a mean, a variance and an n.")
    require_finite(means)
    if any(n < 1 for n in ns):
        raise ValueError("A group without an evaluation has no mean: leave it out.")
    if len(means) < 2:
        return Shrunk((), (), None, None, None, "no shrinkage: fewer than two groups")
    free = [(n - 1, variance) for n, variance in zip(ns, variances, strict=True) if variance is not None and n > 1]
    if not free:
        return Shrunk((), (), None, None, None, "no shrinkage: no group has two evaluations")
    within = sum(df * variance for df, variance in free) / sum(df for df, _ in free)
    if not within:
        return Shrunk((), (), None, None, None, "no shrinkage: no variation within groups")
    errors = [within / n for n in ns]
    between = between_variance(means, errors)
    mean = _weighted(means, [1 / (between + error) for error in errors])
    parts = [between / (between + error) for error in errors]
    return Shrunk(
        tuple(mean + part * (each - mean) for part, each in zip(parts, means, strict=True)),
        tuple(parts),
        between,
        within,
        mean,
        "empirical Bayes, DerSimonian-Laird",
    )


def between_variance(means: Sequence[float], errors: Sequence[float]) -> float:
    """Return the variance of the true means, given each mean with the square of its standard error; not below 0.

    DerSimonian and Laird (1986), Controlled Clinical Trials 7:177-188. Raises ValueError for fewer than two means or an
    error of 0.
    """
    if len(means) < 2 or any(error <= 0 for error in errors):
        raise ValueError("A variance between means needs two of them, each with a standard error above 0.")
    weights = [1 / error for error in errors]
    mean = _weighted(means, weights)
    q = sum(weight * (each - mean) ** 2 for weight, each in zip(weights, means, strict=True))
    c = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    return max(0.0, (q - (len(means) - 1)) / c)


def squeeze(variances: Sequence[float], dfs: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return variances drawn towards their common value, with the degrees of freedom that they then have.

    As far as the variances differ no more than chance allows, they are taken for one. Smyth (2004), Statistical
    Applications in Genetics and Molecular Biology 3:3, section 6.2. Raises ValueError for a variance or df of 0.
    """
    from math import exp, inf, log

    if any(value <= 0 for value in (*variances, *dfs)):
        raise ValueError("Variances and degrees of freedom are above 0.")
    if len(variances) < 3:
        return list(variances), list(dfs)
    from scipy.special import digamma, polygamma

    logs = [log(s) - float(digamma(d / 2)) + log(d / 2) for s, d in zip(variances, dfs, strict=True)]
    mean, count = fmean(logs), len(logs)
    excess = sum((each - mean) ** 2 for each in logs) / (count - 1) - fmean(float(polygamma(1, d / 2)) for d in dfs)
    if excess <= 0:
        pooled = sum(d * s for s, d in zip(variances, dfs, strict=True)) / sum(dfs)
        return [pooled] * count, [sum(dfs)] * count
    prior = 2 * trigamma_inverse(excess)
    common = exp(mean + float(digamma(prior / 2)) - log(prior / 2))
    drawn = [(prior * common + d * s) / (prior + d) for s, d in zip(variances, dfs, strict=True)]
    return drawn, [min(prior + d, sum(dfs)) if prior < inf else sum(dfs) for d in dfs]


def trigamma_inverse(value: float) -> float:
    """Return the x above 0 whose trigamma is ``value``, by the iteration of Newton that Smyth (2004) gives."""
    from scipy.special import polygamma

    x = 0.5 + 1 / value
    for _ in range(50):
        trigamma = float(polygamma(1, x))
        step = trigamma * (1 - trigamma / value) / float(polygamma(2, x))
        x += step
        if -step / x < 1e-9:
            break
    return x


def _weighted(means: Sequence[float], weights: Sequence[float]) -> float:
    return fmean(means, weights=weights)
