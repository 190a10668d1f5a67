"""Slopes and levels of several people, apart from who judged what."""

from __future__ import annotations

import pytest

from qacli.stats import level_difference, slopes, squeeze
from qacli.stats.shrinkage import trigamma_inverse

# R's cars (Ezekiel 1930): speed and dist
SPEED = [4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 17,
         18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25]  # fmt: skip
DIST = [2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26, 54, 32, 40, 32, 40, 50,
        42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85]  # fmt: skip
# R's sleep (Student 1908): extra hours under two drugs
ONE = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
TWO = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_one_person_has_the_slope_of_least_squares():
    # R: confint(lm(dist ~ speed, cars)): 3.932409, 3.096964 to 4.767853
    found = slopes(DIST, SPEED, ["a"] * 50)[0]
    assert (found.estimate, found.low, found.high) == pytest.approx((3.932409, 3.096964, 4.767853), abs=1e-6)
    assert (found.n, found.p > 0.999) == (50, True)


def test_what_an_evaluator_adds_is_no_slope():
    weeks = list(range(12)) * 2
    judge = ["strict"] * 6 + ["lenient"] * 6 + ["lenient"] * 6 + ["strict"] * 6
    noise = [0.3, -0.2, 0.1, -0.3, 0.2, -0.1] * 4
    values = [80 + 7 * (who == "lenient") + small for who, small in zip(judge, noise, strict=True)]
    people = ["a"] * 12 + ["b"] * 12
    raw, apart = slopes(values, weeks, people), slopes(values, weeks, people, [judge])
    assert raw[0].estimate == pytest.approx(0.9, abs=0.2)
    assert apart[0].estimate == pytest.approx(0, abs=0.1)
    assert apart[0].p > 0.05


def test_a_fall_that_all_share_is_nobodys_own():
    weeks = list(range(10)) * 3
    noise = [0.5, -0.4, 0.2, 0.1, -0.6, 0.3, -0.2, 0.4, -0.1, 0.0] * 3
    people = [name for name in "abc" for _ in range(10)]
    found = slopes([90 - week + small for week, small in zip(weeks, noise, strict=True)], weeks, people)
    assert [round(each.estimate) for each in found] == [-1, -1, -1]
    assert min(each.p for each in found) > 0.2


def test_few_values_give_no_slope():
    found = slopes([1.0, 2, 3, 4, 5, 6, 7], range(7), ["a"] * 7)[0]
    assert (found.estimate, found.p, found.method) == (None, None, "no slope under 8 values")


def test_levels_differ_as_in_the_test_of_student():
    # R: t.test(extra ~ group, sleep, var.equal = TRUE): -1.58, -3.363874 to 0.203874, p = 0.07919 two-sided
    found = level_difference([*ONE, *TWO], ["one"] * 10 + ["two"] * 10, "one", "two")
    assert (found.estimate, found.low, found.high) == pytest.approx((-1.58, -3.363874, 0.203874), abs=1e-6)
    assert found.p == pytest.approx(0.07919 / 2, abs=5e-6)


def test_levels_that_no_evaluator_joins_are_not_compared():
    found = level_difference([1.0, 2, 3, 4], ["one", "one", "two", "two"], "one", "two", [["x", "x", "y", "y"]])
    assert (found.p, found.method) == (None, "undefined: nobody who judged the one judged the other")
    assert level_difference([1.0, 2], ["one", "one"], "one", "two").p is None


def test_variances_that_differ_by_chance_are_taken_for_one_and_others_keep_their_own():
    assert squeeze([2.0, 2.0, 2.0], [9, 9, 9]) == ([2.0] * 3, [27] * 3)
    drawn, dfs = squeeze([1.0, 1.0, 1.0, 40.0], [10, 10, 10, 10])
    assert 1 < drawn[0] < drawn[3] < 40
    assert all(10 < df < 40 for df in dfs)


@pytest.mark.parametrize(
    ("value", "x"), [(1.6449340668482264, 1.0), (0.6449340668482264, 2.0), (0.10516633568168575, 10.0)]
)
def test_trigamma_has_an_inverse(value, x):
    # Abramowitz and Stegun 6.4: trigamma(1) = pi^2/6, trigamma(2) = pi^2/6 - 1
    assert trigamma_inverse(value) == pytest.approx(x)
