"""Unannounced checks of a frame: when somebody may come by, whom they look at, how often, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from qacli.files.schema import Date, Strict, Text, Whole, wrong_at
from qacli.prepare.workdays import bank_holidays

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = "|".join(DAYS)
CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"


def _forwards(hours: str) -> str:
    opens, closes = hours.split("-")
    if closes <= opens:
        raise PydanticCustomError(
            "opening-hours", "'{hours}' closes before it opens: write the evening and the night apart", {"hours": hours}
        )
    return hours


Days = Annotated[str, StringConstraints(pattern=rf"^({DAY})(-({DAY}))?$")]
"""A day of the week, or days from one to another: sat, mon-fri."""
Hours = Annotated[str, StringConstraints(pattern=rf"^{CLOCK}-({CLOCK}|24:00)$"), AfterValidator(_forwards)]
"""Local time from which to which is open: 08:30-17:00."""


class Spot(Strict):
    """Unannounced checks while people work: times drawn at random within opening hours."""

    reason: Text = Field(description="Why there are unannounced checks; colleagues may ask.")
    opening: dict[Days, Hours] = Field(
        min_length=1, description="When is open, in local time, for example {mon-fri: 08:00-18:00, sat: 09:00-13:00}."
    )
    minutes: Whole = Field(ge=5, le=480, description="How long one check takes.")
    checks: Whole | None = Field(default=None, ge=1, description="How many in each period, in all.")
    of_each: Whole | None = Field(default=None, ge=1, description="Or: how many of each that is looked at.")
    of: tuple[Text, ...] = Field(
        default=(),
        description="Whom or what is looked at: persons, channels or teams. Left out: each colleague of people.csv with "
        "an agent id.",
    )
    closed: tuple[Date, ...] = Field(default=(), description="Days that are closed all the same, such as an inventory.")
    bank_holidays: Literal["open", "closed"] = Field(
        default="open", description="closed: bank holidays of the nation in qacli.yaml are closed too."
    )

    def in_words(self) -> str:
        """Return how many checks are asked for, in words."""
        return f"{self.checks} checks in all" if self.checks else f"{self.of_each} of each that is looked at"

    def when_in_words(self) -> str:
        """Return when a check may be made, for how long, and of whom, in words."""
        hours = ", ".join(f"{days} {hours}" for days, hours in self.opening.items())
        days = [*map(str, self.closed), *(["bank holidays"] if self.bank_holidays == "closed" else [])]
        closed = f", not on {', '.join(days)}" if days else ""
        return f"{self.minutes} min within {hours}{closed}; of {', '.join(self.of) or 'each colleague'}"

    def open_on(self, day: date, nation: str) -> list[tuple[time, int]]:
        """Return when a day opens, and for how many minutes; nothing where it stays closed, in a nation of qacli.yaml."""
        if day in self.closed or (self.bank_holidays == "closed" and day in bank_holidays(nation, day.year)):
            return []
        return [_span(hours) for days, hours in self.opening.items() if DAYS[day.weekday()] in _named(days)]


def _named(days: str) -> tuple[str, ...]:
    first, _, last = days.partition("-")
    start, end = DAYS.index(first), DAYS.index(last or first)
    return DAYS[start : end + 1] if start <= end else (*DAYS[start:], *DAYS[: end + 1])


def _span(hours: str) -> tuple[time, int]:
    opens, closes = ((int(part[:2]), int(part[3:])) for part in re.split("-", hours))
    return time(*opens), 60 * (closes[0] - opens[0]) + closes[1] - opens[1]


def spot_can_be_drawn(frame: Frame) -> Iterator[PydanticCustomError]:
    """Times are drawn for unannounced checks only, so many in all or of each; each day of the week is said once."""
    spot = frame.spot
    if spot is None or frame.design != "times":
        return
    if frame.purpose != "spot":
        yield wrong_at(("purpose",), "times-purpose", "design times draws unannounced checks: write purpose: spot")
    if (spot.checks is None) == (spot.of_each is None):
        yield wrong_at(("spot",), "spot-number", "say either checks, how many in all, or of_each")
    named = [day for days in spot.opening for day in _named(days)]
    if twice := sorted({day for day in named if named.count(day) > 1}, key=DAYS.index):
        yield wrong_at(("spot", "opening"), "spot-days", f"said twice: {', '.join(twice)}")
    if all(minutes < spot.minutes for _, minutes in map(_span, spot.opening.values())):
        yield wrong_at(("spot", "minutes"), "spot-minutes", "no day is open for so long")
