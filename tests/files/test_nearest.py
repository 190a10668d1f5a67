"""Misspelt words and what is offered instead."""

from __future__ import annotations

import pytest

from qacli.files.nearest import did_you_mean, in_passing, nearest

CRITERIA = ("idv", "greet", "hold", "hold-thanks", "close")


@pytest.mark.parametrize(
    ("typed", "known", "found"),
    [
        ("gret", CRITERIA, "greet"),
        ("hold-thx", CRITERIA, "hold-thanks"),  # two are near: the one most like it
        ("hol", CRITERIA, "hold"),
        ("hold", CRITERIA, "hold"),
        ("zzz", CRITERIA, ""),
        ("", CRITERIA, ""),
        ("greet", (), ""),
        ("gret", {"greet": 1, "close": 2}, "greet"),
        ("gret", iter(CRITERIA), "greet"),
    ],
)
def test_the_nearest_word(typed, known, found):
    assert nearest(typed, known) == found


def test_a_help_line_offers_the_word_or_says_the_other_sentence():
    otherwise = "all of them: qacli scorecard show"
    assert did_you_mean("gret", CRITERIA, otherwise) == "did you mean 'greet'?"
    assert did_you_mean("zzz", CRITERIA, otherwise) == otherwise
    assert did_you_mean("gret", (), otherwise) == otherwise


def test_the_end_of_a_sentence_offers_the_word_without_quotes():
    assert f"not on desk@1.0{in_passing('gret', CRITERIA)}" == "not on desk@1.0; did you mean greet?"
    assert in_passing("zzz", CRITERIA) == ""
    assert in_passing("zzz", ("idv", "hold"), ": idv, hold") == ": idv, hold"
