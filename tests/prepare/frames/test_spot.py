from __future__ import annotations

from datetime import date, time

import pytest

from qacli.prepare.frames.spot import Spot

SPOT = Spot.model_validate(
    {
        "reason": "calls are not recorded",
        "opening": {"mon-thu": "08:00-18:30", "fri-sun": "22:00-24:00"},
        "minutes": "30",
        "checks": "3",
        "closed": ["2026-08-31"],
    }
)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 8, 27), [(time(8), 630)]),  # a Thursday
        (date(2026, 8, 28), [(time(22), 120)]),  # a Friday, until midnight
        (date(2026, 8, 31), []),  # a bank holiday
    ],
)
def test_opening_hours_of_a_day(day, open_):
    assert SPOT.open_on(day, "england-wales") == open_


def test_how_many_in_words():
    assert SPOT.in_words() == "3 checks in all"
    assert SPOT.when_in_words() == (
        "30 min within mon-thu 08:00-18:30, fri-sun 22:00-24:00, not on 2026-08-31; of each colleague"
    )
    assert SPOT.model_copy(update={"checks": None, "of_each": 2}).in_words() == "2 of each that is looked at"


@pytest.mark.parametrize(
    ("day", "nation", "hours"),
    [
        # gov.uk/bank-holidays, 2026: 25 May and 31 August in England and Wales, 3 August in Scotland, 13 July in Northern Ireland
        (date(2026, 5, 25), "england-wales", 0),
        (date(2026, 8, 31), "england-wales", 0),
        (date(2026, 8, 31), "scotland", 1),
        (date(2026, 8, 3), "scotland", 0),
        (date(2026, 7, 13), "northern-ireland", 0),
        (date(2026, 7, 13), "england-wales", 1),
    ],
)
def test_bank_holidays_of_the_nation_are_closed_where_that_is_said(day, nation, hours):
    always = SPOT.model_copy(update={"closed": ()})
    spot = always.model_copy(update={"bank_holidays": "closed"})
    assert len(spot.open_on(day, nation)) == hours
    assert len(always.open_on(day, nation)) == 1
    assert "not on" not in always.when_in_words()
    assert spot.when_in_words().partition(";")[0].endswith("bank holidays")
