"""The catalogue of coaching and training options that plans choose from."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from qacli.files.schema import ANY, Definition, Id, Number, Text, Whole


class Option(Definition):
    """One way to help a colleague do something better."""

    title: Text = Field(description="Name shown in plans.")
    method: Text = Field(description="What happens, in a sentence, for example: sits beside a buddy for six calls.")
    minutes: Whole = Field(ge=1, description="Working time that one colleague spends on it.")
    cost: Number = Field(ge=0, description="What one colleague's place costs, in pounds; 0 where it is our own time.")
    source: Text = Field(description="Who provides it.")
    fits: tuple[Id, ...] = Field(
        min_length=1, description="Criteria or sections of scorecards that it helps with; any for all of them."
    )
    book: Text = Field(description="How to get a place: the access route.")
    lead_days: Whole = Field(default=0, ge=0, le=366, description="Days' notice that a place takes.")
    model: Id | None = Field(
        default=None, description="The coaching model that the conversation follows, for example grow."
    )


def fitting(options: Iterable[Option], criterion: str, section: str = "") -> list[Option]:
    """Return the options that fit a criterion: those made for it, then those for its whole section, then those for any."""
    options = list(options)
    ranked = [[option for option in options if place and place in option.fits] for place in (criterion, section, ANY)]
    return list({option.reference: option for rank in ranked for option in rank}.values())
