"""The calendar of a frame: which periods come next and when each falls due; and whether it is a rolling plan at all."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from qacli.prepare.period import Period, in_words, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.prepare.frames.frame import Frame

DAY = timedelta(days=1)
SHOWN = 3


def due_on(frame: Frame, period: Period) -> date:
    """Return the day on which a period is to be drawn: when it is over; times of unannounced checks when it begins."""
    return period.first if frame.design == "times" else period.last + DAY


def coming(frame: Frame, day: date) -> Iterator[Period]:
    """Yield the periods of a frame that are not over on a day, the nearest first."""
    period = period_of(frame.cadence, max(day, frame.from_))
    while frame.to is None or period.first <= frame.to:
        yield period
        period = period_of(frame.cadence, period.last + DAY)


def one_off(frame: Frame) -> Period | None:
    """Return the only period of a frame that ends before a second one begins; None for a rolling plan."""
    first = period_of(frame.cadence, frame.from_)
    return first if frame.to and frame.to <= first.last else None


def calendar(frame: Frame, day: date) -> str:
    """Return in words when a frame is drawn next; one that is drawn only once is marked."""
    if frame.design == "judgement":
        return "none: a person chooses"
    found = list(islice(coming(frame, day), SHOWN))
    if only := one_off(frame):
        told = f"due {in_words(due_on(frame, only))}" if found else "over"
        return f"one-off: only {only.key}, {told}; what it finds has nothing to be compared with"
    if not found:
        return f"ended on {in_words(frame.to)}" if frame.to else ""
    return ", ".join(f"{period.key} due {in_words(due_on(frame, period))}" for period in found)
