from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import fractional_interval


def test_the_interval_is_not_rounded():
    # Särndal, Swensson and Wretman (1992), section 3.4.2, fractional interval method: N = 103, n = 10, u = 0.37
    assert fractional_interval(103, 10, 0.37) == [3, 14, 24, 34, 45, 55, 65, 75, 86, 96]


@given(st.integers(1, 500), st.integers(0, 500), st.floats(0, 1, exclude_max=True))
def test_as_many_places_as_asked_each_once(population, n, start):
    n = min(n, population)
    found = fractional_interval(population, n, start)
    assert found == sorted(set(found))
    assert len(found) == n
    assert set(found) <= set(range(population))


def test_every_place_has_the_same_chance():
    # over starts that are spread evenly, each of 19 places is taken 10 times in 19: none is left out
    starts = [(k + 0.5) / 1900 for k in range(1900)]
    taken = [place for start in starts for place in fractional_interval(19, 10, start)]
    assert {taken.count(place) for place in range(19)} == {1000}


@pytest.mark.parametrize(("population", "n", "start"), [(3, 4, 0.1), (3, 2, 1.0), (3, -1, 0.1)])
def test_what_is_no_draw_is_refused(population, n, start):
    with pytest.raises(ValueError, match="No sample of"):
        fractional_interval(population, n, start)
