from __future__ import annotations

import pytest

from qacli.files.validate import validate
from qacli.files.yaml import parse
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
