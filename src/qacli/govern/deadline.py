"""Deadlines of requests: how long the law gives, as dated data, and the day on which that ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Date, Definition, Text, Whole, wrong_at
from qacli.govern.clock import months_later
from qacli.prepare.workdays import DAY, working_day


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


def due_on(deadline: Deadline, received: date, nation: str, *, extended: bool = False, stopped: int = 0) -> date:
    """Return the last day on which a request is answered in time.

    Counted from the day of receipt to the corresponding day, as the ICO's guide to the right of access does; the
    ``stopped`` days of the clock are added before the day moves to a working day.
    """
    months = deadline.months + (deadline.extension if extended else 0)
    return working_day(months_later(received, months) + (deadline.days + stopped) * DAY, nation)
