"""The measures of transactions that stand in the export of a workspace, read when a form needs them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from qacli.engine.connection import connect
from qacli.files.faults import FileFaults
from qacli.monitor.suggesting.measures import Measured, seconds_per_unit
from qacli.workspace.populations import TRANSACTIONS, NoSource, profile_of, source_of
from qacli.workspace.remotes import lies_elsewhere

if TYPE_CHECKING:
    from qacli.sources.measured import Cell
    from qacli.workspace import Workspace

Export = Mapping[str, Mapping[str, Measured]]
"""{transaction: {measure: what was read}}."""


def mapped(workspace: Workspace) -> Collection[str]:
    """Return the measures that the profile of the export names; none where there is no export in files."""
    if TRANSACTIONS not in workspace.settings.sources or lies_elsewhere(workspace, TRANSACTIONS):
        return ()
    source = workspace.settings.sources[TRANSACTIONS]
    return list(profile_of(workspace, source, TRANSACTIONS).measures) if source.profile else ()


def exported(workspace: Workspace, measures: Collection[str], transactions: Collection[str]) -> Export:
    """Return those of some measures that the export has, by transaction; it is only read where its profile names one.

    A cell that is no number, and an export that is gone or cannot be read, are told and left out.
    """
    wanted = set(measures) & set(mapped(workspace)) if measures and transactions else set()
    if not wanted:
        return {}
    try:
        cells = _cells(workspace, transactions)
    except (NoSource, FileFaults) as wrong:
        why = wrong.message if isinstance(wrong, NoSource) else f"{wrong.faults[0].file}: {wrong.faults[0].message}"
        workspace.warn(f"{why}: {', '.join(sorted(wanted))} not filled in")
        return {}
    return {
        id_: {
            name: _measured(name, cell)
            for name, cell in named.items()
            if name in wanted and _readable(workspace, id_, name, cell)
        }
        for id_, named in cells.items()
    }


def _cells(workspace: Workspace, transactions: Collection[str]) -> Mapping[str, Mapping[str, Cell]]:
    from qacli.sources.measured import measured_cells

    source, paths = source_of(workspace, TRANSACTIONS)
    profile = profile_of(workspace, source, TRANSACTIONS)
    with connect() as connection:
        return measured_cells(connection, paths, profile, workspace.zone, source.sheet, transactions)


def _readable(workspace: Workspace, transaction: str, name: str, cell: Cell) -> bool:
    """Return whether a cell is what it should be, and tell where it is not."""
    if cell.value is None:
        workspace.warn(f"{transaction}: '{cell.text}' in column '{cell.column}' is no {name}: not filled in")
    return cell.value is not None


def _measured(name: str, cell: Cell) -> Measured:
    unit = seconds_per_unit(name)
    value = cell.value or 0.0
    return Measured(value / unit if unit else value, None, f"column '{cell.column}' of the export")
