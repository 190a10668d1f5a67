"""Sheets of .xlsx and .ods files as tables of text: real dates as y-m-d, durations as hh:mm:ss, formulas as their values."""

from __future__ import annotations

import zipfile
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.copies import write_table
from qacli.engine.extent import too_far
from qacli.engine.plain_names import by_plain_name
from qacli.files.disk import of_the_disk
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import check_header, first_bytes, letters, shown
from qacli.model import Misconfigured

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENDINGS = (".xlsx", ".xlsm", ".ods")
MOST_BYTES = 2 << 30
"""Unpacked; a real workbook of a million rows has about a quarter of it."""
OLE = b"\xd0\xcf\x11\xe0"
EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number."""


class Sheet(NamedTuple):
    """One sheet: its columns with their letters, the rows that hold its records, letters of columns without a name."""

    name: str
    columns: Mapping[str, str]
    rows: Sequence[int]
    unnamed: Sequence[str]

    def cell(self, column: str, record: int) -> str:
        """Return the cell of a record, counted from 1: Calls!B12."""
        return f"{prefix(self.name)}!{self.columns[column]}{self.rows[record - 1]}"


class NoSpreadsheets(Misconfigured):
    """The library that reads spreadsheets is not installed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"this installation reads no spreadsheets such as {shown(path)}",
            help="run: pip install 'qacli[xlsx]'; or save the sheet as CSV UTF-8",
        )


def prefix(sheet: str) -> str:
    """Return the name of a sheet as it stands before a cell: 'May calls', Calls."""
    return sheet if sheet.isalnum() else "'" + sheet.replace("'", "''") + "'"


def is_spreadsheet(path: Path) -> bool:
    """Return whether the name of a file says that it is a spreadsheet."""
    return path.suffix.lower() in ENDINGS


def read_sheet(connection: DuckDBPyConnection, path: Path, named: str | None, target: Path) -> Sheet:
    """Write a sheet as a table of text and return what it is. ``named`` is needed where several sheets can be seen.

    Rows that are wholly empty are passed over. Raises FileFaults, NoSpreadsheets.
    """
    pages = _sheet(path, by_plain_name(path, target.with_suffix(path.suffix)), named)
    found, rows = pages.name, _rows(pages)
    number, first = next(rows, (0, []))
    if not number:
        raise _fault(path, "empty-file", f"sheet '{found}' is empty: not even a header")
    _refuse_merged(path, found, pages.merged_cell_ranges or (), number, first)
    header = {index: text_of(cell).strip() for index, cell in enumerate(first)}
    columns = {index: name for index, name in header.items() if name}
    check_header(path, {letters(index + 1): name for index, name in columns.items()}, number, f"{prefix(found)}!")
    records, strays = array("L"), dict[int, None]()

    def table() -> Iterator[list[str]]:
        for at, row in rows:
            cells = [text_of(row[index]) if index < len(row) else "" for index in columns]
            strays.update(dict.fromkeys(index for index, cell in enumerate(row) if cell != "" and index not in columns))
            if any(cells):
                records.append(at)
                yield cells

    write_table(connection, len(columns), table(), target)
    named_as = {name: letters(index + 1) for index, name in columns.items()}
    return Sheet(found, named_as, records, [letters(index + 1) for index in sorted(strays)])


