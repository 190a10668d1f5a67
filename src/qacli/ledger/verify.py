"""Verifying a trail: walk the chain, hash every range at file speed, and name every difference."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.disk import of_the_disk
from qacli.ledger import contents, journal
from qacli.ledger import redact as redaction
from qacli.ledger.head import read_head
from qacli.ledger.journal import BadLine, Entry, Range
from qacli.ledger.lock import PATIENCE, locked
from qacli.model import Busy, MalformedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from qacli.ledger.contents import Content

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
        rows = who = ""
        if self.first:
            rows = f" row {self.first}" if self.first == self.last else f" rows {self.first}-{self.last}"
        if self.entry:
            when = datetime.fromisoformat(self.entry.time)
            who = (
                f", entry {self.entry.seq} of {when.day} {when:%B %Y %H:%M} UTC by {self.entry.actor} "
                f"({self.entry.command})"
            )
        return f"{'note' if self.note else 'broken'}: {self.file}{rows}{who}: {self.message}"


def verify(folder: Path) -> Iterator[Damage]:
    """Yield every difference, in the order of the trail; nothing where all is as recorded. Raises Busy, OSError where the disk fails."""
    yield from _copies(folder)
    if not (folder / journal.NAME).exists():
        strays = list(_records(folder))
        if strays:
            yield Damage(journal.NAME, f"the journal is missing, and {len(strays)} record files are there")
        return
    lengths, end = _measured(folder)
    files = _Files(folder, redaction.named(folder), _retired(folder, end))
    try:
        yield from _walk(folder, files, end)
        yield from _lengths(files, lengths)
        yield from _still_readable(folder, files)
    finally:
        files.close()


def _retired(folder: Path, end: int) -> dict[str, int]:
    """Return each retired file with the entry that ended it: what was appended before need no longer be there."""
    found: dict[str, int] = {}
    offset = 0
    for _, line in journal.lines(folder / journal.NAME):
        offset += len(line) + 1
        if b":0+0:" in line and offset < end:
            with suppress(BadLine):
                entry = journal.parse(line)
                found.update({part.file: entry.seq for part in entry.ranges if part.retires})
    return found


def _still_readable(folder: Path, files: _Files) -> Iterator[Damage]:
    """A crash between a redaction's entry and its overwriting leaves the text where it was."""
    if not files.redacted:
        return
    sizes = {file: size for file, size in files.ends.items() if size}
    try:
        for cell in redaction.find(folder, sizes, files.redacted):
            if not cell.redacted:
                row = files.row_at(cell.file, cell.start)
                yield Damage(
                    cell.file,
                    f"{cell.id} was redacted, but its text is still there: run qacli ledger redact {cell.id} again",
                    row,
                    row,
                )
    except (MalformedFile, OSError) as wrong:  # such a file is told where its ranges are compared
        if of_the_disk(wrong):
            raise


def _copies(folder: Path) -> Iterator[Damage]:
    """A second journal is a fork of the records: two computers wrote, or a service merged two folders."""
    for path in sorted(folder.glob("journal*")):
        if path.name != journal.NAME:
            yield Damage(path.name, f"this looks like a conflicted copy of {journal.NAME}: entries may lie in either")


def _measured(folder: Path) -> tuple[dict[str, int], int]:
    """Return the length of every record file and of the journal, between two entries: a writer at work is no damage.

    Without the lock where all is as committed, so that a writer who never rests cannot shut us out. Raises Busy.
    """
    until = time.monotonic() + PATIENCE
    while True:
        found = _lengths_now(folder)
        if _is_settled(folder, *found):
            return found
        try:
            with locked(folder, patience=0):
                return _lengths_now(folder)
        except OSError:  # a folder that cannot be locked cannot be written either: take it as it lies
            return found
        except Busy:
            if time.monotonic() > until:
                raise
        time.sleep(0.001)


def _lengths_now(folder: Path) -> tuple[dict[str, int], int]:
    lengths = {}
    for file in _records(folder):
        with suppress(FileNotFoundError):
            lengths[file] = (folder / file).lstat().st_size
    return lengths, (folder / journal.NAME).stat().st_size


def _is_settled(folder: Path, lengths: dict[str, int], end: int) -> bool:
    try:
        head = read_head(folder)
    except (MalformedFile, OSError):
        return False
    return head.journal == end and head.sizes == lengths


def _walk(folder: Path, files: _Files, end: int) -> Iterator[Damage]:
    """Walk the chain; a damaged line is named, and the walk goes on with what it states."""
    header = journal.first_line(folder / journal.NAME)
    columns: Sequence[str] = journal.COLUMNS
    try:
        columns = journal.columns_of(header)
    except MalformedFile:
        yield Damage(journal.NAME, "this is not the header of a journal", 1, 1)
    seq, prev, last, offset, number = 0, journal.GENESIS, "", len(header), 1
    for number, line, entry, found in contents.lines(folder, columns):
        if offset >= end:
            return
        offset += len(line) + 1
        if isinstance(entry, BadLine):
            yield Damage(journal.NAME, str(entry), number, number)
            seq, prev = seq + 1, line.rpartition(b",")[2].decode("ascii", "replace")
            yield from _unproved(files, line, columns)
            continue
        if entry.seq != seq + 1 or entry.prev != prev:
            yield Damage(
                journal.NAME,
                "the line does not follow the line before it: lines were taken out, put in or moved",
                number,
                number,
                entry,
            )
        if last and contents.seconds(last, entry.time) < -contents.STRAY:
            yield Damage(journal.NAME, f"the clock went back from {last}", number, number, entry, note=True)
        seq, prev, last = entry.seq, entry.hash, entry.time
        for part, content in zip(entry.ranges, found, strict=True):
            yield from files.check(part, entry, content)
    if offset < end:
        yield Damage(
            journal.NAME,
            f"{end - offset} bytes after the last entry belong to none: a crash, or somebody "
            "typed here. The next write sets them aside in quarantine/",
            number + 1,
            number + 1,
        )


