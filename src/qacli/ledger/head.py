"""The head of a trail: how many entries, their last hash, and the committed length of every file.

It is read from the journal's tail and needs no lock: bytes past the committed lengths do not exist for a reader.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qacli.ledger import journal
from qacli.ledger.journal import COLUMNS, BadLine, Entry, Range
from qacli.model import MalformedFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

BLOCK = 1 << 16


class BrokenTail(MalformedFile):
    """The last complete journal line, or one of the last 256, does not match its hash."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the journal is damaged near its end: {reason}. Nothing is written to a damaged trail.",
            help="run: qacli ledger verify",
        )


class ShortFile(MalformedFile):
    """A record file holds fewer bytes than its journal committed."""

    def __init__(self, file: str, size: int, committed: int) -> None:
        super().__init__(
            f"{file} holds {size:,} bytes, but {committed:,} were committed: something was cut off or restored.",
            help="run: qacli ledger verify",
        )


@dataclass(frozen=True)
class Head:
    """State of a trail after its last committed entry. ``journal`` is the journal's committed length in bytes.

    ``sizes`` are the committed lengths of the files that are to be there; ``retired`` are files that were ended lately.
    """

    seq: int = 0
    hash: str = journal.GENESIS
    time: str = ""
    host: str = ""
    journal: int = 0
    sizes: Mapping[str, int] = field(default_factory=dict)
    columns: Sequence[str] = COLUMNS
    retired: frozenset[str] = frozenset()
    last: Sequence[Range] = ()
    """What the last entry appended."""

    def after(self, entry: Entry, line: bytes) -> Head:
        """Return the head once an entry is appended."""
        sizes = {**self.sizes, **dict.fromkeys(self.retired, 0), **{part.file: part.end for part in entry.ranges}}
        committed = self.journal + len(line)
        parted = _parted(sizes, self.columns)
        return Head(entry.seq, entry.hash, entry.time, entry.host, committed, *parted, entry.ranges)


def read_head(folder: Path) -> Head:
    """Return the head of the trail in a folder; an empty one where nothing was recorded yet.

    Raises BrokenTail.
    """
    try:
        descriptor = os.open(folder / journal.NAME, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return Head()
    try:
        length = os.fstat(descriptor).st_size
        first, newline, _ = os.pread(descriptor, BLOCK, 0).partition(b"\n")
        if not newline and length <= len(journal.HEADER) and journal.HEADER.startswith(first.rstrip(b"\0")):
            return Head()  # a crash while the journal was being made: nothing was committed yet
        return _fold(*_tail(descriptor, length), _columns(first + newline))
    finally:
        os.close(descriptor)


def is_still(folder: Path, head: Head) -> bool:
    """Return whether a head read before is the head now: the journal is as long and ends with the same hash."""
    if not head.seq:
        return False
    descriptor = os.open(folder / journal.NAME, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        end = f"{head.hash}\n".encode()
        return (
            os.fstat(descriptor).st_size == head.journal
            and os.pread(descriptor, len(end), head.journal - len(end)) == end
        )
    finally:
        os.close(descriptor)


def _columns(header: bytes) -> Sequence[str]:
    try:
        return journal.columns_of(header)
    except MalformedFile:
        raise BrokenTail("its first line is not the header of a journal") from None


def _tail(descriptor: int, length: int) -> tuple[Sequence[bytes], int]:
    """Return the last complete lines, at least back to a checkpoint or the header, and the committed length."""
    data, start = b"", length
    while start > 0:
        size = min(BLOCK, start)
        start -= size
        data = os.pread(descriptor, size, start) + data
        if data.count(b"\n") > journal.CHECKPOINT + 2:
            break
    whole = data.rfind(b"\n") + 1
    found = data[:whole].split(b"\n")[:-1]
    # A crash can leave a last line of zeros that happens to be closed by a newline: it was never committed.
    if found and b"\0" in found[-1]:
        whole -= len(found.pop()) + 1
    # The first piece is the header, or the torn front of the first block: neither is an entry.
    return found[1:], start + whole


def _fold(tail: Sequence[bytes], committed: int, columns: Sequence[str]) -> Head:
    """Return the head that the last lines add up to: the sizes of a checkpoint, then the ranges after it."""
    if not tail:
        return Head(journal=committed, columns=columns)
    found = _back_to_checkpoint(tail, columns)
    sizes: dict[str, int] = {}
    for entry in reversed(found):
        sizes.update(entry.sizes)
        sizes.update({part.file: part.end for part in entry.ranges})
    last = found[0]
    return Head(last.seq, last.hash, last.time, last.host, committed, *_parted(sizes, columns), last.ranges)


def _parted(sizes: Mapping[str, int], columns: Sequence[str]) -> tuple[dict[str, int], Sequence[str], frozenset[str]]:
    """Return the sizes of files that are there, the columns, and the files that an entry ended."""
    there = {file: size for file, size in sizes.items() if size}
    return there, columns, frozenset(sizes.keys() - there.keys())


def _back_to_checkpoint(tail: Sequence[bytes], columns: Sequence[str]) -> list[Entry]:
    """Return the entries from the last one back to a line that states all sizes, each bound to the one before."""
    found: list[Entry] = []
    for line in reversed(tail):
        try:
            entry = journal.parse(line, columns)
        except BadLine as wrong:
            raise BrokenTail(str(wrong)) from None
        if found and (found[-1].seq, found[-1].prev) != (entry.seq + 1, entry.hash):
            raise BrokenTail(f"entry {found[-1].seq} does not follow the line before it")
        found.append(entry)
        if entry.seq % journal.CHECKPOINT == 0 or (entry.seq == 1 and entry.prev == journal.GENESIS):
            return found
    raise BrokenTail("it does not go back to its first entry")


def read_committed(folder: Path, file: str, length: int) -> bytes:
    """Return the committed bytes of one record file. Raises ShortFile."""
    try:
        descriptor = os.open(folder / file, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise ShortFile(file, 0, length) from None
    with os.fdopen(descriptor, "rb") as source:
        data = source.read(length)
    if len(data) < length:
        raise ShortFile(file, len(data), length)
    return data
