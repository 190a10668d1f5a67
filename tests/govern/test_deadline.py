"""Days by which requests are answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.govern.clock import months_later
from qacli.govern.deadline import Deadline, due_on
from qacli.prepare.workdays import NATIONS, working_day

ACCESS = Deadline(
    id="access",
    version="1",
    owner="p_tl1",
    from_="2018-05-25",
    months="1",
    extension="2",
    source="x",
    checked_on="2026-01-05",
)
DAYS = st.dates(date(2018, 5, 25), date(2035, 12, 31))


# The ICO's examples: received on 3 September, until 3 October; on 31 March, until 30 April (guide to the right of access,
# "How long do we have to comply?"). 30 January, until 28 February: Lexology on the ICO's revised guidance of 2019.
@pytest.mark.parametrize(
    ("received", "months", "due"),
    [
        ("2018-09-03", 1, "2018-10-03"),
        ("2019-03-31", 1, "2019-04-30"),
        ("2019-01-30", 1, "2019-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_a_month_ends_on_the_corresponding_day_or_on_the_last(received, months, due):
    assert months_later(date.fromisoformat(received), months) == date.fromisoformat(due)


# Bank holidays as gov.uk lists them: 25, 26 (observed 28) December 2026; 1 January 2027; 2 January (observed 4 January
# 2027) in Scotland; 17 March in Northern Ireland.
@pytest.mark.parametrize(
    ("day", "nation", "works"),
    [
        ("2026-12-25", "england-wales", "2026-12-29"),
        ("2027-01-01", "england-wales", "2027-01-04"),
        ("2027-01-01", "scotland", "2027-01-05"),
        ("2026-03-17", "northern-ireland", "2026-03-18"),
        ("2026-03-17", "england-wales", "2026-03-17"),
        ("2026-06-20", "england-wales", "2026-06-22"),
    ],
)
def test_a_weekend_or_a_bank_holiday_of_the_nation_moves_the_day(day, nation, works):
    assert working_day(date.fromisoformat(day), nation) == date.fromisoformat(works)


def test_extension_and_stopped_days_come_on_top():
    received = date(2026, 5, 20)
    assert due_on(ACCESS, received, "england-wales") == date(2026, 6, 22)
    assert due_on(ACCESS, received, "england-wales", extended=True) == date(2026, 8, 20)
    assert due_on(ACCESS, received, "england-wales", stopped=9) == date(2026, 6, 29)


@settings(max_examples=40)
@given(DAYS, st.sampled_from(sorted(NATIONS)), st.integers(0, 60))
def test_no_deadline_falls_before_its_month_nor_long_after_it(received, nation, stopped):
    due = due_on(ACCESS, received, nation, stopped=stopped)
    assert months_later(received, 1) + timedelta(stopped) <= due <= received + timedelta(31 + stopped + 6)
    assert due_on(ACCESS, received, nation, stopped=stopped + 1) >= due
