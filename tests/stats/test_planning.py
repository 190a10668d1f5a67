"""Sample sizes against published tables, and the chance to miss."""

from __future__ import annotations

from math import comb, erf, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import chance_to_miss, discovery_sample, sample_size_proportion

# Krejcie and Morgan (1970), Educational and Psychological Measurement 30:607-610, Table 1
KREJCIE_MORGAN = {
    10: 10, 15: 14, 20: 19, 25: 24, 30: 28, 35: 32, 40: 36, 45: 40, 50: 44, 100: 80, 220: 140, 500: 217,
    1000: 278, 1200: 291, 1500: 306, 2800: 338, 9000: 368,
}  # fmt: skip


@pytest.mark.parametrize(("population", "printed"), KREJCIE_MORGAN.items())
def test_krejcie_and_morgan_rounded_up(population, printed):
    # the table rounds to the nearest unit, and a plan may not fall short: ours is the printed number or one more
    found = sample_size_proportion(0.5, 0.05, population=population).estimate
    assert printed <= found <= printed + 1


@pytest.mark.parametrize(
    ("p", "margin", "confidence", "population", "size"),
    [
        (0.5, 0.05, 0.95, None, 385),  # R PracTools nPropMoe: 384.1459
        (0.5, 0.05, 0.95, 1000, 278),  # R PracTools nPropMoe: 277.7335
        (0.8, 0.05, 0.95, 200, 111),  # samplics 0.6.1 SampleSize, stratum b
        (0.5, 0.05, erf(2 / sqrt(2)), None, 400),  # Cochran (1977) p. 75, t = 2
        (0.5, 0.05, erf(2 / sqrt(2)), 3200, 356),  # Cochran (1977) p. 76
        (0.5, 0.03, 0.99, 60000, 1789),  # ottoqa.com, 60,000 calls a month
    ],
)
def test_sample_size_for_a_proportion(p, margin, confidence, population, size):
    assert sample_size_proportion(p, margin, confidence, population).estimate == size


def test_where_the_sample_is_everything_the_method_says_census():
    assert sample_size_proportion(0.5, 0.05, population=1) == (1, "census: take every unit")
    assert sample_size_proportion(0.5, 0.01, population=20) == (20, "census: take every unit")


# ln(1-c)/ln(1-p); the AICPA Audit Sampling Guide (2017), Table A-1 (5% risk) and A-2 (10% risk), none expected
@pytest.mark.parametrize(
    ("rate", "confidence", "size"),
    [
        (0.01, 0.95, 299), (0.02, 0.95, 149), (0.03, 0.95, 99), (0.05, 0.95, 59), (0.10, 0.95, 29),
        (0.04, 0.95, 74), (0.06, 0.95, 49), (0.07, 0.95, 42), (0.08, 0.95, 36), (0.09, 0.95, 32),
        (0.15, 0.95, 19), (0.20, 0.95, 14), (0.02, 0.90, 114), (0.05, 0.90, 45), (0.10, 0.90, 22), (0.20, 0.90, 11),
        (0.5, 0.875, 3), (1, 0.95, 1),
    ],
)  # fmt: skip
def test_discovery_sample(rate, confidence, size):
    assert discovery_sample(rate, confidence).estimate == size


def test_a_finite_population_needs_fewer():
    # C(95, n)/C(100, n) is 0.0507 at 44 and 0.0462 at 45
    assert discovery_sample(0.05, 0.95, 100).estimate == 45
    assert discovery_sample(0.05, 0.95, 1000).estimate == 57


def test_chance_to_miss():
    # 0.95^10
    assert chance_to_miss(0.05, 10) == pytest.approx(0.5987369, abs=1e-7)
    # one faulty unit in ten, nine drawn: the faulty one is the one left over
    assert chance_to_miss(0.1, 9, 10) == pytest.approx(0.1)
    assert chance_to_miss(0.1, 10, 10) == 0
    assert chance_to_miss(0.05, 0) == chance_to_miss(0, 10, 20) == 1


def test_a_rate_of_decimals_is_a_whole_number_of_units():
    # 0.07 * 100 is 7.000000000000001 in floating point, and seven units are meant
    assert chance_to_miss(0.07, 10, 100) == pytest.approx(comb(93, 10) / comb(100, 10))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: sample_size_proportion(0.5, 0), "margin"),
        (lambda: sample_size_proportion(0.5, 1), "margin"),
        (lambda: sample_size_proportion(1, 0.05), "nothing to estimate"),
        (lambda: sample_size_proportion(0.5, 0.05, population=0), "holds nothing"),
        (lambda: sample_size_proportion(0.5, 0.05, 95), "such as 0.95"),
        (lambda: discovery_sample(0), "rate"),
        (lambda: discovery_sample(5), "rate"),
        (lambda: chance_to_miss(0.1, -1), "cannot be drawn"),
        (lambda: chance_to_miss(0.1, 11, 10), "cannot come from a population of 10"),
    ],
)
def test_bad_arguments_get_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


@given(st.integers(1, 80).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size), st.integers(0, size))))
def test_chance_to_miss_counts_the_samples_without_a_fault(case):
    population, faulty, n = case
    expected = comb(population - faulty, n) / comb(population, n)
    assert chance_to_miss(faulty / population, n, population) == pytest.approx(expected)


@given(st.integers(1, 100), st.integers(1, 99), st.one_of(st.none(), st.integers(1, 300)))
def test_the_discovery_sample_is_the_smallest_that_will_do(percent, sure, population):
    rate, confidence = percent / 100, sure / 100
    n = discovery_sample(rate, confidence, population).estimate
    assert chance_to_miss(rate, n, population) <= (1 - confidence) * (1 + 1e-6)
    assert chance_to_miss(rate, n - 1, population) > (1 - confidence) * (1 - 1e-6)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.5), st.integers(1, 10000))
def test_a_larger_population_never_needs_fewer(p, margin, population):
    sizes = [sample_size_proportion(p, margin, population=known).estimate for known in (population, population + 1)]
    assert 1 <= sizes[0] <= sizes[1] <= sample_size_proportion(p, margin).estimate
