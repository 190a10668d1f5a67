"""A workbook of forms that comes back filled in, from Excel or LibreOffice, as .xlsx or .ods."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from qacli.engine.extent import too_far
from qacli.engine.spreadsheet import NoSpreadsheets, prefix, text_of
from qacli.files.disk import of_the_disk
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import letters
from qacli.files.text import one_line
from qacli.interchange.filled import layout
from qacli.interchange.filled.formulas import BROKEN, Unreadable, formulas
from qacli.interchange.filled.handed import Given, Handed
from qacli.monitor.observing.blank import Origin

if TYPE_CHECKING:
    from qacli.interchange.filled.handed import Faulty

ENDINGS = (".xlsx", ".xlsm", ".ods")
MOST_BYTES = 256 << 20
"""Unpacked; a workbook of fifty forms has about 5 MB."""
MOST_CELLS = 10_000_000
"""From A1 to the last cell of a sheet that holds anything."""
ITEM = re.compile(r"t_[0-9a-z]+(-[0-9]+)?")
SEVERAL = re.compile(r"[\s,;]+")
AGAIN = "write the forms anew: qacli score --form xlsx"
RESAVE = "open it in a spreadsheet program and save it again as .xlsx without a password"


class _Page(NamedTuple):
    """One sheet as it came back: its name, its cells by row, the cells that hold formulas."""

    file: str
    name: str
    rows: Sequence[Sequence[Any]]
    formulas: frozenset[str]

    def fault(self, row: int, column: int, code: str, message: str, help: str) -> Fault:  # noqa: A002 - the word users see
        return Fault(code, message, self.file, help=help, cell=f"{prefix(self.name)}!{letters(column + 1)}{row + 1}")

    def cell(self, row: int, column: int) -> Any:
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


def read_workbook(path: Path) -> tuple[list[Handed], list[Fault]]:
    """Return the forms of a workbook, those that nobody touched among them, and what keeps cells of it from being read.

    Faults are returned beside the forms, so that whatever else is wrong in these can be told with them.
    Raises FileFaults for what is no workbook of forms at all, and NoSpreadsheets.
    """
    pages = {page.name: page for page in _pages(path)}
    if layout.HIDDEN not in pages:
        message = f"qacli did not write this workbook: it has no sheet {layout.HIDDEN}"
        raise FileFaults([Fault("no-form", message, str(path), help=AGAIN)])
    faults: list[Fault] = []
    found = []
    forms = list(_forms(pages[layout.HIDDEN], faults))
    strays = [page for page in pages.values() if page.name not in {name for name, _, _ in forms}]
    for name, item, origin in forms:
        copies = [page for page in strays if str(page.cell(0, 0)).startswith(f"{item} - ")]
        page = pages.get(name) or (copies.pop(0) if copies else None)  # its sheet may have been given another name
        if page:  # or thrown away: its item is not handed in
            found.append(_handed(page, item, origin, faults))
        for copy in copies:
            wrong: list[Fault] = []
            if _handed(copy, item, origin, wrong).touched or wrong:
                message = f"this is a second sheet of {item}"
                faults.append(copy.fault(0, 0, "repeated-item", message, "keep one of them, and delete the other"))
    return found, faults


def _pages(path: Path) -> Iterator[_Page]:
    try:
        import python_calamine as calamine
    except ImportError:
        raise NoSpreadsheets(path) from None
    _refuse_packed(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        calculated = formulas(path)
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield _Page(str(path), name, rows, frozenset(calculated.get(name, ())))
    except (calamine.CalamineError, Unreadable, OSError) as wrong:
        if of_the_disk(wrong):
            raise
        raise FileFaults(
            [Fault("not-a-spreadsheet", f"this cannot be read: {wrong}", str(path), help=RESAVE)]
        ) from None


def _refuse_packed(path: Path) -> None:
    """Refuse what is no workbook, or would unpack to more than any workbook of forms."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        reach = too_far(path, MOST_CELLS) if size <= MOST_BYTES else None
    except BROKEN:
        message = "this cannot be read: whatever its name says, it is cut off, locked or something else"
        raise FileFaults([Fault("not-a-spreadsheet", message, str(path), help=RESAVE)]) from None
    if size > MOST_BYTES:
        raise FileFaults([Fault("spreadsheet-too-big", f"this unpacks to {size >> 20:,} MB", str(path), help=AGAIN)])
    if reach:
        message = f"its cells reach to {letters(reach.columns)}{reach.rows}: too far for a form"
        raise FileFaults([Fault("spreadsheet-too-big", message, str(path), help=AGAIN)])


