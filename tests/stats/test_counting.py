"""How surprising a count is, against published exact tests."""

from __future__ import annotations

import pytest

from qacli.stats import count_test


def test_the_lady_tasting_tea():
    # Fisher (1935), The Design of Experiments, chapter 2: 8 cups, 4 with the milk first, 4 chosen; all right 1 in 70,
    # three right or better 17 in 70
    assert count_test([(8, 4, 4)], 4).high == pytest.approx(1 / 70)
    found = count_test([(8, 4, 4)], 3)
    assert found.high == pytest.approx(17 / 70)
    assert (found.expected, found.n) == (2.0, 4)


def test_strata_are_tested_together_as_in_the_rabbits_of_agresti():
    # R: mantelhaen.test(Rabbits, exact = TRUE) of its own example (Agresti 1990, p. 231): S = 16, p-value = 0.03994
    cured_and_died_by_delay = [(0, 0, 6, 5), (3, 0, 3, 6), (6, 2, 0, 4), (5, 6, 1, 0), (2, 5, 0, 0)]
    groups = [(sum(table), table[0] + table[1], table[0] + table[2]) for table in cured_and_died_by_delay]
    assert count_test(groups, 16).two_sided == pytest.approx(0.03994, abs=5e-6)


def test_what_chance_cannot_change_says_nothing():
    assert count_test([(5, 5, 3)], 3)[:3] == pytest.approx((3.0, 1.0, 1.0))
    assert count_test([], 0)[:4] == (0, 1.0, 1.0, 0)


@pytest.mark.parametrize(("groups", "k"), [([(5, 6, 1)], 1), ([(5, 2, 6)], 1), ([(5, 2, 2)], 3), ([(5, 4, 2)], 0)])
def test_counts_that_cannot_be_are_refused(groups, k):
    with pytest.raises(ValueError, match="cannot be"):
        count_test(groups, k)
