"""Verifying a trail: walk the chain, hash every range at file speed, and name every difference."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack, suppress
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from qacli.ledger import journal
from qacli.ledger.journal import BadLine, Entry, Range
from qacli.ledger.lock import locked
from qacli.model import MalformedFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

CHUNK = 1 << 20
STRAY = 120
"""Seconds by which a live row's own time may differ from its entry."""
COPY = re.compile(r"conflict|copy|\(\d+\)|~|\.orig$|\.bak$", re.IGNORECASE)


class Damage(NamedTuple):
    """One difference between the records and their journal. Rows count as a spreadsheet does: 1 is the header."""

    file: str
    message: str
    first: int = 0
    last: int = 0
    entry: Entry | None = None
    note: bool = False
    """Worth telling, but no sign of a changed record."""

    def __str__(self) -> str:
        rows = "" if not self.first else f" row {self.first}" if self.first == self.last else f" rows {self.first}-{self.last}"
        who = ""
        if self.entry:
            when = datetime.fromisoformat(self.entry.time)
            who = f", entry {self.entry.seq} of {when.day} {when:%B %Y %H:%M} UTC by {self.entry.actor} ({self.entry.command})"
        return f"{'note' if self.note else 'broken'}: {self.file}{rows}{who}: {self.message}"


def verify(folder: Path) -> Iterator[Damage]:
    """Yield every difference, in the order of the trail; nothing where all is as recorded.

    Raises MalformedFile only where there is no journal to compare with.
    """
    path = folder / journal.NAME
    if not path.exists():
        strays = list(_records(folder))
        if strays:
            yield Damage(journal.NAME, f"the journal is missing, and {len(strays)} record files are there")
        return
    lengths, end = _measured(folder)
    files = _Files(folder)
    try:
        yield from _walk(folder, files, end)
        yield from _lengths(files, lengths)
    finally:
        files.close()


def _measured(folder: Path) -> tuple[dict[str, int], int]:
    """Return the length of every record file and of the journal, under the lock: a writer at work is no damage."""
    with ExitStack() as stack:
        # A folder that cannot be locked cannot be written either: measure it as it lies.
        with suppress(OSError):
            stack.enter_context(locked(folder))
        lengths = {file: (folder / file).lstat().st_size for file in _records(folder)}
        return lengths, (folder / journal.NAME).stat().st_size


def _walk(folder: Path, files: _Files, end: int) -> Iterator[Damage]:
    """Walk the chain; a damaged line is named and the walk goes on with the hash it states."""
    seq, prev, time, offset = 0, journal.GENESIS, "", len(journal.HEADER)
    try:
        for number, line in journal.lines(folder / journal.NAME):
            if offset >= end:
                return
            offset += len(line) + 1
            try:
                entry = journal.parse(line)
            except BadLine as wrong:
                yield Damage(journal.NAME, str(wrong), number, number)
                seq, prev = seq + 1, line.rpartition(b",")[2].decode("ascii", "replace")
                continue
            if entry.seq != seq + 1 or entry.prev != prev:
                yield Damage(journal.NAME, "the line does not follow the line before it: "
                             "lines were taken out, put in or moved", number, number, entry)
            if time and _seconds(time, entry.time) < -STRAY:
                yield Damage(journal.NAME, f"the clock went back from {time}", number, number, entry, note=True)
            seq, prev, time = entry.seq, entry.hash, entry.time
            for part in entry.ranges:
                yield from files.check(part, entry)
    except MalformedFile as wrong:
        yield Damage(journal.NAME, wrong.message, 1, 1)
    if offset < end:
        yield Damage(journal.NAME, f"{end - offset} bytes after the last entry belong to none: "
                     "a crash, or somebody typed here. The next write sets them aside in quarantine/")


def _lengths(files: _Files, lengths: dict[str, int]) -> Iterator[Damage]:
    for file, size in sorted(lengths.items()):
        known = files.ends.get(file)
        if known is None:
            kind = "looks like a conflicted copy of" if COPY.search(file.rsplit("/", 1)[1]) else "is in"
            yield Damage(file, f"this file {kind} the records, but no entry wrote it")
        elif size > known:
            first = files.row_at(file, known)
            yield Damage(file, f"{size - known} bytes after the last entry belong to none: a crash, or somebody "
                         "typed here. The next write sets them aside in quarantine/", first, first)


def _records(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "records").rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _seconds(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


class _Files:
    """The record files, each read once from front to back as the ranges come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open: dict[str, BinaryIO | None] = {}
        self.ends: dict[str, int] = {}

    def close(self) -> None:
        for file in self.open.values():
            if file:
                file.close()

    def check(self, part: Range, entry: Entry) -> Iterator[Damage]:
        """Compare one range with the bytes that lie there."""
        if part.start != self.ends.get(part.file, 0):
            yield Damage(part.file, f"the entry begins at byte {part.start}, the one before ended at "
                         f"{self.ends.get(part.file, 0)}", entry=entry)
        self.ends[part.file] = part.end
        if part.file not in self.open:
            self.open[part.file] = self._open(part.file)
            if self.open[part.file] is None:
                yield Damage(part.file, "the file is missing or is not a plain file", entry=entry)
        source = self.open[part.file]
        if source is None:
            return
        source.seek(part.start)
        digest, left, data = sha256(), part.length, b""
        while left and (data := source.read(min(left, CHUNK))):
            digest.update(data)
            left -= len(data)
        if digest.hexdigest() == part.sha256:
            if part.length <= CHUNK:
                yield from self._strays(part, entry, data)
            return
        first = self.row_at(part.file, part.start) + (part.start == 0)
        last = max(first, self.row_at(part.file, part.end) - 1)
        what = f"cut off: {left} of {part.length} bytes are gone" if left else "is not what was recorded"
        yield Damage(part.file, what, first, last, entry)

    def _strays(self, part: Range, entry: Entry, data: bytes) -> Iterator[Damage]:
        """A live row carries the time of its entry, within two minutes."""
        if b",live," not in data or "/words" in part.file:
            return
        for number, line in enumerate(data.split(b"\n")[:-1]):
            cells = line.split(b",", 4)
            if len(cells) > 3 and cells[3] == b"live" and abs(_seconds(cells[1].decode(), entry.time)) > STRAY:
                row = self.row_at(part.file, part.start) + number
                yield Damage(part.file, f"the row says {cells[1].decode()}, its entry was made at {entry.time}", row, row, entry)

    def _open(self, file: str) -> BinaryIO | None:
        try:
            return os.fdopen(os.open(self.folder / file, os.O_RDONLY | os.O_NOFOLLOW), "rb")
        except OSError:
            return None

    def row_at(self, file: str, offset: int) -> int:
        """Return the row number of the line that begins at a byte."""
        source, rows, left = self.open.get(file), 1, offset
        if source is None:
            return 0
        source.seek(0)
        while left and (data := source.read(min(left, CHUNK))):
            rows += data.count(b"\n")
            left -= len(data)
        return rows
