"""Instruments: what customers are asked, on which scale and when, and which column of an export holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Number, Strict, Text, wrong_at

SURVEY = "survey"
INFORMAL = ("unsolicited", "overheard", "social", "praise")
"""Kinds of feedback that nobody asked for. They are heard, themed and answered, and never counted as satisfaction."""
Kind = Literal["survey", "unsolicited", "overheard", "social", "praise"]
DATES: Mapping[str, str] = MappingProxyType({"y-m-d": "%Y-%m-%d", "d/m/y": "%d/%m/%Y", "m/d/y": "%m/%d/%Y"})
"""How days are written, as the standard library reads it."""


class Answers(Strict):
    """The scale of the answers."""

    lowest: Number = Field(description="The worst answer.")
    highest: Number = Field(description="The best answer.")
    favourable_from: Number = Field(description="From this answer on a customer counts as satisfied.")


class Columns(Strict):
    """The columns of the export, exactly as its first row names them."""

    transaction: Text = Field(description="The transaction that it is about.")
    on: Text = Field(description="The day on which the customer was asked, or said it.")
    asked: Text | None = Field(
        default=None, description="Whether the customer was asked: Y, yes, 1 or true. Left out: every line was."
    )
    score: Text | None = Field(default=None, description="The answer; empty where none came.")
    words: Text | None = Field(default=None, description="What the customer wrote.")
    channel: Text | None = Field(default=None, description="The channel of the transaction.")


class Instrument(Definition):
    """One way in which the words of customers reach us: a survey, or a source of what nobody asked for."""

    title: Text = Field(description="Name shown to people.")
    kind: Kind = Field(description="survey; or what comes unasked: unsolicited, overheard, social or praise.")
    wording: Text | None = Field(default=None, description="Survey: the question, word for word.")
    scale: Answers | None = Field(default=None, description="Survey: the scale of its answers.")
    sent_when: Text = Field(description="When and to whom it is sent; of what comes unasked: where it is looked for.")
    columns: Columns = Field(description="Which column of the export holds what.")
    strata: tuple[Text, ...] = Field(
        default=(), max_length=8, description="Columns by which it is told who answered less than others."
    )
    dates: Literal["y-m-d", "d/m/y", "m/d/y"] = Field(default="y-m-d", description="How the day is written.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a survey that is not stated whole, and a score where nobody was asked."""
        if self.kind == SURVEY:
            for name, stated in (("wording", self.wording), ("scale", self.scale)):
                if stated is None:
                    yield wrong_at((name,), "survey-unstated", f"a survey says its {name}")
            if self.columns.score is None:
                yield wrong_at(("columns",), "survey-unstated", "a survey says which column holds the answer: score")
        elif self.scale or self.columns.score or self.wording:
            yield wrong_at(
                ("kind",),
                "informal-score",
                f"{self.kind} feedback has no wording, scale or score: nobody was asked, so it is never counted as "
                "satisfaction",
            )
        if self.scale and not self.scale.lowest < self.scale.favourable_from <= self.scale.highest:
            yield wrong_at(("scale", "favourable_from"), "scale-order", "it is above lowest and not above highest")
