"""When the clock of a case runs out, by unit and by nation."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from qacli.govern.clock import Clock, business_days_between

LONDON = ZoneInfo("Europe/London")


# Counted by hand from the day after receipt, over the bank holidays that gov.uk lists for 2026: Good Friday 3 April;
# Easter Monday 6 April not in Scotland; 4 and 25 May; 15 June in Scotland only; 13 July in Northern Ireland only.
@pytest.mark.parametrize(
    ("received", "nation", "business_days", "due"),
    [
        ("2026-04-01", "england-wales", 3, "2026-04-08"),
        ("2026-04-01", "england-wales", 15, "2026-04-24"),
        ("2026-04-01", "england-wales", 35, "2026-05-26"),
        ("2026-05-22", "england-wales", 3, "2026-05-28"),
        ("2026-05-22", "england-wales", 15, "2026-06-15"),
        ("2026-05-22", "england-wales", 35, "2026-07-13"),
        ("2026-04-01", "scotland", 3, "2026-04-07"),
        ("2026-04-01", "scotland", 15, "2026-04-23"),
        ("2026-05-22", "scotland", 15, "2026-06-16"),
        ("2026-05-22", "northern-ireland", 35, "2026-07-14"),
        ("2026-05-23", "england-wales", 1, "2026-05-26"),
    ],
)
def test_business_days_are_counted_from_the_day_after_receipt(received, nation, business_days, due):
    clock = Clock(business_days=str(business_days))
    last = clock.last_day(date.fromisoformat(received), nation)
    assert last == date.fromisoformat(due)
    assert business_days_between(date.fromisoformat(received), last, nation) == business_days


@pytest.mark.parametrize(
    ("unit", "count", "received", "due"),
    [
        ("weeks", 8, "2026-04-01", "2026-05-27"),
        ("weeks", 8, "2026-05-22", "2026-07-17"),
        ("days", 30, "2026-06-19", "2026-07-19"),
        ("months", 1, "2026-01-31", "2026-02-28"),
    ],
)
def test_other_units_run_through_weekends(unit, count, received, due):
    assert Clock(**{unit: str(count)}).last_day(date.fromisoformat(received), "england-wales") == date.fromisoformat(
        due
    )


def test_hours_end_by_the_minute_and_days_with_their_last_second():
    received = datetime(2026, 5, 22, 16, 30, tzinfo=LONDON)
    assert Clock(hours="4").ends(received, "england-wales") == datetime(2026, 5, 22, 20, 30, tzinfo=LONDON)
    assert Clock(business_days="1").ends(received, "england-wales") == datetime(2026, 5, 26, 23, 59, 59, tzinfo=LONDON)


def test_hours_are_hours_where_the_clocks_are_put_forward():
    # 29 March 2026, 01:00 GMT is 02:00 BST
    received = datetime(2026, 3, 28, 23, 0, tzinfo=LONDON)
    assert f"{Clock(hours='4').ends(received, 'england-wales'):%d %H:%M}" == "29 04:00"


@pytest.mark.parametrize(("clock", "words"), [({"business_days": "1"}, "1 business day"), ({"weeks": "8"}, "8 weeks")])
def test_a_clock_says_how_long_it_runs(clock, words):
    assert str(Clock(**clock)) == words


@pytest.mark.parametrize("clock", [{}, {"hours": "4", "days": "1"}])
def test_a_clock_has_one_unit(clock):
    with pytest.raises(ValidationError, match="exactly one of hours"):
        Clock(**clock)
