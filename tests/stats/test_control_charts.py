"""Control charts against Montgomery's examples, the NIST handbook, and the binomial distribution."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import p_chart, u_chart, xmr

# NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2: flow rates
NIST = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)


@pytest.mark.parametrize("name", ["p-chart-orange-juice", "p-chart-orange-juice-revised"])
def test_shares_of_orange_juice_cans(reference, name):
    given_, expected, tolerance = reference(name)
    found = p_chart(given_["D"], [given_["n"]] * len(given_["D"]))
    assert found.center == pytest.approx(expected["center"], abs=tolerance)
    assert (found.lower[0], found.upper[0]) == pytest.approx((expected["lcl"], expected["ucl"]), abs=tolerance)
    # the samples without 15 and 23 keep their old numbers in the book
    numbers = [n for n in range(1, 31) if n not in {15, 23} or len(given_["D"]) == 30]
    assert [numbers[at] for at in found.signals] == expected["out"]
    assert found.n == len(given_["D"])


def test_few_expected_failures_take_exact_limits():
    # 20 evaluations a month at 5 %: normal limits would call 4 failures a signal, which chance gives in 1.6 % of months
    found = p_chart([1] * 12, [20] * 12)
    beyond = sum(comb(20, k) * 0.05**k * 0.95 ** (20 - k) for k in range(5, 21))
    assert found.upper[0] == 5 / 20
    assert beyond > 0.00135 > beyond - comb(20, 5) * 0.05**5 * 0.95**15
    assert found.lower[0] == 0


@given(st.integers(1, 60), st.integers(1, 19))
def test_exact_limits_leave_out_no_more_than_the_tails(n, twentieths):
    """A thousand evaluations fix the centre; the other point has n of them."""
    chart = p_chart([twentieths * 50, round(n * twentieths / 20)], [1000, n])
    p, low, high = chart.center, chart.lower[1], chart.upper[1]
    if n * min(p, 1 - p) < 5:
        chances = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        assert sum(chances[: round(low * n)]) <= 0.00135 + 1e-12
        assert sum(chances[round(high * n) + 1 :]) <= 0.00135 + 1e-12


def test_a_rare_failure_among_thousands_has_exact_limits_too():
    # scipy 1.17: binom.ppf(1 - 0.00135, 4000, 0.0005) is 7; the sum from the other end once never ended
    found = p_chart([2] * 12, [4000] * 12)
    assert (found.lower[0], found.upper[0]) == (0, pytest.approx(7 / 4000))
    assert p_chart([3998] * 12, [4000] * 12).lower[0] == pytest.approx(1 - 7 / 4000)


def test_events_per_unit(reference):
    given_, expected, tolerance = reference("u-chart-pc")
    found = u_chart(given_["x"], given_["size"])
    assert (found.center, found.lower[0], found.upper[0]) == pytest.approx(
        (expected["center"], expected["lcl"], expected["ucl"]), abs=tolerance
    )


def test_events_in_units_of_any_size(reference):
    given_, expected, tolerance = reference("u-chart-dyedcloth-variable")
    found = u_chart(given_["x"], given_["size"])
    assert [*zip(found.lower, found.upper, strict=True)] == [
        pytest.approx(tuple(limits), abs=tolerance) for limits in expected["limits"]
    ]


def test_counts_are_events_in_units_of_one(reference):
    given_, expected, tolerance = reference("c-chart-circuit")
    found = u_chart(given_["x"], [1] * len(given_["x"]))
    assert (found.center, found.lower[0], found.upper[0]) == pytest.approx(
        (expected["center"], expected["lcl"], expected["ucl"]), abs=tolerance
    )
    assert [at + 1 for at in found.signals] == expected["out"]


def test_single_values():
    # NIST/SEMATECH e-Handbook, section 6.3.2.2: 50.81, 45.8159 to 55.8041
    found = xmr(NIST)
    assert (found.center, found.lower[0], found.upper[0]) == pytest.approx((50.81, 45.8159, 55.8041), abs=1e-4)
    assert (found.signals, found.n, found.method) == ((), 10, "XmR, provisional: 10 points")


def test_no_range_bridges_a_gap():
    there = (10.0, 11.0, 10.0, 11.0, 10.0, 11.0, 10.0, 11.0)
    found = xmr((*there[:4], None, *(value + 40 for value in there[4:])))
    assert found.upper[0] == pytest.approx(30.5 + 3 / 1.128)
    assert (found.upper[4], found.n) == (None, 8)
    assert found.signals == (0, 1, 2, 3, 5, 6, 7, 8)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (p_chart([], []), "no evaluations"),
        (p_chart([0, 0], [0, 0]), "no evaluations"),
        (p_chart([5, 5], [5, 5]), "no limits: no variation"),
        (u_chart([0, 0], [4, 4]), "no limits: nothing was counted"),
        (xmr([]), "no values"),
        (xmr(NIST[:7]), "no limits: fewer than 8 points"),
        (xmr([3.0] * 30), "no limits: no variation"),
    ],
)
def test_where_nothing_can_be_told_it_says_so(chart, words):
    assert chart.method == words
    assert not chart.signals
    assert set(chart.upper) <= {None}


def test_a_period_without_evaluations_has_no_limits():
    found = p_chart([10, 0, 12], [50, 0, 50])
    assert (found.lower[1], found.upper[1], found.n) == (None, None, 2)


@pytest.mark.parametrize(("counts", "ns"), [([3], [2]), ([-1], [2]), ([1, 2], [3])])
def test_counts_that_cannot_be_are_refused(counts, ns):
    with pytest.raises(ValueError, match="count"):
        p_chart(counts, ns)
