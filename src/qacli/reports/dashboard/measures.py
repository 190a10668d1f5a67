"""The tiles: means of each scorecard, failed criticals, and what customers and systems say."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qacli.monitor.observing.observation import CLASSES
from qacli.reports.charts.tile import Tile
from qacli.understand.summary import desk

if TYPE_CHECKING:
    from qacli.reports.dashboard.content import Content

HARMS = {"customer": "customers harmed", "business": "business harmed", "compliance": "rules broken"}


def of_scores(content: Content) -> Iterator[Tile]:
    """Yield a tile per scorecard version and one per class of failed criticals."""
    frame = desk(content.view, content.selection).frame
    for row in frame.to_dict("records"):
        yield Tile(f"Mean score, {row['scorecard']}", *_mean(row))
    for name in CLASSES:
        if tile := _critical(content, name):
            yield tile


def _mean(row: Mapping[Hashable, Any]) -> tuple[str, str]:
    n, mean, low, high = (row[key] for key in ("n", "mean", "low", "high"))
    if mean != mean:
        return "–", f"{row['verdict']}, n {n}"
    limits = f"{low:.1f} to {high:.1f}, " if low == low else ""
    return f"{mean:.1f}", f"{limits}n {n}, of 100"


def _critical(content: Content, name: str) -> Tile | None:
    """Return the share of observations that failed a critical of a class; none where no card has such a critical."""
    from qacli.understand.estimates import critical_cells
    from qacli.understand.summary import weighted_shares

    observed = content.found.observed
    if observed.empty or not _asked(content, name):
        return None
    cells = critical_cells(observed, weighted_shares(content.found), content.policy.confidence)
    share, low, high = (cells[f"{name}_{part}"] for part in ("share", "low", "high"))
    limits = f"{low:.1%} to {high:.1%}, " if isinstance(low, float) and isinstance(high, float) else ""
    value = f"{share:.1%}" if isinstance(share, float) else "–"
    return Tile(f"Critical failures: {HARMS[name]}", value, f"{limits}{cells[name]} of {len(observed)} observations")


def _asked(content: Content, name: str) -> bool:
    cards = (content.view.look_up("scorecard", card) for card in sorted(set(content.found.observed["scorecard"])))
    return any(criterion.critical == name for card in cards for criterion in card.criteria())
