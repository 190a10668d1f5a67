"""Resources that are counted by hand: licences, rooms, money. What is needed may follow from how many people there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Number, Strict, Text, wrong_at

Kind = Literal["people", "time", "systems", "knowledge", "budget"]


class Per(Strict):
    """A need that grows with people."""

    each: Number = Field(gt=0, description="So many for each")
    of: Id = Field(description="colleague or evaluator, or the id of a desk: for each of the people whom it takes.")


class Resource(Definition):
    """One thing that the service uses. What is missing and what that costs is worked out, never typed."""

    title: Text = Field(description="Name shown to people.")
    kind: Kind = Field(description="people, time, systems, knowledge or budget.")
    unit: Text = Field(description="What is counted, for example licences or GBP.")
    have: Number = Field(ge=0, description="How many there are.")
    need: Number | None = Field(
        default=None, ge=0, description="How many it takes; for budget left out: what is asked for."
    )
    per: Per | None = Field(
        default=None, description="Instead of need: so many for each person, {each: 1, of: evaluator}."
    )
    cost_each: Number | None = Field(default=None, ge=0, description="What one more costs.")
    source: Text = Field(description="Where the figures are from: a licence, an invoice, a list, with its date.")

    @property
    def in_hours(self) -> bool:
        """Whether it is counted in hours, not in money."""
        return self.unit.strip().casefold() in {"h", "hour", "hours"}

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a need that is stated twice or nowhere."""
        stated = (self.need is not None) + (self.per is not None)
        if self.kind == "budget" and stated:
            yield wrong_at(
                ("need",) if self.need is not None else ("per",),
                "budget-need",
                "what a budget is needed for is what was asked for: leave it out, and see qacli resource request",
            )
        elif self.kind != "budget" and stated != 1:
            yield wrong_at((), "one-need", "says either need, a number, or per, so many for each person")
