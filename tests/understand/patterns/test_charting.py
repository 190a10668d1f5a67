"""Courses with limits: signals, gaps, phases, known disturbances, and points that are too few."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qacli.prepare.event import Event
from qacli.understand.patterns.charting import Point, charted

MONDAY = date(2026, 1, 5)


def points(values, n=20, failed=False, phase="phone@1"):
    return [
        Point(
            f"W{number:02}",
            MONDAY + timedelta(days=7 * number),
            MONDAY + timedelta(days=7 * number + 6),
            0 if value is None else n,
            None if value is None else value / n if failed else value,
            phase,
            (0 if value is None else value) if failed else None,
            value is not None and n < 5,
        )
        for number, value in enumerate(values)
    ]


def event(number, kind="disturbance"):
    first = MONDAY + timedelta(days=7 * number)
    return Event.model_construct(
        id="out-1", version="1", from_=first, to=first + timedelta(days=6), kind=kind, what="outage", channels=()
    )


STEADY = [80, 82, 79, 81, 80, 83, 78, 81, 80, 82]


def test_limits_of_means_are_those_of_moving_ranges():
    # by hand: mean 80.6, ranges 2 3 2 1 3 5 3 1 2, mean range 22/9; 80.6 -+ 3 * (22/9) / 1.128
    chart = charted(points(STEADY))
    assert (chart.center[0], chart.lower[0], chart.upper[0]) == pytest.approx((80.6, 74.0989, 87.1011), abs=1e-4)
    assert (chart.signals, chart.methods) == ((), ("XmR, provisional: 10 points",))


def test_the_end_of_the_scale_takes_the_place_of_a_limit_that_no_score_can_cross():
    # mean 97, ranges all 4: 97 +- 3 * 4 / 1.128 is 86.36 to 107.64
    chart = charted(points([95, 99] * 5))
    assert (chart.lower[0], chart.upper[0]) == (pytest.approx(86.36, abs=1e-2), 100)
    assert charted(points([100 - value for value in [95, 99] * 5])).lower[0] == 0
    # runs and the drift keep the width that the ranges gave
    assert charted(points([*[95, 99] * 5, 60])).signals != ()


def test_under_eight_points_there_are_no_limits():
    chart = charted(points(STEADY[:7]))
    assert (set(chart.upper), chart.methods) == ({None}, ("no limits: 7 periods with enough evaluations; it takes 8",))


def test_a_point_beyond_its_limits_is_a_signal_unless_a_known_disturbance_explains_it():
    values = [1, 2, 0, 1, 2, 1, 0, 1, 12, 1]
    alarm = charted(points(values, failed=True))
    assert [(each.at, each.words) for each in alarm.alarms] == [(8, "above its limits")]
    noted = charted(points(values, failed=True), [event(8)])
    assert (noted.alarms, [(each.at, each.noted) for each in noted.signals]) == ((), [(8, "out-1")])
    assert noted.center[0] == pytest.approx(9 / 180)  # the outage makes no limits
    assert charted(points(values, failed=True), [event(8, "change")]).alarms == alarm.alarms


def test_few_evaluations_are_never_a_signal():
    few = points([4] * 2, n=4, failed=True)
    steady = points([1] * 10, failed=True)
    assert charted([*steady, *(point._replace(key=f"X{at}") for at, point in enumerate(few))]).signals == ()


def test_a_gap_has_no_limits_of_its_own_and_is_not_bridged():
    chart = charted(points([80, 82, 79, 81, None, 90, 91, 89, 92, 90, 91]))
    # ranges only within 80 82 79 81 and 90 91 89 92 90 91: mean of 2 3 2 1 2 3 2 1 is 2; bridged it would be 2.8
    assert chart.upper[0] - chart.center[0] == pytest.approx(3 * 2 / 1.128)


def test_versions_of_a_card_have_limits_of_their_own():
    chart = charted([*points(STEADY), *points([60, 62, 59, 61, 60, 63, 58, 61, 60, 62], phase="phone@2")])
    assert chart.center[0] - chart.center[-1] == pytest.approx(20)
    assert (chart.alarms, len(chart.methods)) == ((), 2)


def test_nine_in_a_row_on_one_side_are_a_signal_of_the_ninth():
    values = [80, 84, 80, 84, 80, 84, 80, 84, 80, 85, 84.9, 85, 84.9, 85, 84.9, 85, 84.9, 85]
    chart = charted(points(values))
    assert (17, "nine in a row on one side of the centre") in [(each.at, each.words) for each in chart.alarms]


def test_a_slow_drift_is_seen_before_any_point_leaves_its_limits():
    values = [80 + (-1) ** number * 0.5 - number * 0.2 for number in range(22)]
    chart = charted(points(values))
    assert {each.words for each in chart.alarms} >= {"slow drift (EWMA)"}
    assert not any("its limits" in each.words for each in chart.alarms)
