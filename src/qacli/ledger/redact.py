"""Redaction: the text of words is overwritten with x, at equal length, and the trail still verifies.

First the entry that says so is committed, then nonce and text cells are overwritten in place. A crash between the two
is mended by the next writer. No other file, and no other cell, is ever overwritten.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from qacli.ledger import canonical
from qacli.ledger.head import Head, read_committed
from qacli.model import MalformedFile

X = ord("x")
HEADER = b"id,nonce,text"
TABLE = re.compile(r"records/[0-9]{4}/redactions(?:\.[0-9]+)?\.csv")
WORDS = "words"
"""The column of the redactions that names what was redacted."""


class Cell(NamedTuple):
    """Where one line of words.csv lies: its id, and the bytes of nonce and text with the comma between them."""

    id: str
    file: str
    start: int
    nonce: bytes
    text: bytes

    @property
    def redacted(self) -> bool:
        return set(self.nonce + self.text) <= {X}

    @property
    def true(self) -> bool:
        """Whether the id still commits to what stands there."""
        try:
            _, nonce, text = canonical.decode(f"{self.id},{self.nonce.decode()},{self.text.decode()}")
        except ValueError:
            return False
        return self.id == words_id(nonce, text)


def words_id(nonce: str, text: str) -> str:
    """Return the id that commits to a text."""
    return "w_" + sha256((nonce + text).encode()).hexdigest()[:32]


def cells(file: str, data: bytes, start: int = 0) -> Iterator[Cell]:
    """Yield the lines of a words file, or of a part of it that begins at byte ``start``; the header is left out.

    Raises ValueError for a line that is not three cells.
    """
    place = start
    for line in data.split(b"\n")[:-1]:
        id_, nonce, text = line.split(b",", 2)
        if place or line != HEADER:
            yield Cell(id_.decode(), file, place + len(id_) + 1, nonce, text)
        place += len(line) + 1


def find(folder: Path, sizes: Mapping[str, int], ids: Collection[str]) -> list[Cell]:
    """Return where the words of some ids lie; those that lie nowhere are left out.

    Raises MalformedFile, for a words file that is not what was recorded.
    """
    wanted = set(ids)
    found = []
    for file, size in sorted(sizes.items()):
        if file.endswith("/words.csv"):
            try:
                found += [cell for cell in cells(file, read_committed(folder, file, size)) if cell.id in wanted]
            except ValueError:
                raise MalformedFile(f"{file} is not what was recorded", help="run: qacli ledger verify") from None
    return found


def overwrite(folder: Path, found: Sequence[Cell]) -> None:
    """Overwrite nonce and text of some words with x. The caller holds the lock. Raises OSError."""
    for cell in found:
        if cell.redacted:
            continue
        descriptor = os.open(folder / cell.file, os.O_RDWR | os.O_NOFOLLOW)
        try:
            blank = b"x" * len(cell.nonce) + b"," + b"x" * len(cell.text)
            if os.pwrite(descriptor, blank, cell.start) != len(blank):
                raise OSError("the file could not be overwritten in one piece")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def named(folder: Path) -> frozenset[str]:
    """Return the ids of the words that the redactions of a folder name, from its files as they lie."""
    paths = sorted(folder.glob("records/*/redactions*.csv"))
    return frozenset(id_ for path in paths for id_ in _named(path.read_bytes()))


def _named(data: bytes, start: int = 0) -> Iterator[str]:
    """Yield the words that a table of redactions names in its lines from a byte on."""
    columns = data.partition(b"\n")[0].decode("utf-8", "replace").split(",")
    if WORDS in columns:
        place = columns.index(WORDS)
        lines = data[start:].decode("utf-8", "replace").split("\n")[0 if start else 1 : -1]
        yield from (cells[place] for cells in (line.split(",") for line in lines) if len(cells) > place)


def finish(folder: Path, head: Head) -> None:
    """Overwrite what the last entry redacts, where a crash left it readable.

    Every writer begins with this, so that only the last entry can be unfinished. The caller holds the lock.
    """
    ids = [
        id_
        for part in head.last
        if TABLE.fullmatch(part.file)
        for id_ in _named(read_committed(folder, part.file, part.end), part.start)
    ]
    if ids:
        overwrite(folder, find(folder, head.sizes, ids))


def explains(data: bytes, redacted: frozenset[str], seen: set[str]) -> bool:
    """Return whether a changed range of words is as it was but for the redacted: every other id still commits.

    ``seen`` collects the redacted ids that were found: one that stands a second time has taken another's place.
    """
    if not redacted:
        return False
    try:
        found = list(cells("", data))
    except ValueError:
        return False
    blank = [cell.id for cell in found if cell.redacted]
    again = len(blank) != len(set(blank)) or not seen.isdisjoint(blank)
    seen.update(blank)
    return bool(found) and not again and redacted.issuperset(blank) and all(c.true or c.redacted for c in found)
