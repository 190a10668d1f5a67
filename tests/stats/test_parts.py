"""Estimates from clusters and from unequal chances, alone and beside strata."""

from __future__ import annotations

import random
from heapq import nsmallest
from itertools import combinations
from math import sqrt
from statistics import fmean

import pytest

from qacli.stats import Alike, Clustered, Weighted, class_probabilities, design_mean, design_proportion, pareto_rank

# R survey, help(mu284): 5 of 50 clusters, 3 units of each; the size of the cluster, then what its units hold
MU284 = Clustered(
    50,
    [
        Alike(5, [41, 49, 49]),
        Alike(8, [49, 49, 45]),
        Alike(5, [31, 31, 35]),
        Alike(9, [39, 41, 61]),
        Alike(7, [49, 51, 33]),
    ],
)


def test_two_stages_give_the_total_and_standard_error_of_mu284():
    # R survey 4.1.1: svydesign(id = ~id1 + id2, fpc = ~n1 + n2), svytotal(~y1): 15080, SE 2274.3
    assert sum(weight * value for weight, value in MU284.weighted()) == pytest.approx(15080)
    assert sqrt(MU284.variance(float)) == pytest.approx(2274.2547, abs=0.001)


def test_the_mean_of_two_stages_is_a_ratio_on_as_many_degrees_of_freedom_as_clusters_less_one():
    found = design_mean([MU284])
    mean = 15080 / 340  # an estimated 340 units: 50/5 · (5 + 8 + 5 + 9 + 7)
    assert found.estimate == pytest.approx(mean)
    se = sqrt(MU284.variance(lambda value: value - mean)) / 340
    assert found.se == pytest.approx(se)
    assert found.high - found.estimate == pytest.approx(2.776445 * se, rel=1e-6)  # t with 4 degrees of freedom, 97.5 %


def test_the_variance_of_two_stages_is_right_on_average_over_every_sample():
    # all samples of 2 of 3 clusters and 2 units of each: the mean of the estimated variances is the variance of the totals
    clusters = [[1.0, 4.0, 9.0], [2.0, 2.0, 7.0, 5.0], [8.0, 3.0, 6.0]]
    totals, variances = [], []
    for first, second in combinations(clusters, 2):
        for one in combinations(first, 2):
            for two in combinations(second, 2):
                part = Clustered(3, [Alike(len(first), one), Alike(len(second), two)])
                chance = 1 / 3 / (len(list(combinations(first, 2))) * len(list(combinations(second, 2))))
                totals.append((chance, sum(weight * value for weight, value in part.weighted())))
                variances.append((chance, part.variance(float)))
    mean = sum(chance * total for chance, total in totals)
    assert mean == pytest.approx(47)  # all units together
    assert sum(chance * each for chance, each in variances) == pytest.approx(
        sum(chance * (total - mean) ** 2 for chance, total in totals)
    )


def test_a_cluster_with_one_of_several_makes_the_limits_wider_and_not_unknown():
    thin = Clustered(50, [*MU284.clusters[:4], Alike(7, [49])])
    wide = Clustered(50, [*MU284.clusters[:4], Alike(7, [49, 51])])
    assert sqrt(thin.variance(float)) > sqrt(thin._replace(clusters=wide.clusters).variance(float)) * 0.9
    assert design_mean([thin]).low is not None


def test_one_cluster_of_several_leaves_the_variance_unknown():
    found = design_mean([Clustered(3, [Alike(5, [1, 2, 3])])])
    assert (found.estimate, found.low, found.method) == (2, None, "variance unknown: a stratum holds one evaluation")


def test_equal_chances_give_what_a_simple_sample_gives():
    # R survey 4.1.1: svymean(~api00) of 200 of 6,194 schools has the SE 9.2497; here any 20 values
    values = [float(n * n % 37) for n in range(20)]
    simple, weighted = design_mean([Alike(100, values)]), design_mean([Weighted([0.2] * 20, values)])
    assert weighted.estimate == pytest.approx(simple.estimate)
    assert (weighted.se, weighted.low) == pytest.approx((simple.se, simple.low))


def test_a_certain_unit_adds_nothing_to_the_variance():
    chances, values = [1.0, 1.0, 0.2, 0.4, 0.4], [90.0, 10.0, 50.0, 60.0, 70.0]
    part = Weighted(chances, values)
    assert part.variance(float) == pytest.approx(Weighted(chances[2:], values[2:]).variance(float))
    assert design_mean([Weighted([1.0, 1.0], [4.0, 6.0])])[:5] == (5, None, None, 2, "census: every unit was taken")


