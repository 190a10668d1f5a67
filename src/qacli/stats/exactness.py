"""How exactly designs tell a mean or a share, planned before anything is scored.

Each function returns the variance of the estimate as a part of ``unit``, the variance of one unit: p(1-p) of a share, sd²
of a mean. A margin is z·sqrt(unit · part); 1/part is how many units drawn alike from very many would tell as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p
from statistics import fmean
from typing import NamedTuple

from qacli.stats.planning import round_up


class Intraclass(NamedTuple):
    """How alike the units of a cluster are, 1 at most; None where it is undefined, and ``method`` says why.

    From ``n`` units in so many ``clusters``.
    """

    estimate: float | None
    n: int
    clusters: int
    method: str


def intraclass(clusters: Sequence[Sequence[float]]) -> Intraclass:
    """Return the intraclass correlation of units in clusters of unequal size: s²_b / (s²_b + s²_w).

    From one-way analysis of variance, s²_b = (MS_b - MS_w)/n0 with n0 = (N - Σn²/N)/(a - 1): Snedecor and Cochran,
    Statistical Methods, random effects with samples of unequal size. It may come out below 0.
    """
    held = [cluster for cluster in clusters if cluster]
    n, a = sum(map(len, held)), len(held)
    if a < 2 or n == a:
        return Intraclass(None, n, a, "undefined: it takes two clusters, and several units in one of them")
    mean = sum(map(sum, held)) / n
    between = sum(len(cluster) * (fmean(cluster) - mean) ** 2 for cluster in held) / (a - 1)
    within = sum((value - fmean(cluster)) ** 2 for cluster in held for value in cluster) / (n - a)
    component = (between - within) / ((n - sum(len(cluster) ** 2 for cluster in held) / n) / (a - 1))
    if component + within <= 0:
        return Intraclass(None, n, a, "undefined: all units are the same")
    return Intraclass(component / (component + within), n, a, "analysis of variance")


def design_effect(each: float, alike: float) -> float:
    """Return how many times as many units clusters take, ``each`` of every one: 1 + (n-1)·alike (Kish 1965, 5.4)."""
    return 1 + (each - 1) * alike


class Blocks(NamedTuple):
    """Clusters as two stages see them: how many there are, how many units in all, and two means over them.

    With size N_i against the mean size N, and n_i units taken of it: ``square`` is that of (N_i/N)², which is 1 where all
    are of one size, and ``taken`` that of (N_i/N)²/n_i.
    """

    held: int
    units: int
    square: float
    taken: float

    def per_cluster(self, alike: float) -> float:
        """Return the part of the variance that one cluster would leave, of very many."""
        return alike * self.square + (1 - alike) * self.taken


def blocks(sizes: Sequence[int], each: int) -> Blocks:
    """Return what clusters of these sizes are where at most ``each`` units are taken of one. Raises ValueError for none."""
    if not sizes or min(sizes) < 1 or each < 1:
        raise ValueError("Two stages need clusters that hold something, and something to take of each.")
    mean = fmean(sizes)
    squares = [(size / mean) ** 2 for size in sizes]
    taken = fmean(square / min(each, size) for square, size in zip(squares, sizes, strict=True))
    return Blocks(len(sizes), sum(sizes), fmean(squares), taken)


def part_of_clusters(of: Blocks, clusters: int, alike: float, finite: bool = True) -> float:
    """Return the part where ``clusters`` are drawn alike, then units of each, and each cluster weighs as its size.

    alike·A(1/m - 1/M) + (1 - alike)(B/m - 1/N), A and B as in Blocks. With clusters of one size it is the theorem of Cochran
    (1977), section 10.3; A holds what sizes that differ cost (Kish 1965, chapter 6). Without ``finite`` 1/M and 1/N are left out.
    """
    m = min(clusters, of.held)
    if not finite:
        return of.per_cluster(alike) / m
    between = of.square * (1 / m - 1 / of.held)
    return max(0.0, alike * between + (1 - alike) * (of.taken / m - 1 / of.units))


def clusters_needed(of: Blocks, part: float, alike: float, finite: bool = True) -> int:
    """Return the fewest clusters that leave at most ``part``: ``part_of_clusters`` solved for m; more than there are if none do."""
    rest = alike * of.square / of.held + (1 - alike) / of.units if finite else 0.0
    return round_up(of.per_cluster(alike) / (part + rest))


def part_of_strata(strata: Sequence[tuple[int, int, float]], finite: bool = True) -> float | None:
    """Return the part of strata (units, drawn, variance of one unit against ``unit``), each weighing as it holds.

    Σ(N_h/N)² v_h/n_h (N_h-n_h)/(N_h-1): Cochran (1977), section 5.10; without ``finite`` the last factor is left out. None
    where a stratum gives nothing.
    """
    total = sum(size for size, _, _ in strata)
    if not total or any(size and not n for size, n, _ in strata):
        return None
    return sum(
        (size / total) ** 2 * variance / n * (((size - n) / (size - 1) if size > 1 else 0.0) if finite else 1.0)
        for size, n, variance in strata
        if size
    )


def part_of_chances(classes: Sequence[tuple[int, float]], finite: bool = True) -> float | None:
    """Return the part of units drawn with unequal chances; a class is (units, the chance of each).

    ΣN_c(1/p_c - 1)/N² for values that have nothing to do with the chances (Särndal, Swensson and Wretman 1992, section
    12.2: the anticipated variance); without ``finite`` ΣN_c/p_c/N², which is Kish's 1 + cv² of the weights over n (1965, 11.7).
    None where a class has no chance.
    """
    total = sum(size for size, _ in classes)
    if not total or any(size and chance <= 0 for size, chance in classes):
        return None
    return sum(size * (1 / chance - (1 if finite else 0)) for size, chance in classes if size) / total**2


def least_chance(rate: float, confidence: float, population: int) -> float:
    """Return the chance that each unit needs, so that one of a fault's units is drawn wherever they lie.

    1 - (1-c)^(1/D), D the units that are faulty. Samples of a fixed number are negatively associated, drawn alike or by
    Pareto's order, so that they miss all with at most Π(1-p) (Brändén and Jonasson 2012, Scandinavian Journal of
    Statistics 39:830-838).
    """
    faulty = max(1, round_up(rate * population))
    return float(1 - (1 - confidence) ** (1 / faulty))


def most_needed(rate: float, confidence: float) -> int:
    """Return a number that ``least_chance`` times the population never passes, whatever the population."""
    return round_up(-log1p(-confidence) / rate) + 1
