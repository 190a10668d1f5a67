"""Known events: what happened around the desk, and when. They are candidates for why a figure moved, never its cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Text, wrong_at

FAR = 21
"""Days from a change within which an event is named as a candidate."""


class Event(Definition):
    """One event. A change goes on from its first day; a disturbance is over after its last, and what it did is known."""

    what: Text = Field(description="What happened, in one line, for example: chat platform release 7.2.")
    kind: Literal["change", "disturbance"] = Field(
        default="change",
        description="change: from then on things may differ, and charts mark the day. disturbance: a known special cause "
        "such as an outage or a holiday week; what charts show in its days is noted and raises no alarm.",
    )
    channels: tuple[Id, ...] = Field(default=(), description="Channels that it touched; left out: all.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a disturbance without an end: it would silence a chart for ever."""
        if self.kind == "disturbance" and self.to is None:
            yield wrong_at(("kind",), "endless-disturbance", "a disturbance has a last day: write to:, or kind: change")

    def touches(self, channel: str) -> bool:
        """Return whether the event may have touched a channel; an empty one stands for the whole desk."""
        return not channel or not self.channels or channel in self.channels


class Candidate(NamedTuple):
    """An event near a day; ``days`` from that day to the event, below 0 where the event came first."""

    event: Event
    days: int

    def in_words(self) -> str:
        """Return the event as a line under a figure: a candidate, not a cause."""
        far = "1 day" if abs(self.days) == 1 else f"{abs(self.days)} days"
        apart = f"{far} {'before' if self.days < 0 else 'after'}" if self.days else "the same day"
        return f"{self.event.id} of {self.event.from_} ({self.event.what}; {apart}): a candidate, not a cause"


def candidates(events: Iterable[Event], day: date, channel: str = "", far: int = FAR) -> list[Candidate]:
    """Return the events that began at most ``far`` days from a day, nearest first; of two as near, the earlier."""
    near = [Candidate(event, (event.from_ - day).days) for event in events if event.touches(channel)]
    return sorted(
        (each for each in near if abs(each.days) <= far), key=lambda each: (abs(each.days), each.days, each.event.id)
    )


def disturbances(events: Iterable[Event], first: date, last: date, channel: str = "") -> list[Event]:
    """Return the disturbances that overlap some days, both included, in order of their first day."""
    found = [
        event
        for event in events
        if event.kind == "disturbance"
        and event.touches(channel)
        and event.from_ <= last
        and first <= (event.to or last)
    ]
    return sorted(found, key=lambda event: (event.from_, event.id))
