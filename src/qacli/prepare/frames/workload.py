"""Workload: the hours that a sample takes against those that its evaluators have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame


def hours(frame: Frame, n: float) -> float:
    """Return the hours of evaluators that so many evaluations take."""
    return n * frame.minutes_per_evaluation / 60


def capacity(frame: Frame) -> int | None:
    """Return how many evaluations the evaluators have room for in a period; None where somebody states no limit."""
    room = frame.room()
    return sum(room.values()) if len(room) == len(tuple(frame.evaluators)) else None


def overload(frame: Frame, n: int) -> str:
    """Return in words that so many evaluations are more than the evaluators have room for; empty where they are not."""
    room = capacity(frame)
    if room is None or n <= room:
        return ""
    return (
        f"{n} evaluations need {hours(frame, n):.1f} hours every {frame.cadence}, and its evaluators have room for {room}, "
        f"{hours(frame, room):.1f} hours: {n - room} would have nobody"
    )


def workload(frame: Frame, n: int) -> str:
    """Return in words what so many evaluations take, against what the evaluators have."""
    if over := overload(frame, n):
        return over
    people, room = tuple(frame.evaluators), capacity(frame)
    took = f"{n} evaluations take {hours(frame, n):.1f} hours of evaluators every {frame.cadence}"
    each = f", {hours(frame, n) / len(people):.1f} for each of {len(people)}" if len(people) > 1 else ""
    if room is None:
        return f"{took}{each}; the frame does not state how many hours each of them has"
    return f"{took}; they have room for {room}"
