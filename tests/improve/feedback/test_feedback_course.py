"""How a colleague's own criteria went: what counts, how many are enough, and the limits of others' references."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from in_memory import Memory, observe, withdraw

from qacli.improve.feedback.course import courses

LAST = date(2026, 5, 29)
CRITERION = ("ch-check", "chat@1.0")


def desk_of(*points, step=1, **more):
    """A desk on which one colleague was rated so, on the last days up to LAST, newest first."""
    desk = Memory()
    for number, point in enumerate(points):
        day = LAST - timedelta(days=number * step)
        observe(desk, {"ch-check": point}, transaction=f"8c{number}", day=day.isoformat(), **more)
    return desk


def course(desk, last=LAST):
    (found,) = courses(desk, "p_a07", [CRITERION], last)
    return found


def test_five_of_five_has_the_limits_of_wilson():
    lately = course(desk_of(*"55555")).lately
    # 5 of 5: 56.6 to 100 %, Brown, Cai and DasGupta (2001), Statistical Science 16:101-133
    assert (lately.met, lately.n, lately.first) == (5, 5, date(2026, 5, 2))
    assert (round(100 * lately.share.low, 1), round(100 * lately.share.high, 1)) == (56.6, 100.0)


def test_too_few_is_said_and_nothing_is_computed():
    found = course(desk_of(*"5511"))
    assert (found.lately.n, found.lately.share, found.change) == (4, None, None)
    assert found.in_words == "too few to say: n 0 before and 4 lately, 5 are needed"


@pytest.mark.parametrize(
    ("lately", "before", "words"),
    [
        ("5" * 14, "1" * 14, "better than before"),
        ("1" * 14, "5" * 14, "worse than before"),
        ("51" * 7, "15" * 7, "no difference that could not be chance"),
    ],
)
def test_a_change_is_told_where_its_interval_leaves_out_nothing(lately, before, words):
    found = course(desk_of(*lately, *before, step=2))
    assert (found.lately.n, found.before.n) == (14, 14)
    assert found.in_words == words


def test_only_routine_chance_counts_each_transaction_once_and_only_in_force():
    desk = desk_of(*"555555")
    observe(desk, {"ch-check": "1"}, transaction="8c0", day=LAST.isoformat())  # the same transaction once more
    observe(desk, {"ch-check": "1"}, transaction="9z1", day=LAST.isoformat(), colleague="p_a09")
    assert (course(desk).lately.met, course(desk).lately.n) == (6, 6)
    withdraw(desk, "o_1")
    assert course(desk).lately.n == 6  # the second look at that transaction stands for it now
    assert course(desk).lately.met == 5
    assert course(desk, LAST - timedelta(days=2)).lately.n == 4
    (other,) = courses(desk, "p_a07", [("ch-check", "chat@2.0")], LAST)
    assert other.lately.n == 0
