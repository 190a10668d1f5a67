"""Whose hands a fault is in: process, person, or nobody can tell."""

from __future__ import annotations

from qacli.understand.patterns.spread import spread_of


def counts(*pairs):
    return {f"p_{number}": pair for number, pair in enumerate(pairs)}


def test_a_fault_in_many_hands_that_was_not_there_before_looks_like_process():
    # the fault of the chat release: 17 of 46 by 9 of 11 colleagues, 2 of 62 before
    found = spread_of(
        counts((2, 4), (2, 4), (2, 5), (1, 4), (3, 4), (2, 4), (2, 4), (2, 5), (1, 4), (0, 4), (0, 4)), (2, 62)
    )
    assert (found.verdict, found.colleagues_failed, found.colleagues) == ("process", 9, 11)
    assert found.words == "spread over 9 of 11 eligible colleagues: looks like process, not person"


def test_a_fault_in_one_pair_of_hands_looks_like_person():
    found = spread_of(counts((9, 10), (0, 10), (1, 10), (0, 10), (0, 10), (0, 10), (1, 10), (0, 10)), (1, 80))
    assert (found.verdict, found.half) == ("person", 1)
    assert found.words.startswith("1 of 8 colleagues made half of the 11 failures")


def test_what_everybody_always_fails_is_as_even_as_can_be():
    # no variation, so no test has a p: that is no sign of one person
    found = spread_of(counts(*[(4, 4)] * 8), (1, 40))
    assert (found.verdict, found.p) == ("process", None)


def test_few_failures_and_few_colleagues_tell_nothing():
    assert spread_of(counts((2, 4), (1, 4), (1, 4), (0, 4), (0, 4))).verdict == "cannot tell"
    assert spread_of(counts((4, 9), (4, 9), (4, 9))).verdict == "cannot tell"


def test_a_fault_that_goes_with_two_colleagues_is_not_called_a_process():
    # without the two, 3 of 40 against 2 of 60 before: no more than chance
    found = spread_of(counts((3, 8), (3, 8), (1, 8), (1, 8), (1, 8), (0, 8), (0, 8)), (2, 60))
    assert found.verdict == "cannot tell"


def test_of_many_criteria_one_is_less_easily_put_down_to_a_person():
    uneven = counts((4, 10), (0, 10), (0, 10), (1, 10), (0, 10), (0, 10), (0, 10), (0, 10))
    alone = spread_of(uneven)
    assert (alone.verdict, alone.p < 0.01) == ("person", True)
    assert spread_of(uneven, looks=60).verdict == "cannot tell"