def _unproved(files: _Files, line: bytes, columns: Sequence[str]) -> Iterator[Damage]:
    """Go on with the ranges that a damaged line states, where it can still be read; else with whatever comes next."""
    try:
        entry = journal.read(line, columns)
    except BadLine:
        files.lose_track()
        return
    for part in entry.ranges:
        yield from files.check(part, entry)
    files.lose_track()


def _lengths(files: _Files, lengths: dict[str, int]) -> Iterator[Damage]:
    for file, size in sorted(lengths.items()):
        known = files.ends.get(file)
        if known is None:
            kind = "looks like a conflicted copy of" if COPY.search(file.rsplit("/", 1)[1]) else "is in"
            yield Damage(file, f"this file {kind} the records, but no entry wrote it")
        elif size > known == 0:
            yield Damage(file, "this file was retired, but is still there; the next write removes it")
        elif size > known:
            first = files.row_at(file, known)
            yield Damage(
                file,
                f"{size - known} bytes after the last entry belong to none: a crash, or somebody "
                "typed here. The next write sets them aside in quarantine/",
                first,
                first,
            )


def _records(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "records").rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


class _Files:
    """The record files, each read once from front to back as the ranges come."""

    def __init__(self, folder: Path, redacted: frozenset[str], retired: dict[str, int]) -> None:
        self.folder = folder
        self.redacted = redacted
        self.retired = retired
        self._blank: set[str] = set()
        self.open: dict[str, BinaryIO | None] = {}
        self.ends: dict[str, int] = {}
        self._unsure: set[str] = set()
        self._rows: dict[str, tuple[int, int]] = {}

    def close(self) -> None:
        for file in self.open.values():
            if file:
                file.close()

    def lose_track(self) -> None:
        """After a damaged line nobody knows what it appended: the next range of each file may begin anywhere."""
        self._unsure |= set(self.ends)

    def check(self, part: Range, entry: Entry, content: Content | None = None) -> Iterator[Damage]:
        """Compare one range with what lies there, where that is not known yet."""
        if part.start != self.ends.get(part.file, 0) and part.file not in self._unsure and not part.retires:
            yield Damage(
                part.file,
                f"the entry begins at byte {part.start}, the one before ended at {self.ends.get(part.file, 0)}",
                entry=entry,
            )
        self._unsure.discard(part.file)
        self.ends[part.file] = part.end
        if entry.seq <= self.retired.get(part.file, 0):
            return
        if part.file not in self.open:
            self.open[part.file] = self._open(part.file)
            if self.open[part.file] is None:
                yield Damage(part.file, "the file is missing or is not a plain file", entry=entry)
        if source := self.open[part.file]:
            yield from self._compare(part, entry, content or contents.content(source.fileno(), part, entry))

    def _compare(self, part: Range, entry: Entry, content: Content) -> Iterator[Damage]:
        if content.sha256 != part.sha256:
            if not content.missing and part.file.endswith("/words.csv") and self._is_redacted(part):
                return
            missing = f"cut off: {content.missing} of {part.length} bytes are gone"
            what = missing if content.missing else "is not what was recorded"
            first = self.row_at(part.file, part.start)
            yield Damage(part.file, what, first, max(first, self.row_at(part.file, part.end - 1)), entry)
        elif content.straying:
            first, last = self.row_at(part.file, part.start), self.row_at(part.file, part.end - 1)
            yield Damage(
                part.file,
                f"{content.straying} live rows are more than two minutes off the time of their entry, {entry.time}",
                first,
                last,
                entry,
            )

    def _is_redacted(self, part: Range) -> bool:
        data = b"".join(self._bytes(part.file, part.start, part.length))
        return redaction.explains(data, self.redacted, self._blank)

    def _open(self, file: str) -> BinaryIO | None:
        try:
            return os.fdopen(os.open(self.folder / file, os.O_RDONLY | os.O_NOFOLLOW), "rb")
        except OSError as error:
            # who may not read a file does not know that it is broken
            if of_the_disk(error) or isinstance(error, PermissionError):
                raise
            return None

    def _bytes(self, file: str, start: int, length: int) -> Iterator[bytes]:
        source = self.open.get(file)
        if source is None:
            return
        source.seek(start)
        while length and (data := source.read(min(length, contents.CHUNK))):
            length -= len(data)
            yield data

    def row_at(self, file: str, offset: int) -> int:
        """Return the row number of the line that begins at a byte; rows are counted on from the last one asked for."""
        at, row = self._rows.get(file, (0, 1))
        if offset < at:
            at, row = 0, 1
        row += sum(data.count(b"\n") for data in self._bytes(file, at, offset - at))
        self._rows[file] = offset, row
        return row
