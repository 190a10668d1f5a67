from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.monitor.telling import sum_in_words


@pytest.mark.parametrize(
    ("points", "told"),
    [
        (["10", "9", "58"], "10.00 + 9.00 + 58.00 = 77.00"),
        # thirds: with two decimals they would seem to make 99.99
        (["33.333333", "33.333333", "33.333334"], "33.333333 + 33.333333 + 33.333334 = 100.000000"),
        (["12.346", "12.346"], "12.346 + 12.346 = 24.692"),
        ([], "nothing = 0.00"),
    ],
)
def test_a_sum_comes_out_as_it_is_printed(points, told):
    assert sum_in_words(list(map(Decimal, points)), []) == told


@given(st.lists(st.decimals(0, 100, places=6), max_size=6))
def test_whoever_adds_up_what_is_shown_finds_the_sum_that_is_shown(points):
    left, _, right = sum_in_words(points, []).partition(" = ")
    assert sum(map(Decimal, re.findall(r"[0-9.]+", left)), Decimal(0)) == Decimal(right)
