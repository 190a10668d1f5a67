"""Measures that a transcript or a record of a transaction gives by itself, for criteria that are filled from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple


class Timed(NamedTuple):
    """One turn: its number, whose it is, seconds since the first turn (None if not timed)."""

    number: int
    role: str
    seconds: int | None


class Measured(NamedTuple):
    """A measure with where it was read: a turn, or the record of the transaction."""

    value: float
    turn: int | None
    read: str


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
"""Measure, as criteria name it under filled_from: what computes it from the turns and the length in seconds."""
