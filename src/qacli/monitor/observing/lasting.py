"""Times from the start of a transaction, and whether one lies behind its end."""

from __future__ import annotations

SPARE = 60
"""Seconds by which a time may lie behind the end: clocks differ, and transcripts may tell minutes only."""


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


def is_late(offset: str, lasted: int | None) -> bool:
    """Return whether a time lies behind the end of what lasted so many seconds; nobody can tell where that is None."""
    return bool(offset) and lasted is not None and seconds_of(offset) > lasted + SPARE
