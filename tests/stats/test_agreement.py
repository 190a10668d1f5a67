"""Published values for agreement between raters, and what is undefined."""

from __future__ import annotations

import pytest

from qacli.stats import cohen_kappa, gwet_ac, percent_agreement

# Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition, page 120: 12 units, 4 raters, 5 categories
FOUR_RATERS = [
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
# Fleiss (1971), Psychological Bulletin 76:378-382, first 15 patients of 30, 6 raters: counts by category
SIX_RATERS = [
    [0, 0, 0, 6, 0],
    [0, 3, 0, 0, 3],
    [0, 1, 4, 0, 1],
    [0, 0, 0, 0, 6],
    [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2],
    [2, 0, 3, 1, 0],
    [2, 0, 0, 4, 0],
    [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0],
    [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0],
    [1, 0, 0, 5, 0],
    [0, 2, 0, 3, 1],
]
# R irrCAC 1.0 README, cont3x3abstractors: two abstractors of medical records, 100 cases, 3 categories
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]


def units(table):
    """Two raters' table as units: one row for each case."""
    return [[k, j] for k, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]


# Gwet (2014) and R irrCAC 1.0 README: share agreed, AC, standard error
@pytest.mark.parametrize(
    ("weights", "observed", "ac", "se"),
    [
        ("nominal", 0.81818, 0.77544, 0.14295),
        ("linear", 0.93939, 0.85874, 0.11733),
        ("quadratic", 0.97538, 0.91400, 0.10396),
    ],
)
def test_gwets_coefficient_and_its_error_are_those_of_his_handbook(weights, observed, ac, se):
    found = gwet_ac(FOUR_RATERS, [1, 2, 3, 4, 5], weights)
    assert (found.observed, found.estimate, found.se) == pytest.approx((observed, ac, se), abs=6e-6)
    assert found.n == 11  # the last unit was rated once


def test_ac1_of_six_raters():
    # R irrCAC 1.0 README, distrib.6raters
    ratings = [[category for category, n in enumerate(row) for _ in range(n)] for row in SIX_RATERS]
    assert gwet_ac(ratings, range(5)).estimate == pytest.approx(0.4448007, abs=1e-7)


def test_two_abstractors():
    # R irrCAC 1.0 README: pa .89, kappa .7964094, AC1 .8493305, weighted (quadratic) .8921569 and .9402369
    assert percent_agreement(ABSTRACTORS).estimate == pytest.approx(0.89)
    assert cohen_kappa(ABSTRACTORS).estimate == pytest.approx(0.7964094, abs=1e-7)
    assert cohen_kappa(ABSTRACTORS, "quadratic").estimate == pytest.approx(0.8921569, abs=1e-7)
    assert gwet_ac(units(ABSTRACTORS), range(3)).estimate == pytest.approx(0.8493305, abs=1e-7)
    assert gwet_ac(units(ABSTRACTORS), range(3), "quadratic").estimate == pytest.approx(0.9402369, abs=1e-7)


def test_kappas_error_is_that_of_fleiss_cohen_and_everitt():
    # statsmodels 0.15.0 cohens_kappa(table, wt).std_kappa, kappa_low, kappa_upp
    plain, weighted = cohen_kappa(ABSTRACTORS), cohen_kappa(ABSTRACTORS, "quadratic")
    assert plain[1:3] == pytest.approx((0.6809465159614685, 0.9118722884064754))
    assert plain.se == pytest.approx(0.05891071832608146)
    assert weighted.se == pytest.approx(0.035351507575659406)
    assert cohen_kappa(ABSTRACTORS, "linear").se == pytest.approx(0.04787212159033976)


# Feinstein and Cicchetti (1990), Journal of Clinical Epidemiology 43:543-549: the same share agreed, another kappa
@pytest.mark.parametrize(
    ("table", "observed", "kappa"),
    [
        ([[40, 9], [6, 45]], 0.85, 0.70),
        ([[80, 10], [5, 5]], 0.85, 0.32),
        ([[45, 15], [25, 15]], 0.60, 0.13),
        ([[25, 35], [5, 35]], 0.60, 0.26),
    ],
)
def test_the_paradoxes_of_kappa(table, observed, kappa):
    assert percent_agreement(table).estimate == pytest.approx(observed)
    assert cohen_kappa(table).estimate == pytest.approx(kappa, abs=0.0051)


def test_where_nearly_all_pass_kappa_says_nothing_and_ac1_says_much():
    # R 4.2.2 irrCAC 1.0: 95 passed by both, 3 and 2 by one of them
    table = [[95, 3], [2, 0]]
    assert cohen_kappa(table).estimate == pytest.approx(-0.02459016393443, abs=1e-9)
    assert gwet_ac(units(table), range(2)).estimate == pytest.approx(0.9474375821288, abs=1e-9)


@pytest.mark.parametrize(
    ("ratings", "why", "n"),
    [
        ([], "undefined: nothing was rated by two people", 0),
        ([[1], [2], [1]], "undefined: nothing was rated by two people", 0),
        ([[1, None], [None, 2]], "undefined: nothing was rated by two people", 0),
        ([[1, 1], [1, 1], [1, 1]], "undefined: every rating is the same", 3),
    ],
)
def test_what_is_undefined_is_said_and_is_not_0(ratings, why, n):
    found = gwet_ac(ratings, [1, 2])
    assert (found.estimate, found.low, found.high, found.n, found.method) == (None, None, None, n, why)


def test_kappa_of_one_category_or_of_nothing_is_undefined():
    # statsmodels 0.15.0 gives nan
    assert cohen_kappa([[100, 0], [0, 0]])[:5] == (None, None, None, 100, "undefined: every rating is the same")
    assert cohen_kappa([[0, 0], [0, 0]]).estimate is None


def test_full_agreement_has_no_interval_of_no_width():
    found = gwet_ac([[1, 1], [2, 2], [1, 1]], [1, 2])
    assert found.estimate == 1
    assert (found.low, found.high) == (None, None)
    assert found.method == "AC1; no interval: no variation"


def test_a_category_that_nobody_used_counts():
    used = gwet_ac([[1, 1], [2, 2], [1, 2]], [1, 2]).estimate
    assert gwet_ac([[1, 1], [2, 2], [1, 2]], [1, 2, 3]).estimate > used


def test_units_of_one_group_count_as_one_draw():
    ratings = [[1, 1], [1, 1], [1, 2], [2, 2], [2, 2], [2, 1]] * 3
    alone = gwet_ac(ratings, [1, 2])
    whole = gwet_ac([unit for unit in ratings for _ in range(4)], [1, 2], groups=[n for n in range(18) for _ in "abcd"])
    assert whole.estimate == pytest.approx(alone.estimate)
    assert whole.se == pytest.approx(alone.se)  # four copies of each unit tell nothing new


def test_a_rating_off_the_scale_and_a_table_that_is_not_square_are_refused():
    with pytest.raises(ValueError, match="6 is not among the categories"):
        gwet_ac([[1, 6]], [1, 2])
    with pytest.raises(ValueError, match="square"):
        cohen_kappa([[1, 2, 3], [4, 5, 6]])
    with pytest.raises(ValueError, match="two categories"):
        cohen_kappa([[3]])
