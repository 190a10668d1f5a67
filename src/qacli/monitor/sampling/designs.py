"""Designs: how many of each stratum are taken. The strata's own members are then picked by rank."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from qacli.model import Refusal
from qacli.prepare.frames.frame import Frame
from qacli.stats import allocate

ALL = "all"


class Design(NamedTuple):
    """A design: what the strata are, at most how many a stratum gives, and how many each gives.

    ``sizes`` takes {stratum: eligible} and returns {stratum: (asked, drawn)}.
    """

    stratum: Callable[[Frame], str]
    most: Callable[[Frame], int]
    sizes: Callable[[Frame, Mapping[str, int]], dict[str, tuple[int, int]]]


class FloorTooHigh(Refusal, rule="floor-too-high"):
    """The floors of the strata already ask for more than the whole sample."""

    def __init__(self, frame: Frame, strata: int, needed: int) -> None:
        super().__init__(
            f"{frame.reference} asks for {frame.size} in all, but its floor of {frame.floor} in each of "
            f"{strata} strata needs {needed}.",
            help="raise size, or lower floor",
        )


def _simple(frame: Frame, eligible: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    asked = frame.size or 0
    return {stratum: (asked, min(asked, count)) for stratum, count in eligible.items()}


def _proportional(frame: Frame, eligible: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Largest remainder over the eligible, at least the floor in each stratum."""
    if not eligible:
        return {}
    n = min(frame.size or 0, sum(eligible.values()))
    needed = sum(min(frame.floor, count) for count in eligible.values())
    if needed > n:
        raise FloorTooHigh(frame, len(eligible), needed)
    shares = allocate(eligible, n, "proportional", floor=frame.floor)
    return {stratum: (share, share) for stratum, share in shares.items()}


def _quota(frame: Frame, eligible: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    asked = frame.per_colleague or 0
    return {stratum: (asked, min(asked, count)) for stratum, count in eligible.items()}


DESIGNS: Mapping[str, Design] = MappingProxyType(
    {
        "simple": Design(lambda _: f"'{ALL}'", lambda frame: frame.size or 0, _simple),
        "proportional": Design(
            lambda frame: f"coalesce({frame.stratify_by}, '(none)')", lambda frame: frame.size or 0, _proportional
        ),
        "quota": Design(lambda _: "colleague", lambda frame: frame.per_colleague or 0, _quota),
    }
)
