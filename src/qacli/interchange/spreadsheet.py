"""Tables for people who open them in a spreadsheet: CSV that opens right, workbooks; no cell becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from qacli.files.text import one_line, spreadsheet, visible
from qacli.ledger.canonical import encode
from qacli.model import Misconfigured, Words, text_of

BOM = "\ufeff"
"""Without it, spreadsheets take UTF-8 for the character set of their country."""
LONGEST_NAME = 31
"""Characters that Excel allows in the name of a sheet."""
LONGEST_CELL = 32_767
"""Units of UTF-16 that Excel reads in a cell; beyond, it calls the workbook spoiled."""
MORE, WORD_BEGUN = " ...", re.compile(r" \S{0,30}\Z")
FIRST_YEAR = 1901
"""Excel has no days before 1900, and in that year one too many: they are written as text."""


class Sheet(NamedTuple):
    """One table: its name, its columns, its rows of plain values."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


class NoWorkbooks(Misconfigured):
    """The library that writes workbooks is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "this installation writes no .xlsx files", help="run: pip install 'qacli[xlsx]'; or name a .csv file"
        )


def csv_for_people(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table as CSV with byte order mark and CRLF, in which no text of people is a formula."""
    lines = [encode(columns), *(encode(map(_cell, row)) for row in rows)]
    return BOM + b"".join(lines).decode("utf-8").replace("\n", "\r\n")


def csv_for_programs(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table as the records spell it: plain UTF-8, line feeds, every text as it is."""
    return b"".join([encode(columns), *(encode(map(plain, row)) for row in rows)]).decode("utf-8")


def plain(value: Any) -> str:
    """Return a value as the records spell it, words as their text."""
    return value.text if isinstance(value, Words) else text_of(value)


def _cell(value: Any) -> str:
    text = visible(one_line(plain(value)))
    return spreadsheet(text) if isinstance(value, (str, Words)) else text


def workbooks() -> Any:
    """Return the library that writes workbooks. Raises NoWorkbooks."""
    try:
        import xlsxwriter
    except ImportError:
        raise NoWorkbooks from None
    return xlsxwriter


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many units of UTF-16, in which Excel counts: an emoji is two. What is cut is told by dots."""
    if 2 * len(text) <= longest or len(units := text.encode("utf-16-le")) <= 2 * longest:
        return text
    return WORD_BEGUN.sub("", units[: 2 * (longest - len(MORE))].decode("utf-16-le", "ignore")) + MORE


def in_a_cell(text: str) -> str:
    """Return a text as a cell of a workbook holds it, to be written as a string."""
    whole = cut(text, LONGEST_CELL - 1)
    # the library would write it as marks of the file itself
    return f"{whole} " if whole.startswith("<r>") and whole.endswith("</r>") else whole


def workbook(sheets: Iterable[Sheet], zone: tzinfo) -> bytes:
    """Return a workbook, one sheet for each table; times are local, as spreadsheets know no zones. Raises NoWorkbooks."""
    made = BytesIO()
    no_formulas = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with workbooks().Workbook(made, no_formulas) as book:
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:LONGEST_NAME])
            page.write_row(0, 0, sheet.columns, bold)
            page.freeze_panes(1, 0)
            for number, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    _write(page, number, column, value, formats, zone)
    return made.getvalue()


def _write(page: Any, row: int, column: int, value: Any, formats: Mapping[type[date], Any], zone: tzinfo) -> None:
    dated = isinstance(value, date) and value.year >= FIRST_YEAR
    if dated and isinstance(value, datetime):
        page.write_datetime(row, column, value.astimezone(zone).replace(tzinfo=None), formats[datetime])
    elif dated:
        page.write_datetime(row, column, value, formats[date])
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        page.write_number(row, column, value)
    elif text := plain(value):
        page.write_string(row, column, in_a_cell(visible(text)))
