"""Mending a folder: repair files that another program saved, take in rows that somebody typed, find copies of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from qacli.ledger import canonical, journal
from qacli.ledger.head import read_head
from qacli.ledger.lock import locked
from qacli.ledger.repair import Repaired, damaged, repair
from qacli.model import Change, MalformedFile, QacliError, Refusal, Row, Words
from qacli.workspace.cells import columns, reader
from qacli.workspace.copies import Copy, below, copies, pattern
from qacli.workspace.tables import named
from qacli.workspace.view import FILE

if TYPE_CHECKING:
    from pathlib import Path

    from qacli.workspace import Workspace
    from qacli.workspace.view import FolderView

SET_ASIDE = re.compile(r"quarantine/records\.([0-9]{4})\.([a-z_]+(?:\.[0-9]+)?)\.csv\..*")
SEARCHED = ("drafts", "quarantine", "out")
SHORTEST = 8
"""Shorter texts stand in too many files to mean anything."""


def repair_all(workspace: Workspace) -> list[Repaired]:
    """Restore every record file whose values are unchanged; name the rows of the others. Raises Busy, BadLine."""
    with locked(workspace.folder):
        return [repair(workspace.folder, file, parts) for file, parts in sorted(damaged(workspace.folder).items())]


class NothingToAdopt(QacliError):
    """A file that holds no rows that somebody typed."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} holds nothing to adopt: {why}", help="name a record file, or its copy in quarantine/")


class NotARow(Refusal, rule="not-a-row"):
    """A typed row does not fit its table."""

    def __init__(self, file: str, row: int, why: str) -> None:
        super().__init__(f"row {row} of {file} cannot be adopted: {why}.", help="enter it with its own command instead")


def typed_rows(workspace: Workspace, file: str) -> tuple[type[Row], list[str]]:
    """Return the table and the lines that somebody added to a record file, or that recovery set aside from one.

    Raises NothingToAdopt.
    """
    path = workspace.folder / file
    aside = SET_ASIDE.fullmatch(file)
    match = FILE.fullmatch(f"records/{aside[1]}/{aside[2]}.csv" if aside else file)
    if not match or not path.is_file() or path.is_symlink():
        raise NothingToAdopt(file, "it is no table of the records")
    start = 0 if aside else read_head(workspace.folder).sizes.get(file, 0)
    data = path.read_bytes()[start:].decode("utf-8", "replace").replace("\r\n", "\n")
    lines = [line for line in data.split("\n") if line.strip()]
    if not lines:
        raise NothingToAdopt(file, "no bytes lie after its last entry")
    return named(match[2]), lines


def adopt(view: FolderView, kind: type[Row], file: str, lines: Sequence[str]) -> Change:
    """Record rows that somebody typed into a table, with ids, time and actor of now; what they typed there is dropped.

    Words may stand as plain text. Rows that were taken in before, from the table or from its copy in quarantine, are a
    finding. Raises NotARow.
    """
    key = f"typed:{sha256(chr(10).join(lines).encode()).hexdigest()[:32]}"
    if entry := _entry_of(view, key):
        return Change(findings=[f"entry {entry:,} took in these rows of {file}: nothing to do"])
    header = [column.name for column in columns(kind)]
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            cells = list(canonical.decode(line))
            if len(cells) != len(header):
                raise NotARow(file, number, f"it has {len(cells)} cells, the table has {len(header)}")
            row = reader(kind, header, view.texts)(_without_stamps(kind, cells))
        except (ValueError, MalformedFile) as wrong:
            raise NotARow(file, number, str(wrong)) from None
        rows.append(_with_typed_words(kind, row, cells))
    return Change(rows, [f"{len(rows)} typed row{'s' * (len(rows) != 1)} of {kind.TABLE} taken in"], key)


def _entry_of(view: FolderView, key: str) -> int | None:
    """Return the number of the first entry with a key; None where there is none."""
    path = view.workspace.folder / journal.NAME
    entries = (journal.parse(line) for _, line in journal.lines(path) if f",{key},".encode() in line)
    return next((entry.seq for entry in entries), None)


def _without_stamps(kind: type[Row], cells: list[str]) -> list[str]:
    text = {place for place, column in enumerate(columns(kind)) if column.type is Words}
    return ["" if place < 4 or place in text else cell for place, cell in enumerate(cells)]


def _with_typed_words(kind: type[Row], row: Row, cells: list[str]) -> Row:
    from dataclasses import replace

    words = {column.name: Words(cells[place]) for place, column in enumerate(columns(kind)) if column.type is Words}
    return replace(row, **words)  # type: ignore[arg-type]


def places_of_copies(folder: Path) -> list[str]:
    """Return the folders of drafts, documents and what was set aside that hold anything, with how many files."""
    found = {place: len(below(folder, [place])) for place in SEARCHED}
    return [f"{place}/ ({count:,} file{'s' * (count != 1)})" for place, count in found.items() if count]


def copies_of(workspace: Workspace, texts: Sequence[str]) -> Iterator[Copy]:
    """Yield where else a text still lies: drafts, quarantine, documents; and what cannot be searched."""
    if wanted := [text for text in texts if len(text) >= SHORTEST]:
        yield from copies(workspace.folder, below(workspace.folder, SEARCHED), pattern(wanted), "holds the text")
