"""Canonical CSV: one spelling for every row, so that equal records are equal bytes.

UTF-8 without BOM, LF, comma, quotes only where a cell holds a comma or a quote, one row on one physical line.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def encode(cells: Iterable[str]) -> bytes:
    """Return one row as bytes with its newline. Raises ValueError for a cell that would break the line."""
    return (",".join(map(_quoted, cells)) + "\n").encode("utf-8")


def _quoted(cell: str) -> str:
    if "\n" in cell or "\r" in cell or "\0" in cell:
        raise ValueError(f"a record cell cannot hold a line break: {cell!r}")
    if "," in cell or '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def decode(line: str) -> Sequence[str]:
    """Return the cells of one line without its newline. Raises ValueError where the quoting is not canonical."""
    if '"' not in line:
        return line.split(",")
    try:
        cells = next(csv.reader([line], strict=True))
    except (csv.Error, StopIteration) as wrong:
        raise ValueError(str(wrong)) from None
    return cells


def rows(data: bytes) -> Iterable[Sequence[str]]:
    """Yield the cells of every line of a table, header first. Never ``str.splitlines``: it splits at U+2028 too."""
    text = data.decode("utf-8")
    if text:
        yield from map(decode, text.removesuffix("\n").split("\n"))
