"""Appending one entry: record files first, each fsynced and read back, then one journal line. That fsync commits.

An error before it cuts every file back, journal first. A failed fsync is never tried again: the pages may be
gone although a second fsync reports success.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.disk import UNTOUCHED, in_words, remedy
from qacli.files.whole import fsync_directory, make_directories, write_whole
from qacli.ledger import journal
from qacli.ledger.journal import Entry, Range
from qacli.model import NotRecorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from qacli.ledger.head import Head

O_FLAGS = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC


class Block(NamedTuple):
    """Bytes for one record file: its header, used where the file is new, and whole lines."""

    file: str
    header: bytes
    lines: bytes


class Extent(NamedTuple):
    """What a file held before the entry, and what it holds after it, in bytes."""

    before: int
    after: int


Written = dict["Path", Extent]
"""Every file that the entry has begun to write to, in order."""


class Altered(OSError):
    """What was read back is not what was written, or somebody else wrote meanwhile."""


def append(
    folder: Path, head: Head, entry: Entry, blocks: Sequence[Block], retired: Sequence[str] = ()
) -> tuple[Entry, Head]:
    """Append one entry and return it with the head after it. The caller holds the lock and has checked the tail.

    ``entry`` brings who, what and when; seq, ranges, sizes, prev and hash are filled in here. ``retired`` files are
    committed to hold nothing from now on; the caller removes them. Raises NotRecorded.
    """
    with _undone_on_failure() as written:
        ranges = [_append_block(folder, block, head.sizes.get(block.file, 0), written) for block in blocks]
        _keep_names(folder, (part.file for part in ranges if part.start == 0))
        ranges += [Range(file, 0, 0, sha256(b"").hexdigest()) for file in retired]
        seq = head.seq + 1
        sizes = {**head.sizes, **{part.file: part.end for part in ranges}} if seq % journal.CHECKPOINT == 0 else {}
        sizes = {file: size for file, size in sizes.items() if size}
        entry = entry._replace(seq=seq, ranges=tuple(ranges), sizes=sizes, prev=head.hash).sealed()
        line = entry.encode()
        _append_journal(folder, head, line, written)
    opened = head if head.journal else type(head)(journal=len(journal.HEADER))
    return entry, opened.after(entry, line)


def _append_block(folder: Path, block: Block, committed: int, written: Written) -> Range:
    data = block.lines if committed else block.header + block.lines
    if not committed:
        make_directories((folder / block.file).parent, folder)
    with _at_end(folder / block.file, committed, len(data), written) as descriptor:
        write_whole(descriptor, data)
        os.fsync(descriptor)
        _compare(descriptor, committed, data)
    return Range(block.file, committed, len(data), sha256(data).hexdigest())


def _keep_names(folder: Path, files: Iterable[str]) -> None:
    """Make the names of new files durable, up to the folder: a writer that was killed may have made the directories."""
    places = {place for file in files for place in (folder / file).parents if place.is_relative_to(folder)}
    for directory in sorted(places, reverse=True):
        fsync_directory(directory)


def _append_journal(folder: Path, head: Head, line: bytes, written: Written) -> None:
    path = folder / journal.NAME
    if not head.journal:
        with _at_end(path, 0, len(journal.HEADER), written) as descriptor:
            write_whole(descriptor, journal.HEADER)
            os.fsync(descriptor)
    if not head.seq:
        # Before the first line: whoever finds a whole line may take it that the name of its file is durable.
        fsync_directory(folder)
    before = head.journal or len(journal.HEADER)
    with _at_end(path, before, len(line), written) as descriptor:
        write_whole(descriptor, line)
        _compare(descriptor, before, line)
        os.fsync(descriptor)


@contextmanager
def _at_end(path: Path, before: int, length: int, written: Written) -> Iterator[int]:
    """Open a file that holds exactly ``before`` bytes, to append ``length`` bytes. Raises OSError."""
    # A new file is new: recovery took away what a crash had begun.
    descriptor = os.open(path, O_FLAGS | (0 if before else os.O_CREAT | os.O_EXCL), 0o600)
    if not before:
        written[path] = Extent(0, 0)
    try:
        if os.fstat(descriptor).st_size != before:
            raise Altered(f"{path.name} was changed by somebody else meanwhile")
        first = written.get(path, Extent(before, before)).before
        written[path] = Extent(first, before + length)
        yield descriptor
    finally:
        os.close(descriptor)


def _compare(descriptor: int, before: int, data: bytes) -> None:
    if os.fstat(descriptor).st_size != before + len(data) or os.pread(descriptor, len(data), before) != data:
        raise Altered("what was read back is not what was written")


@contextmanager
def _undone_on_failure() -> Iterator[Written]:
    """Cut every written file back, journal first, when anything goes wrong before the commit, Ctrl-C included."""
    written: Written = {}
    try:
        yield written
    except BaseException as wrong:
        try:
            for path, extent in reversed(written.items()):
                _cut_back(path, extent)
        except OSError as worse:
            raise NotRecorded(
                f"writing failed ({wrong}), and so did cutting back ({worse}): the state is unknown",
                help="run: qacli ledger verify",
            ) from worse
        if isinstance(wrong, OSError):
            raise NotRecorded(f"not recorded: {in_words(wrong)}", help=remedy(wrong, UNTOUCHED)) from wrong
        raise


def _cut_back(path: Path, extent: Extent) -> None:
    """Bring a file back to what it held before; a file that held nothing goes. Raises OSError."""
    try:
        size = path.lstat().st_size
    except FileNotFoundError:
        return
    if size > extent.after:
        raise Altered(f"somebody else wrote to {path.name} meanwhile")
    cut(path, extent.before)


def cut(path: Path, length: int) -> None:
    """Cut a file to a length, durably; to nothing means that it goes. Raises OSError."""
    if length == 0:
        path.unlink()
        fsync_directory(path.parent)
        return
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_size > length:
            os.ftruncate(descriptor, length)
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