def test_limits_under_pareto_order_cover_nearly_what_they_say():
    # 300 draws of 60 of 400: 95 % limits miss 15 times if they are right; 4,000 such draws missed 6.6 % (docs/sampling.md)
    sizes = {str(n): (1, 1 + n % 5) for n in range(400)}
    truth = {name: 60 + 3 * size + (7 * int(name)) % 11 for name, (_, size) in sizes.items()}
    chances, numbers, missed, mean = class_probabilities(sizes, 60), random.Random(11), 0, fmean(truth.values())
    for _ in range(300):
        drawn = nsmallest(60, sizes, key=lambda name: pareto_rank(numbers.random(), chances[name]))
        found = design_mean([Weighted([chances[name] for name in drawn], [truth[name] for name in drawn])])
        missed += not found.low <= mean <= found.high
    assert 8 <= missed <= 30


def test_parts_of_several_designs_add_up():
    # a stratum of 10 and a two-stage draw: each weighs as many as it stands for
    parts = [Alike(10, [1.0, 0.0]), Clustered(2, [Alike(10, [1.0, 1.0]), Alike(20, [0.0, 1.0])])]
    assert design_proportion(parts).estimate == pytest.approx((5 + 10 + 10) / 40)


def test_units_without_a_value_stay_in_the_variance():
    inside = design_mean([Clustered(9, [Alike(9, [5.0, None]), Alike(9, [7.0, 8.0]), Alike(9, [None, None])])])
    assert (inside.estimate, inside.n) == (pytest.approx(20 / 3), 3)
    assert design_mean([Alike(9, [None, None])])[:5] == (None, None, None, 0, "no evaluations in this domain")


def test_the_variance_under_unequal_chances_by_hand():
    # y/p = 20, 24, 20 and 1-p = 0.5, 0.75, 0.8: B = 44/2.05, so 3/2 · (1.3 · (60/41)² + 0.75 · (104/41)²) = 468/41
    part = Weighted([0.5, 0.25, 0.2], [10, 6, 4])
    assert part.variance(float) == pytest.approx(468 / 41)
    # of two: B = 28/1.25, so 2 · (0.5 · 2.4² + 0.75 · 1.6²) = 9.6
    assert Weighted([0.5, 0.25], [10, 6]).variance(float) == pytest.approx(9.6)
    assert Weighted([1.0, 0.25], [10, 6]).variance(float) == 0


def test_degrees_of_freedom_under_unequal_chances_are_those_of_the_effective_sample():
    # Kish (1965): (Σw)²/Σw²; five weights of 2 tell as much as five, weights of 2, 2 and 4 as 64/24 = 2.67
    assert Weighted([0.5] * 5, [1, 2, 3, 4, 5]).freedom() == 4
    assert Weighted([0.5, 0.5, 0.25], [1, 2, 3]).freedom() == 1
    assert Weighted([0.5, 0.5, 0.5, 1.0], [1, None, 3, 4]).freedom() == 1
    assert Weighted([1.0, 1.0], [1, 3]).freedom() == 0


def test_one_unit_that_was_not_certain_leaves_the_variance_unknown():
    found = design_mean([Weighted([1.0, 1.0, 0.5], [4.0, 6.0, 5.0])])
    assert (found.estimate, found.low, found.method) == (5, None, "variance unknown: a stratum holds one evaluation")
    assert design_mean([Weighted([1.0, 0.5, 0.5, 0.5], [4.0, 6.0, 5.0, 7.0])]).low is not None


def test_where_all_clusters_are_taken_they_are_strata():
    strata = [Alike(9, [1.0, 2.0, 4.0]), Alike(20, [5.0, 5.0, 8.0, 9.0]), Alike(2, [3.0, 3.0])]
    clusters = Clustered(3, strata)
    assert clusters.variance(float) == pytest.approx(sum(each.variance(float) for each in strata))
    assert (clusters.freedom(), clusters.whole) == (5, False)
    alone = Clustered(1, strata[:1])
    assert alone.variance(float) == pytest.approx(strata[0].variance(float))
    assert design_mean([alone]).low == pytest.approx(design_mean(strata[:1]).low)
    assert design_mean([Clustered(2, [Alike(2, [3.0, 4.0]), Alike(1, [5.0])])]).method == "census: every unit was taken"
