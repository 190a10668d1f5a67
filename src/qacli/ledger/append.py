"""Appending one entry: record files first, each fsynced and read back, then one journal line. That fsync commits.

An error before it cuts every file back, journal first. A failed fsync is never tried again: the pages may be
gone although a second fsync reports success.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from qacli.ledger import journal
from qacli.ledger.journal import Entry, Range
from qacli.model import NotRecorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qacli.ledger.head import Head

O_FLAGS = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC


class Block(NamedTuple):
    """Bytes for one record file: its header, used where the file is new, and whole lines."""

    file: str
    header: bytes
    lines: bytes


class Altered(OSError):
    """What was read back is not what was written, or somebody else wrote meanwhile."""


def append(folder: Path, head: Head, entry: Entry, blocks: Sequence[Block]) -> tuple[Entry, Head]:
    """Append one entry and return it with the head after it. The caller holds the lock and has checked the tail.

    ``entry`` brings who, what and when; seq, ranges, sizes, prev and hash are filled in here. Raises NotRecorded.
    """
    with _undone_on_failure(folder, head) as touched:
        ranges = [_append_block(folder, block, head.sizes.get(block.file, 0), touched) for block in blocks]
        for directory in {(folder / part.file).parent for part in ranges if part.start == 0}:
            fsync_directory(directory)
        seq = head.seq + 1
        sizes = {**head.sizes, **{part.file: part.end for part in ranges}} if seq % journal.CHECKPOINT == 0 else {}
        entry = entry._replace(seq=seq, ranges=tuple(ranges), sizes=sizes, prev=head.hash).sealed()
        line = entry.encode()
        _append_journal(folder, head, line)
    opened = head if head.journal else type(head)(journal=len(journal.HEADER))
    return entry, opened.after(entry, line)


def _append_block(folder: Path, block: Block, committed: int, touched: list[str]) -> Range:
    data = block.lines if committed else block.header + block.lines
    path = folder / block.file
    if not committed:
        make_directories(path.parent, folder)
    touched.append(block.file)
    write_at_end(path, data, committed)
    return Range(block.file, committed, len(data), sha256(data).hexdigest())


def _append_journal(folder: Path, head: Head, line: bytes) -> None:
    write_at_end(folder / journal.NAME, line if head.journal else journal.HEADER + line, head.journal)
    if not head.journal:
        fsync_directory(folder)


def write_at_end(path: Path, data: bytes, committed: int) -> None:
    """Append to a file that holds exactly ``committed`` bytes, fsync, and read back. Raises OSError."""
    descriptor = os.open(path, O_FLAGS | (0 if committed else os.O_CREAT), 0o600)
    try:
        if os.fstat(descriptor).st_size != committed:
            raise Altered(f"{path.name} was changed by somebody else meanwhile")
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
        if os.fstat(descriptor).st_size != committed + len(data) or os.pread(descriptor, len(data), committed) != data:
            raise Altered(f"{path.name} does not hold what was written to it")
    finally:
        os.close(descriptor)


@contextmanager
def _undone_on_failure(folder: Path, head: Head) -> Iterator[list[str]]:
    """Cut every touched file back when anything goes wrong before the commit, Ctrl-C included."""
    touched: list[str] = []
    try:
        yield touched
    except BaseException as wrong:
        try:
            _cut(folder / journal.NAME, head.journal)
            for file in touched:
                _cut(folder / file, head.sizes.get(file, 0))
        except OSError as worse:
            raise NotRecorded(
                f"writing failed ({wrong}), and so did cutting back ({worse}): the state is unknown",
                help="run: qacli ledger verify",
            ) from worse
        if isinstance(wrong, OSError):
            raise NotRecorded(f"not recorded: {wrong}", help="the records are as they were before") from wrong
        raise


def _cut(path: Path, length: int) -> None:
    """Bring a file back to its committed length; a file that had none goes."""
    if not path.exists() or path.stat().st_size <= length > 0:
        return
    if length == 0:
        path.unlink()
        fsync_directory(path.parent)
        return
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        os.ftruncate(descriptor, length)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directories(directory: Path, folder: Path) -> None:
    """Make a directory below the folder, readable by its owner only, durable with its name."""
    if directory == folder or directory.exists():
        return
    make_directories(directory.parent, folder)
    directory.mkdir(mode=0o700, exist_ok=True)
    fsync_directory(directory.parent)


def fsync_directory(directory: Path) -> None:
    """Make the names in a directory durable. Windows has no such call and needs none of us."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
