"""Candidates: a frame as it would be with other designs, so that they can be compared on its own population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from statistics import stdev
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.model import Refusal, UsageError, View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.designs.aims import by_strata
from qacli.monitor.sampling.designs.design import Found
from qacli.monitor.sampling.designs.registry import design_of
from qacli.monitor.sampling.draw import Item

if TYPE_CHECKING:
    from qacli.monitor.sampling.rehearsal import Stage
    from qacli.prepare.frames.frame import Frame


class Settings(NamedTuple):
    """What a design needs beside the frame: its settings for so many in all over so many colleagues; what it lacks."""

    of: Callable[[Frame, int, int], dict[str, Any]]
    lacks: Callable[[Frame], str] = lambda _: ""


def side_of(frame: Frame) -> str:
    """Return by what a frame is stratified, or would best be: its channels where it has several, else teams."""
    if frame.stratify_by != "none":
        return frame.stratify_by
    return "channel" if len(frame.population.channel) != 1 else "team"


def _stratified(allocation: str) -> Callable[[Frame, int, int], dict[str, Any]]:
    return lambda frame, *_: {"design": "stratified", "stratify_by": side_of(frame), "allocation": allocation}


def _no_spread(frame: Frame) -> str:
    if frame.spread or frame.expected:
        return ""
    return f"how much scores vary by {side_of(frame)} is not known yet: write spread into the frame, or score more"


def _quota(_: Frame, n: int, colleagues: int) -> dict[str, Any]:
    return {
        "design": "quota",
        "stratify_by": "none",
        "size": None,
        "per_colleague": max(1, round(n / max(1, colleagues))),
    }


def _two_stage(*blocks: str) -> Callable[[Frame, int, int], dict[str, Any]]:
    """Return the settings of a design in two stages: as a frame has it, or EACH of the first of some clusters."""

    def of(frame: Frame, n: int, _: int) -> dict[str, Any]:
        mine = frame.design == "two-stage" and frame.cluster_by in blocks
        each = frame.per_cluster if mine and frame.per_cluster else EACH
        return {
            "design": "two-stage",
            "stratify_by": "none",
            "size": None,
            "cluster_by": frame.cluster_by if mine else blocks[0],
            "clusters": max(2, round(n / each)),
            "per_cluster": each,
        }

    return of


def _no_risk(frame: Frame) -> str:
    return "" if frame.risk else "the frame names no classes of risk"


EACH = 5
"""So many of each cluster are compared, where the frame does not say."""
CANDIDATES: Mapping[str, Settings] = MappingProxyType(
    {
        "simple": Settings(lambda *_: {"design": "simple", "stratify_by": "none"}),
        "systematic": Settings(lambda *_: {"design": "systematic", "stratify_by": "none"}),
        "proportional": Settings(_stratified("proportional")),
        "equal": Settings(_stratified("equal")),
        "neyman": Settings(_stratified("neyman"), _no_spread),
        "quota": Settings(_quota),
        "two-stage": Settings(_two_stage("colleague", "team")),
        "time-block": Settings(_two_stage("hour", "day")),
        "risk-weighted": Settings(lambda *_: {"design": "risk-weighted", "stratify_by": "none"}, _no_risk),
    }
)
"""The designs that are compared, by the names under which they are shown."""


def own(frame: Frame) -> str:
    """Return the name of a frame's own design; one that a person chooses by is none of CANDIDATES."""
    if frame.design == "two-stage" and frame.cluster_by in {"day", "hour"}:
        return "time-block"
    return frame.allocation if frame.design == "stratified" else frame.design


def chosen(names: str) -> list[str]:
    """Return the designs that a list with commas names; all for an empty one. Raises UsageError."""
    asked = [name.strip() for name in names.split(",") if name.strip()]
    if unknown := [name for name in asked if name not in CANDIDATES]:
        raise UsageError(
            f"there is no design {', '.join(unknown)} to compare", help=f"choose from {', '.join(CANDIDATES)}"
        )
    return asked or list(CANDIDATES)


def candidates(
    frame: Frame, names: Sequence[str], n: int = 1, colleagues: int = 1
) -> tuple[dict[str, Frame], list[str]]:
    """Return the frame with each of some designs, asking for so many in all, and why some are left out."""
    found, why = {}, []
    for name in names:
        settings = CANDIDATES[name]
        if name != own(frame) and (lack := settings.lacks(frame)):
            why.append(f"{name} left out: {lack}")
            continue
        other = settings.of(frame, n, colleagues)
        if name == own(frame):
            other = {key: value for key, value in other.items() if key in {"clusters", "per_colleague", "size"}}
        found[name] = frame.model_copy(update=other)
        if found[name].design not in {"quota", "two-stage"}:
            found[name] = found[name].asking(n)
    return found, why


def asked(frame: Frame, stage: Stage) -> int:
    """Return how many a frame draws of the transactions on a stage. Raises UsageError where it does not say."""
    if frame.size and not by_strata(frame):
        return min(frame.size.asked(stage.eligible), stage.eligible)
    if own(frame) not in stage.held:
        raise UsageError(f"{frame.reference} does not say how many", help="name a number: --size 30")
    shares = design_of(frame).shares(frame, Found(stage.held[own(frame)], {}, frame.seed))
    return sum(share.drawn for share in shares.values())


def drawable(frames: Mapping[str, Frame], stage: Stage) -> tuple[dict[str, Frame], list[str]]:
    """Return the frames that can be drawn from a stage, and why the others cannot."""
    found, why = {}, []
    for name, frame in frames.items():
        try:
            design_of(frame).shares(frame, Found(stage.held[name], {}, frame.seed))
        except Refusal as refusal:
            why.append(f"{name} left out: {refusal.message}")
        else:
            found[name] = frame
    return found, why


def with_spread(view: View, frame: Frame, fewest: int) -> Frame:
    """Return a frame with the spread of scores on record for each of its strata; as it is where it names its own.

    Only what was drawn by chance and scored by its cards counts. Groups of fewer than ``fewest`` scored items say nothing,
    so that a frame whose strata are not all known lacks them.
    """
    if frame.spread or frame.expected:
        return frame
    side, scores = side_of(frame), defaultdict(list)
    scored = {row.item: row.score for row in view.current(Observation) if row.score is not None}
    for item in view.current(Item):
        if item.id in scored and item.weight and item.scorecard in frame.scorecards.values():
            scores[getattr(item, side) or "(none)"].append(float(scored[item.id]))
    known = {name: stdev(values) for name, values in scores.items() if len(values) >= max(2, fewest)}
    return frame.model_copy(update={"spread": {name: Decimal(f"{sd:.3f}") for name, sd in known.items() if sd}})
