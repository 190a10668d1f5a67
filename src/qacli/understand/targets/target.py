"""The records of targets: proposed by one person, agreed by another, in force from a day on, never backwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from qacli.model import Row, View, Words
from qacli.understand.kpis.value import KpiValue
from qacli.understand.kpis.verdict import Better, Judged, judge

PROPOSED: Final = "proposed"
AGREED: Final = "agreed"
DECLINED: Final = "declined"


@dataclass(frozen=True, kw_only=True)
class TargetChange(Row, table="target_changes", letter="tg"):
    """A new target, proposed or decided on. ``old`` is what held before, None for a first one.

    A decision repeats what it decides on and names it in ``proposal``; ``evidence`` is the test of the target at that time.
    """

    kpi: str
    variant: str
    cut: str
    slice: str
    old: float | None
    new: float
    tolerance: float
    effective: date
    status: str
    proposal: str
    evidence: str
    reason: Words

    @property
    def colleague(self) -> str:
        """Whom the target is for; empty for more than one colleague."""
        return self.slice if self.cut == "colleague" else ""


class Place(NamedTuple):
    """What a target is for: one variant in one slice."""

    kpi: str
    variant: str
    cut: str = "all"
    slice: str = "all"

    def in_words(self) -> str:
        """Return for example: aht (standard), team cedar."""
        return f"{self.kpi} ({self.variant})" + ("" if self.cut == "all" else f", {self.cut} {self.slice}")


def place_of(row: TargetChange | KpiValue) -> Place:
    """Return what a target, or a figure, is of; the version of the definition does not count."""
    return Place(row.kpi.partition("@")[0], row.variant, row.cut, row.slice)


def agreed(view: View) -> list[TargetChange]:
    """Return the targets that were agreed, in the order in which they took effect."""
    rows = view.current(TargetChange, status=AGREED)
    return sorted(rows, key=lambda row: row.effective)


def in_force(targets: Iterable[TargetChange], place: Place, day: date) -> TargetChange | None:
    """Return the target of a day: the agreed one that took effect last by then; None before the first."""
    found = [row for row in targets if place_of(row) == place and row.effective <= day]
    return found[-1] if found else None


def verdict_of_its_day(
    targets: Iterable[TargetChange], value: KpiValue, better: Better
) -> tuple[TargetChange | None, Judged | str]:
    """Return the target that held when the period of a figure began, and the verdict by it; empty where there was none."""
    target = in_force(targets, place_of(value), value.first)
    if target is None:
        return None, ""
    return target, judge(value.limits, target.new, better, target.tolerance)
