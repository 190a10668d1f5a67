"""KPIs: what a measure is for, how exactly it is computed, and which other one shows it being gamed.

These are the agreed definitions. Scorecards cite them by id, so that a criterion says which measure should move with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Text, wrong_at


class Kpi(Definition):
    """One measure of the service. A figure without the name of its variant is not comparable with any other."""

    title: Text = Field(description="Name shown to people.")
    purpose: Text = Field(description="The decision that it serves.")
    promise: Id | None = Field(default=None, description="Promise to customers that it watches, as scorecards name it.")
    variants: dict[Id, Text] = Field(
        min_length=1, description="Every way in which it is computed, by name, as a formula in words."
    )
    unit: Text = Field(description="What the figure counts, for example percent or seconds.")
    better: Literal["higher", "lower"] = Field(description="Which way is better for customers.")
    gaming: Text = Field(description="How it can be made to look better while the service gets no better.")
    counter: Id = Field(description="KPI that would show such gaming; the two are read together.")
    source: Text = Field(description="System or record from which it is computed.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a KPI that watches itself."""
        if self.counter == self.id:
            yield wrong_at(("counter",), "own-counter", f"{self.id} cannot show its own gaming: name another KPI")


def unpaired(kpis: Sequence[Kpi]) -> Iterator[tuple[int, str, str]]:
    """Yield the KPIs whose counter-metric nobody defines: place among them, what is wrong, what to do."""
    known = sorted({kpi.id for kpi in kpis})
    for number, kpi in enumerate(kpis):
        if kpi.counter not in known:
            near = get_close_matches(kpi.counter, known, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"defined are: {', '.join(known)}"
            yield number, f"{kpi.id} is to be read together with {kpi.counter}, which is not defined", hint
