"""Published values for many raters, and for bias; and what is undefined."""

from __future__ import annotations

import pytest
from test_agreement import FOUR_RATERS, SIX_RATERS

from qacli.stats import benchmark, fleiss_kappa, icc, krippendorff_alpha, mcnemar, paired_bias, specific_agreement

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, data C: 4 observers, 12 units
DATA_C = [
    [1, 1, None, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [None, 5, 5, 5],
    [None, None, 1, 1],
    [None, None, 3, None],
]
# Shrout and Fleiss (1979), Psychological Bulletin 86:420-428, table 2: 6 targets, 4 judges
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


# Fleiss (1971): .430 for all 30 patients; R irrCAC 1.0 README: .4139265 for the first 15
def test_kappa_of_fleiss():
    assert fleiss_kappa(SIX_RATERS).estimate == pytest.approx(0.4139265, abs=1e-7)


# Krippendorff (2011), section C
@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_is_that_of_krippendorffs_paper(level, alpha):
    found = krippendorff_alpha(DATA_C, level)
    assert (found.estimate, found.n) == (pytest.approx(alpha, abs=5.1e-4), 11)


# Shrout and Fleiss (1979), table 4; the limits of 2,1 and 3,1 by R psych 2.2.9
@pytest.mark.parametrize(
    ("form", "estimate"), [("1,1", 0.17), ("2,1", 0.29), ("3,1", 0.71), ("1,k", 0.44), ("2,k", 0.62), ("3,k", 0.91)]
)
def test_intraclass_correlations_are_those_of_shrout_and_fleiss(form, estimate):
    assert icc(JUDGES, form).estimate == pytest.approx(estimate, abs=5.1e-3)


def test_limits_of_intraclass_correlations():
    assert icc(JUDGES)[1:4] == (pytest.approx(0.01878651, abs=1e-6), pytest.approx(0.76108437, abs=1e-6), 6)
    assert icc(JUDGES, "3,1")[1:3] == pytest.approx((0.34246477, 0.94585826), abs=1e-6)


# R irrCAC 1.0, landis.koch.bf: coefficient .77544 with standard error .14295
def test_a_label_is_one_that_is_reached_for_sure():
    found = benchmark(0.77544, 0.14295)
    assert found.label == "moderate"
    assert found.cumulative[:4] == pytest.approx([0.39674, 0.88336, 0.99542, 0.99997], abs=2e-5)
    assert benchmark(0.77544, 0).label == "substantial"


# 95 pass both, 3 and 2 split, none fail both: 95% agreement, and none at all on the fails
def test_agreement_on_fails_shows_what_the_whole_hides():
    pairs = [["pass", "pass"]] * 95 + [["pass", "fail"]] * 3 + [["fail", "pass"]] * 2
    assert specific_agreement(pairs, "fail")[0::3] == (0, 5)
    assert specific_agreement(pairs, "pass").estimate == pytest.approx(190 / 195)
    assert specific_agreement([*pairs, ["fail", "fail"]], "fail").estimate == pytest.approx(2 / 7)


# Student's sleep data, R t.test(paired = TRUE)
def test_bias_is_the_paired_t_of_student():
    found = paired_bias(
        [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4], [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
    )
    assert found[:4] == (pytest.approx(1.58), pytest.approx(0.7001142), pytest.approx(2.4598858), 10)
    assert (found.t, found.p) == (pytest.approx(4.0621, abs=5.1e-5), pytest.approx(0.002833, abs=1e-6))
    assert found.mean_absolute == pytest.approx(1.58)


# R binom.test(2, 10)$p.value, binom.test(0, 5)$p.value, binom.test(3, 6)$p.value
@pytest.mark.parametrize(("b", "c", "p"), [(2, 8, 0.109375), (5, 0, 0.0625), (3, 3, 1.0)])
def test_mcnemar_is_exact(b, c, p):
    assert mcnemar(b, c).p == pytest.approx(p)


def test_what_cannot_be_told_says_why():
    assert fleiss_kappa([[4, 0], [4, 0]]).method == "undefined: every rating is the same"
    assert krippendorff_alpha([[3, 3], [3, None]]).method == "undefined: every rating is the same"
    assert krippendorff_alpha([[3, None], [None, 4]]).method == "undefined: nothing was rated by two people"
    assert icc([[3], [4]]).method == "undefined: it takes two units and two raters"
    assert icc([[3, 3], [3, 3]]).estimate is None
    assert icc([[3, 3], [4, 4]])[:3] == (1, None, None)
    assert specific_agreement([["a", "a"], ["b", None]], "b").method == "undefined: nobody gave b"
    assert paired_bias([], []).method == "undefined: no unit was scored by both"
    assert paired_bias([3, 4], [1, 2])[:3] == (2, None, None)
    assert mcnemar(0, 0).p is None
    with pytest.raises(ValueError, match="as many for each unit"):
        fleiss_kappa([[2, 0], [2, 1]])
    with pytest.raises(ValueError, match="by every rater"):
        icc([[1, 2], [3]])


def test_alpha_and_gwet_read_the_same_units():
    assert DATA_C == FOUR_RATERS
