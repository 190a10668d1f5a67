"""The catalogue of coaching and training options that plans choose from."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from qacli.files.schema import Definition, Id, Number, Text, Whole


class Option(Definition):
    """One way to help a colleague do something better."""

    title: Text = Field(description="Name shown in plans.")
    method: Text = Field(description="What happens, in a sentence, for example: sits beside a buddy for six calls.")
    minutes: Whole = Field(ge=1, description="Working time that one colleague spends on it.")
    cost: Number = Field(ge=0, description="What one colleague's place costs, in pounds; 0 where it is our own time.")
    source: Text = Field(description="Who provides it.")
    fits: tuple[Id, ...] = Field(min_length=1, description="Criteria or sections of scorecards that it helps with.")
    book: Text = Field(description="How to get a place.")


def fitting(options: Iterable[Option], criterion: str, section: str = "") -> list[Option]:
    """Return the options that fit a criterion, those made for it before those made for its whole section."""
    options = list(options)
    exact = [option for option in options if criterion in option.fits]
    return exact + [option for option in options if option not in exact and section and section in option.fits]
