"""Marks spread over groups more unevenly than chance would leave them."""

from __future__ import annotations

from itertools import product
from math import comb, prod

import pytest

from qacli.stats import spread_test


def test_p_is_that_of_all_ways_in_which_the_marks_could_have_fallen():
    counts, ns = [3, 0, 1, 1], [4, 5, 3, 6]
    share = 5 / 18

    def uneven(way):
        return sum((k - n * share) ** 2 / (n * share * (1 - share)) for k, n in zip(way, ns, strict=True))

    ways = [way for way in product(*(range(n + 1) for n in ns)) if sum(way) == 5]
    weights = [prod(comb(n, k) for k, n in zip(way, ns, strict=True)) for way in ways]
    exact = sum(w for way, w in zip(ways, weights, strict=True) if uneven(way) >= uneven(counts) - 1e-9) / sum(weights)
    found = spread_test(counts, ns)
    assert found.statistic == pytest.approx(uneven(counts))
    assert found.p == pytest.approx(exact, rel=0.15)


def test_the_same_figures_give_the_same_answer():
    assert spread_test([3, 2, 0, 1], [9, 9, 9, 9]) == spread_test([3, 2, 0, 1], [9, 9, 9, 9])


@pytest.mark.parametrize(("counts", "ns"), [([3], [9]), ([0, 0], [4, 4]), ([4, 4], [4, 4]), ([1, 0], [5, 0])])
def test_without_groups_or_variation_nothing_is_said(counts, ns):
    assert spread_test(counts, ns).p is None


def test_where_many_are_expected_everywhere_the_distribution_of_x2_is_taken():
    # scipy 1.15: chi2_contingency([[30, 45, 52], [170, 155, 148]]) gives X² 7.5710, p 0.022697
    found = spread_test([30, 45, 52], [200, 200, 200])
    assert (found.statistic, found.p) == (pytest.approx(7.571041), pytest.approx(0.022697, abs=1e-6))
    assert found.method == "Pearson"
    # a group in which fewer are expected, and the marks are shuffled
    shuffled = spread_test([30, 45, 52, 2], [200, 200, 200, 10])
    assert shuffled.method == "Pearson, shuffled"
