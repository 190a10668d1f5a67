"""Who scores what a frame draws: named alone, or with the hours or the number of items that they have for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from qacli.files.schema import Number, PersonId, Strict, Whole, wrong_at
from qacli.prepare.period import Cadence, period_of
from qacli.prepare.workdays import DAY, business_days

if TYPE_CHECKING:
    from datetime import date

    from qacli.prepare.frames.frame import Frame


class Limits(Strict):
    """What one evaluator has for a frame in each of its periods."""

    hours: Number | None = Field(default=None, gt=0, le=10_000, description="Hours in each week, month or quarter.")
    hours_per_day: Number | None = Field(
        default=None,
        gt=0,
        le=24,
        description="Or hours on each working day: a week with a bank holiday of the nation in qacli.yaml has fewer.",
    )
    quota: Whole | None = Field(default=None, ge=1, description="At most so many items in each of them.")

    def most(self, minutes: int, days: Callable[[], int]) -> int | None:
        """Return how many items of some minutes each fit into so many working days; None where nothing limits them."""
        daily = None if self.hours_per_day is None else self.hours_per_day * days()
        limits = [self.quota, *(int(hours * 60 // minutes) for hours in (self.hours, daily) if hours is not None)]
        return min((each for each in limits if each is not None), default=None)


def _form(value: object) -> str:
    return "map" if isinstance(value, Mapping) else "list"


Evaluators = Annotated[
    Annotated[tuple[PersonId, ...], Field(min_length=1), Tag("list")]
    | Annotated[dict[PersonId, Limits], Field(min_length=1), Tag("map")],
    Discriminator(_form),
]
"""A list of persons, or a map of each to what they have."""


USUAL: Mapping[str, int] = MappingProxyType({"week": 5, "month": 21, "quarter": 63})
"""Working days of a period without a calendar: England has 253 in a usual year."""


def room(evaluators: Any, minutes: int, days: Callable[[], int]) -> dict[str, int]:
    """Return how many items of some minutes each evaluator takes at most in a period of so many working days.

    Without those who have no limit. ``days`` is only called where hours are told by the day: it looks into a calendar.
    """
    limits = evaluators.items() if isinstance(evaluators, Mapping) else ()
    return {person: most for person, each in limits if (most := each.most(minutes, days)) is not None}


def days_to_score(cadence: Cadence, last: date, nation: str) -> int:
    """Return the working days in which a sample is scored whose period ends on a day: those of the period after it."""
    period = period_of(cadence, last + DAY)
    return business_days(period.first, period.last, nation)


def evaluators_differ(frame: Frame) -> Iterator[PydanticCustomError]:
    """Nobody stands twice, or that person would get twice the work."""
    named = tuple(frame.evaluators)
    for place, person in enumerate(named):
        if person in named[:place]:
            yield wrong_at(("evaluators", place), "repeated-evaluator", f"{person} stands twice")
    for person, each in frame.evaluators.items() if isinstance(frame.evaluators, Mapping) else ():
        if each.hours is not None and each.hours_per_day is not None:
            yield wrong_at(
                ("evaluators", person, "hours_per_day"), "hours-twice", "say either hours or hours_per_day, not both"
            )
