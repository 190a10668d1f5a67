"""Both sides of a colleague: which days, which evaluators, and who was coached besides."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from qacli.improve.coaching import side_by_side
from qacli.improve.coaching.side_by_side import Days

DAYS = Days(date(2026, 2, 1), date(2026, 4, 30), date(2026, 5, 10), date(2026, 6, 5))


def rows(*lines):
    """Return ratings: colleague, day, evaluator, value; 75 and more is met."""
    frame = pd.DataFrame(lines, columns=["colleague", "day", "evaluator", "value"])
    return frame.assign(day=pd.to_datetime(frame["day"]), met=frame["value"] >= 75)


@pytest.fixture
def sides(monkeypatch):
    """Return both sides of some ratings, with some evaluators calibrated."""

    def made(found, calibrated=()):
        monkeypatch.setattr(side_by_side, "calibrated", lambda _: frozenset(calibrated))
        return side_by_side.side_by_side(None, found, DAYS)

    return made


def test_c12_days_between_the_sides_count_on_neither(sides):
    found = sides(
        rows(
            ("p_a07", "2026-01-31", "p_ev1", 75),
            ("p_a07", "2026-04-30", "p_ev1", 25),
            ("p_a07", "2026-05-05", "p_ev1", 75),
            ("p_a07", "2026-05-10", "p_ev1", 100),
            ("p_a07", "2026-06-06", "p_ev1", 75),
        )
    )["p_a07"]
    assert (found.before.counts, found.after.counts, found.left_out) == ((0, 1), (1, 1), 0)
    assert found.after.values == (100.0,)


EACH = rows(
    ("p_a07", "2026-04-01", "p_ev1", 25),
    ("p_a07", "2026-04-02", "p_ev2", 25),
    ("p_a07", "2026-05-20", "p_ev1", 75),
    ("p_a07", "2026-05-21", "p_ev3", 75),
)


def test_c12_an_evaluator_on_one_side_only_is_left_out_and_counted(sides):
    found = sides(EACH)["p_a07"]
    assert (found.before.counts, found.after.counts, found.left_out) == ((0, 1), (1, 1), 2)


def test_c12_a_calibrated_evaluator_counts_wherever_they_rated(sides):
    found = sides(EACH, ["p_ev3"])["p_a07"]
    assert (found.before.counts, found.after.counts, found.left_out) == ((0, 1), (2, 2), 1)


def test_c12_with_nothing_on_one_side_nobody_is_left_out(sides):
    found = sides(EACH[EACH["day"] < "2026-05-01"])["p_a07"]
    assert (found.before.n, found.after.n, found.left_out) == (2, 0, 0)


def test_the_side_before_is_thirteen_weeks():
    first, last = side_by_side.before(date(2026, 6, 2))
    assert last == date(2026, 6, 1)
    assert last - first == timedelta(days=90)
