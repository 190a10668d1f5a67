"""An excerpt of a trail: the whole journal, the ranges that hold some rows, and the words that these rows name.

The journal binds every range by its hash, so that who holds the excerpt can check each row in it without the folder. The
rest of the records stays behind, and so do all texts but those that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qacli.ledger import canonical, journal
from qacli.ledger.head import Head, read_committed
from qacli.ledger.ids import entry_number
from qacli.ledger.redact import find

WORDS_HEADER = ("id", "nonce", "text")


class Excerpt(NamedTuple):
    """The bytes of a journal, of ranges by the name of their file in the excerpt, and of the words."""

    journal: bytes
    ranges: Mapping[str, bytes]
    words: bytes


def excerpt(
    folder: Path, head: Head, rows: Iterable[tuple[str, str]], words: Sequence[str], masked: Mapping[str, str]
) -> Excerpt:
    """Return what proves some rows, given as (id, table), with some words; the ``masked`` ones without their nonce.

    Raises BadLine, ShortFile, MalformedFile.
    """
    wanted: dict[int, set[str]] = {}
    for id_, table in rows:
        wanted.setdefault(entry_number(id_) or 0, set()).add(table)
    ranges: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    for entry in journal.entries(folder / journal.NAME):
        for part in entry.ranges:
            table = table_of(part.file)
            if not part.retires and table in wanted.get(entry.seq, ()):
                if part.file not in files:
                    files[part.file] = read_committed(folder, part.file, head.sizes[part.file])
                ranges[f"{entry.seq}-{table}.csv"] = files[part.file][part.start : part.end]
    whole = read_committed(folder, journal.NAME, head.journal)
    return Excerpt(whole, ranges, _words(folder, head, words, masked))


def table_of(file: str) -> str:
    """Return the table that a record file holds: records/2026/notes.2.csv holds notes."""
    return file.rpartition("/")[2].partition(".")[0]


def _words(folder: Path, head: Head, words: Sequence[str], masked: Mapping[str, str]) -> bytes:
    found = find(folder, head.sizes, [id_ for id_ in words if id_ not in masked])
    shown = [f"{cell.id},".encode() + cell.nonce + b"," + cell.text + b"\n" for cell in found]
    hidden = [canonical.encode((id_, "", text)) for id_, text in masked.items()]
    return b"".join([canonical.encode(WORDS_HEADER), *shown, *hidden])
