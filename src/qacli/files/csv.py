"""The strict CSV reader: each record with its number and physical line, or every fault with its spreadsheet cell."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qacli.files import merge_conflict
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import (
    MOST_FAULTS,
    Broken,
    CsvLayout,
    Quoting,
    damaged_gzip,
    letters,
    lone_return,
    not_text,
    open_bytes,
    probe,
    shown,
    split_record,
)
from qacli.files.text import unsafe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

LONGEST_CELL = 64 * 1024


class CsvRow(NamedTuple):
    """One record: its number (from 1, header apart), the physical line where it starts, its cells."""

    record: int
    line: int
    cells: tuple[str, ...]


class _TooMany(Exception):
    pass


class NoSuchColumn(FileFaults):
    """The header lacks columns that are asked for."""

    def __init__(self, path: Path, missing: Sequence[str], header: Sequence[str]) -> None:
        found = ", ".join(header)
        super().__init__(
            [
                Fault(
                    "no-such-column", f"there is no column '{name}'", shown(path), 1, help=f"the columns are: {found}"
                )
                for name in missing
            ]
        )


def read(
    path: Path,
    encoding: str | None = None,
    columns: Sequence[str] | None = None,
    delimiter: str | None = None,
    quoting: Quoting = "doubled",
) -> Iterator[CsvRow]:
    """Yield the records of a CSV file, plain or gzip; with ``columns`` only those cells, in that order.

    Accepted: CRLF or LF throughout, line breaks inside quotes, blanks around a quoted cell, blank lines (skipped),
    a byte order mark. A line break inside a cell arrives as a line feed.
    Raises FileFaults with every fault (the first 20 and the count of the others), after the last record.
    """
    return _Reader(path, probe(path, encoding, delimiter, quoting), columns).rows()


def handed_in(path: Path, columns: Sequence[str]) -> Iterator[CsvRow]:
    """Yield the records of a file that somebody hands in to be recorded, as ``read``; one that says nothing is a fault."""
    said = False
    for row in read(path, columns=columns):
        said = True
        yield row
    if not said:
        help_ = f"write a line for each under {', '.join(columns)}"
        raise FileFaults(
            [Fault("nothing-said", "no line stands below the header: nothing was recorded", shown(path), help=help_)]
        )


def all_faults(path: Path, layout: CsvLayout, one_line: Sequence[str] | None = None) -> tuple[Fault, ...]:
    """Return what is wrong in a CSV file, the first 20 faults.

    With ``one_line`` only those columns are searched for unsafe characters, line breaks and tabs among them.
    """
    try:
        for _ in _Reader(path, layout, one_line, line_breaks=one_line is None).rows():
            pass
    except FileFaults as found:
        return found.faults
    return ()


def places(path: Path, layout: CsvLayout, records: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return (physical line, spreadsheet row) of records of a sound CSV file, by their number from 1."""
    reader, found = _Reader(path, layout, []), {}
    for row in reader.rows():
        if row.record in records:
            found[row.record] = (row.line, reader.row)
            if len(found) == len(records):
                break
    return found


