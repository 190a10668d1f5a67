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


def _weighted(means: Sequence[float], weights: Sequence[float]) -> float:
    return fmean(means, weights=weights)
