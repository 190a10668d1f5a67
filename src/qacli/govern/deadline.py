"""Deadlines of requests: how long the law gives, as dated data, and the day on which that ends."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Date, Definition, Text, Whole, wrong_at

DAY = timedelta(days=1)
SATURDAY = 5
NATIONS: Mapping[str, str] = MappingProxyType({"england-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"})
"""What the package ``holidays`` calls a nation of qacli.yaml."""


class Deadline(Definition):
    """How long one kind of request may take: ``id`` is the kind, access, erasure or complaint."""

    months: Whole = Field(default=0, ge=0, le=24, description="Calendar months from the day of receipt.")
    days: Whole = Field(default=0, ge=0, le=730, description="Days from the day of receipt, on top of months.")
    extension: Whole = Field(default=0, ge=0, le=24, description="Further months that a complex request may take.")
    source: Text = Field(description="What says so: act and section, or guidance.")
    checked_on: Date = Field(description="Day on which somebody last looked whether it still says so.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return what gives no time at all."""
        if not self.months and not self.days:
            yield wrong_at(("months",), "no-time", "a deadline gives months or days: write at least one of them")


def months_later(day: date, months: int) -> date:
    """Return the corresponding day so many calendar months on; the last day of that month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_day(day: date, nation: str) -> date:
    """Return the day, or the next one that is neither a weekend nor a bank holiday of a nation of qacli.yaml."""
    import holidays

    free = holidays.country_holidays("GB", subdiv=NATIONS[nation], years=(day.year, day.year + 1))
    while day.weekday() >= SATURDAY or day in free:
        day += DAY
    return day


def due_on(deadline: Deadline, received: date, nation: str, *, extended: bool = False, stopped: int = 0) -> date:
    """Return the last day on which a request is answered in time.

    Counted from the day of receipt to the corresponding day, as the ICO's guide to the right of access does; the
    ``stopped`` days of the clock are added before the day moves to a working day.
    """
    months = deadline.months + (deadline.extension if extended else 0)
    return working_day(months_later(received, months) + (deadline.days + stopped) * DAY, nation)
