"""Stratified estimates against R's survey package on its California school data (apistrat)."""

from __future__ import annotations

import math
from statistics import fmean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import domain_mean, domain_proportion, stratified_mean, stratified_proportion, t_interval, wilson


def values_with(n: int, mean: float, squares: float) -> list[float]:
    """Return n values with this mean and this sum of squared deviations."""
    spread = math.sqrt(squares / (n - n % 2))
    return [mean + spread, mean - spread] * (n // 2) + [mean] * (n % 2)


APISTRAT = [
    (4421, values_with(100, 674.43, 99 * 125.249428313782**2)),
    (755, values_with(50, 625.82, 49 * 109.302741904104**2)),
    (1018, values_with(50, 636.6, 49 * 117.579152671114**2)),
]


def test_stratified_mean():
    # R survey 4.1.1: svymean(~api00, dstrat), confint(df = 197)
    found = stratified_mean(APISTRAT)
    assert found.estimate == pytest.approx(662.287363159321, abs=1e-6)
    assert found.se == pytest.approx(9.408940802785, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((643.732188272086, 680.842538046555), abs=1e-6)
    assert (found.n, found.method) == (200, "t 95%")


def test_one_stratum_is_a_simple_random_sample():
    # R survey 4.1.1: svymean(~api00, dsrs) on apisrs, n = 200 of N = 6194
    found = stratified_mean([(6194, values_with(200, 656.585, 199 * 132.975279279637**2))])
    assert found.se == pytest.approx(9.2497220393, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((638.344950092127, 674.825049907873), abs=1e-6)


def test_stratified_proportion():
    # R survey 4.1.1: svymean(~awards, dstrat) and svyciprop(method = "beta"), Korn and Graubard (1998)
    found = stratified_proportion([(4421, 100, 73), (755, 50, 16), (1018, 50, 24)])
    assert found.estimate == pytest.approx(0.6389360640506, abs=1e-8)
    assert found.se == pytest.approx(0.03440591799727, abs=1e-8)
    assert (found.low, found.high) == pytest.approx((0.5672187014797, 0.7063547830145), abs=1e-8)
    assert (found.n, found.method) == (200, "Korn-Graubard 95%")


def test_domain_mean_keeps_the_zeros_outside():
    # R survey 4.1.1: svyby(~api00, ~comp.imp, dstrat, svymean), domain Yes; 75, 17 and 24 schools of the strata
    strata = [
        (4421, [*values_with(75, 676.906666666667, 1085830.34666667), *[1.0] * 25]),
        (755, [*values_with(17, 668.352941176471, 263813.882352941), *[1.0] * 33]),
        (1018, [*values_with(24, 677.208333333333, 274991.958333333), *[1.0] * 26]),
    ]
    found = domain_mean(strata, [[True] * 75 + [False] * 25, [True] * 17 + [False] * 33, [True] * 24 + [False] * 26])
    assert found.estimate == pytest.approx(676.402286067281, abs=1e-6)
    assert found.se == pytest.approx(11.714678769929, abs=1e-6)
    assert found.n == 116


def test_a_stratum_taken_whole_adds_no_variance():
    part = (40, [70.0, 80, 95, 60])
    found = stratified_mean([(3, [10.0, 50, 90]), part])
    alone = stratified_mean([part])
    assert found.se == pytest.approx(alone.se * 40 / 43)
    # three degrees of freedom, of the stratum that varies, not five
    assert (found.high - found.estimate) / found.se == pytest.approx(3.182446, abs=1e-6)


@pytest.mark.parametrize(
    ("strata", "estimate", "reason"),
    [
        ([], None, "no units"),
        ([(0, [])], None, "no units"),
        ([(10, []), (5, [])], None, "no evaluations"),
        ([(10, [1, 0]), (5, [])], None, "no estimate: 1 of 2 strata hold no evaluations"),
        ([(10, [1, 0]), (10, [1])], 0.75, "variance unknown: a stratum holds one evaluation"),
        ([(2, [1, 0]), (1, [1])], 2 / 3, "census: every unit was taken"),
        ([(10, [1, 1]), (10, [0, 0])], 0.5, "no interval: no variation"),
    ],
)
def test_where_there_is_no_interval_the_method_says_why(strata, estimate, reason):
    found = stratified_mean(strata)
    assert found.estimate == (None if estimate is None else pytest.approx(estimate))
    assert (found.low, found.high, found.method) == (None, None, reason)


@pytest.mark.parametrize(
    ("strata", "expected"),
    [
        ([(10, 2, 1), (10, 1, 1)], (0.75, None, None, "variance unknown: a stratum holds one evaluation")),
        ([(4, 4, 3)], (0.75, None, None, "census: every unit was taken")),
        ([(10, 0, 0)], (None, None, None, "no evaluations")),
    ],
)
def test_a_proportion_without_an_interval_says_why(strata, expected):
    found = stratified_proportion(strata)
    assert (found.estimate, found.low, found.high, found.method) == expected


def test_where_all_passed_the_actual_n_decides():
    found = stratified_proportion([(400, 3, 3), (30, 2, 2)])
    assert found == wilson(5, 5)
    assert found.low == pytest.approx(0.5655, abs=5e-5)


def test_strata_without_variation_still_get_a_width():
    found = stratified_proportion([(50, 5, 5), (50, 5, 0)])
    assert found.low < 0.3
    assert found.high > 0.7


def test_the_domain_of_one_evaluation_or_none_has_no_interval():
    strata = [(40, [70.0, 80, 95, 60])]
    assert domain_mean(strata, [[True, False, False, False]])[:4] == (70, None, None, 1)
    assert domain_mean(strata, [[False] * 4])[:5] == (None, None, None, 0, "no evaluations in this domain")


def test_a_domain_without_variation_has_no_interval():
    found = domain_mean([(40, [0.1, 0.1, 0.1, 60])], [[True, True, True, False]])
    assert (found.low, found.high, found.method) == (None, None, "no interval: no variation")


def test_a_lonely_evaluation_elsewhere_does_not_touch_the_domain():
    found = domain_mean([(40, [70.0, 80, 95, 60]), (9, [50.0])], [[True] * 4, [False]])
    assert found.low < found.estimate < found.high


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: stratified_mean([(2, [1, 2, 3])]), "cannot come from a stratum of 2"),
        (lambda: stratified_mean([(5, [1, math.inf])]), "no value to average"),
        (lambda: domain_mean([(5, [1, 2])], [[True]]), "once for every value"),
        (lambda: stratified_proportion([(5, 2, 3)]), "cannot be"),
    ],
)
def test_bad_arguments_get_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


