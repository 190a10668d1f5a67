"""Trends and a change of level against R's packages trend and Kendall, and Pettitt's test on the Nile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import autocorrelation, dated_shift, mann_kendall, pettitt, theil_sen


def test_trend_of_rain_at_the_great_lakes(reference):
    series, expected, _ = reference("mann-kendall-precip")
    found = mann_kendall(series["x"])
    assert found.statistic == expected["S"]
    assert found.p == pytest.approx(expected["p"], abs=1e-8)
    slope, value, tolerance = reference("theil-sen")
    rise = theil_sen(slope["x"])
    assert rise.estimate == pytest.approx(value, abs=tolerance)
    # scipy 1.17 theilslopes, 95 %
    assert (rise.low, rise.high) == pytest.approx((0.019524, 0.062174), abs=1e-6)


def test_trend_within_the_months_of_a_year(reference):
    series, expected, tolerance = reference("seasonal-mk-nottem")
    found = mann_kendall(series["x"], season=12)
    assert found.statistic == expected["S"]
    assert found.p == pytest.approx(expected["p"], abs=tolerance)
    assert mann_kendall(series["x"][7::12]).statistic == expected["S_aug"]
    assert mann_kendall(series["x"][8::12]).statistic == expected["S_sep"]


def test_the_nile_changed_in_1898(reference):
    series, expected, tolerance = reference("pettitt-nile")
    found = pettitt(series["x"])
    assert (found.statistic, found.at) == (expected["K"], expected["k"])
    assert found.p == pytest.approx(expected["p"], abs=tolerance)


@given(values=st.lists(st.integers(0, 9), min_size=20, max_size=60))
def test_a_change_is_looked_for_as_its_definition_says(values):
    signs = [sum((value > other) - (value < other) for other in values) for value in values]
    u = [abs(sum(signs[:t])) for t in range(1, len(values) + 1)]
    found = pettitt(values)
    assert (found.statistic, found.at) == ((max(u), u.index(max(u)) + 1) if max(u) else (None, None))


def test_autocorrelation():
    # by hand: mean 2.5, deviations -1.5 -.5 .5 1.5; products .75 - .25 + .75 over squares of 5
    assert autocorrelation([1, 2, 3, 4]) == pytest.approx(1.25 / 5)
    assert autocorrelation([3, 3, 3]) is None
    assert autocorrelation([3]) is None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (mann_kendall([1.0]), "no trend test under 8 points"),
        (mann_kendall([1.0] * 9), "no trend test: no variation"),
        (mann_kendall(list(range(20)), season=12), "no seasonal test under 3 cycles"),
        (pettitt(list(range(19))), "no change point under 20 points"),
        (pettitt([2.0] * 25), "no change point: no variation"),
    ],
)
def test_where_nothing_can_be_told_it_says_so(found, words):
    assert (found.statistic, found.p, found.method) == (None, None, words)


def test_no_slope_of_few_points():
    assert theil_sen([1.0, 2.0]).estimate is None


def test_a_series_that_goes_nowhere_has_no_trend():
    assert mann_kendall([1, 2, 2, 1, 2, 1, 1, 2]).p == pytest.approx(1, abs=0.2)


def test_the_change_of_the_nile_is_dated_with_the_years_that_fit_as_well(reference):
    # Cobb (1978), Biometrika 65:243-251: after 1898, the 28th year
    at, low, high = dated_shift(reference("pettitt-nile")[0]["x"])
    assert (at, low <= 28 <= high, high - low <= 12) == (28, True, True)