def text_of(cell: Any) -> str:
    """Return the text of a cell as a profile reads it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "milliseconds" if cell.microsecond else "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("milliseconds" if cell.microsecond else "seconds")
    if isinstance(cell, timedelta):
        return _hours(cell)
    return _number(cell)


def _hours(cell: timedelta) -> str:
    minutes, seconds = divmod(round(abs(cell).total_seconds(), 3), 60)
    hours, minutes = divmod(int(minutes), 60)
    sign = "-" if cell < timedelta() else ""
    return f"{sign}{hours:02}:{minutes:02}:{seconds:06.3f}".removesuffix(".000")


def _number(cell: float) -> str:
    if cell == int(cell) and abs(cell) < EXACT:
        return str(int(cell))
    shown_as = f"{cell:.15g}"  # as many digits as a spreadsheet shows
    return shown_as.upper() if abs(cell) >= EXACT else format(Decimal(shown_as), "f")


def _rows(pages: Any) -> Iterator[tuple[int, list[Any]]]:
    """Yield (row of the sheet, its cells from column A); rows without any cell are passed over."""
    if pages.start is None:
        return
    before = [""] * pages.start[1]  # the rows come from the first on, but without the empty columns on the left
    for number, row in enumerate(pages.iter_rows(), 1):
        if any(cell != "" for cell in row):
            yield number, before + row


def _sheet(path: Path, readable: Path, named: str | None) -> Any:
    try:
        import python_calamine as calamine
    except ImportError:
        raise NoSpreadsheets(path) from None
    _refuse_bombs(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(readable))
        return book.get_sheet_by_name(_chosen(path, book, named))
    except (calamine.CalamineError, OSError) as error:
        if of_the_disk(error):
            raise
        raise _broken(path, str(error)) from None


def _chosen(path: Path, book: Any, named: str | None) -> str:
    """Return the sheet to read: the one that is named, else the only one that can be seen."""
    if named is not None:
        if named not in book.sheet_names:
            listed = ", ".join(book.sheet_names)
            raise _fault(path, "no-such-sheet", f"there is no sheet '{named}'", f"the sheets are: {listed}")
        return named
    seen = [sheet.name for sheet in book.sheets_metadata if repr(sheet.visible) == "SheetVisibleEnum.Visible"]
    if len(seen) != 1:
        listed = ", ".join(seen) or "none that can be seen"
        remedy = "name one: sheet: in qacli.yaml beside the path, or --sheet NAME on first contact"
        raise _fault(path, "which-sheet", f"{len(seen)} sheets can be read: {listed}", remedy)
    return str(seen[0])


def _refuse_merged(path: Path, sheet: str, merged: Sequence[Any], number: int, first: Sequence[Any]) -> None:
    """Refuse a title or a name that stands over several columns: which of them it names cannot be known."""
    over = [(top, bottom) for top, bottom in merged if top[0] <= number - 1 <= bottom[0] and bottom[1] > top[1]]
    if not over:
        return
    (row, left), (bottom, right) = over[0]
    cells = f"{letters(left + 1)}{row + 1}:{letters(right + 1)}{bottom + 1}"
    what = text_of(first[left]) if left < len(first) else ""
    raise FileFaults(
        [
            Fault(
                "merged-header",
                f"'{what}' stands over several columns in the first row, which is to name each column",
                shown(path),
                help="unmerge the cells and give each column its own name, or delete the title rows above the names",
                cell=f"{prefix(sheet)}!{cells}",
            )
        ]
    )


def _refuse_bombs(path: Path) -> None:
    if first_bytes(path).startswith(OLE):
        what = "this is an old spreadsheet (.xls), or one that is protected by a password"
        raise _fault(path, "spreadsheet-locked", what, "save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        reach = too_far(path) if size <= MOST_BYTES else None
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
    ) as error:  # RuntimeError: a password
        if of_the_disk(error):
            raise
        raise _broken(path, "whatever its name says, it is cut off or something else") from None
    if size > MOST_BYTES:
        raise _fault(path, "spreadsheet-too-big", f"this unpacks to {size >> 20:,} MB", "save the sheet as CSV UTF-8")
    if reach:
        what = f"its cells reach to {letters(reach.columns)}{reach.rows}: too far to be read"
        raise _fault(
            path,
            "spreadsheet-too-big",
            what,
            "delete what stands by mistake far from the table, or save it as CSV UTF-8",
        )


def _broken(path: Path, why: str) -> FileFaults:
    remedy = (
        "open it in a spreadsheet program and save it again as .xlsx without a password, or save the sheet as CSV UTF-8"
    )
    return _fault(path, "not-a-spreadsheet", f"this cannot be read as a spreadsheet: {why}", remedy)


def _fault(path: Path, code: str, message: str, remedy: str = "") -> FileFaults:
    return FileFaults([Fault(code, message, shown(path), help=remedy)])
