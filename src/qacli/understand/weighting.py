"""Weights: each observation stands for as many as the design of its draw says, and its limits follow that design."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats import Alike, Clustered, Interval, Weighted, design_mean, design_proportion
from qacli.understand.tallies import tally_of

if TYPE_CHECKING:
    from qacli.understand.facts import Sample
    from qacli.understand.tallies import Tally

UNLIKE = ("two-stage", "risk-weighted")
"""Designs in which the chances of one stratum do not tell how much an estimate varies."""
HOW: Mapping[str, str] = MappingProxyType(
    {
        "systematic": "systematic: limits as if drawn without an order; along a rhythm of the order they are too narrow",
        "two-stage": "two stages: limits by how much the clusters differ, on as many degrees of freedom as clusters less one",
        "risk-weighted": "unequal chances: each evaluation weighs 1 over its chance (Hájek), limits after Rosén (1997)",
    }
)


Key = tuple[str, str, float]
"""Draw, stratum and chance; a chance of 0 where all of the stratum have the same."""


class Group(NamedTuple):
    """Units drawn alike and observed: of a stratum or cluster that holds ``held``, or with one ``chance`` of being drawn."""

    key: Key
    held: int
    units: int
    chance: float = 0.0


class Part(NamedTuple):
    """Units that were drawn in one way and observed: a stratum, or a whole draw of the other designs.

    ``held`` counts transactions, or clusters where ``design`` is two-stage.
    """

    design: str
    held: int
    groups: tuple[Group, ...]

    @property
    def units(self) -> int:
        return sum(group.units for group in self.groups)


class Strata(NamedTuple):
    """The parts of a sample, and the group of each item where items were read."""

    parts: tuple[Part, ...]
    group: Mapping[str, Key] = MappingProxyType({})


def strata_of(sample: Sample) -> Strata:
    """Return the parts of a sample. Items that were not observed are taken to be missing at random within strata."""
    counted = sample.counted
    chances = counted["probability"].where(counted["design"] == "risk-weighted").fillna(0)
    keys = zip(counted["draw"], counted["stratum"], chances, strict=True)
    return parts_of(tally_of(sample))._replace(group=dict(zip(counted["item"], keys, strict=True)))


def parts_of(found: Tally) -> Strata:
    """Return the same of a sample that was counted."""
    cells = found.of_chance
    cells = cells[cells["counted"]].fillna({"chance": 0.0})
    parts: list[Part] = []
    for draw, rows in cells.groupby("draw", sort=True):
        design, held = str(rows["design"].iloc[0]), int(rows["strata"].iloc[0])
        groups = [
            Group(
                (str(draw), str(stratum), float(ours["chance"].iloc[0])),
                int(ours["held"].iloc[0]),
                int(ours["n"].sum()),
            )
            for (stratum, _), ours in rows.groupby(["stratum", "chance"], sort=True)
        ]
        if design == "two-stage":
            parts.append(Part(design, held, tuple(groups)))
        elif design == "risk-weighted":
            parts.append(_unequal(groups, found.items))
        else:
            parts += [Part(design, group.held, (group,)) for group in groups]
    return Strata(tuple(parts))


def _unequal(groups: Sequence[Group], items: Mapping[tuple[str, str], int]) -> Part:
    """Return a part whose units had unequal chances; each also had to be observed, as likely as its stratum was."""
    observed: dict[str, int] = {}
    held: dict[str, int] = {}
    for group in groups:
        stratum = group.key[1]
        observed[stratum] = observed.get(stratum, 0) + group.units
        held[stratum] = group.held
    seen = {stratum: n / items[groups[0].key[0], stratum] for stratum, n in observed.items()}
    made = tuple(group._replace(chance=group.key[2] * seen[group.key[1]]) for group in groups)
    return Part("risk-weighted", sum(held.values()), made)


def weighted_mean(strata: Strata, values: Mapping[str, float], confidence: float) -> Interval:
    """Return the mean of the items that have a value, weighted by the design; see ``stats.design_mean``."""
    tallies = _tallied(strata, values)
    return design_mean([_filled(part, tallies) for part in strata.parts], confidence)


def weighted_share(strata: Strata, values: Mapping[str, bool], confidence: float) -> Interval:
    """Return the share that is true of the items that have a value; see ``stats.design_proportion``."""
    return tallied_share(strata, _tallied(strata, values), confidence)


def tallied_share(strata: Strata, tallies: Mapping[Key, Mapping[float, int]], confidence: float) -> Interval:
    """Return the same of how often each group has 1 and 0."""
    return design_proportion([_filled(part, tallies) for part in strata.parts], confidence)


def _tallied(strata: Strata, values: Mapping[str, float]) -> Mapping[Key, Mapping[float, int]]:
    """Return how often each value occurs in each group."""
    found: dict[Key, Counter[float]] = {}
    for item, value in values.items():
        if item in strata.group:
            found.setdefault(strata.group[item], Counter())[float(value)] += 1
    return found


def _filled(part: Part, tallies: Mapping[Key, Mapping[float, int]]) -> Alike | Clustered | Weighted:
    """Return a part with its values and how many units have each; None of those that have none."""
    filled = [_alike(group, tallies.get(group.key, {})) for group in part.groups]
    if part.design == "two-stage":
        return Clustered(part.held, filled)
    if part.design == "risk-weighted":
        chances = [group.chance for group in part.groups for _ in range(group.units)]
        values = [v for each in filled for v, times in zip(each.values, each.times, strict=True) for _ in range(times)]
        return Weighted(chances, values)
    return filled[0]


def _alike(group: Group, tally: Mapping[float, int]) -> Alike:
    without = group.units - sum(tally.values())
    return Alike(group.held, [*tally, *[None] * (without > 0)], [*tally.values(), *[without] * (without > 0)])


def weight_notes(strata: Strata) -> list[str]:
    """Return by which design the figures are weighted, and what that means for their limits."""
    notes = [told for design, told in HOW.items() if any(part.design == design for part in strata.parts)]
    alike = [part for part in strata.parts if part.design not in UNLIKE]
    if alike:
        held, observed = sum(part.held for part in alike), sum(part.units for part in alike)
        notes.insert(
            0, f"weighted by the design: {len(alike)} strata of {held:,} transactions, {observed:,} of them observed"
        )
    for part in (part for part in strata.parts if part.design == "two-stage"):
        notes.insert(0, f"weighted by the design: {len(part.groups)} of {part.held} clusters, {part.units} observed")
    return notes
