"""How alike what lies in one cluster is: as a frame plans with it, or as past scores say."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.stats import Intraclass, intraclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qacli.model import View
    from qacli.prepare.frames.frame import Frame

CLUSTER: Mapping[str, Callable[[Item], str]] = MappingProxyType(
    {
        "colleague": lambda item: item.colleague,
        "team": lambda item: item.team or "(none)",
        "day": lambda item: str(item.day),
        "hour": lambda item: f"{item.started_at:%Y-%m-%d %H}",
    }
)
"""In which cluster an item lies."""


class Likeness(NamedTuple):
    """The intraclass correlation to plan with, never below 0; None where nobody knows it. ``words`` say where it is from."""

    alike: float | None
    words: str


def likeness(view: View, frame: Frame) -> Likeness:
    """Return how alike what lies in one cluster of a frame is: its own ``alike``, else what past scores say."""
    of, fewest = f"of what varies lies between {frame.cluster_by}s", view.settings.thresholds.minimum_n
    found = past_likeness(view, frame)
    known = found.estimate is not None and found.n - found.clusters >= fewest
    past = f"{100 * max(0.0, found.estimate or 0):.0f} %"
    source = f"{found.n} past scores of {found.clusters} {frame.cluster_by}s"
    if frame.alike is not None:
        beside = f"; {source} say {past}" if known else ""
        return Likeness(float(frame.alike) / 100, f"{frame.alike} % {of}, as the frame plans{beside}")
    if known:
        return Likeness(max(0.0, found.estimate or 0), f"{past} {of}, as {source} say")
    return Likeness(
        None, f"nobody knows how much {of}: write alike into the frame, or score more; there are {source}, too few"
    )


def past_likeness(view: View, frame: Frame) -> Intraclass:
    """Return the intraclass correlation of scores on record in the clusters of a frame.

    What was drawn by chance and scored by its cards counts, each score against the mean of its card.
    """
    scored = {row.item: float(row.score) for row in view.current(Observation) if row.score is not None}
    cards = set(frame.scorecards.values())
    items = [row for row in view.current(Item) if row.id in scored and row.weight and row.scorecard in cards]
    of_card: dict[str, list[float]] = defaultdict(list)
    for item in items:
        of_card[item.scorecard].append(scored[item.id])
    means = {card: fmean(scores) for card, scores in of_card.items()}
    clusters: dict[str, list[float]] = defaultdict(list)
    for item in items:
        clusters[CLUSTER[frame.cluster_by](item)].append(scored[item.id] - means[item.scorecard])
    return intraclass(list(clusters.values()))
