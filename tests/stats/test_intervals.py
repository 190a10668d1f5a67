"""Published and R values for the intervals of a proportion and a mean."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import clopper_pearson, korn_graubard, mean_difference, newcombe, t_interval, wilson


# Newcombe (1998), Statistics in Medicine 17:857-872, Table I, method 3
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_newcombes_table(k, n, low, high):
    found = wilson(k, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)
    assert (found.estimate, found.n, found.method) == (k / n, n, "Wilson 95%")


def test_all_passed_is_never_a_sure_thing():
    # R prop.test(5, 5, correct=FALSE): 0.5655 to 1, where the Wald interval would be (1, 1)
    found = wilson(5, 5)
    assert found.low == pytest.approx(0.5655, abs=5e-5)
    assert found.high == 1


def test_wilson_of_nothing_says_so():
    assert wilson(0, 0) == (None, None, None, 0, "no evaluations", None)


def test_a_finite_population_narrows_wilson_as_a_larger_sample_would():
    # n(N-1)/(N-n) = 20*99/80 = 24.75: between the intervals of 24 and 25 at the same share
    low, high = wilson(10, 20, population=100)[1:3]
    assert wilson(12, 24).low < low
    assert low + high == pytest.approx(1)
    assert low == pytest.approx(0.5 * (1 - 1.959964 / math.sqrt(24.75 + 1.959964**2)), abs=1e-6)


def test_a_census_has_no_interval():
    assert wilson(9, 10, population=10) == (0.9, None, None, 10, "census: every unit was taken", None)


@pytest.mark.parametrize(("k", "n", "options"), [(6, 5, {}), (-1, 5, {}), (3, 5, {"population": 4})])
def test_wilson_refuses_counts_that_cannot_be(k, n, options):
    with pytest.raises(ValueError, match=r"is no proportion|cannot come from"):
        wilson(k, n, **options)


@pytest.mark.parametrize("confidence", [0, 1, 95, math.nan])
def test_a_confidence_is_a_share(confidence):
    for interval in (lambda: wilson(1, 2, confidence), lambda: t_interval([1, 2], confidence)):
        with pytest.raises(ValueError, match=r"such as 0\.95"):
            interval()


counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, st.floats(0.5, 0.999))
def test_wilson_stays_within_0_and_1_and_holds_the_share(count, confidence):
    k, n = count
    found = wilson(k, n, confidence)
    assert 0 <= found.low <= k / n <= found.high <= 1
    assert found.low < found.high


@given(counts)
def test_wilson_of_the_failures_mirrors_that_of_the_passes(count):
    k, n = count
    passed, failed = wilson(k, n), wilson(n - k, n)
    assert (passed.low, passed.high) == pytest.approx((1 - failed.high, 1 - failed.low))


def test_t_interval():
    # scipy 1.17 stats.t.interval(.95, 4, loc=90, scale=sem([80, 85, 90, 100, 95]))
    found = t_interval([80, 85, 90, 100, 95])
    assert (found.low, found.high) == pytest.approx((80.18378419261222, 99.81621580738778), abs=1e-8)
    assert (found.estimate, found.n, found.method) == (90, 5, "t 95%")


@pytest.mark.parametrize(
    ("values", "estimate", "reason"),
    [
        ([], None, "no evaluations"),
        ([5], 5, "no interval: one evaluation"),
        ([80, 80, 80], 80, "no interval: no variation"),
        ([0, 0], 0, "no interval: no variation"),
        ([0.1] * 7, 0.1, "no interval: no variation"),
    ],
)
def test_where_there_is_no_t_interval_the_method_says_why(values, estimate, reason):
    found = t_interval(values)
    assert found.estimate == (None if estimate is None else pytest.approx(estimate))
    assert (found.low, found.high, found.n, found.method) == (None, None, len(values), reason)


def test_what_was_not_observed_is_not_averaged():
    with pytest.raises(ValueError, match="leave out what was not observed"):
        t_interval([80, math.nan])


def test_korn_graubard_without_a_design_is_clopper_pearson():
    # R binom.test(7, 10)$conf.int; the standard error of a simple random sample is sqrt(p(1-p)/n)
    found = korn_graubard(0.7, math.sqrt(0.7 * 0.3 / 10), 10, 9)
    assert (found.low, found.high) == pytest.approx((0.3475471, 0.9332605), abs=1e-6)


def test_korn_graubard_promises_no_more_than_a_simple_random_sample():
    # the limits of R binom.test(7, 10) again: strata without variation must not make ten evaluations look like many
    found = korn_graubard(0.7, 0.001, 10, 8)
    assert (found.low, found.high) == pytest.approx((0.3475471, 0.9332605), abs=1e-6)


def test_korn_graubard_at_the_edge_is_wilson_on_the_actual_n():
    assert korn_graubard(1.0, 0.0, 5, 3) == wilson(5, 5)
    assert korn_graubard(0.0, 0.0, 20, 18) == wilson(0, 20)


def test_korn_graubard_needs_degrees_of_freedom():
    with pytest.raises(ValueError, match="degrees of freedom"):
        korn_graubard(0.5, 0.1, 2, 0)


def test_the_difference_of_two_means_is_welchs():
    # R: t.test(extra ~ group, data = sleep), 95 percent confidence interval: -3.3654832  0.2054832
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = mean_difference(first, second)
    assert (found.estimate, found.low, found.high) == pytest.approx((-1.58, -3.3654832, 0.2054832), abs=5e-8)
    assert (found.n, found.method) == (20, "Welch 95%")


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ([], [1.0], "no evaluations in one of the groups"),
        ([1.0], [1.0, 2.0], "no interval: one evaluation in one of the groups"),
        ([3.0, 3.0], [1.0, 1.0], "no interval: no variation"),
    ],
)
def test_a_difference_that_cannot_be_told_says_why(first, second, why):
    found = mean_difference(first, second)
    assert (found.low, found.high, found.method) == (None, None, why)


def test_clopper_pearson_is_exact():
    # Clopper and Pearson (1934) as scipy.stats.binomtest(k, n).proportion_ci("exact") gives it: 0 of 20, 7 of 10, 5 of 5
    assert clopper_pearson(0, 20)[1:3] == pytest.approx((0, 0.168433), abs=1e-6)
    assert clopper_pearson(7, 10)[1:3] == pytest.approx((0.347547, 0.933260), abs=1e-6)
    assert clopper_pearson(5, 5)[1:3] == pytest.approx((0.478176, 1), abs=1e-6)
    assert clopper_pearson(0, 0).method == "no evaluations"


def test_difference_of_two_proportions():
    # Newcombe (1998), Statistics in Medicine 17:873-890, Table II: 56 of 70 and 48 of 80, method 10
    found = newcombe(56, 70, 48, 80)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5.1e-5)
    assert (found.n, found.method) == (150, "Newcombe 95%")
    # the same table: 10 of 10 and 0 of 10
    assert newcombe(10, 10, 0, 10)[1:3] == pytest.approx((0.6075, 1), abs=5.1e-5)
    assert newcombe(0, 0, 1, 2).estimate is None
