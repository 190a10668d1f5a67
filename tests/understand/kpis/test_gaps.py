import pytest

from qacli.understand.kpis.gaps import Side, difference


def test_c14_a_gap_of_two_shares_is_newcombes():
    # Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10: 56 of 70 and 48 of 80
    found = difference(Side(56, 70, 80.0, None), Side(48, 80, 60.0, None), 100)
    assert (found.difference, found.low, found.high) == pytest.approx((20, 5.24, 33.39), abs=0.01)
    assert found.verdict == "differ"


def test_c14_a_gap_of_means_takes_their_errors_and_says_when_it_cannot_tell():
    # 1.96 · sqrt(3² + 4²) = 9.8
    found = difference(Side(0, 50, 350.0, 3.0), Side(0, 50, 342.0, 4.0))
    assert (found.difference, found.low, found.high) == pytest.approx((8, -1.8, 17.8), abs=0.01)
    assert found.verdict == "no difference shown"
    assert difference(Side(0, 1, 350.0, None), Side(0, 50, 342.0, 4.0)).verdict == "cannot tell"
