"""Designs that draw alike inside strata: simple (one stratum), stratified, and a quota of each colleague."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from qacli.files.schema import on_channel
from qacli.model import Refusal
from qacli.monitor.sampling.designs.design import Design, Found, Share, column, even, most_of, of_all, size_of
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


def _simple(frame: Frame, found: Found) -> dict[str, Share]:
    asked = size_of(frame, sum(found.eligible.values()))
    return {stratum: even(asked, count) for stratum, count in found.eligible.items()}


def _stratified(frame: Frame, found: Found) -> dict[str, Share]:
    """At least the floor in each stratum and at most the cap; the rest by the allocation, largest remainder."""
    eligible = found.eligible
    if not eligible:
        return {}
    asked = size_of(frame, sum(eligible.values()))
    most = {stratum: min(count, frame.cap or count) for stratum, count in eligible.items()}
    n = min(asked, sum(most.values()))
    needed = sum(min(frame.floor, count) for count in eligible.values())
    if needed > n:
        raise FloorTooHigh(frame, asked, len(eligible), needed)
    sd = _sd(frame, eligible) if frame.allocation == "neyman" else None
    shares = allocate(eligible, n, frame.allocation, sd, frame.floor, frame.cap)
    return {stratum: even(share, eligible[stratum]) for stratum, share in shares.items()}


def _sd(frame: Frame, eligible: Mapping[str, int]) -> dict[str, float]:
    """Return the standard deviation of each stratum; of a share p it is sqrt(p(1-p)). Raises SpreadUnknown."""
    given = frame.spread or frame.expected
    values = {stratum: on_channel(given, stratum) for stratum in eligible}
    if unknown := [stratum for stratum, value in values.items() if value is None]:
        raise SpreadUnknown(frame, unknown)
    numbers = {stratum: float(value or 0) for stratum, value in values.items()}
    if frame.spread:
        return numbers
    return {stratum: sqrt(value / 100 * (1 - value / 100)) for stratum, value in numbers.items()}


def _quota(frame: Frame, found: Found) -> dict[str, Share]:
    return {stratum: even(frame.per_colleague or 0, count) for stratum, count in found.eligible.items()}


SIMPLE = Design(of_all, most_of, _simple)
STRATIFIED = Design(lambda frame: column(frame.stratify_by), most_of, _stratified)
QUOTA = Design(lambda _: "colleague", lambda frame, _: frame.per_colleague or 0, _quota)
