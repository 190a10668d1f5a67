"""Who scores what a frame draws: named alone, or with the hours or the number of items that they have for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from qacli.files.schema import Number, PersonId, Strict, Whole, wrong_at

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame


class Limits(Strict):
    """What one evaluator has for a frame in each of its periods."""

    hours: Number | None = Field(default=None, gt=0, le=10_000, description="Hours in each week, month or quarter.")
    quota: Whole | None = Field(default=None, ge=1, description="At most so many items in each of them.")

    def most(self, minutes: int) -> int | None:
        """Return how many items of some minutes each fit; None where nothing limits them."""
        limits = [self.quota, None if self.hours is None else int(self.hours * 60 // minutes)]
        return min((each for each in limits if each is not None), default=None)


def _form(value: object) -> str:
    return "map" if isinstance(value, Mapping) else "list"


Evaluators = Annotated[
    Annotated[tuple[PersonId, ...], Field(min_length=1), Tag("list")]
    | Annotated[dict[PersonId, Limits], Field(min_length=1), Tag("map")],
    Discriminator(_form),
]
"""A list of persons, or a map of each to what they have."""


def room(evaluators: Any, minutes: int) -> dict[str, int]:
    """Return how many items of some minutes each evaluator takes at most in a period; without those who have no limit."""
    limits = evaluators.items() if isinstance(evaluators, Mapping) else ()
    return {person: most for person, each in limits if (most := each.most(minutes)) is not None}


def evaluators_differ(frame: Frame) -> Iterator[PydanticCustomError]:
    """Nobody stands twice, or that person would get twice the work."""
    named = tuple(frame.evaluators)
    for place, person in enumerate(named):
        if person in named[:place]:
            yield wrong_at(("evaluators", place), "repeated-evaluator", f"{person} stands twice")
