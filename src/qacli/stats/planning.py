"""How large a sample must be, and what a small one misses."""

from __future__ import annotations

from math import ceil, log1p, prod
from statistics import NormalDist
from typing import NamedTuple

from qacli.stats.intervals import named, require_confidence

# a quotient of decimals may end a hair above the whole number that it is
HAIR = 1e-9


class SampleSize(NamedTuple):
    """A number of units, rounded up, and how it was found."""

    estimate: int
    method: str


def sample_size_proportion(
    p: float, margin: float, confidence: float = 0.95, population: int | None = None
) -> SampleSize:
    """Return how many units estimate a proportion near ``p`` to within ± ``margin``.

    z²p(1-p)/e², with ``population`` corrected to n/(1+(n-1)/N) (Cochran 1977, section 4.4). Where nothing is known of
    ``p``, 0.5 is safe.
    """
    require_confidence(confidence)
    _require_population(population)
    if not 0 < p < 1:
        raise ValueError(f"A proportion of {p} leaves nothing to estimate: expect a number between 0 and 1.")
    if not 0 < margin < 1:
        raise ValueError(f"A margin of {margin} is none: give a number between 0 and 1, such as 0.05.")
    n = NormalDist().inv_cdf((1 + confidence) / 2) ** 2 * p * (1 - p) / margin**2
    if population is None:
        return SampleSize(max(1, round_up(n)), named("Cochran", confidence))
    size = max(1, round_up(n / (1 + (n - 1) / population)))
    if size >= population:
        return SampleSize(population, "census: take every unit")
    return SampleSize(size, f"{named('Cochran', confidence)}, finite population")


def sample_size_mean(sd: float, margin: float, confidence: float = 0.95, population: int | None = None) -> SampleSize:
    """Return how many units estimate a mean to within ± ``margin``; ``sd`` and ``margin`` are in one unit.

    (z·sd/e)², with ``population`` corrected to n/(1+n/N) (Cochran 1977, section 4.6).
    """
    require_confidence(confidence)
    _require_population(population)
    if sd <= 0 or margin <= 0:
        raise ValueError(f"A spread of {sd} and a margin of {margin} are no plan: both are above 0.")
    n = (NormalDist().inv_cdf((1 + confidence) / 2) * sd / margin) ** 2
    if population is None:
        return SampleSize(max(1, round_up(n)), named("Cochran", confidence))
    size = max(1, round_up(n / (1 + n / population)))
    if size >= population:
        return SampleSize(population, "census: take every unit")
    return SampleSize(size, f"{named('Cochran', confidence)}, finite population")


def chance_to_miss(rate: float, n: int, population: int | None = None) -> float:
    """Return the probability that a sample of ``n`` holds no faulty unit although ``rate`` of all are faulty.

    (1-rate)^n; with ``population`` the hypergeometric probability for the smallest whole number of faulty units that
    makes up ``rate``.
    """
    _require_rate(rate, least=0)
    _require_population(population)
    if n < 0:
        raise ValueError(f"A sample of {n} cannot be drawn.")
    if population is None:
        return float((1 - rate) ** n)
    if n > population:
        raise ValueError(f"A sample of {n} cannot come from a population of {population}.")
    faulty = round_up(rate * population)
    # C(N-n, D) / C(N, D) is the same whichever of n and D is called the sample: multiply over the shorter
    shorter, longer = sorted((n, faulty))
    return prod((max(population - longer - i, 0) / (population - i) for i in range(shorter)), start=1.0)


def discovery_sample(rate: float, confidence: float = 0.95, population: int | None = None) -> SampleSize:
    """Return the smallest sample that holds a faulty unit with ``confidence`` if ``rate`` of all are faulty.

    ln(1-c)/ln(1-rate) rounded up; with ``population`` by search of the hypergeometric ``chance_to_miss``.
    """
    require_confidence(confidence)
    _require_rate(rate, least=HAIR)
    _require_population(population)
    if population is not None:
        return SampleSize(_search(rate, confidence, population), named("hypergeometric", confidence))
    n = 1 if rate == 1 else round_up(log1p(-confidence) / log1p(-rate))
    return SampleSize(max(1, n), named("binomial", confidence))


def _search(rate: float, confidence: float, population: int) -> int:
    low, high = 1, population
    while low < high:
        middle = (low + high) // 2
        if chance_to_miss(rate, middle, population) <= (1 - confidence) * (1 + HAIR):
            high = middle
        else:
            low = middle + 1
    return low


def round_up(value: float) -> int:
    """Return a number of units that is at least ``value``."""
    return ceil(value * (1 - HAIR))


def _require_rate(rate: float, least: float) -> None:
    if not least <= rate <= 1:
        raise ValueError(f"A rate of {rate} is none here: give a share of faulty units between 0 and 1.")


def _require_population(population: int | None) -> None:
    if population is not None and population < 1:
        raise ValueError(f"A population of {population} holds nothing to sample.")
