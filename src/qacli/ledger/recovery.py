"""Recovery after a crash: what was never committed is set aside in quarantine/, never dropped.

Only bytes past the committed lengths are touched. A complete line with a wrong hash, or a file shorter than
committed, is damage, not a torn write, and is refused before anything is touched.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.cards import redact
from qacli.files.whole import fsync_directory, make_directories, write_file
from qacli.ledger import journal
from qacli.ledger.append import cut
from qacli.ledger.head import Head, ShortFile
from qacli.ledger.ids import entry_number
from qacli.model import MalformedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class SetAside(NamedTuple):
    """Bytes that a crash left behind, now in ``quarantine/``.

    ``start`` and ``length`` say where they lay in their file, ``sha256`` is that of the copy: card numbers and
    security codes are taken out of it.
    """

    file: str
    copy: str
    length: int
    sha256: str
    start: int


class AlteredFile(MalformedFile):
    """A record file was saved by another program: what lies past its end is no torn write."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is not what was recorded: another program saved it. Nothing is written to a damaged trail.",
            help="run: qacli ledger verify, then: qacli ledger repair",
        )


class LostJournal(MalformedFile):
    """The records hold later entries, but the journal holds none: that is no crash."""

    def __init__(self, file: str, entry: int) -> None:
        super().__init__(
            f"{journal.NAME} holds no entry, but {file} holds rows of entry {entry:,}: the journal was lost.",
            help="restore journal.csv from a backup, then run: qacli ledger verify",
        )


def uncommitted(folder: Path, head: Head) -> Iterator[tuple[str, int]]:
    """Yield (file, committed length) for every file longer than committed, or there uncommitted. Raises ShortFile.

    Files in records/ that are named like no table are left to ``ledger verify``.
    """
    committed = {**head.sizes, **dict.fromkeys(_tables(folder) - set(head.sizes), 0), journal.NAME: head.journal}
    for file, length in sorted(committed.items()):
        try:
            size = os.lstat(folder / file).st_size
        except FileNotFoundError:
            if length:
                raise ShortFile(file, 0, length) from None
            continue
        if size < length:
            raise ShortFile(file, size, length)
        if size > length or not length:
            yield file, length


def _tables(folder: Path) -> set[str]:
    found = ((path, path.relative_to(folder).as_posix()) for path in (folder / "records").glob("*/*.csv"))
    return {name for path, name in found if journal.FILE.fullmatch(name)}


def recover(folder: Path, head: Head, stamp: str) -> Sequence[SetAside]:
    """Copy all uncommitted bytes to quarantine/ and cut the journal. The caller holds the lock.

    The tables are cut by ``cut_tables``, once the recovery is an entry: a crash in between copies them again.
    Raises ShortFile, LostJournal.
    """
    longer = list(uncommitted(folder, head))
    _refuse_altered(folder, [file for file, length in longer if length and file != journal.NAME])
    if not head.seq:
        _refuse_lost_journal(folder, [file for file, _ in longer if file != journal.NAME])
    # A retired file that a crash left behind is not set aside: it was to go.
    found = [_copied(folder, file, length, stamp) for file, length in longer if file not in head.retired]
    for part in found:
        if part.file == journal.NAME:
            cut(folder / part.file, part.start)
    return [part for part in found if part.length]


def _refuse_altered(folder: Path, files: Sequence[str]) -> None:
    """Refuse to cut a file that was rewritten: bytes past its end are a torn write only after what was recorded."""
    if not files:
        return
    last = {part.file: part for entry in journal.entries(folder / journal.NAME) for part in entry.ranges}
    for file in files:
        part = last[file]
        if sha256(_bytes_from(folder / file, part.start)[: part.length]).hexdigest() != part.sha256:
            raise AlteredFile(file)


def cut_tables(folder: Path, head: Head) -> None:
    """Cut every table to its committed length; one that no entry wrote goes."""
    for file, length in list(uncommitted(folder, head)):
        cut(folder / file, length)


def _refuse_lost_journal(folder: Path, files: Sequence[str]) -> None:
    for file in files:
        rows = _bytes_from(folder / file, 0).split(b"\n")[:-1]
        entry = entry_number(rows[-1].split(b",")[0].decode("utf-8", "replace")) if rows else None
        if entry and entry > 1:
            raise LostJournal(file, entry)


def _copied(folder: Path, file: str, start: int, stamp: str) -> SetAside:
    data = _bytes_from(folder / file, start)
    kept = without_cards(data)
    digest = sha256(kept).hexdigest()
    copy = f"quarantine/{file.replace('/', '.')}.{stamp.replace(':', '')}.{digest[:12]}"
    if data:
        make_directories(folder / "quarantine", folder)
        write_file(folder / copy, kept)
        fsync_directory(folder / "quarantine")
    return SetAside(file, copy, len(data), digest, start)


def without_cards(data: bytes) -> bytes:
    """Return bytes as they are but for card numbers and security codes, whatever else they hold."""
    return redact(data.decode("utf-8", "surrogateescape"))[0].encode("utf-8", "surrogateescape")


def _bytes_from(path: Path, start: int) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as source:
        source.seek(start)
        return source.read()
