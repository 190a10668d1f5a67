from __future__ import annotations

from datetime import date

import pytest

from qacli.files.faults import FileFaults
from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.prepare.frames.evaluators import days_to_score
from qacli.prepare.frames.frame import Frame

FRAME = """\
id: weekly
version: 1
owner: p_tl1
from: 2026-01-01
title: Weekly
purpose: routine
cadence: week
scorecards: {any: desk@1.0}
design: simple
size: 30
seed: desk 2026
technique: recording
evaluators: EVALUATORS
minutes_per_evaluation: 22
"""


@pytest.mark.parametrize(
    ("evaluators", "room"),
    [
        ("[p_ev1, p_ev2]", {}),
        ("{p_ev1: {}, p_ev2: {quota: 12}}", {"p_ev2": 12}),
        # six hours are 360 minutes: sixteen times 22 and a rest
        (
            "{p_ev1: {hours: 6}, p_ev2: {hours: 6.6, quota: 30}, p_ev3: {hours: 6, quota: 4}}",
            {"p_ev1": 16, "p_ev2": 18, "p_ev3": 4},
        ),
        ("{p_ev1: {hours: 0.2}}", {"p_ev1": 0}),
    ],
)
def test_hours_and_quota_say_how_many_each_takes_at_most(evaluators, room):
    frame = validate(parse(FRAME.replace("EVALUATORS", evaluators), "weekly.yaml"), Frame)
    assert frame.room() == room
    assert "p_ev1" in frame.evaluators


def read(evaluators, cadence="week"):
    text = FRAME.replace("EVALUATORS", evaluators).replace("cadence: week", f"cadence: {cadence}")
    return validate(parse(text, "weekly.yaml"), Frame)


def test_hours_of_each_working_day_follow_the_calendar():
    frame = read("{p_ev1: {hours_per_day: 1.1}, p_ev2: {hours: 4}}")
    # 5.5 hours are 330 minutes: fifteen times 22; 4.4 hours are twelve
    assert frame.room() == {"p_ev1": 15, "p_ev2": 10}
    assert frame.room(lambda: 4) == {"p_ev1": 12, "p_ev2": 10}
    assert read("{p_ev1: {hours_per_day: 1.1}}", "month").room() == {"p_ev1": 63}  # 21 days


@pytest.mark.parametrize(
    ("cadence", "last", "nation", "days"),
    [
        # gov.uk/bank-holidays: the sample of week 21 is scored in the week of Monday 25 May 2026, a bank holiday
        ("week", date(2026, 5, 24), "england-wales", 4),
        ("week", date(2026, 5, 17), "england-wales", 5),
        # Easter 2026: Good Friday on 3 April, Easter Monday on 6 April, which is none in Scotland
        ("month", date(2026, 3, 31), "england-wales", 20),
        ("month", date(2026, 3, 31), "scotland", 21),
        ("quarter", date(2026, 3, 31), "england-wales", 61),  # 65 weekdays less 3 and 6 April, 4 and 25 May
    ],
)
def test_a_sample_is_scored_on_the_working_days_of_the_next_period(cadence, last, nation, days):
    assert days_to_score(cadence, last, nation) == days


def test_hours_are_said_once():
    with pytest.raises(FileFaults, match="either hours or hours_per_day"):
        read("{p_ev1: {hours: 4, hours_per_day: 1}}")
