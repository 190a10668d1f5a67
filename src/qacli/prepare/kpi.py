"""KPIs: what a measure is for, how exactly it is computed, and which other one shows it being gamed.

These are the agreed definitions. Scorecards cite them by id, so that a criterion says which measure should move with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, get_args

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.nearest import did_you_mean
from qacli.files.schema import Definition, Id, Number, Strict, Text, Whole, wrong_at

FormulaName = Literal[
    "csat-top2",
    "csat-mean",
    "nps",
    "ces-mean",
    "ces-top2",
    "ces-top3",
    "ces-index",
    "survey-response",
    "fcr-repeat",
    "fcr-flag",
    "aht-mean",
    "aht-median",
    "aht-p90",
    "asa-mean",
    "asa-p90",
    "service-level-1",
    "service-level-2",
    "service-level-3",
    "service-level-4",
    "service-level-5",
    "abandonment-all",
    "abandonment-less-short",
    "occupancy",
    "complaint-rate",
    "escalation-rate",
    "transfer-rate",
    "first-response-within",
    "first-response-median",
    "first-response-p90",
]
"""The ways in which qacli itself computes a measure from transactions."""
PARAMETERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fcr-repeat": ("days",),
        "service-level-1": ("within",),
        "service-level-2": ("within",),
        "service-level-3": ("within",),
        "service-level-4": ("within",),
        "service-level-5": ("within", "short"),
        "abandonment-less-short": ("short",),
        "first-response-within": ("within",),
    }
)
"""What a formula must be told besides its name; most need nothing."""


def parameters_of(item: Any) -> dict[str, str]:
    """Return the parameters that a definition sets, as text of one spelling: {within: 20}."""
    found = {name: getattr(item, name) for name in ("within", "short", "days")}
    return {name: f"{Decimal(value).normalize():f}" for name, value in found.items() if value is not None}


class Computed(Strict):
    """How one variant is computed from the transactions of a source."""

    formula: FormulaName = Field(description=f"One of {', '.join(get_args(FormulaName))}.")
    within: Number | None = Field(default=None, gt=0, description="Seconds that are promised: service level, response.")
    short: Number | None = Field(default=None, gt=0, description="Under so many seconds an abandoned call is short.")
    days: Whole | None = Field(default=None, ge=1, le=90, description="Days without another contact, for fcr-repeat.")
    channels: tuple[Id, ...] = Field(default=(), description="Only contacts of these channels; left out: all of them.")

    @property
    def parameters(self) -> dict[str, str]:
        """What a figure depends on besides the formula, as text: {within: 20}."""
        return parameters_of(self)

    def wrong(self) -> Iterator[tuple[str, str]]:
        """Yield (setting, what is wrong) for a parameter that the formula lacks, or does not know."""
        needed = PARAMETERS.get(self.formula, ())
        for name in ("within", "short", "days"):
            if name in needed and getattr(self, name) is None:
                unit = "days" if name == "days" else "seconds"
                yield "formula", f"{self.formula} also needs {name}: a number of {unit}"
            if name not in needed and getattr(self, name) is not None:
                yield name, f"{self.formula} takes no {name}: leave it out"


class Kpi(Definition):
    """One measure of the service. A figure without the name of its variant is not comparable with any other."""

    title: Text = Field(description="Name shown to people.")
    purpose: Text = Field(description="The decision that it serves.")
    promise: Id | None = Field(default=None, description="Promise to customers that it watches, as scorecards name it.")
    variants: dict[Id, Text] = Field(
        min_length=1, description="Every way in which it is computed, by name, as a formula in words."
    )
    computed: dict[Id, Computed] = Field(
        default_factory=dict,
        description="Variants that qacli computes from transactions, and by which formula; the others are imported.",
    )
    leading: Id | None = Field(default=None, description="The variant that is meant where none is named.")
    unit: Text = Field(description="What the figure counts, for example percent or seconds.")
    better: Literal["higher", "lower"] = Field(description="Which way is better for customers.")
    gaming: Text = Field(description="How it can be made to look better while the service gets no better.")
    counter: Id = Field(description="KPI that would show such gaming; the two are read together.")
    source: Text = Field(description="System or record from which it is computed.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a KPI that watches itself, and variants that are computed or leading without being defined."""
        if self.counter == self.id:
            yield wrong_at(("counter",), "own-counter", f"{self.id} cannot show its own gaming: name another KPI")
        known = ", ".join(self.variants)
        for variant, computed in self.computed.items():
            if variant not in self.variants:
                yield wrong_at(
                    ("computed", variant), "no-such-variant", f"{self.id} has no variant {variant}; it has {known}"
                )
            for setting, what in computed.wrong():
                yield wrong_at(("computed", variant, setting), "formula-parameter", what)
        if self.leading and self.leading not in self.variants:
            yield wrong_at(("leading",), "no-such-variant", f"{self.id} has no variant {self.leading}; it has {known}")


def unpaired(kpis: Sequence[Kpi]) -> Iterator[tuple[int, str, str]]:
    """Yield the KPIs whose counter-metric nobody defines: place among them, what is wrong, what to do."""
    known = sorted({kpi.id for kpi in kpis})
    for number, kpi in enumerate(kpis):
        if kpi.counter not in known:
            hint = did_you_mean(kpi.counter, known, f"defined are: {', '.join(known)}")
            yield number, f"{kpi.id} is to be read together with {kpi.counter}, which is not defined", hint
