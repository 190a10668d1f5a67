"""How long a transaction lasted, and whether a time from its start lies within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.prepare.frames.visibility import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.model import View
    from qacli.monitor.sampling.draw import Item

SPARE = 60
"""Seconds by which a time may lie behind the end: clocks differ, and transcripts may tell minutes only."""
SPOKEN = "voice"


def seconds_of(offset: str) -> int:
    """Return a time from the start, mm:ss or h:mm:ss, in seconds."""
    seconds = 0
    for part in offset.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def as_offset(seconds: int) -> str:
    """Return seconds from the start as records hold them: 02:41, or 1:02:41."""
    hours, rest = divmod(seconds, 3600)
    return (f"{hours}:" if hours else "") + f"{rest // 60:02}:{rest % 60:02}"


def lasted(view: View, item: Item, lengths: Mapping[str, int]) -> int | None:
    """Return how many seconds a transaction lasted, None where nobody knows.

    By its transcript (``lengths``, seconds by transaction) or its source, whichever says longer. Where nobody speaks the
    source times the work on it, which has gaps, so only the transcript counts.
    """
    known = [lengths[item.transaction]] if item.transaction in lengths else []
    spoken = any(SPOKEN in technique.sees_on(item.channel) for technique in in_force(view))
    if item.seconds and spoken:
        known.append(item.seconds)
    return max(known, default=None)


def outside(offset: str, lasted: int | None) -> str:
    """Return what is wrong with a time that lies behind the end; empty where it does not, or nobody can tell."""
    if lasted is None or seconds_of(offset) <= lasted + SPARE:
        return ""
    return f"{offset} is after the end: it lasted {as_offset(lasted)}; write the time within it, or none"
