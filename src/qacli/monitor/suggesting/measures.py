"""Measures of a transaction that no person judges: read in the export, or from the times of its transcript.

The name of a measure says its unit: wait-seconds, full-reply-minutes; a name without one, transfers, is a count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from qacli.files.numbers import four_digits

UNITS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {"seconds": ("s", 1), "minutes": ("min", 60), "hours": ("h", 3600)}
)
"""Last word of a measure's name: how its unit is written, and how many seconds it has."""


class Timed(NamedTuple):
    """One turn: its number, whose it is, seconds since the first turn (None if not timed)."""

    number: int
    role: str
    seconds: int | None


class Measured(NamedTuple):
    """A measure in its own unit with where it was read: a turn, or the record of the transaction."""

    value: float
    turn: int | None
    read: str


def unit_of(measure: str) -> str:
    """Return how the unit of a measure is written; empty where it counts."""
    return UNITS.get(measure.rpartition("-")[2], ("", 1))[0]


def seconds_per_unit(measure: str) -> int | None:
    """Return how many seconds the unit of a measure has; None where it counts."""
    unit = UNITS.get(measure.rpartition("-")[2])
    return unit[1] if unit else None


def in_words(measure: str, found: Measured) -> str:
    """Return a measure as people are shown it: 75 s, from turn 1 to turn 2."""
    unit = unit_of(measure)
    return f"{four_digits(found.value)}{f' {unit}' if unit else ''}, {found.read}"


def first_reply(turns: Sequence[Timed], _: int | None) -> Measured | None:
    """Return the seconds from the customer's first turn to the colleague's first after it."""
    asked = next((turn for turn in turns if turn.role == "customer"), None)
    if asked is None or asked.seconds is None:
        return None
    reply = next((turn for turn in turns if turn.role == "colleague" and turn.number > asked.number), None)
    if reply is None or reply.seconds is None:
        return None
    return Measured(reply.seconds - asked.seconds, reply.number, f"from turn {asked.number} to turn {reply.number}")


def longest_wait(turns: Sequence[Timed], _: int | None) -> Measured | None:
    """Return the longest time in seconds that a customer waited for the colleague's next turn."""
    waits = [
        Measured(after.seconds - before.seconds, after.number, f"from turn {before.number} to turn {after.number}")
        for before, after in pairwise(turns)
        if (before.role, after.role) == ("customer", "colleague")
        and before.seconds is not None
        and after.seconds is not None
    ]
    return max(waits, default=None, key=lambda wait: wait.value)


def handling(_: Sequence[Timed], seconds: int | None) -> Measured | None:
    """Return the seconds that the export gives for the transaction."""
    return None if seconds is None else Measured(seconds, None, "length in the export")


MEASURES: Mapping[str, Callable[[Sequence[Timed], int | None], Measured | None]] = MappingProxyType(
    {"first-reply-seconds": first_reply, "longest-wait-seconds": longest_wait, "handling-seconds": handling}
)
"""Measures that need no column of their own: what computes them from the turns and the length in seconds.

All others are columns of the export that its profile names under ``measures``; such a column goes before these.
"""


def measured(name: str, turns: Sequence[Timed], seconds: int | None, export: Mapping[str, Measured]) -> Measured | None:
    """Return a measure of one transaction; None where nothing gives it. ``export`` holds those of its own columns."""
    if name in export:
        return export[name]
    return MEASURES[name](turns, seconds) if name in MEASURES else None
