"""How a draw grows: what each stratum gives at a larger size, and which rows it adds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.monitor.sampling.designs.design import Found
from qacli.monitor.sampling.designs.registry import design_of
from qacli.monitor.sampling.ranking import left, resized

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame


class Grown(NamedTuple):
    """How many each stratum is asked for, and gives, at a size; the size counts as the frame counts."""

    size: int
    asked: Mapping[str, int]
    drawn: Mapping[str, int]

    def more(self, now: Mapping[str, int]) -> dict[str, int]:
        """Return how many each stratum adds to what it gives now, where it adds any, in order of name."""
        return {name: n - now.get(name, 0) for name, n in sorted(self.drawn.items()) if n > now.get(name, 0)}

    def fewer(self, now: Mapping[str, int]) -> list[str]:
        """Return the strata that would give fewer than now."""
        return sorted(name for name, n in now.items() if self.drawn.get(name, 0) < n)


def grown(frame: Frame, eligible: Mapping[str, int], size: int) -> Grown:
    """Return what strata of so many eligible transactions give at a size, in a nested design. Raises FloorTooHigh."""
    shares = design_of(frame).shares(resized(frame, size), Found(eligible, {}, ""))  # no id decides how many
    drawn = {name: share.drawn for name, share in shares.items()}
    return Grown(size, {name: share.asked for name, share in shares.items()}, drawn)


def next_rows(
    members: Mapping[str, Sequence[dict[str, Any]]], more: Mapping[str, int], taken: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that each stratum adds, in order; what a sample has taken is passed over."""
    found = {name: list(islice(left(members.get(name, ()), taken), n)) for name, n in more.items()}
    return {name: rows for name, rows in found.items() if rows}
