"""Figures over time, past moves, what a sample can show, and on which day a figure is known: against known numbers."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from qacli.improve.actions.achievable import by_itself, moves
from qacli.improve.actions.course import Course, Figure, moved
from qacli.improve.actions.realistic import clash, detectable
from qacli.improve.actions.timed import judging, next_whole
from qacli.stats import wilson
from qacli.understand.kpis.verdict import Limits

MONDAY = date(2026, 1, 5)


def week(at, value, se=None, n=100):
    first = MONDAY + timedelta(weeks=at)
    return Figure(f"w{at}", first, first + timedelta(days=6), n, value, None, None, se, f"kv_{at}")


def course(figures, *, better="higher", share=None, matures=0):
    return Course(
        words="aht (standard), by week",
        unit="" if share is None else "%",
        every="week",
        better=better,
        lowest=0.0,
        highest=share,
        share=share,
        figures=tuple(figures),
        start=figures[-1],
        skipped=0,
        matures=matures,
        because="",
        kpi=object(),
        counted_by="aht@1",
        series=None,
        planned="",
    )


def test_a_past_move_is_never_taken_over_a_gap():
    figures = [week(at, value) for at, value in ((0, 10.0), (1, 12.0), (3, 11.0), (4, 15.0))]
    assert [(move.gain, move.since, move.until) for move in moves(figures, "week", 1, 1)] == [
        (2.0, "w0", "w1"),
        (4.0, "w3", "w4"),
    ]
    # where lower is better, what went up got worse
    assert [move.gain for move in moves(figures, "week", 3, -1)] == [-1.0, -3.0]


def test_months_follow_each_other_over_the_turn_of_the_year():
    days = (date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1))
    figures = [Figure(str(day), day, day, 1, float(at), None, None, None, "") for at, day in enumerate(days)]
    assert [move.gain for move in moves(figures, "month", 1, 1)] == [1.0, 1.0]


def test_a_difference_of_two_shares_has_newcombes_interval():
    # Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10: 56/70 less 48/80 is 0.2 (0.0524 to 0.3339)
    before, after = (Limits(found.estimate, found.low, found.high) for found in (wilson(48, 80), wilson(56, 70)))
    found = moved(before, after)
    assert [round(value, 4) for value in found] == [0.2, 0.0524, 0.3339]
    assert [round(value, 4) for value in moved(before, after, -1)] == [-0.2, -0.3339, -0.0524]
    assert moved(before, Limits(0.8, None, None)) == (pytest.approx(0.2), None, None)


@pytest.mark.parametrize(("better", "value"), [("lower", 90.0), ("higher", 10.0)])
def test_what_a_share_can_show_is_what_planning_says(better, value):
    # 199 in each group tell .9 from .8 (R power.prop.test): 200 show ten points, whichever way is better
    n, least = detectable(course([week(0, value, n=200)], better=better, share=100.0), 28)
    assert (n, least) == (200, pytest.approx(10.0, abs=0.05))


def test_what_a_mean_can_show_follows_its_standard_error():
    # Lehr (1992), Statistics in Medicine 11:1099-1102: 16 times the variance over the square of the difference, 64 for half
    # a standard deviation; exactly, 2.80 x 10 x sqrt(2 / 64) = 4.95
    found = detectable(course([week(0, 300.0, se=10 / 64**0.5, n=64)]), 28)
    assert found == (64, pytest.approx(4.952, abs=0.001))
    assert detectable(course([week(0, 300.0)]), 28) == (100, None)


def test_what_chance_alone_explains_comes_backby_itself():
    flat = [week(at, 80.0 + (-1) ** at, se=4.0) for at in range(10)]
    low = [*flat, week(10, 75.0, se=4.0)]
    assert by_itself(course(low), 8) == (
        "5 of it may come by itself: the mean of 10 periods before is 80, 80 expected with no action"
    )
    sure = [figure._replace(se=0.0001) for figure in low]
    assert by_itself(course(sure), 8) == ""
    assert by_itself(course(low), 11) == ""
    assert by_itself(course([*flat, week(10, 85.0, se=4.0)]), 8) == ""


def test_only_whole_periods_that_are_known_by_the_day_due_decide():
    assert next_whole("week", MONDAY).first == MONDAY
    assert next_whole("week", MONDAY + timedelta(days=1)).first == MONDAY + timedelta(weeks=1)
    assert next_whole("month", date(2026, 1, 5)).key == "2026-02"
    assert next_whole("day", MONDAY).last == MONDAY
    made = course([week(0, 1.0)], matures=7)
    # the week to 1 March is known on 9 March, the next one on the 16th
    assert judging(made, date(2026, 2, 2), date(2026, 3, 9)).last == date(2026, 3, 1)
    assert judging(made, date(2026, 2, 2), date(2026, 3, 8)).last == date(2026, 2, 22)


def test_measures_that_have_nothing_to_do_with_each_other_rarely_clash():
    # 34 weeks of chance on both sides: told apart as if each change stood alone, one in twenty of them clashed
    chance = random.Random(19)
    found = [clash(*([chance.gauss(0, 1) for _ in range(34)] for _ in range(2))) for _ in range(200)]
    assert sum(each.high < 0 for each in found) / len(found) <= 0.025


def test_a_change_as_large_as_the_smallest_that_shows_is_told_in_four_of_five_actions():
    chance = random.Random(20)
    before, n = 0.79, 2000
    _, step = detectable(course([week(0, 100 * before, n=n)], share=100.0), 28)

    def told(after):
        counts = [sum(chance.random() < p for _ in range(n)) for p in (before, after)]
        limits = [Limits(found.estimate, found.low, found.high) for found in (wilson(k, n) for k in counts)]
        return moved(*limits).low > 0

    assert sum(told(before + step / 100) for _ in range(200)) / 200 == pytest.approx(0.8, abs=0.07)
    assert sum(told(before) for _ in range(200)) / 200 <= 0.05
