"""Techniques of observation: what each lets an observer perceive on which channel, what it takes, how it misleads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Number, Text, Whole, YesNo, on_channel, wrong_at
from qacli.prepare.scorecards.scorecard import Criterion, Sign

Intrusion = Literal["none", "low", "high"]
INTRUSIONS: tuple[Intrusion, ...] = ("none", "low", "high")
Audience = Literal["customers", "colleagues"]


class Technique(Definition):
    """One way to look at a transaction."""

    title: Text = Field(description="Name shown to people.")
    sees: dict[Id, tuple[Sign, ...]] = Field(
        min_length=1,
        description="What can be perceived, per channel, or any for all the others. A channel that is not named has no "
        "use for it.",
    )
    blind_to: Text = Field(description="What stays hidden, in a sentence.")
    live: YesNo = Field(description="yes: somebody is there while it happens, so it has a start and can disturb.")
    intrusion: Intrusion = Field(description="How much it is felt by those who are watched: none, low or high.")
    notice_needed: tuple[Audience, ...] = Field(
        description="Who must have been told: customers, colleagues, both, or []."
    )
    minutes: Whole = Field(ge=0, description="Working time that one transaction takes the observer.")
    cost: Number = Field(ge=0, description="What one transaction costs beside that time, in pounds.")
    bias: Text = Field(description="Which way it misleads.")
    advantages: Text = Field(description="What speaks for it.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return the lists that say the same twice, or nothing."""
        for channel, signs in self.sees.items():
            if not signs:
                yield wrong_at(("sees", channel), "sees-nothing", f"nothing is perceived on {channel}: leave it out")
            yield from _twice(("sees", channel), signs)
        yield from _twice(("notice_needed",), self.notice_needed)

    def sees_on(self, channel: str) -> tuple[Sign, ...]:
        """Return what can be perceived on a channel; nothing where the technique is of no use there."""
        return on_channel(self.sees, channel) or ()

    def hidden(self, criterion: Criterion, channel: str) -> list[Sign]:
        """Return what a criterion needs and this technique does not give on a channel."""
        return [sign for sign in criterion.perceived if sign not in self.sees_on(channel)]


def _twice(place: tuple[str, ...], words: tuple[str, ...]) -> Iterator[PydanticCustomError]:
    for number, word in enumerate(words):
        if word in words[:number]:
            yield wrong_at((*place, number), "repeated", f"{word} stands twice")


def gently(techniques: Iterable[Technique]) -> list[Technique]:
    """Return techniques in the order in which they are offered: the least felt first, then the quickest."""
    return sorted(techniques, key=lambda each: (INTRUSIONS.index(each.intrusion), each.minutes, each.reference))
