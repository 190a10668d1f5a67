"""Erasing a person from people.csv, and where else in the folder the name still stands."""

from __future__ import annotations

import re
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.files.whole import replace_file
from qacli.workspace.copies import Copy, as_typed, below, copies, pattern
from qacli.workspace.people import NAME

if TYPE_CHECKING:
    from qacli.workspace import Workspace

FOLDERS = ("exports", "transcripts", "out", "drafts", "quarantine")
SHORTEST = 2


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


def left_of(workspace: Workspace, person: str) -> list[Copy]:
    """Return where a person's name, login or source id still stands; to be asked before the lines go."""
    names = _names(workspace, person)
    if not names:
        return []
    wanted = pattern(names)
    found = copies(workspace.folder, _files(workspace), wanted, "names the person or their source id")
    texts = workspace.view().texts
    words = [
        Copy(id_, "words of a record name the person", f'qacli ledger redact {id_} --reason "..."')
        for id_, text in texts.items()
        if wanted.search(as_typed(text))
    ]
    elsewhere = [
        Copy(f"source {name}", f"lies on {source.engine}, where nothing was searched", "erase the person there too")
        for name, source in workspace.settings.sources.items()
        if source.engine
    ]
    return [*found, *words, *elsewhere]


def _names(workspace: Workspace, person: str) -> list[str]:
    """Return every way in which people.csv names a person."""
    found: set[str] = set()
    for line in workspace.people:
        if line.person == person:
            found |= {line.name, line.login, line.source_id}
            found |= {part for part in line.name.split() if len(part) > SHORTEST}
    return [name for name in found if len(name) >= SHORTEST]


def _files(workspace: Workspace) -> set[Path]:
    """Return every file below the working folders, and every file of a source, wherever it lies."""
    found = below(workspace.folder, FOLDERS)
    for source in workspace.settings.sources.values():
        pattern = re.sub(r"\{[a-z_]+\}", "*", source.path)
        named = glob(pattern, root_dir=workspace.folder, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        places = [workspace.folder / name for name in named]
        found |= {path for path in places if path.is_file()}
        found |= {path for place in places if place.is_dir() for path in place.rglob("*") if path.is_file()}
    return found
