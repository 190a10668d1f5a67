"""Staffing against pyworkforce's documented example and the definition of an evaluator's month."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.stats import (
    OutOfReach,
    at_work,
    erlang_a,
    erlang_c,
    evaluations_in,
    fewest_for_abandoned,
    fewest_for_wait,
    minutes_each,
    rostered,
)


def test_the_people_that_a_service_level_takes(reference):
    asked, expected, _ = reference("erlangc-required")
    load = asked["calls"] * asked["aht_s"] / asked["interval_s"]
    people = fewest_for_wait(load, asked["aht_s"], asked["target_s"], asked["sl"], asked["max_occ"])
    assert (people, rostered(people, asked["shrinkage"])) == (expected["raw"], expected["rostered"])


def test_a_busy_limit_asks_for_more_than_the_wait_does():
    # 10 Erlangs: 12 people answer 62 % within 20 s (erlangc-14's queue); at most 60 % busy takes 10 / .6 = 16.7
    assert fewest_for_wait(10, 180, 20, 0.5) == 12
    assert fewest_for_wait(10, 180, 20, 0.5, 0.6) == 17


def test_an_evaluators_month(reference):
    asked, expected, _ = reference("evaluator-workload")
    each = minutes_each(asked["handle_min"], asked["listen_factor"], asked["writeup_min"])
    assert each == pytest.approx(expected["minutes_each"])
    assert evaluations_in(asked["hours"], each, asked["shrinkage"], asked["other"]) == expected["capacity"]


def test_hours_of_a_monthly_plan():
    # 24 colleagues, 5 a month, 22 minutes each: 44 hours
    assert evaluations_in(44, 22) == 24 * 5
    assert evaluations_in(43.9, 22) == 24 * 5 - 1


@settings(max_examples=60, deadline=None)
@given(st.floats(0.1, 80), st.floats(0.5, 0.99), st.floats(5, 120))
def test_one_less_would_not_hold_the_wait(load, level, target):
    people = fewest_for_wait(load, 300, target, level)
    assert erlang_c(load, people, 300, target).service_level >= level
    if people > 1:
        before = erlang_c(load, people - 1, 300, target).service_level
        assert before is None or before < level


@settings(max_examples=30, deadline=None)
@given(st.floats(0.1, 60), st.floats(0.005, 0.2), st.floats(30, 600))
def test_one_less_would_lose_too_many(load, most, patience):
    people = fewest_for_abandoned(load, 300, patience, most, 1.0)
    assert erlang_a(load, people, patience, 300).abandoned <= most
    if people > max(1, -(-load // 1)):
        assert erlang_a(load, people - 1, patience, 300).abandoned > most


@given(st.integers(0, 5000), st.floats(0, 0.9))
def test_the_rota_brings_the_people_and_one_less_does_not(people, shrinkage):
    rota = rostered(people, shrinkage)
    assert at_work(rota, shrinkage) >= people
    assert rota == 0 or at_work(rota - 1, shrinkage) < people


def test_what_nobody_can_hold_is_said():
    with pytest.raises(OutOfReach):
        fewest_for_wait(10, 180, 20, 1.1)


@pytest.mark.parametrize("wrong", [(-1, 20), (5, 0), (5, 20, 1.0), (5, 20, 0.0, 1.0)])
def test_hours_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match=r"share|Hours"):
        evaluations_in(*wrong)
