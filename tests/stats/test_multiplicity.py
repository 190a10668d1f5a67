from __future__ import annotations

import pytest

from qacli.stats import benjamini_hochberg

# Benjamini and Hochberg (1995), section 3.2: 15 comparisons of two treatments of heart attacks
PAPER = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
)


def test_the_four_of_the_paper_are_rejected_whatever_their_order():
    assert benjamini_hochberg(PAPER, 0.05).rejected == (True,) * 4 + (False,) * 11
    assert benjamini_hochberg(PAPER[::-1], 0.05).rejected == (False,) * 11 + (True,) * 4


def test_adjusted_values():
    # R: p.adjust(c(.01, .02, .03, .04, .05), "BH") gives .05 five times
    assert benjamini_hochberg([0.01, 0.02, 0.03, 0.04, 0.05]).adjusted == pytest.approx((0.05,) * 5)
    # by the definition: .01*3/1, .02*3/2, .5*3/3
    assert benjamini_hochberg([0.5, 0.01, 0.02]).adjusted == pytest.approx((0.5, 0.03, 0.03))


def test_a_test_that_was_not_made_counts_for_nothing():
    found = benjamini_hochberg([0.01, None, float("nan")])
    assert found.rejected == (True, False, False)
    assert found.adjusted == (0.01, None, None)
    assert benjamini_hochberg([]).rejected == ()


@pytest.mark.parametrize(("ps", "q"), [([1.2], 0.05), ([-0.1], 0.05), ([0.1], 0), ([0.1], 1)])
def test_what_is_no_probability_is_refused(ps, q):
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg(ps, q)


def test_families_share_the_error_rate_however_many_tests_they_hold():
    # Genovese, Roeder and Wasserman (2006): p over its weight; here 10 tests, weights 10/(2*2) and 10/(2*8)
    ps = [0.008, 0.9, *[0.5] * 8]
    assert benjamini_hochberg(ps).adjusted[0] == pytest.approx(0.08)
    found = benjamini_hochberg(ps, families=["few"] * 2 + ["many"] * 8)
    assert found.adjusted[0] == pytest.approx(10 * 0.008 / 2.5)
    assert found.rejected == (True, *[False] * 9)
    assert benjamini_hochberg(ps, families=["one"] * 10) == benjamini_hochberg(ps)
