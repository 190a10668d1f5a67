"""Estimates for a whole desk from a stratified sample (Cochran 1977, chapter 5), and for a part of it.

A stratum is (N_h, values): how many units it holds, and what was found on those that were drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, variance

from qacli.stats.intervals import Interval, around, korn_graubard, require_confidence, require_finite
from qacli.stats.parts import Alike, Part, touched

Stratum = tuple[int, Sequence[float]]
LONELY = "variance unknown: a stratum holds one evaluation"
CENSUS = "census: every unit was taken"
THIN = "no interval: one evaluation per stratum in this domain"


def stratified_mean(strata: Sequence[Stratum], confidence: float = 0.95) -> Interval:
    """Return the mean of the population, each stratum weighing as much as it holds.

    The variance is Σ(N_h/N)²(1-n_h/N_h)s_h²/n_h; the t interval has Σ(n_h-1) degrees of freedom over the strata that
    were not taken whole. One evaluation in a stratum leaves the variance unknown.
    """
    require_confidence(confidence)
    _require_strata(strata)
    n = _drawn(strata)
    if reason := _no_estimate(strata):
        return Interval(None, None, None, n, reason)
    population = sum(size for size, _ in strata)
    mean = sum(size * fmean(values) for size, values in strata if size) / population
    if reason := _no_variance(strata):
        return Interval(mean, None, None, n, reason, 0.0 if reason == CENSUS else None)
    se = sqrt(_variance_of_total(strata)) / population
    return around(mean, se, n, _degrees_of_freedom(strata), confidence)


def domain_mean(strata: Sequence[Stratum], domain: Sequence[Sequence[bool]], confidence: float = 0.95) -> Interval:
    """Return the mean of a part of the population that cuts across the strata, such as one colleague or reason.

    ``domain`` says for each value whether it belongs; ``n`` counts those that do. See ``design_mean``.
    """
    _require_strata(strata)
    _require_same_shape(strata, domain)
    if reason := _no_estimate(strata):
        return Interval(None, None, None, sum(map(sum, domain)), reason)
    return design_mean(_parts(strata, domain), confidence)


def design_mean(parts: Sequence[Part], confidence: float = 0.95) -> Interval:
    """Return the mean over parts of a sample that were drawn in several ways, of the units that have a value.

    The estimate is a ratio, each unit weighing as many as it stands for (Hájek's mean); its variance is the Taylor form
    in which units without a value stay as zeros (Särndal, Swensson and Wretman 1992, section 5.8): how many of them a
    sample catches is chance too. Degrees of freedom as R's survey: units with a value less strata that hold one, of
    clusters the clusters, so that few evaluations get a wide interval.
    """
    require_confidence(confidence)
    inside = touched(parts)
    n = sum(part.inside for part in inside)
    if not inside:
        return Interval(None, None, None, 0, "no evaluations in this domain" if parts else "no units")
    mean, members = _ratio(inside)
    sampled = [part for part in inside if not part.whole]
    if not sampled:
        return Interval(mean, None, None, n, CENSUS, 0.0)
    if any(part.lonely for part in sampled):
        return Interval(mean, None, None, n, LONELY)
    df = sum(part.freedom() for part in sampled)
    if df < 1:
        return Interval(mean, None, None, n, THIN)
    spread = sum(part.variance(lambda value: 0.0 if value is None else value - mean) for part in sampled)
    return around(mean, sqrt(spread) / members, n, df, confidence)


def stratified_proportion(strata: Sequence[tuple[int, int, int]], confidence: float = 0.95) -> Interval:
    """Return the proportion of the population from strata given as (N_h, n_h, k_h): held, drawn, counted.

    The interval is that of Korn and Graubard on the effective sample; see ``korn_graubard``.
    """
    for size, drawn, counted in strata:
        if not 0 <= counted <= drawn <= size:
            raise ValueError(f"A stratum of {size} with {drawn} drawn and {counted} counted cannot be.")
    listed = [(size, [1.0] * counted + [0.0] * (drawn - counted)) for size, drawn, counted in strata]
    mean = stratified_mean(listed, confidence)
    if mean.estimate is None or mean.method in (CENSUS, LONELY):
        return mean
    population = sum(size for size, _ in listed)
    return korn_graubard(mean.estimate, mean.se or 0.0, mean.n, _degrees_of_freedom(listed), confidence, population)


def domain_proportion(
    strata: Sequence[Stratum], domain: Sequence[Sequence[bool]], confidence: float = 0.95
) -> Interval:
    """Return the proportion in a part of the population that cuts across the strata; a value is 1 if it counts, else 0.

    See ``design_proportion``.
    """
    mean = domain_mean(strata, domain, confidence)
    return mean if mean.estimate is None else design_proportion(_parts(strata, domain), confidence)


def design_proportion(parts: Sequence[Part], confidence: float = 0.95) -> Interval:
    """Return the proportion over parts of a sample that were drawn in several ways; a value is 1 if it counts, else 0.

    Estimate and standard error as ``design_mean``, the interval that of Korn and Graubard on the evaluations and the
    degrees of freedom of the domain, as R's ``svyciprop`` takes them from a subset of a design.
    """
    mean = design_mean(parts, confidence)
    if mean.estimate is None or mean.method in (CENSUS, LONELY, THIN):
        return mean
    inside = touched(parts)
    df = sum(part.freedom() for part in inside)
    return korn_graubard(min(mean.estimate, 1.0), mean.se or 0.0, mean.n, df, confidence, _ratio(inside)[1])


def _require_strata(strata: Sequence[Stratum]) -> None:
    for size, values in strata:
        require_finite(values)
        if len(values) > size:
            raise ValueError(f"A sample of {len(values)} cannot come from a stratum of {size}.")


def _require_same_shape(strata: Sequence[Stratum], domain: Sequence[Sequence[bool]]) -> None:
    if [len(values) for _, values in strata] != [len(inside) for inside in domain]:
        raise ValueError("The domain must say yes or no once for every value of every stratum.")


def _drawn(strata: Sequence[Stratum]) -> int:
    return sum(len(values) for _, values in strata)


def _no_estimate(strata: Sequence[Stratum]) -> str:
    held = [(size, values) for size, values in strata if size]
    if not held:
        return "no units"
    if not _drawn(held):
        return "no evaluations"
    empty = sum(1 for _, values in held if not values)
    return f"no estimate: {empty} of {len(held)} strata hold no evaluations" if empty else ""


def _no_variance(strata: Sequence[Stratum]) -> str:
    sampled = [values for size, values in strata if len(values) < size]
    if not sampled:
        return CENSUS
    return LONELY if any(len(values) == 1 for values in sampled) else ""


def _variance_of_total(strata: Sequence[Stratum]) -> float:
    return sum(
        size * (size - len(values)) * variance(values) / len(values) for size, values in strata if len(values) < size
    )


def _degrees_of_freedom(strata: Sequence[Stratum]) -> int:
    return sum(len(values) - 1 for size, values in strata if len(values) < size)


def _parts(strata: Sequence[Stratum], domain: Sequence[Sequence[bool]]) -> list[Part]:
    """Return strata as parts drawn alike, without a value where the domain says no."""
    return [
        Alike(size, [value if inside else None for value, inside in zip(values, members, strict=True)])
        for (size, values), members in zip(strata, domain, strict=True)
    ]


def _ratio(parts: Sequence[Part]) -> tuple[float, float]:
    """Return the mean of what has a value, and how many units of the population that is estimated to be."""
    weighed = [(weight, value) for part in parts for weight, value in part.weighted() if value is not None]
    members = sum(weight for weight, _ in weighed)
    return sum(weight * value for weight, value in weighed) / members, members
