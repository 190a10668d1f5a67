"""Repair: a record file that was only written in another form is proved equal, and restored byte for byte.

A spreadsheet that saves a file changes its bytes without changing a value: a byte order mark, CRLF, quotes around
everything, semicolons. Read as cells and written canonically, such a file is again what its journal says. Changed
values do not come back this way: they are named by row, and come from a backup.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from qacli.files import csv
from qacli.files.disk import of_the_disk
from qacli.files.faults import FileFaults
from qacli.files.layout import probe
from qacli.files.whole import fsync_directory, make_directories, write_file
from qacli.ledger import canonical, journal
from qacli.ledger.journal import Range
from qacli.ledger.recovery import without_cards
from qacli.ledger.trail import system_time


class Repaired(NamedTuple):
    """What came of one file: restored, or the rows (as a spreadsheet counts them) whose values were changed."""

    file: str
    restored: bool
    rows: Sequence[tuple[int, int]] = ()
    reason: str = ""


def damaged(folder: Path) -> dict[str, list[Range]]:
    """Return the ranges of every record file that does not hold the bytes its journal committed."""
    ranges: dict[str, list[Range]] = {}
    for entry in journal.entries(folder / journal.NAME):
        for part in entry.ranges:
            ranges.setdefault(part.file, [])
            ranges[part.file] = [] if part.retires else [*ranges[part.file], part]
    return {file: parts for file, parts in ranges.items() if parts and not _holds(folder / file, parts)}


def _holds(path: Path, parts: Sequence[Range]) -> bool:
    try:
        data = path.read_bytes()
    except OSError as error:
        if of_the_disk(error):
            raise
        return False
    return len(data) >= parts[-1].end and all(not _differs(data, part) for part in parts)


def _differs(data: bytes, part: Range) -> bool:
    return sha256(data[part.start : part.end]).hexdigest() != part.sha256


def repair(folder: Path, file: str, parts: Sequence[Range]) -> Repaired:
    """Restore one damaged file where its values are unchanged. The caller holds the lock.

    The damaged file is kept in quarantine/. Raises OSError.
    """
    path = folder / file
    if not path.is_file():
        return Repaired(file, restored=False, reason="the file is missing")
    try:
        data = _canonical(path)
    except (FileFaults, UnicodeDecodeError, ValueError):
        return Repaired(file, restored=False, reason="it is no table any more")
    committed = data[: parts[-1].end]
    wrong_rows = list(_changed(committed, parts))
    if wrong_rows:
        return Repaired(file, restored=False, rows=wrong_rows)
    _keep_and_replace(folder, file, committed)
    return Repaired(file, restored=True)


def _canonical(path: Path) -> bytes:
    """Return the cells of a file, however a spreadsheet wrote them, in the one spelling of the records."""
    layout = probe(path)
    lines = [canonical.encode(layout.header)]
    lines += [canonical.encode(row.cells) for row in csv.read(path)]
    return b"".join(lines)


def _changed(data: bytes, parts: Sequence[Range]) -> Iterator[tuple[int, int]]:
    for part in parts:
        if _differs(data, part):
            first = data.count(b"\n", 0, part.start) + 1
            yield first, max(first, data.count(b"\n", 0, part.end))


def _keep_and_replace(folder: Path, file: str, data: bytes) -> None:
    path = folder / file
    make_directories(folder / "quarantine", folder)
    kept = folder / "quarantine" / f"{file.replace('/', '.')}.{system_time().replace(':', '')}.repaired"
    write_file(kept, without_cards(path.read_bytes()))
    fsync_directory(kept.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    write_file(draft, data)
    draft.replace(path)
    fsync_directory(path.parent)
