"""Benchmarks: what others reach or a rule demands, with the source, the definition behind it and the day it expires."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Date, Definition, Id, Number, Text, Whole, wrong_at
from qacli.prepare.kpi import parameters_of

Purpose = Literal["standard", "target", "tolerance", "indicative"]


class Benchmark(Definition):
    """One figure to compare with. It says nothing about a figure that is counted in another way."""

    kpi: Id = Field(description="KPI that it is about, as kpis.yaml names it.")
    variant: Id = Field(description="Variant that its source counts; a figure of another variant is not compared.")
    value: Number | None = Field(default=None, description="The figure, in the unit of the KPI.")
    low: Number | None = Field(default=None, description="Where it is a range: its lower end, instead of value.")
    high: Number | None = Field(default=None, description="Where it is a range: its upper end.")
    tolerance: Number = Field(default=Decimal(0), ge=0, description="By how much one may miss the value.")
    within: Number | None = Field(default=None, gt=0, description="The seconds that its source counts by, if it does.")
    short: Number | None = Field(
        default=None, gt=0, description="The seconds under which its source calls a call short."
    )
    days: Whole | None = Field(default=None, ge=1, description="The days that its source waits for another contact.")
    kind: Purpose = Field(
        description="standard: a duty, no target may be looser; target: agreed, for example with a client; tolerance: a "
        "limit that you set; indicative: only read beside yours."
    )
    source: Text = Field(description="Who says so, and where it can be looked up.")
    year: Whole = Field(ge=1990, le=2100, description="The year that the figure is of.")
    sample: Text | None = Field(default=None, description="How many, and whom, the source asked or counted.")
    expires: Date = Field(description="Last day on which you still compare with it.")
    definition: Text | None = Field(default=None, description="How the source counts, in its own terms.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a benchmark without a figure, with two of them, or with a range that is none."""
        ranged = self.low is not None and self.high is not None
        if (self.value is None) == (not ranged) or (self.low is None) != (self.high is None):
            yield wrong_at((), "benchmark-figure", "give a value, or a range with low and high")
        if self.low is not None and self.high is not None and self.high < self.low:
            yield wrong_at(("high",), "benchmark-figure", "the range ends below its start")
        if self.expires < self.from_:
            yield wrong_at(("expires",), "benchmark-expired", f"it expires on {self.expires}, before it is in force")

    @property
    def parameters(self) -> dict[str, str]:
        """What its figure depends on besides the formula, as far as the source says: {within: 20}."""
        return parameters_of(self)

    @property
    def in_words(self) -> str:
        """The figure as people write it: 80, or 80 to 85."""
        return f"{self.value:f}" if self.value is not None else f"{self.low:f} to {self.high:f}"

    def has_expired(self, day: date) -> bool:
        """Return whether it is too old to compare with on a day."""
        return day > self.expires
