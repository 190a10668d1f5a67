"""Recovery after a crash: what was never committed is set aside in quarantine/, never dropped.

Only bytes past the committed lengths are touched. A complete line with a wrong hash, or a file shorter than
committed, is damage, not a torn write, and is refused by the head.
"""

from __future__ import annotations

import os
import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from qacli.ledger import journal
from qacli.ledger.append import fsync_directory, make_directories
from qacli.ledger.head import Head, ShortFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TABLE = re.compile(r"[a-z][a-z_]*(\.[0-9]+)?\.csv")


class SetAside(NamedTuple):
    """Bytes that a crash left behind, now in ``quarantine/``."""

    file: str
    copy: str
    length: int
    sha256: str


def uncommitted(folder: Path, head: Head) -> Iterator[tuple[str, int]]:
    """Yield (file, committed length) for every file longer than committed. Raises ShortFile.

    Files in records/ that are named like no table are left to ``ledger verify``.
    """
    committed = {**head.sizes, **dict.fromkeys(_tables(folder) - set(head.sizes), 0), journal.NAME: head.journal}
    for file, length in sorted(committed.items()):
        try:
            size = os.lstat(folder / file).st_size
        except FileNotFoundError:
            size = 0
        if size < length:
            raise ShortFile(file, size, length)
        if size > length:
            yield file, length


def _tables(folder: Path) -> set[str]:
    found = set()
    for year in (folder / "records").glob("[0-9][0-9][0-9][0-9]"):
        with os.scandir(year) as names:
            found |= {f"records/{year.name}/{entry.name}" for entry in names if TABLE.fullmatch(entry.name)}
    return found


def recover(folder: Path, head: Head, stamp: str) -> Sequence[SetAside]:
    """Copy all uncommitted bytes to quarantine/ and cut them off. The caller holds the lock."""
    return [_set_aside(folder, file, length, stamp) for file, length in uncommitted(folder, head)]


def _set_aside(folder: Path, file: str, length: int, stamp: str) -> SetAside:
    path = folder / file
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        size = os.fstat(descriptor).st_size
        data = os.pread(descriptor, size - length, length)
        make_directories(folder / "quarantine", folder)
        copy = f"quarantine/{file.replace('/', '.')}.{stamp.replace(':', '')}.{length}"
        _write_copy(folder / copy, data)
        os.ftruncate(descriptor, length)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if length == 0 and file != journal.NAME:
        path.unlink()
        fsync_directory(path.parent)
    return SetAside(file, copy, len(data), sha256(data).hexdigest())


def _write_copy(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    fsync_directory(path.parent)
