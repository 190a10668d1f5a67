"""Canonical CSV: one spelling for every row, so that equal records are equal bytes.

UTF-8 without BOM, LF, comma, quotes only where a cell holds a comma or a quote, one row on one physical line.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from qacli.files.line import csv_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|\Z)')


PLAIN = re.compile(r'[^",\n]+')
DELIMITERS = (b",", b"\n")


def encode(cells: Iterable[str]) -> bytes:
    """Return one row as bytes with its newline. Raises ValueError for a cell that would break the line."""
    return (csv_line(cells) + "\n").encode("utf-8")


def decode(line: str) -> Sequence[str]:
    """Return the cells of one line without its newline. Raises ValueError where the quoting is not canonical."""
    if '"' not in line:
        return line.split(",")
    cells, at, more = [], 0, ","
    while more:
        # Not the csv module: it refuses cells over 128 KiB, and takes spellings that are not canonical.
        found = CELL.match(line, at)
        if not found:
            raise ValueError("a quote is open, or stands in a plain cell")
        cells.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at, more = found.end(), found[3]
    if csv_line(cells) != line:
        raise ValueError("quotes where none belong")
    return cells


def rows(data: bytes) -> Iterable[Sequence[str]]:
    """Yield the cells of every line of a table, header first. Never ``str.splitlines``: it splits at U+2028 too."""
    text = data.decode("utf-8")
    if text:
        yield from map(decode, text.removesuffix("\n").split("\n"))


def rows_with(data: bytes, column: str, sought: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield the cells of the header, and of each line of a table that may have one of some cells in a column.

    The other lines are not taken apart: of a million that takes a fiftieth of the time. Without that column all are yielded.
    """
    header = next(iter(rows(data[: data.find(b"\n") + 1])), [])
    if column not in header or any(not PLAIN.fullmatch(cell) for cell in sought):
        yield from rows(data)
        return
    yield header
    cells = {cell.encode("utf-8") for cell in sought}
    found = _with_one(data, *cells) if len(cells) == 1 else _with_any(data, header.index(column), cells)
    yield from (decode(line.decode("utf-8")) for line in found)


def _with_one(data: bytes, sought: bytes) -> Iterator[bytes]:
    """Yield the lines after the first in which a cell stands, in whatever column."""
    at = data.find(sought, data.find(b"\n") + 1)
    while at >= 0:
        after = at + len(sought)
        if data[at - 1 : at] in DELIMITERS and data[after : after + 1] in DELIMITERS:
            begin, after = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", after)
            yield data[begin:after]
        at = data.find(sought, after)


def _with_any(data: bytes, place: int, sought: Collection[bytes]) -> Iterator[bytes]:
    """Yield the lines after the first with one of some cells at a place, and all with quotes: a comma may stand in them."""
    lines = BytesIO(data)
    next(lines)
    for line in lines:
        if b'"' in line or line[:-1].split(b",", place + 1)[place] in sought:
            yield line[:-1]