scores = st.lists(st.integers(0, 100).map(float), min_size=2, max_size=12)


@given(st.lists(scores, min_size=1, max_size=4))
def test_the_whole_as_its_own_domain_is_the_stratified_mean(samples):
    strata = [(100 * (i + 1), values) for i, values in enumerate(samples)]
    whole = stratified_mean(strata)
    domain = domain_mean(strata, [[True] * len(values) for values in samples])
    assert domain.estimate == pytest.approx(whole.estimate)
    # the residuals of a stratum differ from its values by a constant, so their variance is the same
    assert domain.method == whole.method
    if whole.low is not None:
        assert (domain.low, domain.high) == pytest.approx((whole.low, whole.high))


@given(scores)
def test_an_endless_stratum_gives_the_t_interval(values):
    found, plain = stratified_mean([(10**12, values)]), t_interval(values)
    assert found.estimate == pytest.approx(fmean(values))
    assert (found.low is None) == (variance(values) == 0)
    if found.low is not None:
        assert (found.low, found.high) == pytest.approx((plain.low, plain.high), rel=1e-6, abs=1e-6)


AWARDS_OF_A_DOMAIN = [(4421, 100, 75, 60), (755, 50, 17, 9), (1018, 50, 24, 11)]


def test_domain_proportion():
    # strata of apistrat, 60, 9 and 11 counted among 75, 17 and 24 members. Standard error: samplics 0.6.1
    # TaylorEstimator(mean, domain=, fpc=); limits: R's formula for svyciprop(method = "beta") with n = 116, df = 113,
    # in scipy.stats.beta.ppf
    strata = [(size, [1.0] * k + [0.0] * (n - k)) for size, n, _, k in AWARDS_OF_A_DOMAIN]
    found = domain_proportion(strata, [[True] * m + [False] * (n - m) for _, n, m, _ in AWARDS_OF_A_DOMAIN])
    assert found.estimate == pytest.approx(0.74178607221214, abs=1e-10)
    assert found.se == pytest.approx(0.04054197165219755, abs=1e-10)
    assert (found.low, found.high) == pytest.approx((0.6524685955303332, 0.8184182737472036), abs=1e-8)
    assert (found.n, found.method) == (116, "Korn-Graubard 95%")


@pytest.mark.parametrize(
    ("strata", "domain", "expected"),
    [
        ([(40, [1, 0, 0])], [[False] * 3], (None, None, None, 0, "no evaluations in this domain")),
        (
            [(40, [1, 0, 0])],
            [[True, False, False]],
            (1, None, None, 1, "no interval: one evaluation per stratum in this domain"),
        ),
        (
            [(40, [1, 0]), (10, [1])],
            [[True] * 2, [True]],
            (0.6, None, None, 3, "variance unknown: a stratum holds one evaluation"),
        ),
        ([(2, [1, 0])], [[True] * 2], (0.5, None, None, 2, "census: every unit was taken")),
    ],
)
def test_a_domain_proportion_without_an_interval_says_why(strata, domain, expected):
    found = domain_proportion(strata, domain)
    assert found[:5] == (expected[0] if expected[0] is None else pytest.approx(expected[0]), *expected[1:])


def test_a_domain_that_all_failed_still_has_a_width():
    found = domain_proportion([(40, [1.0, 1, 1, 0, 0])], [[True, True, True, False, False]])
    assert found == wilson(3, 3)


@given(st.lists(st.lists(st.booleans(), min_size=2, max_size=8), min_size=1, max_size=4))
def test_the_whole_as_its_own_domain_is_the_stratified_proportion(samples):
    whole = stratified_proportion([(50 * (i + 1), len(values), sum(values)) for i, values in enumerate(samples)])
    strata = [(50 * (i + 1), [float(value) for value in values]) for i, values in enumerate(samples)]
    domain = domain_proportion(strata, [[True] * len(values) for values in samples])
    assert domain.method == whole.method
    assert domain[:3] == pytest.approx(whole[:3], abs=1e-6)