class _Reader:
    def __init__(self, path: Path, layout: CsvLayout, columns: Sequence[str] | None, line_breaks: bool = True) -> None:
        self.path, self.layout, self.line_breaks = path, layout, line_breaks
        self.faults: list[Fault] = []
        missing = [name for name in columns or () if name not in layout.header]
        if missing:
            raise NoSuchColumn(path, missing, layout.header)
        self.wanted = [layout.header.index(name) for name in columns] if columns is not None else None
        self.record = 0
        self.conflict = False  # whether git left both versions of some lines
        self.row = layout.skip  # of a spreadsheet, which shows a line break inside a cell within one row
        self.line = 0

    def rows(self) -> Iterator[CsvRow]:
        try:
            yield from self._rows()
        except _TooMany:
            self.faults.append(
                Fault(
                    "more-faults", f"and more: only the first {MOST_FAULTS} are shown", shown(self.path), self.line + 1
                )
            )
        if self.faults:
            raise FileFaults(self.faults)

    def _rows(self) -> Iterator[CsvRow]:
        lines = self._lines()
        for _ in range(self.layout.lines):
            next(lines, None)
        self.row += 1
        pick = self.wanted
        for text in lines:
            self.row += 1
            start = self.line
            cells = self._plain(text)
            if cells is None:
                body = self._without_end(self._whole(text, lines), start)
                if not body and len(self.layout.header) > 1:
                    continue
                self.record += 1
                cells = self._cells(body, start)
            else:
                self.record += 1
            if cells is not None:
                yield CsvRow(self.record, start, tuple(cells if pick is None else [cells[i] for i in pick]))

    def _plain(self, text: str) -> list[str] | None:
        """Return the cells of a line of plain ASCII without quotes, or None where the careful way is needed."""
        body = text.removesuffix(self.layout.newline)
        if ('"' in body and self.layout.quoting != "none") or not body.isascii() or len(body) > LONGEST_CELL:
            return None
        cells = body.split(self.layout.delimiter)
        if len(cells) != len(self.layout.header) or not "".join(cells).isprintable():
            return None
        return cells

    def _lines(self) -> Iterator[str]:
        encoding = self.layout.encoding
        with open_bytes(self.path) as stream:
            stream.read(self.layout.bom)
            try:
                if encoding.startswith("utf-16"):
                    with io.TextIOWrapper(stream, encoding, newline="\n") as texts:
                        for text in texts:
                            self.line += 1
                            yield text
                    return
                for raw in stream:
                    self.line += 1
                    try:
                        yield raw.decode(encoding)
                    except UnicodeDecodeError as error:
                        self._add(not_text(self.path, encoding, self.line, error.start + 1, raw[error.start]))
                        yield raw.decode(encoding, "replace")
            except UnicodeDecodeError as error:
                self._add(not_text(self.path, encoding, self.line + 1, 0, error.object[error.start]))
            except (EOFError, gzip.BadGzipFile, zlib.error):
                self._add(damaged_gzip(self.path))

    def _whole(self, text: str, lines: Iterator[str]) -> str:
        """Return the record that starts with ``text``: further lines as long as a quote is open."""
        if '"' not in text or self.layout.quoting == "none":
            return text
        start, record = self.line, text
        while (at := self._open_quote(record)) is not None:
            parts, length = [record], len(record) - at
            for more in lines:
                parts.append(more)
                length += len(more)
                if '"' in more or length > LONGEST_CELL:
                    break
            record = "".join(parts)
            if len(parts) == 1 or '"' not in parts[-1] or length > LONGEST_CELL:
                self._never_closed(record, at, start)
        return record

    def _never_closed(self, record: str, at: int, start: int) -> None:
        line, column = start + record.count("\n", 0, at), at - record.rfind("\n", 0, at)
        self._add(
            Fault(
                "open-quote",
                f"the quote opened in record {self.record + 1} is never closed",
                shown(self.path),
                line,
                column,
                help='close it, or double it where a quote is meant: ""',
                excerpt=[(line, self._line_at(record, at))],
                cell=self._cell(record[:at]),
            )
        )
        raise FileFaults(self.faults)

    def _open_quote(self, record: str) -> int | None:
        return next(
            (
                at
                for at, cell in split_record(record, self.layout.delimiter, self.layout.quoting)
                if cell is Broken.OPEN
            ),
            None,
        )

    def _without_end(self, record: str, start: int) -> str:
        end = "\r\n" if record.endswith("\r\n") else "\n" if record.endswith("\n") else ""
        if end and end != self.layout.newline:
            names = {"\r\n": "CRLF", "\n": "LF"}
            self._add(
                Fault(
                    "mixed-line-ends",
                    f"this record ends with {names[end]}, the header with {names[self.layout.newline]}",
                    shown(self.path),
                    start + record.count("\n") - 1,
                    help="two programs have written to this file; save it once from one program",
                )
            )
        return record.removesuffix(end)

    def _cells(self, body: str, start: int) -> list[str] | None:
        cells: list[str] = []
        for at, cell in split_record(body, self.layout.delimiter, self.layout.quoting):
            if isinstance(cell, Broken):
                self._add(
                    self._at(
                        Fault(
                            "text-after-quote",
                            "text follows the closing quote of a cell",
                            "",
                            help='double a quote that is meant as one: ""; where the whole file writes it otherwise, '
                            "say so with quoting: in its profile",
                        ),
                        body,
                        at,
                        start,
                        len(cells),
                    )
                )
                return None
            self._check_cell(cell, body, at, start, len(cells))
            cells.append(cell.replace("\r\n", "\n") if "\r" in cell else cell)
        if len(cells) != len(self.layout.header):
            self._ragged(cells, body, start)
            return None
        return cells

    def _check_cell(self, cell: str, body: str, at: int, start: int, number: int) -> None:
        if len(cell) > LONGEST_CELL:
            self._add(
                self._at(
                    Fault(
                        "long-cell",
                        f"a cell of {len(cell):,} characters; the most is {LONGEST_CELL:,}",
                        "",
                        help="is a quote missing before it?",
                    ),
                    body,
                    at,
                    start,
                    number,
                )
            )
        if (cell.isascii() and cell.isprintable()) or (self.wanted is not None and number not in self.wanted):
            return
        flat = cell.replace("\r\n", "\n")
        if "\r" in flat:
            place = self._at(Fault("", "", ""), body, at + body[at:].index("\r"), start, number)
            self._add(lone_return(self.path, place.line, place.column, place.cell))
        for found in unsafe(flat.replace("\r", " "), layout=self.line_breaks)[:1]:
            self._add(
                self._at(
                    Fault(
                        "unsafe-character",
                        f"{self._name(number)} holds {found.name}",
                        "",
                        help="take the character out",
                    ),
                    body,
                    at + found.at,
                    start,
                    number,
                )
            )

    def _ragged(self, cells: list[str], body: str, start: int) -> None:
        width = len(self.layout.header)
        excerpt = [(start, self._line_at(body, 0))]
        if merge_conflict.OPENED.match(cells[0]):
            self._add(merge_conflict.divided(shown(self.path), start, self.row, excerpt[0][1]))
            self.conflict = True
            return
        if self.conflict and merge_conflict.LATER.match(cells[0]):
            return  # told with the line that opened the conflict
        say = f"record {self.record} has {len(cells)} cell{'s' * (len(cells) != 1)}, the header names {width}"
        remedy = (
            "a cell that contains the delimiter must stand in quotes"
            if len(cells) > width
            else f"the first missing cell is {self._name(len(cells))}"
        )
        number = min(len(cells), width)
        self._add(
            Fault(
                "ragged-row",
                say,
                shown(self.path),
                start,
                help=remedy,
                cell=f"{letters(number + 1)}{self.row}",
                excerpt=excerpt,
            )
        )

    def _at(self, fault: Fault, body: str, at: int, start: int, number: int) -> Fault:
        line = start + body.count("\n", 0, at)
        column = at - body.rfind("\n", 0, at)
        return fault._replace(
            file=shown(self.path),
            line=line,
            column=column,
            cell=f"{letters(number + 1)}{self.row}",
            excerpt=[(line, self._line_at(body, at))],
        )

    def _cell(self, before: str) -> str:
        cells = split_record(before, self.layout.delimiter, self.layout.quoting)
        return f"{letters(sum(1 for _ in cells))}{self.row}"

    def _name(self, number: int) -> str:
        header = self.layout.header
        return f"column '{header[number]}'" if number < len(header) else f"column {letters(number + 1)}"

    def _line_at(self, text: str, at: int) -> str:
        end = text.find("\n", at)
        return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end].rstrip("\r")[:200]

    def _add(self, fault: Fault) -> None:
        if len(self.faults) >= MOST_FAULTS:
            raise _TooMany
        self.faults.append(fault)
