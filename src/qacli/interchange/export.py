"""Writing tables to a file or a folder, in the form that its name asks for; readable by its owner only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from qacli.engine.parquet import write_parquet
from qacli.files.temporary import private_folder
from qacli.files.whole import replace_file
from qacli.interchange.datapackage import Exported, package_files
from qacli.interchange.spreadsheet import Sheet, csv_for_people, csv_for_programs, workbook
from qacli.workspace.cells import SQL_TYPES, columns


def write(target: Path, tables: Sequence[Exported], zone: tzinfo, *, machine: bool = False) -> list[str]:
    """Write tables: a folder as a data package, a workbook, or the first of them as CSV or Parquet.

    Returns the references that a data package could not declare. ``machine`` leaves every text of CSV as it is.
    Raises OSError, NoWorkbooks.
    """
    if target.suffix == ".xlsx":
        sheets = (Sheet(each.kind.TABLE, each.columns, each.rows) for each in tables)
        replace_file(target, workbook(sheets, zone))
    elif target.suffix == ".parquet":
        replace_file(target, _parquet(tables[0]))
    elif target.suffix == ".csv":
        replace_file(target, (csv_for_programs if machine else csv_for_people)(tables[0].columns, tables[0].rows))
    else:
        return _package(target, tables)
    return []


def _parquet(table: Exported) -> bytes:
    known = {column.name: SQL_TYPES[column.type] for column in columns(table.kind)}
    with private_folder() as private:
        source, made = private / "table.csv", private / "table.parquet"
        replace_file(source, csv_for_programs(table.columns, table.rows))
        write_parquet(source, {name: known.get(name, "VARCHAR") for name in table.columns}, made)
        return made.read_bytes()


def _package(target: Path, tables: Sequence[Exported]) -> list[str]:
    files, outside = package_files(tables)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in files.items():
        replace_file(target / name, text)
    return outside
