"""Canonical CSV: one spelling for every row, so that equal records are equal bytes.

UTF-8 without BOM, LF, comma, quotes only where a cell holds a comma or a quote, one row on one physical line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qacli.files.line import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|\Z)')


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
