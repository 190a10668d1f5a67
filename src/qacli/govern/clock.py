"""Clocks: how long a case may take, in hours, business days of a nation, days, weeks or months, and when that ends."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from qacli.files.schema import Strict, Whole, refuse_all, wrong_at
from qacli.prepare.workdays import DAY, is_business_day, working_day

LAST_SECOND = time(23, 59, 59)
UNITS = ("hours", "business_days", "days", "weeks", "months")


class Clock(Strict):
    """How long something may take from the moment of receipt: exactly one of five units.

    Days of every kind are counted from the day after receipt; the last of them counts whole.
    """

    hours: Whole = Field(default=0, ge=0, le=720, description="Hours, by day and night.")
    business_days: Whole = Field(
        default=0, ge=0, le=366, description="Days that are neither a weekend nor a bank holiday of the nation."
    )
    days: Whole = Field(default=0, ge=0, le=730, description="Calendar days.")
    weeks: Whole = Field(default=0, ge=0, le=104, description="Weeks.")
    months: Whole = Field(default=0, ge=0, le=24, description="Months, to the corresponding day.")

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        refuse_all(self, self._wrong())
        return self

    def _wrong(self) -> Iterator[PydanticCustomError]:
        if sum(1 for unit in UNITS if getattr(self, unit)) != 1:
            yield wrong_at((), "one-clock", f"a clock gives exactly one of {', '.join(UNITS)}")

    def __str__(self) -> str:
        unit = next((unit for unit in UNITS if getattr(self, unit)), UNITS[0])  # one that cannot be is told as well
        count = getattr(self, unit)
        return f"{count} {unit.replace('_', ' ').removesuffix('s' if count == 1 else '')}"

    def last_day(self, received: date, nation: str) -> date:
        """Return the last day in time for what was received on a day; hours end on the day on which they run out."""
        if self.business_days:
            return business_day(received, self.business_days, nation)
        if self.months:
            return months_later(received, self.months)
        return received + timedelta(hours=self.hours, days=self.days, weeks=self.weeks)

    def ends(self, received: datetime, nation: str) -> datetime:
        """Return the last second in time, in the time zone of ``received``."""
        if self.hours:  # where clocks are put forward, an hour of the night is missing
            return datetime.fromtimestamp(received.timestamp() + 3600 * self.hours, received.tzinfo)
        return datetime.combine(self.last_day(received.date(), nation), LAST_SECOND, received.tzinfo)


def months_later(day: date, months: int) -> date:
    """Return the corresponding day so many calendar months on; the last day of that month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def business_day(received: date, count: int, nation: str) -> date:
    """Return the so-many-th business day after a day, which itself never counts."""
    for _ in range(count):
        received = working_day(received + DAY, nation)
    return received


def business_days_between(since: date, until: date, nation: str) -> int:
    """Return how many business days lie after one day up to and with another."""
    return sum(is_business_day(since + n * DAY, nation) for n in range(1, (until - since).days + 1))
