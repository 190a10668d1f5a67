"""Desks: what customers are promised at the busiest time, and the people whom that takes by Erlang's formulas."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple, cast

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Number, Strict, Text, Whole, wrong_at
from qacli.stats import OutOfReach, at_work, erlang_a, erlang_c, fewest_for_abandoned, fewest_for_wait, rostered
from qacli.stats.staffing import MOST

if TYPE_CHECKING:
    from qacli.stats import Queue


class Answered(Strict):
    """A promise where customers wait until somebody answers: Erlang C."""

    percent: Number = Field(gt=0, lt=100, description="So many per cent of all who contact you")
    within_s: Number = Field(gt=0, description="are answered within so many seconds.")

    def __str__(self) -> str:
        return f"{self.percent} % answered within {self.within_s} s (Erlang C)"

    def queue(self, load: float, places: int, handle: float) -> Queue:
        """Return the queue of so much work before so many places."""
        return erlang_c(load, places, handle, float(self.within_s))

    def fewest(self, load: float, handle: float, busy: float) -> int:
        """Return the fewest places that hold it. Raises OutOfReach."""
        return fewest_for_wait(load, handle, float(self.within_s), float(self.percent) / 100, busy)


class Abandoned(Strict):
    """A promise where customers give up after a while: Erlang A."""

    percent: Number = Field(gt=0, lt=100, description="At most so many per cent give up")
    patience_s: Number = Field(gt=0, description="where a customer waits so many seconds on average before giving up.")

    def __str__(self) -> str:
        return f"at most {self.percent} % give up, patience {self.patience_s} s (Erlang A)"

    def queue(self, load: float, places: int, handle: float) -> Queue:
        """Return the queue of so much work before so many places."""
        return erlang_a(load, places, float(self.patience_s), handle)

    def fewest(self, load: float, handle: float, busy: float) -> int:
        """Return the fewest places that hold it. Raises OutOfReach."""
        return fewest_for_abandoned(load, handle, float(self.patience_s), float(self.percent) / 100, busy)


class Desk(Definition):
    """One desk at its busiest: what comes in, how long it takes, what is promised, who is there. Totals are worked out."""

    title: Text = Field(description="Name shown to people.")
    channel: Id = Field(description="Channel whose transactions it handles, for example phone.")
    contacts: Number = Field(
        ge=0, description="Contacts offered in the interval that is planned for, usually a busy one."
    )
    interval_min: Whole = Field(default=30, ge=1, le=1440, description="Length of that interval in minutes.")
    handle_s: Number = Field(gt=0, description="Average handling time in seconds, wrap-up included.")
    answered: Answered | None = Field(default=None, description="What is promised where customers wait: Erlang C.")
    abandoned: Abandoned | None = Field(default=None, description="What is promised where they give up: Erlang A.")
    busy_percent: Number = Field(
        default=Decimal(85), gt=0, le=100, description="Nobody is busier than this; our default."
    )
    shrinkage_percent: Number = Field(
        ge=0, lt=100, description="Paid time away from customers: leave, sickness, training, breaks, meetings."
    )
    concurrency: Whole = Field(
        default=1,
        ge=1,
        le=10,
        description="Conversations that one person has at a time; handle_s is measured with so many.",
    )
    rostered: Whole = Field(ge=0, description="People on the rota for that interval.")
    paid_hours: Number = Field(gt=0, description="Hours that one person is paid for in a week.")
    hour_cost: Number = Field(ge=0, description="What one paid hour costs, on-costs included.")
    source: Text = Field(description="Where these figures are from, and of which weeks.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a desk that promises nothing, or two things."""
        if (self.answered is None) == (self.abandoned is None):
            yield wrong_at(
                ("answered",) if self.answered else (),
                "one-promise",
                "promises either answered: {percent, within_s} or abandoned: {percent, patience_s}",
            )

    @property
    def load(self) -> float:
        """What comes in, in Erlangs of conversations."""
        return float(self.contacts) * float(self.handle_s) / (60 * self.interval_min)

    @property
    def promise(self) -> Answered | Abandoned:
        """What is promised to customers."""
        return cast("Answered | Abandoned", self.answered or self.abandoned)

    def queue(self, people: int) -> Queue:
        """Return the queue before so many people at work, each with ``concurrency`` conversations at a time."""
        return self.promise.queue(self.load, people * self.concurrency, float(self.handle_s))

    def weekly_cost(self, rota: int) -> Decimal:
        """Return what so many people on the rota cost in a week."""
        return (rota * self.paid_hours * self.hour_cost).quantize(Decimal("0.01"), ROUND_HALF_UP)


class Staffing(NamedTuple):
    """The fewest people at work and on the rota that hold what a desk promises; None where no number does."""

    people: int | None
    rostered: int | None

    def gap(self, desk: Desk) -> int | None:
        """Return how many the rota of a desk lacks, below 0 where it has more; None where no number is enough."""
        return None if self.rostered is None else self.rostered - desk.rostered


class Working(NamedTuple):
    """What so many people at work do for customers: shares of 1, seconds, and the cost of their rota in a week."""

    people: int
    rostered: int
    queue: Queue
    weekly_cost: Decimal


def staffing(desk: Desk) -> Staffing:
    """Return the people whom a desk takes; more than ``MOST`` are no answer."""
    if desk.load * 100 > MOST * float(desk.busy_percent):
        return Staffing(None, None)
    try:
        places = desk.promise.fewest(desk.load, float(desk.handle_s), float(desk.busy_percent) / 100)
    except OutOfReach:
        return Staffing(None, None)
    people = -(-places // desk.concurrency)
    return Staffing(people, rostered(people, float(desk.shrinkage_percent) / 100))


def workings(desk: Desk, around: int = 2) -> list[Working]:
    """Return what the people who are there do, what the fewest do who hold the promise, and some around both."""
    away = float(desk.shrinkage_percent) / 100
    marks = {at_work(desk.rostered, away), *([needed] if (needed := staffing(desk).people) else [])}
    shown = sorted({max(1, mark + step) for mark in marks for step in range(-around, around + 1)})
    return [
        Working(people, rota, desk.queue(people), desk.weekly_cost(rota))
        for people in shown
        for rota in [rostered(people, away)]
    ]
