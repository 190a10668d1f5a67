from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.prepare.period import EndsBeforeStart, NotAPeriod, parse_period, period_of


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        # ISO 8601 weeks: 2026-W20 begins on Monday 11 May; 2026-W53 exists, because 1 January 2026 is a Thursday.
        ("2026-W20", date(2026, 5, 11), date(2026, 5, 17), "week 20 of 2026, 11 to 17 May 2026"),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "week 53 of 2026, 28 December 2026 to 3 January 2027"),
        ("2026-05", date(2026, 5, 1), date(2026, 5, 31), "May 2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "February 2028"),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30), "quarter 2 of 2026, 1 April to 30 June 2026"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "quarter 4 of 2026, 1 October to 31 December 2026"),
        ("2026-05-11", date(2026, 5, 11), date(2026, 5, 11), "11 May 2026"),
        ("2026-05-11..2026-05-17", date(2026, 5, 11), date(2026, 5, 17), "11 to 17 May 2026"),
    ],
)
def test_a_period_is_read_and_said_back(text, first, last, words):
    period = parse_period(text)
    assert (period.key, period.first, period.last, period.describe()) == (text, first, last, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "May 2026",
        "2026-13",
        "2026-00",
        "2027-W53",
        "2026-W00",
        "2026-Q5",
        "11/05/2026",
        "2026-02-30",
        "2026-05-11..",
        "2026-05-11...2026-05-12",
        "٢٠٢٦-05",
        "9999-12-32",
    ],
)
def test_what_is_no_period_is_refused_with_examples(text):
    with pytest.raises(NotAPeriod) as caught:
        parse_period(text)
    assert "2026-W20" in caught.value.help


def test_a_period_that_runs_backwards_is_refused():
    with pytest.raises(EndsBeforeStart) as caught:
        parse_period("2026-05-17..2026-05-11")
    assert "2026-05-11..2026-05-17" in caught.value.help


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1999, 1, 1), date(2100, 1, 1)), st.sampled_from(["week", "month", "quarter"]))
def test_every_day_lies_in_its_period_and_the_next_begins_the_day_after(day, cadence):
    period = period_of(cadence, day)
    assert period.first <= day <= period.last
    assert parse_period(period.key) == period
    assert period_of(cadence, period.last + timedelta(days=1)).first == period.last + timedelta(days=1)
