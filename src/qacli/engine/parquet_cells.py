"""Cells of a Parquet file as the text that profiles read: real dates as y-m-d, whole numbers without a point."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.engine.connection import literal, quoted
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

NESTED = ("STRUCT", "MAP", "UNION", "BLOB", "BIT", "INTERVAL")
MOMENT = "%Y-%m-%d %H:%M:%S.%f"


class NestedColumn(FileFaults):
    """A mapped column holds lists, records or bytes instead of one value in each cell."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        super().__init__(
            [
                Fault(
                    "nested-column",
                    f"column '{name}' holds lists, records or bytes, and no single value in each cell",
                    shown(path),
                    help="export it flat, with one column for each value, or leave it out of the profile",
                )
                for name in names
            ]
        )


def parquet_cells(connection: DuckDBPyConnection, path: Path, readable: Path) -> Mapping[str, str]:
    """Return {column: SQL of its text} of a Parquet file, no SQL where its cells are no single values.

    Raises FileFaults where this is no Parquet.
    """
    import duckdb

    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(str(readable))})").fetchall()
    except duckdb.Error:
        raise not_parquet(path) from None
    return MappingProxyType({row[0]: _text(quoted(row[0]), row[1]) for row in rows})


def not_parquet(path: Path) -> FileFaults:
    """Return the refusal of a file that is no Parquet, or a damaged one."""
    help_ = "fetch the file again; it may be cut off, or damaged"
    return FileFaults([Fault("not-parquet", "this cannot be read as Parquet", shown(path), help=help_)])


def _text(cell: str, kind: str) -> str:
    if kind.endswith("]") or kind.startswith(NESTED):
        return ""
    if kind.startswith("TIMESTAMP WITH TIME ZONE"):
        # never as the engine spells it: that is the zone of this machine
        return f"strftime(make_timestamp(epoch_us({cell})), '{MOMENT}Z')"
    if kind.startswith("TIMESTAMP"):
        return f"strftime({cell}::TIMESTAMP, '{MOMENT}')"
    if kind in {"DOUBLE", "FLOAT"}:
        # pandas makes floats of whole numbers as soon as one of them is missing
        whole = f"{cell} = trunc({cell}) AND abs({cell}) < 1e15"
        shown_as = f"upper({cell}::VARCHAR)"
        return f"CASE WHEN isnan({cell}) THEN NULL WHEN {whole} THEN {cell}::BIGINT::VARCHAR ELSE {shown_as} END"
    return f"{cell}::VARCHAR"
