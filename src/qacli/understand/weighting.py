"""Weights: each observation stands for as many as the design of its draw says, and its limits follow that design."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats import Alike, Clustered, Interval, Weighted, design_mean, design_proportion

if TYPE_CHECKING:
    from qacli.understand.facts import Sample

UNLIKE = ("two-stage", "risk-weighted")
"""Designs in which the chances of one stratum do not tell how much an estimate varies."""
HOW: Mapping[str, str] = MappingProxyType(
    {
        "systematic": "systematic: limits as if drawn without an order; along a rhythm of the order they are too narrow",
        "two-stage": "two stages: limits by how much the clusters differ, on as many degrees of freedom as clusters less one",
        "risk-weighted": "unequal chances: each evaluation weighs 1 over its chance (Hájek), limits after Rosén (1997)",
    }
)


class Part(NamedTuple):
    """Items that were drawn in one way and observed: a stratum, or a whole draw of the other designs.

    ``held`` counts transactions, or clusters where ``design`` is two-stage; ``groups`` has the size of each stratum or
    cluster and its items, ``chances`` those of the items where they differ.
    """

    design: str
    held: int
    groups: tuple[tuple[int, tuple[str, ...]], ...]
    chances: tuple[float, ...] = ()

    @property
    def items(self) -> list[str]:
        return [item for _, items in self.groups for item in items]


Strata = tuple[Part, ...]


def strata_of(sample: Sample) -> Strata:
    """Return the parts of a sample. Items that were not observed are taken to be missing at random within strata."""
    parts: list[Part] = []
    asked = sample.facts[sample.facts["by_chance"] & sample.facts["of_purpose"]]
    drawn = asked.drop_duplicates("item").groupby(["draw", "stratum"]).size()
    for draw, rows in sample.counted.groupby("draw", sort=True):
        design = str(rows["design"].iloc[0])
        strata = [(name, part) for name, part in rows.groupby("stratum", sort=True)]
        groups = tuple((int(part["held"].iloc[0]), tuple(part["item"])) for _, part in strata)
        if design == "two-stage":
            parts.append(Part(design, int(rows["strata"].iloc[0]), groups))
        elif design == "risk-weighted":
            seen = ((part["probability"], len(part) / drawn[draw, name]) for name, part in strata)
            chances = tuple(chance * share for each, share in seen for chance in each)
            parts.append(Part(design, sum(held for held, _ in groups), groups, chances))
        else:
            parts += [Part(design, held, ((held, items),)) for held, items in groups]
    return tuple(parts)


def weighted_mean(strata: Strata, values: Mapping[str, float], confidence: float) -> Interval:
    """Return the mean of the items that have a value, weighted by the design; see ``stats.design_mean``."""
    return design_mean([_filled(part, values) for part in strata], confidence)


def weighted_share(strata: Strata, values: Mapping[str, bool], confidence: float) -> Interval:
    """Return the share that is true of the items that have a value; see ``stats.design_proportion``."""
    return design_proportion([_filled(part, values) for part in strata], confidence)


def _filled(part: Part, values: Mapping[str, float]) -> Alike | Clustered | Weighted:
    """Return a part with the value of each item; None where it has none."""
    filled = [
        (held, [float(values[item]) if item in values else None for item in items]) for held, items in part.groups
    ]
    if part.design == "two-stage":
        return Clustered(part.held, [Alike(*group) for group in filled])
    if part.design == "risk-weighted":
        return Weighted(part.chances, [value for _, group in filled for value in group])
    return Alike(*filled[0])


def weight_notes(strata: Strata) -> list[str]:
    """Return by which design the figures are weighted, and what that means for their limits."""
    notes = [told for design, told in HOW.items() if any(part.design == design for part in strata)]
    alike = [part for part in strata if part.design not in UNLIKE]
    if alike:
        held, observed = sum(part.held for part in alike), sum(len(part.items) for part in alike)
        notes.insert(
            0, f"weighted by the design: {len(alike)} strata of {held:,} transactions, {observed:,} of them observed"
        )
    for part in (part for part in strata if part.design == "two-stage"):
        notes.insert(
            0, f"weighted by the design: {len(part.groups)} of {part.held} clusters, {len(part.items)} observed"
        )
    return notes
