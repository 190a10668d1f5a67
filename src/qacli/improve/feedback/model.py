"""Models of feedback as data: the steps that a point goes through; and words about the person, which no point may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Strict, Text, wrong_at
from qacli.improve.feedback.sheet import DEVELOPMENT, STRENGTH

Part = Literal["situation", "behaviour", "impact", "next", "account"]
"""What a step says: when and where; what was seen or heard; what it meant for the customer; what is to be different; what
the colleague says of it."""
PARTS: tuple[Part, ...] = ("situation", "behaviour", "impact", "next", "account")
KINDS = (STRENGTH, DEVELOPMENT)
"""What a point can be."""


class Step(Strict):
    """One step of a model."""

    part: Part = Field(
        description="situation, behaviour, impact, next or account (the colleague's own, said in the talk)."
    )
    name: Text = Field(description="What the model calls it, for example Context.")
    asks: Text = Field(description="What it answers, to be shown where it is missing.")
    of: Literal["strength", "development"] | None = Field(
        default=None, description="Only points of this kind; left out: both."
    )


class FeedbackModel(Definition):
    """A way to say a point: its steps, all of them required, in their order."""

    title: Text = Field(description="Name shown to people.")
    source: Text = Field(description="Where it comes from.")
    steps: tuple[Step, ...] = Field(min_length=2, description="In the order in which they are said.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return the parts that a point would say twice, and a model that never says what was seen or heard."""
        for kind in KINDS:
            parts = [step.part for step in self.of(kind)]
            if "behaviour" not in parts:
                words = f"a {kind} never says what was seen or heard: add a step with part: behaviour"
                yield wrong_at(("steps",), "no-behaviour", words)
            if twice := sorted({part for part in parts if parts.count(part) > 1}):
                words = f"a {kind} says {', '.join(twice)} twice: keep one step for each"
                yield wrong_at(("steps",), "repeated-step", words)

    def of(self, kind: str) -> list[Step]:
        """Return the steps of points of a kind."""
        return [step for step in self.steps if step.of in {None, kind}]


class PersonWords(Definition):
    """Words that judge a person, where feedback says what was done."""

    words: tuple[Text, ...] = Field(
        min_length=1, description="For example [lazy, bad attitude]; capitals do not count."
    )
    instead: Text = Field(description="What to write instead.")

    def found_in(self, text: str) -> list[str]:
        """Return the words that stand in a text as whole words, in the order of the list."""
        return [word for word in self.words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]


def person_words(lists: Iterable[PersonWords], text: str) -> list[tuple[str, str]]:
    """Return each word about the person in a text, with what to write instead."""
    return [(word, each.instead) for each in lists for word in each.found_in(text)]
