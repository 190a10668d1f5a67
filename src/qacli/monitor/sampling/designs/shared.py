"""How a stratified design shares its number out: by size, the same to each, or more to what varies more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from qacli.files.schema import on_channel
from qacli.model import Refusal
from qacli.prepare.frames.frame import Frame
from qacli.stats import allocate


class FloorTooHigh(Refusal, rule="floor-too-high"):
    """The floors of the strata already ask for more than the whole sample."""

    def __init__(self, frame: Frame, asked: int, strata: int, needed: int) -> None:
        super().__init__(
            f"{frame.reference} asks for {asked} in all, but its floor of {frame.floor} in each of "
            f"{strata} strata needs {needed}.",
            help="raise size, or lower floor",
        )


class SpreadUnknown(Refusal, rule="spread-unknown"):
    """What varies more gets more: that takes a spread for every stratum there is."""

    def __init__(self, frame: Frame, strata: Sequence[str]) -> None:
        what = "spread" if frame.spread else "expected"
        super().__init__(
            f"{frame.reference} shares out by how much each stratum varies, and its {what} says nothing of "
            f"{', '.join(strata)}.",
            help=f"write {what} for each of them, or for any; from an earlier period or a pilot",
        )


def bounds(frame: Frame, eligible: Mapping[str, int]) -> tuple[int, int]:
    """Return the least and the most that all strata together give by floor and cap."""
    least = sum(min(frame.floor, count) for count in eligible.values())
    return least, sum(min(count, frame.cap or count) for count in eligible.values())


def shared(frame: Frame, eligible: Mapping[str, int], asked: int) -> dict[str, int]:
    """Return what each stratum gives of ``asked``, or of all that may be taken. Raises FloorTooHigh, SpreadUnknown."""
    least, most = bounds(frame, eligible)
    n = min(asked, most)
    if least > n:
        raise FloorTooHigh(frame, asked, len(eligible), least)
    sd = deviations(frame, eligible) if frame.allocation == "neyman" else None
    return allocate(eligible, n, frame.allocation, sd, frame.floor, frame.cap)


def deviations(frame: Frame, eligible: Mapping[str, int]) -> dict[str, float]:
    """Return the standard deviation of each stratum; of a share p it is sqrt(p(1-p)). Raises SpreadUnknown."""
    given = frame.spread or frame.expected
    values = {stratum: on_channel(given, stratum) for stratum in eligible}
    if unknown := [stratum for stratum, value in values.items() if value is None]:
        raise SpreadUnknown(frame, unknown)
    numbers = {stratum: float(value or 0) for stratum, value in values.items()}
    if frame.spread:
        return numbers
    return {stratum: sqrt(value / 100 * (1 - value / 100)) for stratum, value in numbers.items()}
