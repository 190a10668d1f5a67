"""A stretch of periods in which more failed."""

from __future__ import annotations

from itertools import product
from math import comb, exp, log, prod
from statistics import fmean

import pytest

from qacli.stats import dated, scan


def averaged(counts, ns):
    """The log of the mean likelihood ratio over every stretch (Chan and Walther 2013, 1.3), each as Kulldorff (1997) has it
    for the Bernoulli model, 1 where the share is not the higher one; by hand."""

    def part(k, n):
        return (k * log(k / n) if k else 0) + ((n - k) * log((n - k) / n) if n - k else 0)

    total, size, found = sum(counts), sum(ns), []
    for start in range(len(ns)):
        for end in range(start + 1, len(ns) + 1):
            k, n = sum(counts[start:end]), sum(ns[start:end])
            if 0 < n < size:
                higher = k / n > (total - k) / (size - n)
                found.append(part(k, n) + part(total - k, size - n) - part(total, size) if higher else 0.0)
    return log(fmean(map(exp, found)))


def test_p_is_that_of_all_ways_in_which_the_failures_could_have_fallen():
    counts, ns = [0, 0, 1, 2, 2, 0, 0, 0], [2] * 8
    found = scan(counts, ns)
    assert found.statistic == pytest.approx(averaged(counts, ns))
    ways = [way for way in product(range(3), repeat=8) if sum(way) == sum(counts)]
    weights = {way: prod(comb(2, k) for k in way) for way in ways}
    larger = sum(weights[way] for way in ways if averaged(way, ns) >= found.statistic - 1e-9)
    assert found.p == pytest.approx(larger / sum(weights.values()), rel=0.15)


def test_a_fault_that_was_mended_is_found_between_its_weeks_across_a_gap():
    found = scan([1, 0, 1, 0, 0, 4, 0, 5, 4, 4, 1, 0, 1], [12] * 6 + [0] + [12] * 6)
    assert (found.first, found.last, found.k, found.n, found.k_outside, found.n_outside) == (5, 9, 17, 48, 4, 96)
    assert found.p < 0.001


def test_a_fault_that_goes_on_is_found_to_the_end_and_fewer_failures_are_none():
    assert (scan([0, 1, 0, 1, 0, 4, 5, 4, 5], [10] * 9).first, scan([0, 1, 0, 1, 0, 4, 5, 4, 5], [10] * 9).last) == (
        5,
        8,
    )
    better = scan([4, 5, 4, 5, 4, 0, 1, 0, 1], [10] * 9)
    assert (better.first, better.last) == (0, 4)  # it was worse before, nothing is worse now


@pytest.mark.parametrize(
    ("counts", "ns", "reason"),
    [
        ([1] * 7, [9] * 7, "7 of 8 periods"),
        ([1, 1, 1, 1, 0, 0, 0, 0], [9] * 8, "fewer than 5 of each"),
        ([9] * 8, [9] * 8, "fewer than 5 of each"),
    ],
)
def test_too_little_is_said_and_no_number_is_given(counts, ns, reason):
    found = scan(counts, ns)
    assert (found.p, reason in found.method) == (None, True)
    with pytest.raises(ValueError, match="between 0 and its n"):
        scan([2], [1])


def test_days_are_sought_near_the_weeks_and_said_with_what_else_fits():
    counts, ns = [0] * 20 + [1, 0, 1, 1] * 5 + [0] * 10, [1] * 50
    found = dated(counts, ns, (21, 41), 7)
    assert (found.first, found.last) == (20, 39)
    assert found.first_low <= 20 <= found.first_high
