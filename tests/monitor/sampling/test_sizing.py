"""What a sample of a size tells, against published sizes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.monitor.sampling.sizing import margin_of
from qacli.stats import sample_size_proportion


@pytest.mark.parametrize(("population", "n"), [(1000, 278), (4400, 354), (57200, 382)])
def test_the_published_sizes_reach_five_points_and_one_less_does_not(population, n):
    # 95 %, +- 5 points: 278 of 1,000 (Krejcie and Morgan 1970); 354 of 4,400 and 382 of 57,200 by the same formula
    assert margin_of([(population, n)], 0.95) <= 0.05 < margin_of([(population, n - 1)], 0.95)


@given(st.integers(2, 5000), st.data())
def test_one_stratum_is_the_inverse_of_the_sample_size(population, data):
    n = data.draw(st.integers(1, population))
    margin = margin_of([(population, n)], 0.95)
    if margin:
        assert sample_size_proportion(0.5, margin, 0.95, population).estimate == n


def test_strata_drawn_in_proportion_tell_as_much_as_one():
    assert margin_of([(3000, 30), (1000, 10)], 0.95) == pytest.approx(margin_of([(4000, 40)], 0.95), rel=0.001)


def test_what_tells_nothing_has_no_margin():
    assert margin_of([(100, 2)], 0.95) is None  # +- 69 points
    assert margin_of([(100, 50), (10, 0)], 0.95) is None  # a stratum of which nothing is known
    assert margin_of([(40, 40)], 0.95) == 0
