"""How exactly samples in two stages, and with unequal chances, tell a share of the whole."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.designs.aims import settled
from qacli.monitor.sampling.designs.risk import chances
from qacli.monitor.sampling.draw import Draw, Stratum
from qacli.monitor.sampling.likeness import likeness
from qacli.stats import blocks, design_effect, part_of_chances, part_of_clusters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.model import View
    from qacli.prepare.frames.frame import Frame

SAFE = 0.25
"""Variance of a share of which nothing is known: the one that needs most."""
UNEVEN = frozenset({"two-stage", "risk-weighted"})
"""Designs that take nothing of some strata, or leave to chance how much of each."""


class Told(NamedTuple):
    """How exactly a sample tells: a share to within ± ``margin``, as much as ``alike`` drawn alike of very many would.

    None where it tells nothing, or where nobody knows; ``words`` say on what it rests.
    """

    margin: float | None
    alike: int | None
    words: str


def told(view: View, frame: Frame, eligible: Mapping[str, int], confidence: float) -> Told:
    """Return how exactly a frame of UNEVEN design tells where its strata hold so many. Raises SampleTooLarge."""
    plain = settled(frame, eligible).frame
    if frame.design == "risk-weighted":
        classes = [(count, chances(plain, eligible)[name]) for name, count in eligible.items()]
        parts = [part_of_chances(classes, finite) for finite in (True, False)]
        return _told(parts[0], parts[1], confidence, "by the chance of each class")
    likely = likeness(view, frame)
    if likely.alike is None or not eligible:
        return Told(None, None, likely.words)
    of, clusters = blocks(list(eligible.values()), plain.per_cluster or 1), plain.clusters or 0
    finite, infinite = (part_of_clusters(of, clusters, likely.alike, each) for each in (True, False))
    return _told(finite, infinite, confidence, likely.words)


def _told(finite: float | None, infinite: float | None, confidence: float, words: str) -> Told:
    if finite is None or infinite is None:
        return Told(None, None, words)
    margin = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(SAFE * finite)
    return Told(margin if margin < 0.5 else None, int(1 / infinite + 1e-9), words)


def told_without_source(view: View, frame: Frame, confidence: float) -> str:
    """Return in words how exactly a frame of UNEVEN design tells, by what its last draw found; else by its numbers alone."""
    last = max(
        (row for row in view.current(Draw) if row.frame == frame.reference), key=lambda row: row.last, default=None
    )
    if last:
        strata = {row.stratum: row.eligible for row in view.rows(Stratum) if row.draw == last.id}
        found = told(view, frame, strata, confidence)
        return f"{_in_words(found.margin, confidence)}, of what {last.id} found eligible; {found.words}"
    if frame.design == "risk-weighted" or not frame.clusters or not frame.per_cluster:
        return f"undefined before it is known how many belong to each stratum: qacli frame size {frame.id}"
    likely = likeness(view, frame)
    if likely.alike is None:
        return f"undefined: {likely.words}"
    effect = design_effect(frame.per_cluster, likely.alike)
    part = effect / (frame.clusters * frame.per_cluster)
    margin = _told(part, part, confidence, "").margin
    return f"{_in_words(margin, confidence)}, of very many; design effect {effect:.2f}; {likely.words}"


def _in_words(margin: float | None, confidence: float) -> str:
    return (
        "no share to within 50 points"
        if margin is None
        else f"a share to within {100 * margin:.1f} points at {100 * confidence:g} %"
    )