def _forms(page: _Page, faults: list[Fault]) -> Iterator[tuple[str, str, Origin]]:
    """Yield (sheet, item, origin) of every form that the hidden sheet names."""
    if page.cell(0, 0) != layout.SCHEMA:
        faults.append(page.fault(0, 0, "newer-form", f"this is not a workbook of {layout.SCHEMA}", AGAIN))
        return
    for row in range(1, len(page.rows)):
        name, item, text = (str(page.cell(row, column)) for column in range(3))
        try:
            origin = Origin.model_validate_json(text)
        except ValidationError:
            origin = None
        if origin is None or not ITEM.fullmatch(item):
            faults.append(page.fault(row, 0, "spoiled-form", "what says which form this is was changed", AGAIN))
        else:
            yield name, item, origin


def _handed(page: _Page, item: str, origin: Origin, faults: list[Fault]) -> Handed:
    top = next((row for row in range(len(page.rows)) if page.cell(row, 0) == layout.CRITERION), None)
    header = [str(cell) for cell in page.rows[top]] if top is not None else []
    columns = {name: header.index(name) for name in layout.TO_FILL if name in header}
    answers: dict[str, Given] = {}
    if top is None or len(columns) < len(layout.TO_FILL):
        faults.append(
            page.fault(top or 0, 0, "spoiled-form", "the row with the names of the columns was changed", AGAIN)
        )
    else:
        for row in range(top + 1, len(page.rows)):
            criterion = str(page.cell(row, 0)).strip()
            if criterion in answers:
                message = f"{criterion} stands twice on this sheet"
                faults.append(page.fault(row, 0, "spoiled-form", message, "keep one row of it, or " + AGAIN))
            elif criterion:
                answers[criterion] = _given(page, row, columns, faults)
    return Handed(
        item,
        origin,
        answers,
        "workbook",
        f"{page.file} ({page.name})",
        lambda code, message, help: page.fault(0, 0, code, message, help),  # noqa: A006 - the word users see
    )


def _given(page: _Page, row: int, columns: Mapping[str, int], faults: list[Fault]) -> Given:
    fault = _faulty(page, row, columns)
    cells = {name: page.cell(row, column) for name, column in columns.items()}
    for name, column in columns.items():
        if f"{letters(column + 1)}{row + 1}" in page.formulas:
            message = f"{page.cell(row, 0)}: {name}: the cell holds a formula"
            faults.append(page.fault(row, column, "formula", message, "type the answer itself"))
            cells[name] = ""  # what it last came to is nobody's answer, and no second fault
    return Given(
        text_of(cells[layout.ANSWER]).strip(),
        one_line(text_of(cells[layout.EVIDENCE])),
        _offset(cells[layout.TIME]),
        one_line(text_of(cells[layout.COMMENT])),
        _lines(text_of(cells[layout.LINE]), fault, faults),
        fault,
    )


def _faulty(page: _Page, row: int, columns: Mapping[str, int]) -> Faulty:
    of_part = {
        "answer": layout.ANSWER,
        "lines": layout.LINE,
        "offset": layout.TIME,
        "evidence": layout.EVIDENCE,
        "comment": layout.COMMENT,
    }
    return lambda part, code, message, help: page.fault(  # noqa: A006 - the word users see
        row, columns[of_part[part]], code, f"{page.cell(row, 0)}: {message}", help
    )


def _lines(text: str, fault: Faulty, faults: list[Fault]) -> tuple[int, ...]:
    words = [word for word in SEVERAL.split(text) if word]
    if all(word.isascii() and word.isdigit() and len(word) < 7 for word in words):
        return tuple(map(int, words))
    faults.append(
        fault(
            "lines",
            "no-such-line",
            f"'{text}' is no line",
            "write the number of a line of the conversation, several as 1, 3",
        )
    )
    return ()


def _offset(cell: Any) -> str:
    """Return a time from the start. A spreadsheet takes 02:41 for two hours and 41 minutes; a call is rarely so long."""
    if isinstance(cell, (time, timedelta)):
        hours, minutes, seconds = text_of(cell).partition(".")[0].split(":")
        return f"{hours}:{minutes}" if seconds == "00" else f"{int(hours)}:{minutes}:{seconds}"
    return text_of(cell).strip()
