"""Connecting an export for the first time: a profile, a line in qacli.yaml, and lines of people.csv to fill in."""

from __future__ import annotations

import json
import re
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.files import yaml
from qacli.files.faults import FileFaults
from qacli.files.validate import validate
from qacli.files.whole import replace_file
from qacli.model import UsageError
from qacli.prepare.people import COLUMNS
from qacli.workspace.people import NAME as PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qacli.workspace import Workspace

SHORT_ID = re.compile(r"[A-Za-z]{0,4}[0-9]{1,6}")
"""An agent id that names nobody and can serve as a person id: A07 becomes p_a07."""


def add_source(folder: Path, name: str, path: str, profile: str) -> bool:
    """Write a source into qacli.yaml. Return False where the file must be edited by hand; it is then untouched."""
    from qacli.prepare.settings import Settings

    settings = folder / "qacli.yaml"
    before = settings.read_text("utf-8")
    line = f"  {name}: {{path: {_quoted(path)}, profile: {profile}}}\n"
    empty = re.sub(
        r"^sources:[ \t]*(\{\})?[ \t]*(#.*)?$\n?",
        "sources:\n" + line.replace("\\", r"\\"),
        before,
        count=1,
        flags=re.MULTILINE,
    )
    after = empty if empty != before else before.rstrip("\n") + "\nsources:\n" + line
    try:
        found = validate(yaml.parse(after, "qacli.yaml"), Settings)
    except FileFaults:
        return False
    if name not in found.sources:
        return False
    replace_file(settings, after)
    return True


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_./*-]+", text) else json.dumps(text, ensure_ascii=False)


def new_people(workspace: Workspace, source: str, source_ids: Iterable[str]) -> list[str]:
    """Add a line to people.csv for every agent id that has none, and return the new person ids.

    A short id becomes the person id (A07: p_a07); anything longer may be a name, so such people are numbered.
    """
    known = {line.source_id for line in workspace.people if line.source in {"", source}}
    taken = set(workspace.people.ids())
    lines, made = [], []
    for source_id in sorted(set(source_ids) - known):
        person = f"p_{source_id.lower()}" if SHORT_ID.fullmatch(source_id) else ""
        number = 1
        while not person or person in taken:
            person, number = f"p_c{number:03}", number + 1
        taken.add(person)
        made.append(person)
        lines.append(_csv_line({"person": person, "source": source, "source_id": source_id}))
    if lines:
        path = workspace.folder / PEOPLE
        before = path.read_text("utf-8-sig") if path.exists() else ",".join(COLUMNS) + "\n"
        replace_file(path, before.rstrip("\n") + "\n" + "".join(lines))
        workspace.__dict__.pop("people", None)  # read again when next asked for
    return made


def _csv_line(cells: dict[str, str]) -> str:
    from qacli.ledger.canonical import encode

    return encode([cells.get(column, "") for column in COLUMNS]).decode("utf-8")


def relative(workspace: Workspace, path: Path) -> str:
    """Return a path as qacli.yaml should name it: from the folder, where it lies below it. Raises UsageError."""
    if not path.is_file():
        raise UsageError(f"{path} is not there", help="name an export: a CSV file, .csv.gz or Parquet")
    try:
        found = path.resolve().relative_to(workspace.folder.resolve())
    except ValueError:
        found = path.resolve()
    return escape(found.as_posix())  # the settings hold a pattern
