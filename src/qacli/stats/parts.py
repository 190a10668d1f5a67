"""Parts of a sample by how they were drawn: what one unit stands for, and how much an estimate of a total would vary.

A value of None is a unit outside of what is estimated; how many of them a sample catches is chance too, so they stay in
the variance as zeros (Särndal, Swensson and Wretman 1992, section 5.8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from math import fsum
from statistics import variance
from typing import NamedTuple

HAIR = 1e-9
"""A quotient may end a hair below the whole number that it is."""
Values = Sequence[float | None]


class Alike(NamedTuple):
    """Units drawn alike from a stratum that holds ``held``.

    ``times`` says of how many units each value was found; empty, each is that of one. A million units with two values
    between them are two values.
    """

    held: int
    values: Values
    times: Sequence[int] = ()

    @property
    def units(self) -> int:
        """How many were drawn."""
        return sum(self.times) if self.times else len(self.values)

    @property
    def inside(self) -> int:
        """How many of them have a value."""
        return sum(times for value, times in self._counted() if value is not None)

    @property
    def whole(self) -> bool:
        return self.units == self.held

    @property
    def lonely(self) -> bool:
        """Whether one unit stands for more: its variance is unknown."""
        return self.units == 1 < self.held

    def weighted(self) -> list[tuple[float, float | None]]:
        """Return each value, and how many the units that have it stand for."""
        each = self.held / self.units if self.units else 0.0
        return [(each * times, value) for value, times in self._counted()]

    def mean(self, of: Callable[[float | None], float]) -> float:
        """Return the mean of a residual over the units."""
        return fsum(times * of(value) for value, times in self._counted()) / self.units

    def variance(self, of: Callable[[float | None], float]) -> float:
        """Return the variance of the estimated total of a residual: N(N-n)s²/n (Cochran 1977, section 5.3)."""
        if self.whole:
            return 0.0
        n, mean = self.units, self.mean(of)
        squares = fsum(times * (of(value) - mean) ** 2 for value, times in self._counted())
        return self.held * (self.held - n) * squares / (n - 1) / n

    def freedom(self) -> int:
        """Return the degrees of freedom: units inside less one."""
        return 0 if self.whole else self.inside - 1

    def _counted(self) -> Iterator[tuple[float | None, int]]:
        return zip(self.values, self.times or repeat(1, len(self.values)), strict=True)


class Clustered(NamedTuple):
    """Clusters drawn alike from ``held`` of them, and units drawn alike in each."""

    held: int
    clusters: Sequence[Alike]

    @property
    def inside(self) -> int:
        """How many units have a value."""
        return sum(each.inside for each in self.clusters)

    @property
    def whole(self) -> bool:
        return len(self.clusters) == self.held and all(each.whole for each in self.clusters)

    @property
    def lonely(self) -> bool:
        return len(self.clusters) == 1 < self.held

    def weighted(self) -> list[tuple[float, float | None]]:
        """Return each value, and how many the units that have it stand for."""
        chance = len(self.clusters) / self.held
        return [(weight / chance, value) for each in self.clusters for weight, value in each.weighted()]

    def variance(self, of: Callable[[float | None], float]) -> float:
        """Return M(M-m)s²/m of the clusters' totals + M/m ΣN(N-n)s²/n (Cochran 1977, section 11.8).

        Where a cluster shows one unit of several, nothing is known of the spread in it: then M²s²/m, as if clusters had
        been drawn with replacement, which errs on the wide side (Särndal and others 1992, section 4.6).
        """
        m, held = len(self.clusters), self.held
        totals = [each.held * each.mean(of) for each in self.clusters]
        between = variance(totals) / m if m > 1 else 0.0
        if any(each.lonely for each in self.clusters):
            return held * held * between
        return held * (held - m) * between + held / m * sum(each.variance(of) for each in self.clusters)

    def freedom(self) -> int:
        """Return the clusters that hold a unit inside, less one; where all clusters were taken, as in strata."""
        inside = [each for each in self.clusters if each.inside]
        return sum(each.freedom() for each in inside) if len(self.clusters) == self.held else len(inside) - 1


class Weighted(NamedTuple):
    """Units drawn at once with unequal chances, as many as were asked for: Pareto and other order sampling."""

    chances: Sequence[float]
    values: Values

    @property
    def inside(self) -> int:
        """How many units have a value."""
        return sum(value is not None for value in self.values)

    @property
    def whole(self) -> bool:
        return all(chance >= 1 for chance in self.chances)

    @property
    def lonely(self) -> bool:
        return sum(chance < 1 for chance in self.chances) == 1

    def weighted(self) -> list[tuple[float, float | None]]:
        """Return for each unit how many it stands for, and its value."""
        return [(1 / chance, value) for chance, value in zip(self.chances, self.values, strict=True)]

    def variance(self, of: Callable[[float | None], float]) -> float:
        """Return n/(n-1) Σ(1-p)(y/p - B)², B = Σ(1-p)y/p / Σ(1-p), over units that were not certain.

        Hájek's approximation for samples of fixed size, which Rosén (1997) gives for Pareto order sampling.
        """
        units = [(p, of(value) / p) for p, value in zip(self.chances, self.values, strict=True) if p < 1]
        n = len(units)
        if n < 2:
            return 0.0
        middle = sum((1 - p) * y for p, y in units) / sum(1 - p for p, _ in units)
        return n / (n - 1) * sum((1 - p) * (y - middle) ** 2 for p, y in units)

    def freedom(self) -> int:
        """Return the units inside that were not certain, less one: as many as would tell alike as much (Kish 1965)."""
        weights = [1 / p for p, value in zip(self.chances, self.values, strict=True) if value is not None and p < 1]
        return int(sum(weights) ** 2 / sum(weight * weight for weight in weights) + HAIR) - 1 if weights else 0


Part = Alike | Clustered | Weighted


def touched(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with a unit inside of what is estimated."""
    return [part for part in parts if part.inside]
