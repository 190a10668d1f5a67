from __future__ import annotations

import numpy as np
import pytest

from qacli.stats import benjamini_hochberg, guarded, holm

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


def test_holm_by_r():
    # R: p.adjust(c(.01, .02, .03, .04, .05), "holm") gives .05 .08 .09 .09 .09
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]).adjusted == pytest.approx((0.05, 0.08, 0.09, 0.09, 0.09))
    # the 15 of the paper of Benjamini and Hochberg: Bonferroni's step-down rejects three, as the paper says (section 3.2)
    assert holm(PAPER, 0.05).rejected == (True,) * 3 + (False,) * 12
    assert holm([0.01, None, float("nan")]).adjusted == (0.01, None, None)
    assert holm([]).rejected == ()


def test_a_weighted_test_is_held_against_its_share():
    # Holm (1979): p over its share of what is left, greatest so far: .01/.5, then .02/.25 of the .5 left, then .2 of .25
    found = holm([0.02, 0.2, 0.01], weights=[1, 1, 2])
    assert found.adjusted == pytest.approx((0.04, 0.2, 0.02))
    assert holm([0.02, 0.2, 0.01], weights=[10, 10, 20]) == found
    with pytest.raises(ValueError, match="above 0"):
        holm([0.5, 0.5], weights=[1, 0])


def test_families_share_the_error_rate_however_many_tests_they_hold():
    ps = [0.008, 0.9, *[0.5] * 8]
    assert holm(ps).adjusted[0] == pytest.approx(0.08)
    # half of it for two tests: a quarter each
    found = holm(ps, families=["few"] * 2 + ["many"] * 8)
    assert found.adjusted[0] == pytest.approx(0.008 * 4)
    assert found.rejected == (True, *[False] * 9)
    assert holm(ps, families=["one"] * 10) == holm(ps)


def test_something_false_is_rejected_no_more_often_than_promised_beside_what_is_true():
    # one true claim and 20 false ones: Holm lets one of these through in 1 - (1 - .05/20)^20 = 4.9 %, Benjamini and
    # Hochberg, whose least threshold is then 2/21 of .05, in 1 - (1 - .1/21)^20 = 9.1 % and a little more
    draw = np.random.default_rng(7)
    rounds = [[1e-9, *draw.random(20)] for _ in range(6000)]
    by_holm = sum(any(holm(ps).rejected[1:]) for ps in rounds) / len(rounds)
    by_share = sum(any(benjamini_hochberg(ps).rejected[1:]) for ps in rounds) / len(rounds)
    assert by_holm == pytest.approx(0.0488, abs=0.0084)  # three standard errors of 6,000 rounds
    assert by_share == pytest.approx(0.092, abs=0.0112)


def test_the_guard_band_of_a_promise():
    assert guarded(0.05) == pytest.approx(0.04)
    with pytest.raises(ValueError, match="between 0 and 1"):
        guarded(1)
