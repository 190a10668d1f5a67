"""Requirements: what law, regulators, codes and our own policy ask, from when to when, with the source that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Date, Definition, Id, Named, Reference, Text, Whole, wrong_at
from qacli.govern.requirements.bound import Bound, BoundText, read

Kind = Literal["law", "regulator", "code", "standard", "policy", "strategy", "offer"]
OUTSIDE = ("law", "regulator", "code", "standard")
"""Kinds that others set; policy, strategy and offer are our own."""
Nation = Literal["england-wales", "scotland", "northern-ireland"]
Transition = Literal["unchecked", "by-receipt", "at-once"]


class Requirement(Definition):
    """One rule in one version. What changes it is a new version with its own first day; the old one keeps its days."""

    title: Text = Field(description="Name shown to people.")
    says: Text = Field(description="What it asks of us, in our own words.")
    kind: Kind = Field(
        description="law, regulator, code or standard from outside; policy, strategy or offer of our own."
    )
    source: Text = Field(description="What says so, so that somebody else finds it: act and section, handbook, page.")
    clause: Text | None = Field(default=None, description="Section, rule or clause of the source.")
    regulator: Text | None = Field(default=None, description="Who watches over it, for example FCA.")
    nations: tuple[Nation, ...] = Field(
        default=(), description="Where it holds; left out: in all of the United Kingdom."
    )
    roles: tuple[Id, ...] = Field(
        default=(), description="Whose work it touches: roles of qacli.yaml, or colleague; left out: everybody's."
    )
    checked_on: Date = Field(description="Day on which somebody last read the source before this was written.")
    look_every: Whole = Field(
        default=365, ge=1, le=1826, description="Days after which its source is looked at again; our default."
    )
    supersedes: Reference | None = Field(
        default=None, description="The version, or other rule, that it took the place of."
    )
    transition: Transition = Field(
        default="unchecked",
        description="What holds for a case that came in before the first day and is open on it: by-receipt, the version of "
        "the day of receipt; at-once, this one; unchecked, nobody has looked.",
    )
    procedures: tuple[Named, ...] = Field(default=(), description="Procedures that carry it out.")
    notices: tuple[Named, ...] = Field(default=(), description="Notices that tell people of it.")
    scorecards: tuple[Named, ...] = Field(default=(), description="Scorecards that watch it as a whole.")
    criteria: tuple[Id, ...] = Field(default=(), description="Criteria of scorecards that watch it.")
    triggers: tuple[Id, ...] = Field(
        default=(),
        description="Triggers of escalation whose cases it is about: they are held against its clocks called "
        "acknowledgement and answer.",
    )
    controls: tuple[Text, ...] = Field(
        default=(), description="What else sees to it, for example a field of the case system."
    )
    test: tuple[BoundText, ...] = Field(
        default=(),
        description="What shows that it is kept: clock answer within 8 weeks; criterion co-clock at least 98; kpi "
        "answered-on-time at least 95.",
    )

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a rule that supersedes itself, and a test that stands twice."""
        if self.supersedes == self.reference:
            yield wrong_at(("supersedes",), "supersedes-itself", f"{self.reference} cannot take its own place")
        names = [bound.in_words for bound in self.bounds]
        for place, name in enumerate(names):
            if name in names[:place]:
                yield wrong_at(("test", place), "repeated-test", f"{name} is tested twice: one bound for each")

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The tests, read."""
        return tuple(bound for text in self.test if (bound := read(text)))

    @property
    def clocks(self) -> tuple[Bound, ...]:
        """The tests that are clocks of cases."""
        return tuple(bound for bound in self.bounds if bound.kind == "clock")

    @property
    def is_outside(self) -> bool:
        """Whether others set it, so that nobody here can ease it."""
        return self.kind in OUTSIDE

    @property
    def met_by(self) -> tuple[str, ...]:
        """What carries it out or watches it, by name."""
        return (*self.procedures, *self.notices, *self.scorecards, *self.criteria, *self.controls)

    @property
    def cited(self) -> str:
        """The source with its clause."""
        return f"{self.source}, {self.clause}" if self.clause else self.source

    def holds_in(self, nation: str) -> bool:
        """Return whether it holds in a nation of qacli.yaml."""
        return not self.nations or nation in self.nations
