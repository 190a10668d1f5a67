"""How far the cells of a workbook reach: readers make room for all that lies between them, and one far off takes it all."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MOST_CELLS = 100_000_000
"""As many as the reader of .ods files takes."""
CHUNK, OVERLAP = 1 << 22, 1 << 10
FAR = tuple(
    map(
        re.compile,
        (
            rb'r="(?:[B-Z][A-Z]\d|[A-Z]{3}\d|[A-Z]{0,3}\d{8,}")',
            rb"r(?:\s+=|=\s+|=')",
            rb"<c(?! r=)[\s/>]",
            rb":c[\s/>]",
        ),
    )
)
"""A cell beyond column AZ or below all rows of a sheet, or one that is spelled as programs rarely do: only then we count.

Each begins with letters of its own: four such searches take half the time of one for all.
"""
TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]*)(\d+)["']""")


class Extent(NamedTuple):
    """The rows and columns from A1 to the last cell that holds anything."""

    rows: int
    columns: int


def too_far(path: Path, most: int = MOST_CELLS) -> Extent | None:
    """Return how far the cells of a sheet of a .xlsx file reach, where it is too far to be read; None where it is not.

    Raises what zipfile raises for an archive that is none.
    """
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if part.endswith(".xml") and any(each.search(chunk) for chunk in _chunks(archive, part) for each in FAR):
                reach = _reach(_chunks(archive, part))
                if reach.rows * reach.columns > most:
                    return reach
    return None


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    rest = b""
    with archive.open(part) as source:
        while chunk := source.read(CHUNK):
            yield rest + chunk
            rest = chunk[-OVERLAP:]


def _reach(chunks: Iterator[bytes]) -> Extent:
    """Return how far cells reach. A cell without a place stands right of the one before, a row below the one before."""
    rows = columns = row = column = 0
    for chunk in chunks:
        for kind, attributes in TAG.findall(chunk):
            place = PLACE.search(attributes)
            if kind == b"row":
                row, column = int(place[2]) if place else row + 1, 0
                continue
            column = _number(place[1]) if place else column + 1
            if not attributes.endswith(b"/"):  # an empty one has a form and no value
                rows, columns = max(rows, int(place[2]) if place else row), max(columns, column)
    return Extent(rows, columns)


def _number(name: bytes) -> int:
    """Return the number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
