"""Shrunk means, reliability, and ranks only where they mean something."""

from __future__ import annotations

import pytest

from qacli.understand.reliability import reliability_of

APART = {name: [base - 1, base + 1] * 5 for name, base in (("a", 60), ("b", 75), ("c", 90), ("d", 83))}


def test_clear_differences_are_ranked():
    found = reliability_of(APART, 5)
    assert {name: each.rank for name, each in found.told.items()} == {"c": 1, "d": 2, "b": 3, "a": 4}
    assert found.reason == ""


@pytest.mark.parametrize(
    ("scores", "unequal", "reason"),
    [
        ({**APART, "e": [98, 97, 99]}, "", "1 of 5 colleagues have fewer than 5 scores"),
        ({name: [80 - 9, 80 + 9 + number] * 5 for number, name in enumerate("abcd")}, "", "the least reliability is"),
        (APART, "undefined: it takes two raters", "not adjusted for evaluators, undefined"),
        # one far below, the others alike: a rank of the others would tell chance
        (
            {**{name: [80 - 4, 80 + 4] * 5 for name in "abcd"}, "e": [40 - 4, 40 + 4] * 5},
            "",
            "the least reliability is",
        ),
    ],
)
def test_nobody_is_ranked_otherwise(scores, unequal, reason):
    found = reliability_of(scores, 5, unequal)
    assert {each.rank for each in found.told.values()} == {None}
    assert found.reason.startswith(reason)


def test_means_of_one_colleague_are_not_shrunk():
    assert reliability_of({"a": [80.0] * 6}, 5).told["a"] == (None, None, None)
