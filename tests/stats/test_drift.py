"""Charts with memory against NIST and Montgomery."""

from __future__ import annotations

import pytest

from qacli.stats import cusum, ewma


def test_moving_average_of_the_handbook(reference):
    given, expected, tolerance = reference("ewma-nist")
    found = ewma(given["x"], given["mu"], given["s"], given["lam"], given["L"])
    assert found.averages[:9] == pytest.approx(expected["first9"], abs=tolerance)
    assert found.averages[-2:] == pytest.approx(expected["last2"], abs=tolerance)
    # the handbook prints the limits that the exact ones approach
    assert (found.lower[-1], found.upper[-1]) == pytest.approx((expected["lcl"], expected["ucl"]), abs=tolerance)
    assert found.upper[0] == pytest.approx(50 + 3 * 0.3 * 2.0539), "one value weighs 0.3"
    assert found.signals == ()


def test_a_small_steady_drift_is_found():
    found = ewma([100.0] * 20 + [98.8] * 30, 100, 1)
    assert found.signals
    assert found.signals[0] > 20
    assert not ewma([100.0] * 50, 100, 1).signals


def test_cumulative_sums_of_montgomery(reference):
    given, expected, tolerance = reference("cusum-montgomery")
    found = cusum(given["x"], given["mu"], given["sd"], given["k"], given["h"])
    assert found.above == pytest.approx(expected["pos"], abs=tolerance)
    assert found.signals[0] + 1 == expected["first"]


def test_a_fall_shows_below():
    found = cusum([9.0] * 12, 10, 1)
    assert found.below[-1] == pytest.approx(6)
    assert found.signals == (10, 11)


@pytest.mark.parametrize("wrong", [{"sigma": 0}, {"sigma": -1}, {"sigma": 1, "lam": 0}, {"sigma": 1, "limit": 0}])
def test_a_baseline_without_spread_or_weight_is_refused(wrong):
    with pytest.raises(ValueError, match=r"none|above 0"):
        ewma([1.0, 2.0], mean=1, **wrong)
    with pytest.raises(ValueError, match=r"none|above 0"):
        cusum([1.0, 2.0], 1, 0)
