"""Regression to the mean, difference in differences, and what lies beyond the expected."""

from __future__ import annotations

from math import comb

import pytest

from qacli.stats import (
    Changed,
    beyond_expected,
    chance_of_at_least,
    change_of,
    detectable_share,
    difference_in_differences,
    regression_to_the_mean,
)


def test_the_worst_tenth_gets_better_with_no_coaching():
    # mean 85, sd 3 between and 10 within, five calls each: 75.56 is followed by 85 + 9/29 * (75.56 - 85) = 82.07
    found = regression_to_the_mean(75.56, 85, 9, 100, 5)
    assert found.expected == pytest.approx(82.07, abs=0.005)
    assert found.reliability == pytest.approx(9 / 29)
    assert found.variance == pytest.approx(9 * 20 / 29)


def test_where_nobody_differs_all_is_chance():
    assert regression_to_the_mean(50, 80, 0, 100, 4).expected == 80
    assert regression_to_the_mean(50, 80, 0, 0, 4).expected == 80
    with pytest.raises(ValueError, match="n of 1 or more"):
        regression_to_the_mean(50, 80, 1, 1, 0)


def test_card_and_krueger():
    # Card and Krueger (1994), American Economic Review 84:772-793, table 3, row 3: New Jersey .59 (.54), Pennsylvania
    # -2.16 (1.25), difference 2.76 (1.36); 2.75 from the rounded changes
    found = difference_in_differences(Changed(0.59, 0.54, 330, 331), Changed(-2.16, 1.25, 78, 79))
    assert found.estimate == pytest.approx(2.76, abs=0.011)
    assert found.se == pytest.approx(1.36, abs=0.005)
    assert found.low < 2.76 - 1.9 * 1.36 < found.high


def test_each_unit_is_one_difference():
    # scipy 1.17.1, ttest_ind([10, 20, 30], [-5, 5, 5, -5], equal_var=False).confidence_interval()
    found = difference_in_differences(change_of([10, 20, 30]), change_of([-5, 5, 5, -5]))
    assert found.estimate == 20
    assert (found.low, found.high) == (pytest.approx(-0.5425626, abs=1e-4), pytest.approx(40.5425626, abs=1e-4))


def test_what_has_no_error_has_no_interval():
    alone = difference_in_differences(change_of([10]), change_of([1, 2, 3]))
    assert (alone.estimate, alone.low, alone.high) == (8, None, None)
    assert "one unit" in alone.method
    still = difference_in_differences(change_of([1, 1]), change_of([1, 1]))
    assert (still.low, still.method) == (None, "no interval: no variation")
    with pytest.raises(ValueError, match="no difference"):
        change_of([])


STEADY = [((9, 12), (9, 12)), ((10, 12), (10, 12)), ((8, 12), (9, 12)), ((11, 12), (10, 12)), ((9, 12), (9, 12))]


def test_one_that_fell_out_by_chance_is_expected_back_near_the_others():
    found = beyond_expected((5, 12), (9, 12), STEADY)
    assert 5 / 12 < found.expected < 9 / 12
    assert found.low < 0 < found.high


def test_what_all_reached_is_no_effect_of_coaching_one():
    better = [((k1, n1), (12, 12)) for (k1, n1), _ in STEADY]
    assert beyond_expected((3, 12), (11, 12), STEADY).low > 0
    assert beyond_expected((3, 12), (11, 12), better).low < 0


def test_what_would_show_is_known_before_it_is_seen():
    poor, good = beyond_expected((3, 12), (4, 12), STEADY), beyond_expected((3, 12), (11, 12), STEADY)
    assert poor.needed == good.needed
    assert good.needed is not None
    for k in range(13):
        assert (beyond_expected((3, 12), (k, 12), STEADY).low > 0) == (k >= good.needed)


def test_others_and_counts_are_needed():
    with pytest.raises(ValueError, match="Three others"):
        beyond_expected((3, 12), (9, 12), STEADY[:2])
    with pytest.raises(ValueError, match="n of 1 or more"):
        beyond_expected((0, 0), (9, 12), STEADY)


def test_the_chance_is_that_of_the_binomial():
    # P(X >= 9), n 10, p .9: 10 * .9^9 * .1 + .9^10 = .7361 (any table of the binomial)
    assert chance_of_at_least(9, 10, 0.9) == pytest.approx(0.7361, abs=5e-5)
    assert chance_of_at_least(None, 10, 0.9) == 0
    share = detectable_share(9, 10)
    assert share is not None
    assert comb(10, 9) * share**9 * (1 - share) + share**10 == pytest.approx(0.8, abs=1e-3)
    assert detectable_share(None, 10) is None
