"""Erasing a person from people.csv, and where else in the folder the name still stands."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.whole import replace_file
from qacli.workspace.people import NAME

if TYPE_CHECKING:
    from qacli.workspace import Workspace

FOLDERS = ("exports", "transcripts", "out", "drafts", "quarantine")
CLOSED = frozenset({".parquet", ".xlsx", ".ods", ".zip", ".wav", ".mp3", ".pdf", ".docx"})
"""Files whose text does not lie open: nobody can tell by reading them as they are."""
CHUNK, OVERLAP = 1 << 20, 256
SHORTEST = 2


class Copy(NamedTuple):
    """One place where a person can still be found, and what to do about it."""

    where: str
    what: str
    to_do: str


def remove_person(folder: Path, person: str) -> int:
    """Take every line of a person out of people.csv, whole or not at all, and return how many went.

    Every other line stays byte for byte. Raises FileFaults, OSError.
    """
    from qacli.files import csv

    path = folder / NAME
    records = [(row.line, row.cells[0].strip()) for row in csv.read(path, columns=("person",))]
    lines = path.read_bytes().decode("utf-8").split("\n")
    ends = [*(line for line, _ in records[1:]), len(lines) + 1]
    gone = {
        number
        for (start, who), end in zip(records, ends, strict=True)
        if who == person
        for number in range(start, end)
        if number < len(lines)  # what stands behind the last line feed is the end of the file
    }
    replace_file(path, "\n".join(line for number, line in enumerate(lines, start=1) if number not in gone))
    return sum(who == person for _, who in records)


def copies(workspace: Workspace, person: str) -> list[Copy]:
    """Return where a person's name, login or source id still stands; to be asked before the lines go."""
    found: list[Copy] = list(_history(workspace.folder))
    names = _names(workspace, person)
    if not names:
        return found
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    for path in _files(workspace):
        where = path.relative_to(workspace.folder).as_posix() if path.is_relative_to(workspace.folder) else str(path)
        if path.suffix.lower() in CLOSED:
            found.append(Copy(where, "was not searched: its text does not lie open", "look into it yourself"))
        elif _mentions(path, pattern):
            found.append(Copy(where, "names the person or their source id", _advice(where)))
    texts = workspace.view().texts
    found += [
        Copy(id_, "words of a record name the person", f'qacli ledger redact {id_} --reason "..."')
        for id_, text in texts.items()
        if pattern.search(text)
    ]
    return found


def _names(workspace: Workspace, person: str) -> list[str]:
    """Return every way in which people.csv names a person, the longest first."""
    found: set[str] = set()
    for line in workspace.people:
        if line.person == person:
            found |= {line.name, line.login, line.source_id}
            found |= {part for part in line.name.split() if len(part) > SHORTEST}
    return sorted((name for name in found if len(name) >= SHORTEST), key=lambda name: (-len(name), name))


def _history(folder: Path) -> Iterator[Copy]:
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            yield Copy(
                str(place / ".git"), f"its history may hold earlier states of {NAME}", "rewrite or delete that history"
            )


def _files(workspace: Workspace) -> Sequence[Path]:
    """Return every file below the working folders, and every file of a source, wherever it lies."""
    found = {path for name in FOLDERS for path in (workspace.folder / name).rglob("*")}
    for source in workspace.settings.sources.values():
        pattern = re.sub(r"\{[a-z_]+\}", "*", source.path)
        named = glob(pattern, root_dir=workspace.folder)  # noqa: PTH207 - Path.glob takes no absolute pattern
        found |= {workspace.folder / name for name in named}
    return sorted(path for path in found if path.is_file())


def _mentions(path: Path, pattern: re.Pattern[str]) -> bool:
    """Return whether a file holds a name; text of any encoding that writes plain letters as one byte each."""
    rest = b""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as source:
        while chunk := source.read(CHUNK):
            if pattern.search((rest + chunk).decode("utf-8", "replace")):
                return True
            rest = chunk[-OVERLAP:]
    return False


def _advice(where: str) -> str:
    if where.startswith("out/"):
        return "delete it, or write it again"
    if where.startswith(("quarantine/", "drafts/")):
        return "delete it"
    return "delete it when the retention of the source ends, or export it again without the person"
