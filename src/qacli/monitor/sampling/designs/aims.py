"""Aims of designs in which not all have the same chance: the number is worked out from what each stratum holds.

What is worked out is a frame with a plain number, so that nothing after it knows of aims. Which number reaches an aim
follows from the frame and the counts alone: whoever draws again finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from statistics import NormalDist
from types import MappingProxyType
from typing import NamedTuple

from qacli.monitor.sampling.designs.shared import bounds, deviations, shared
from qacli.prepare.frames.frame import Frame
from qacli.prepare.frames.risk import OTHER
from qacli.prepare.frames.size import LARGEST, SampleTooLarge, Size
from qacli.stats import (
    blocks,
    class_probabilities,
    clusters_needed,
    least_chance,
    most_needed,
    part_of_chances,
    part_of_strata,
    power_two_proportions,
)

Counts = Mapping[str, int]


class Settled(NamedTuple):
    """A frame with the plain number that its aim takes; ``number`` in words, and the evaluations that it means in all.

    ``reached`` is False where all that may be taken does not do.
    """

    frame: Frame
    number: str = ""
    n: int = 0
    reached: bool = True


class Target(NamedTuple):
    """What an aim allows: at most ``part`` of the variance of one unit, with or without the finite population, or at least
    ``chance`` for each unit."""

    part: float = 0.0
    finite: bool = True
    chance: float = 0.0


def by_strata(frame: Frame) -> bool:
    """Return whether how many a frame asks for depends on what each stratum holds, not only on all together."""
    alike = frame.design in {"simple", "systematic", "proportional"} or (
        frame.design == "stratified" and frame.allocation == "proportional"
    )
    return frame.size is not None and not frame.size.plain and not alike


def settled(frame: Frame, eligible: Counts) -> Settled:
    """Return a frame with a plain number in place of an aim; any other frame as it is. Raises SampleTooLarge, SpreadUnknown."""
    if frame.size is None or not eligible or not by_strata(frame):
        return Settled(frame)
    found = SETTLED[frame.design](frame, eligible, _target(frame, frame.size, eligible))
    if found.n > LARGEST:
        raise SampleTooLarge(frame.size, found.n, sum(eligible.values()))
    return found


def rule_of(frame: Frame, eligible: Counts) -> str:
    """Return what was worked out from which aim, in words; empty for a plain number."""
    if not frame.size or not by_strata(frame):
        return frame.size.rule(sum(eligible.values())) if frame.size else ""
    found = settled(frame, eligible)
    short = "" if found.reached else "; all that may be taken does not reach it"
    return f"{found.number} from {frame.aim_in_words()}, of {sum(eligible.values()):,} eligible{short}"


def most_by_strata(frame: Frame) -> int:
    """Return a number that is never passed by what an aim takes of one stratum, whatever the strata hold.

    Of equal shares each stratum gives at most what a simple sample of very many would take, for a drop at most twice as
    many; where chances differ, at most as many times that as the largest weight is of the smallest.
    """
    size = frame.size or Size(n=1)
    if size.fault is not None:
        base = float(most_needed(float(size.fault) / 100, float(size.confidence) / 100))
    else:
        target = _target(frame, size, {})
        largest = (
            max(deviations(frame, dict.fromkeys(frame.spread or frame.expected, 1)).values()) ** 2 if _own(frame) else 1
        )
        base = (largest if target.finite else 2) / target.part
    return min(LARGEST, ceil(base * _skew(frame)) + frame.floor + 1)


def _own(frame: Frame) -> bool:
    """Return whether the frame says of each stratum how much it varies."""
    return frame.allocation == "neyman"


def _skew(frame: Frame) -> float:
    weights = [1.0]
    if frame.design == "risk-weighted":
        weights += [float(each.weight) for each in frame.risk.values()]
    elif _own(frame):
        weights = list(deviations(frame, dict.fromkeys(frame.spread or frame.expected, 1)).values())
    return max(weights) / min(weights)


def _target(frame: Frame, size: Size, eligible: Counts) -> Target:
    confidence = float(size.confidence) / 100
    if size.drop is not None:
        before = float(size.from_) / 100
        n = power_two_proportions(before, before - float(size.drop) / 100, float(size.power) / 100).estimate
        return Target(1 / n, finite=False)
    if size.fault is not None:
        return Target(chance=least_chance(float(size.fault) / 100, confidence, sum(eligible.values())))
    points = float(size.margin or 0)
    mean = size.sd is not None or (_own(frame) and frame.spread)
    margin, share = points if mean else points / 100, float(size.share) / 100
    unit = 1.0 if _own(frame) else float(size.sd) ** 2 if size.sd is not None else share * (1 - share)
    return Target((margin / NormalDist().inv_cdf((1 + confidence) / 2)) ** 2 / unit)


def _reached(frame: Frame, eligible: Counts, drawn: Counts, target: Target) -> bool:
    if target.chance:
        return all(drawn[name] >= target.chance * count * (1 - 1e-9) for name, count in eligible.items())
    own = deviations(frame, eligible) if _own(frame) and target.finite else {}
    strata = [(count, drawn[name], own.get(name, 1.0) ** 2) for name, count in eligible.items()]
    part = part_of_strata(strata, target.finite)
    return part is not None and part <= target.part * (1 + 1e-9)


def _stratified(frame: Frame, eligible: Counts, target: Target) -> Settled:
    # of a stratum that gives nothing nothing is told, however many the others give
    frame = frame.model_copy(update={"floor": max(1, frame.floor)})
    least, most = bounds(frame, eligible)

    def enough(n: int) -> bool:
        return _reached(frame, eligible, shared(frame, eligible, n), target)

    n = _fewest(enough, max(1, least), most)
    return Settled(frame.asking(min(n, LARGEST)), f"n {n:,}", n, enough(n))


def _quota(frame: Frame, eligible: Counts, target: Target) -> Settled:
    def drawn(each: int) -> dict[str, int]:
        return {name: min(each, count) for name, count in eligible.items()}

    each = _fewest(lambda each: _reached(frame, eligible, drawn(each), target), 1, max(eligible.values()))
    plain = frame.model_copy(update={"size": None, "per_colleague": each})
    reached = _reached(frame, eligible, drawn(each), target)
    return Settled(plain, f"{each:,} per colleague", sum(drawn(each).values()), reached)


def weighed(frame: Frame, eligible: Counts) -> dict[str, tuple[int, float]]:
    """Return the classes of risk as (how many it holds, the weight of each)."""
    weights = {name: float(each.weight) for name, each in frame.risk.items()} | {OTHER: 1.0}
    return {name: (count, weights[name]) for name, count in eligible.items()}


def _risk_weighted(frame: Frame, eligible: Counts, target: Target) -> Settled:
    classes = weighed(frame, eligible)

    def enough(n: int) -> bool:
        chances = class_probabilities(classes, n)
        if target.chance:
            return min(chances.values()) >= target.chance * (1 - 1e-9)
        part = part_of_chances([(count, chances[name]) for name, count in eligible.items()], target.finite)
        return part is not None and part <= target.part * (1 + 1e-9)

    n = _fewest(enough, 1, sum(eligible.values()))
    return Settled(frame.asking(min(n, LARGEST)), f"n {n:,}", n, enough(n))


def _two_stage(frame: Frame, eligible: Counts, target: Target) -> Settled:
    of = blocks(list(eligible.values()), frame.per_cluster or 1)
    needed = clusters_needed(of, target.part, float(frame.alike or 0) / 100, target.finite)
    clusters = max(2, min(needed, of.held))
    plain = frame.model_copy(update={"size": None, "clusters": clusters})
    n = clusters * (frame.per_cluster or 0)
    return Settled(plain, f"{clusters:,} {frame.cluster_by}s", n, needed <= of.held)


SETTLED: Mapping[str, Callable[[Frame, Counts, Target], Settled]] = MappingProxyType(
    {"stratified": _stratified, "quota": _quota, "risk-weighted": _risk_weighted, "two-stage": _two_stage}
)


def _fewest(enough: Callable[[int], bool], low: int, high: int) -> int:
    """Return a number that is enough while one less is not; ``high`` where even that is not."""
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
