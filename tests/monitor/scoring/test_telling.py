from __future__ import annotations

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_cards import card

from qacli.monitor.scoring.telling import score_in_words, sum_in_words


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


def test_what_was_done_to_a_sum_follows_it():
    steps = [
        ("plus the baseline of 5", Decimal("82.5")),
        ("less 30 for idv", Decimal("52.5")),
        ("at most 40 because of need", Decimal(40)),
    ]
    assert sum_in_words([Decimal("77.5")], steps) == (
        "77.50 = 77.50; plus the baseline of 5 = 82.50; less 30 for idv = 52.50; at most 40 because of need"
    )


TOLD = """
scoring: {mode: points, pass_mark: 85,
  bands: [{name: Support, from: 0}, {name: Sound, from: 85}]}
criteria: [{id: need, scale: five@1, weight: 8}, {id: next, scale: five@1, weight: 2, bonus: yes}]
"""


@pytest.mark.parametrize(
    ("score", "failed", "told"),
    [
        ("85", 0, "85.0 of 100 on 8 of 8 points, pass (pass mark 85), Sound"),
        ("85", 1, "85.0 of 100 on 8 of 8 points, fail (pass mark 85; failed criticals 1), Sound"),
        # what is shown must not seem to pass
        ("84.96", 0, "85.0 of 100 on 8 of 8 points, fail (pass mark 85; unrounded 84.96), Support"),
        ("40", 0, "40.0 of 100 on 8 of 8 points, fail (pass mark 85), Support"),
        (None, 1, "no score: nothing that carries weight applied"),
    ],
)
def test_a_score_says_whether_it_passes_and_in_which_band_it_is(score, failed, told):
    observation = SimpleNamespace(
        score=score and Decimal(score), applicable_weight=Decimal(8), customer=failed, business=0, compliance=0
    )
    assert score_in_words(card(TOLD), observation) == told
    silent = card("scoring: {mode: points}\n" + TOLD[TOLD.index("criteria") :])
    assert score_in_words(silent, observation) == told.partition(", ")[0]
