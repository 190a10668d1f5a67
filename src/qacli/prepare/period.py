"""Periods as people write them: a week, a month, a quarter, a day, or two days with dots between."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from qacli.model import UsageError

Cadence = Literal["week", "month", "quarter"]

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NotAPeriod(UsageError):
    """What was typed names no period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is not a period",
            help="write a week 2026-W20, a month 2026-05, a quarter 2026-Q2, a day 2026-05-11 "
            "or 2026-05-11..2026-05-17",
        )


class EndsBeforeStart(UsageError):
    """The last day comes before the first."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            f"the period ends on {last}, before it starts on {first}",
            help=f"the earlier day comes first: {last}..{first}",
        )


class Period(NamedTuple):
    """The days from ``first`` to ``last``, both included. ``key`` is its one spelling."""

    key: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def describe(self) -> str:
        """Return the period in words, for example: week 20 of 2026, 11 to 17 May 2026."""
        if _WEEK.fullmatch(self.key):
            return f"week {int(self.key[6:])} of {self.key[:4]}, {_days(self.first, self.last)}"
        if _QUARTER.fullmatch(self.key):
            return f"quarter {self.key[-1]} of {self.key[:4]}, {_days(self.first, self.last)}"
        if _MONTH.fullmatch(self.key):
            return f"{self.first:%B %Y}"
        return _days(self.first, self.last)


def in_words(day: date) -> str:
    """Return a day as people say it, for example: 18 May 2026."""
    return f"{day.day} {day:%B %Y}"


def parse_period(text: str) -> Period:
    """Return the period that a text names. Raises NotAPeriod, EndsBeforeStart."""
    try:
        return _parse(text.strip())
    except ValueError:
        raise NotAPeriod(text) from None


def period_of(cadence: Cadence, day: date) -> Period:
    """Return the ISO week, calendar month or calendar quarter in which a day lies."""
    if cadence == "week":
        year, week, _ = day.isocalendar()
        return _week(year, week)
    if cadence == "month":
        return _months(f"{day:%Y-%m}", day.year, day.month, 1)
    quarter = (day.month - 1) // 3 + 1
    return _months(f"{day.year}-Q{quarter}", day.year, 3 * quarter - 2, 3)


def last_whole(cadence: Cadence, day: date) -> Period:
    """Return the last period of a cadence that was over on a day."""
    return period_of(cadence, period_of(cadence, day).first - timedelta(days=1))


def _parse(text: str) -> Period:
    if found := _WEEK.fullmatch(text):
        return _week(int(found[1]), int(found[2]))
    if found := _MONTH.fullmatch(text):
        return _months(text, int(found[1]), int(found[2]), 1)
    if found := _QUARTER.fullmatch(text):
        return _months(text, int(found[1]), 3 * int(found[2]) - 2, 3)
    start, dots, end = text.partition("..")
    first, last = _day(start), _day(end if dots else start)
    if last < first:
        raise EndsBeforeStart(first, last)
    return Period(text if dots and first != last else str(first), first, last)


def _week(year: int, week: int) -> Period:
    monday = date.fromisocalendar(year, week, 1)
    return Period(f"{year}-W{week:02}", monday, monday + timedelta(days=6))


def _months(key: str, year: int, month: int, count: int) -> Period:
    after = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
    return Period(key, date(year, month, 1), after - timedelta(days=1))


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _days(first: date, last: date) -> str:
    if first == last:
        return in_words(first)
    if first.year != last.year:
        return f"{in_words(first)} to {in_words(last)}"
    month = "" if first.month == last.month else f" {first:%B}"
    return f"{first.day}{month} to {in_words(last)}"
