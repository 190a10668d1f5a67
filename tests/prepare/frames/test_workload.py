"""Hours that a sample takes, and the calendar by which it is drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import populations
import pytest

from qacli.prepare.frames.calendar import calendar
from qacli.prepare.frames.evaluators import Limits
from qacli.prepare.frames.workload import capacity, overload, workload

HOURS = {"p_ev1": Limits(hours=Decimal(2)), "p_ev2": Limits(hours=Decimal("1.5"), quota=3)}


def frame(evaluators=HOURS, **more):
    return populations.frame(
        evaluators=evaluators, minutes_per_evaluation=20, cadence="week", from_=date(2026, 3, 30), to=None, **more
    )


def test_more_than_the_evaluators_have_hours_for_is_told():
    assert capacity(frame()) == 9  # 6 in two hours; 4 in one and a half, of which the quota lets three
    assert overload(frame(), 9) == ""
    assert workload(frame(), 9) == "9 evaluations take 3.0 hours of evaluators every week; they have room for 9"
    assert overload(frame(), 12) == (
        "12 evaluations need 4.0 hours every week, and its evaluators have room for 9, 3.0 hours: 3 would have nobody"
    )
    assert workload(frame(), 12) == overload(frame(), 12)


@pytest.mark.parametrize("evaluators", [("p_ev1", "p_ev2"), {**HOURS, "p_ev2": Limits()}])
def test_where_somebody_states_no_hours_nothing_is_too_much(evaluators):
    assert (capacity(frame(evaluators)), overload(frame(evaluators), 900)) == (None, "")
    assert workload(frame(evaluators), 30) == (
        "30 evaluations take 10.0 hours of evaluators every week, 5.0 for each of 2; the frame does not state how many "
        "hours each of them has"
    )


@pytest.mark.parametrize(
    ("to", "day", "told"),
    [
        (None, date(2026, 5, 20), "2026-W21 due 25 May 2026, 2026-W22 due 1 June 2026, 2026-W23 due 8 June 2026"),
        (date(2026, 5, 31), date(2026, 5, 20), "2026-W21 due 25 May 2026, 2026-W22 due 1 June 2026"),
        (date(2026, 5, 10), date(2026, 5, 20), "ended on 10 May 2026"),
        (
            date(2026, 4, 5),
            date(2026, 4, 1),
            "one-off: only 2026-W14, due 6 April 2026; what it finds has nothing to be compared with",
        ),
    ],
)
def test_the_calendar_names_the_next_draws_and_marks_a_plan_of_one(to, day, told):
    made = frame().model_copy(update={"to": to})
    assert calendar(made, day) == told
