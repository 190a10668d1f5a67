"""One look at everything: what is there is found, what is not is left alone."""

from __future__ import annotations

from datetime import date

import pytest
from pattern_frames import FIRST, LAST, PEOPLE, rated, scored

from qacli.understand.patterns.aparts import aparts
from qacli.understand.patterns.falls import falls
from qacli.understand.patterns.looking import look
from qacli.understand.patterns.rises import rises

RELEASE, FIX = date(2026, 5, 5), date(2026, 6, 8)


def broken(day, person):
    return 0.36 if RELEASE <= day < FIX else 0.04


def flat(week, person, evaluator):
    return 85


def test_c10_a_fault_from_a_release_to_its_mending_is_found_and_dated():
    claim = rises(rated(broken), FIRST, LAST)[0]
    assert claim.p < 0.001
    assert abs((claim.since - RELEASE).days) <= 7
    assert abs((claim.until - FIX).days) <= 7
    assert claim.since_low <= RELEASE <= claim.since_high
    assert claim.failed / claim.n > 5 * claim.failed_other / claim.n_other
    assert claim.low > 0
    assert claim.spread.verdict == "process"


def test_a_fault_that_was_there_from_the_first_day_has_no_beginning():
    claim = rises(rated(lambda day, person: 0.4 if day < RELEASE else 0.02), FIRST, LAST)[0]
    assert (claim.since, claim.since_low) == (None, None)
    assert claim.until < RELEASE


def test_c10_a_colleague_falling_2_2_points_a_week_is_found_apart_from_a_lenient_evaluator():
    def mean(week, person, evaluator):
        return 85 - 2.2 * (week - 6) * (person == "p_a03") + 7 * (evaluator == "p_ev3")

    found = {claim.colleague: claim for claim in falls(scored(mean, evaluators=("p_ev1", "p_ev3")), FIRST)}
    fall = found["p_a03"]
    assert fall.low <= -2.2 <= fall.high
    assert fall.p < 0.002
    assert min(claim.p for name, claim in found.items() if name != "p_a03") > 0.01


def test_a_card_that_got_harder_for_all_is_nobodys_fall():
    found = falls(scored(lambda week, person, evaluator: 90 - week), FIRST)
    assert min(claim.p for claim in found) > 0.01


def test_a_colleague_apart_is_compared_with_ratings_by_the_same_evaluator():
    strict = {"p_a01", "p_a02"}

    def fails(day, person):
        return 0.4 if person in strict else 0.02

    # the two are seen by the strict evaluator alone: nobody else was, so nothing can be told of them
    frame = rated(fails, weekly=16)
    frame["evaluator"] = ["p_strict" if person in strict else "p_ev1" for person in frame["colleague"]]
    assert min(claim.p for claim in aparts(frame, 5)) > 0.05
    frame["evaluator"] = "p_ev1"
    by_person = {claim.colleague: claim for claim in aparts(frame, 5)}
    assert by_person["p_a01"].p < 0.001
    assert by_person["p_a03"].p > 0.5


def test_c10_all_looks_are_counted_and_nothing_is_raised_where_nothing_is():
    found = look(scored(flat), rated(lambda day, person: 0.05), FIRST, LAST)
    assert (found.raised, found.looks["fall"], found.looks["apart"]) == ((), 8, 8)
    assert all(claim.adjusted >= claim.p for claim in found.claims)


@pytest.mark.parametrize("seed", range(3))
def test_c10_the_fault_and_the_fall_are_raised_together_and_nobody_else(seed):
    def mean(week, person, evaluator):
        return 85 - 2.5 * week * (person == "p_a05")

    found = look(scored(mean, seed), rated(broken), FIRST, LAST, critical={("chat@1", "idv")})
    assert {claim.key for claim in found.raised} == {"rise//chat/chat/idv", "fall/p_a05///"}


def test_a_bonus_is_no_look_and_few_colleagues_are_too_few():
    frame = rated(broken)
    found = look(scored(flat), frame, FIRST, LAST, bonus={("chat@1", "idv")})
    assert set(found.looks) == {"fall"}
    few = look(scored(flat, people=PEOPLE[:1], weekly=1), frame, FIRST, LAST)
    assert few.looks["fall"] == 1


def test_nothing_observed_is_no_look():
    found = look(scored(flat).head(0), rated(broken).head(0), FIRST, LAST)
    assert (found.claims, found.untested) == ((), 0)
