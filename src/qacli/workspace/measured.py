"""The measures of transactions that stand in the export of a workspace, read when a form needs them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from qacli.engine.connection import connect
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

    A cell that is no number, and an export that is gone, are told and left out. Raises FileFaults, NoSuchColumn.
    """
    wanted = set(measures) & set(mapped(workspace)) if measures and transactions else set()
    if not wanted:
        return {}
    from qacli.sources.measured import measured_cells

    try:
        source, paths = source_of(workspace, TRANSACTIONS)
    except NoSource as missing:
        workspace.warn(f"{missing.message}: {', '.join(sorted(wanted))} not filled in")
        return {}
    profile = profile_of(workspace, source, TRANSACTIONS)
    with connect() as connection:
        cells = measured_cells(connection, paths, profile, workspace.zone, source.sheet, transactions)
    for id_, named in cells.items():
        for name in sorted(wanted & named.keys()):
            if named[name].value is None:
                workspace.warn(
                    f"{id_}: '{named[name].text}' in column '{named[name].column}' is no {name}: not filled in"
                )
    return {
        id_: {name: _measured(name, cell) for name, cell in named.items() if name in wanted and cell.value is not None}
        for id_, named in cells.items()
    }


def _measured(name: str, cell: Cell) -> Measured:
    unit = seconds_per_unit(name)
    value = cell.value or 0.0
    return Measured(value / unit if unit else value, None, f"column '{cell.column}' of the export")
