"""Themes of what customers say, and expressions by which a complaint is known: as data."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Text, wrong_at
from qacli.govern.clock import Clock
from qacli.prepare.scorecards.rule import not_a_pattern


class Theme(Definition):
    """What a remark is mainly about."""

    title: Text = Field(description="Name shown to people.")
    belongs: Text = Field(description="What belongs here, so that two people choose alike.")
    not_here: Text | None = Field(default=None, description="What is near and belongs elsewhere.")


class Sign(Definition):
    """Expressions that make somebody look whether a remark is a complaint. A person always decides."""

    title: Text = Field(description="What they say, for example: the customer had to ask again.")
    any_of: tuple[Text, ...] = Field(
        min_length=1,
        max_length=50,
        description="Patterns (RE2), in small letters or capitals; one that fits is enough.",
    )
    triage: Clock = Field(description="Within which time somebody decides whether it is a complaint.")
    source: Text = Field(description="Who says so; our setting where no rule does.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return patterns that RE2 does not take."""
        for place, pattern in enumerate(self.any_of):
            if why := not_a_pattern(pattern):
                yield wrong_at(("any_of", place), "no-pattern", f"'{pattern}' is no pattern that can be used: {why}")
