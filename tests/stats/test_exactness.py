"""How exactly designs tell, against published numbers and against all samples that there are."""

from __future__ import annotations

from itertools import combinations, product
from statistics import fmean, pvariance, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import (
    blocks,
    class_probabilities,
    clusters_needed,
    design_effect,
    icc,
    intraclass,
    least_chance,
    most_needed,
    part_of_chances,
    part_of_clusters,
    part_of_strata,
    sample_size_proportion,
)

# Snedecor and Cochran, Statistical Methods: per cent of conceptions from samples of six bulls
BULLS = [
    [46, 31, 37, 62, 30],
    [70, 59],
    [52, 44, 57, 40, 67, 64, 70],
    [47, 21, 70, 46, 14],
    [42, 64, 50, 69, 77, 81, 87],
    [35, 68, 59, 38, 57, 76, 57, 29, 60],
]


def test_bulls_differ_as_published():
    # mean squares 664.4 and 248.3, n0 = 5.67: components 73.4 and 248.3
    assert intraclass(BULLS).estimate == pytest.approx(73.4 / (73.4 + 248.3), abs=0.0001)


def test_with_clusters_of_one_size_it_is_that_of_shrout_and_fleiss():
    # Shrout and Fleiss (1979), table 2: ICC(1,1) = .17 of six targets with four judges
    targets = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert intraclass(targets).estimate == pytest.approx(0.17, abs=0.005)
    assert intraclass(targets).estimate == pytest.approx(icc(targets, "1").estimate)


@pytest.mark.parametrize("clusters", [[[1.0, 2.0]], [[1.0], [2.0]], [[3.0, 3.0], [3.0]], []])
def test_what_cannot_be_told_is_undefined(clusters):
    assert intraclass(clusters).estimate is None
    assert intraclass(clusters).method.startswith("undefined: ")


def test_thirty_clusters_of_seven():
    # The Expanded Programme on Immunization: 30 clusters of 7 rest on 96 children to within 10 points, a correlation of
    # 1/6 and so a design effect of 2 (WHO 2018, Vaccination Coverage Cluster Surveys, annex B)
    assert design_effect(7, 1 / 6) == pytest.approx(2)
    alike = sample_size_proportion(0.5, 0.1, 0.95).estimate
    assert alike == 97  # 96.04, rounded up
    of = blocks([10**6] * 10**4, 7)
    assert clusters_needed(of, 1 / 96.04, 1 / 6, finite=False) == 28  # 96.04 · 2 / 7 = 27.4
    assert part_of_clusters(of, 30, 1 / 6, finite=False) == pytest.approx(2 / 210)


VALUES = [[1.0, 4.0, 2.0], [7.0, 9.0, 5.0], [3.0, 3.0, 8.0], [0.0, 2.0, 1.0]]


@pytest.mark.parametrize(("clusters", "each"), [(2, 1), (2, 2), (3, 2), (4, 1), (2, 3), (4, 3)])
def test_two_stages_vary_as_all_samples_together_do(clusters, each):
    means = [
        fmean(fmean(units) for units in chosen)
        for some in combinations(VALUES, clusters)
        for chosen in product(*(combinations(cluster, each) for cluster in some))
    ]
    within = fmean(variance(cluster) for cluster in VALUES)
    between = variance([fmean(cluster) for cluster in VALUES]) - within / 3
    part = part_of_clusters(blocks([3] * 4, each), clusters, between / (between + within))
    assert (between + within) * part == pytest.approx(pvariance(means), abs=1e-12)


@given(st.lists(st.integers(1, 200), min_size=2, max_size=30), st.integers(1, 20), st.floats(0, 0.9), st.booleans())
def test_the_clusters_needed_are_the_fewest(sizes, each, alike, finite):
    of = blocks(sizes, each)
    for m in range(2, of.held + 1):
        part = part_of_clusters(of, m, alike, finite)
        if part > 1e-9:
            assert clusters_needed(of, part, alike, finite) == m


def test_unequal_chances_cost_what_kish_says():
    # Kish (1965), 11.7: two halves, one drawn k times as often, lose U(1-U)(k-1)²/k: 12.5 % for 2, 80 % for 5
    for times, lost in ((2, 0.125), (3, 1 / 3), (5, 0.8), (10, 2.025)):
        classes = {"more": (5000, float(times)), "other": (5000, 1.0)}
        chances = class_probabilities(classes, 100)
        part = part_of_chances([(5000, chances["more"]), (5000, chances["other"])], finite=False)
        assert 100 * part == pytest.approx(1 + lost)


@given(st.integers(1, 400), st.integers(1, 400))
def test_equal_chances_are_a_simple_sample(n, more):
    size = n + more
    assert part_of_chances([(size, n / size)]) == pytest.approx(1 / n - 1 / size)


def test_strata_by_hand():
    # Cochran (1977), 5.10, by hand: .75²/30·(270/299) + .25²/10·(90/99)
    assert part_of_strata([(300, 30, 1), (100, 10, 1)]) == pytest.approx(0.0169314 + 0.0056818, abs=1e-7)
    assert part_of_strata([(300, 30, 1), (100, 0, 1)]) is None
    assert part_of_strata([(5, 5, 1), (1, 1, 1)]) == 0
    assert part_of_strata([(300, 30, 1), (100, 10, 1)], finite=False) == pytest.approx(1 / 40)


def test_wherever_a_fault_lies_one_is_drawn():
    # of 100, 5 faulty, the simple sample of 45 misses them with 4.8 %, this bound asks 46: (1 - .46)^5 = 4.6 %
    chance = least_chance(0.05, 0.95, 100)
    assert 45 < 100 * chance < 46
    assert (1 - chance) ** 5 == pytest.approx(0.05)


@given(st.floats(0.001, 0.5), st.sampled_from([0.8, 0.95, 0.99]), st.integers(1, 10**6))
def test_no_population_needs_more_than_the_most(rate, confidence, population):
    assert population * least_chance(rate, confidence, population) <= most_needed(rate, confidence)
