"""Changes that a number of evaluations shows."""

from __future__ import annotations

import pytest

from qacli.stats import detectable_drop, power_two_proportions, sample_size_mean


@pytest.mark.parametrize(
    ("p1", "p2", "size"),
    [
        (0.9, 0.8, 199),  # R 4.2.2 power.prop.test(p1=.90, p2=.80, power=.8): 198.9634
        (0.8, 0.9, 199),
        (0.5, 0.75, 58),  # R help(power.prop.test), example: n = 57.67 at power .8 (published 76.7 at .90)
    ],
)
def test_evaluations_in_each_period(p1, p2, size):
    assert power_two_proportions(p1, p2).estimate == size


def test_the_example_of_the_r_manual():
    # R help(power.prop.test): power.prop.test(p1 = .50, p2 = .75, power = .90)  # => n = 76.7
    assert power_two_proportions(0.5, 0.75, power=0.9).estimate == 77


@pytest.mark.parametrize(("n", "points"), [(50, 22.7), (100, 15.0), (200, 10.0), (400, 6.8)])
def test_the_smallest_drop_from_90_per_cent(n, points):
    # a planning table of QA practice, worked with the same test and rounded up to a tenth
    assert points - 0.1 <= 100 * detectable_drop(0.9, n) <= points
    assert power_two_proportions(0.9, 0.9 - detectable_drop(0.9, n)).estimate == n


def test_too_few_show_no_drop_at_all():
    assert detectable_drop(0.3, 5) is None


def test_what_is_no_change_is_refused():
    with pytest.raises(ValueError, match="no change"):
        power_two_proportions(0.8, 0.8)


@pytest.mark.parametrize(("population", "size"), [(None, 97), (500, 81)])
def test_sample_size_for_a_mean(population, size):
    # (1.959964 * 10 / 2)^2 = 96.04; with 500 in all 96.04 / (1 + 96.04/500) = 80.56
    assert sample_size_mean(10, 2, population=population).estimate == size
