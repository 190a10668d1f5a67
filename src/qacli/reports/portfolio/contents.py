"""What a pack is made of, and what several of its files need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.ledger import journal
from qacli.reports.environment import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.govern.portfolio.coverage import Coverage
    from qacli.govern.portfolio.portfolio import Portfolio
    from qacli.govern.portfolio.unit import Unit
    from qacli.model import Row
    from qacli.workspace import Workspace
    from qacli.workspace.view import FolderView


class Packed(NamedTuple):
    """What a pack is made of."""

    workspace: Workspace
    view: FolderView
    found: Coverage
    portfolio: Portfolio
    units: Sequence[Unit]
    kinds: Sequence[type[Row]]


def page(template: str, made_of: Packed, **values: object) -> str:
    """Return a document of the pack: one template filled with values and the candidate.

    No page tells the day on which it was packed: what was signed stays the same for as long as the evidence does.
    """
    return render(template, {"candidate": made_of.found.candidate, **values})


def typed_by(made_of: Packed) -> Mapping[int, str]:
    """Return for each entry of the journal whose login typed it."""
    return {entry.seq: entry.via for entry in journal.entries(made_of.workspace.folder / journal.NAME)}


def parent_of(row: Row) -> str:
    """Return the id of the record that a row lies below; empty for one that lies below none."""
    return str(getattr(row, row.PARENT)) if row.PARENT else ""
