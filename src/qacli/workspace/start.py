"""Starting a workspace: write what is not there yet, overwrite nothing."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.text import visible
from qacli.files.whole import replace_files
from qacli.ledger.canonical import encode
from qacli.model import UsageError
from qacli.prepare.people import COLUMNS
from qacli.workspace.people import NAME as PEOPLE
from qacli.workspace.people import login
from qacli.workspace.schemas import FOLDER as SCHEMAS
from qacli.workspace.schemas import files, with_modeline
from qacli.workspace.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SHIPPED_OWNER = "p_tl1"
"""The person who owns the shipped definitions; ``init`` puts the one who runs it in that place."""
SETTINGS = """\
# What this workspace is. Edit it, then run: qacli check
organisation: {organisation}
sector: private            # private, public or not-for-profit
provenance: {provenance}           # fixed by the first record; only live rows count as evidence
time_zone: Europe/London
nation: england-wales      # whose bank holidays count
purpose:                   # why you monitor, in one sentence that you tell people
lawful_basis:              # for example: legitimate interests, assessed on 2 March 2026
dpia:                      # reference of the data protection impact assessment
# Exports of transactions, each read through a mapping profile: qacli source add FILE writes both.
sources: {{}}
# Who holds which role, by person id of people.csv.
roles:
  team-leader: [{actor}]
"""
FOLDERS = ("exports", "transcripts", "drafts", "out", "definitions")
DEFINITIONS = (
    "scorecards",
    "scales",
    "procedures",
    "frames",
    "rules.yaml",
    "techniques.yaml",
    "notices.yaml",
    "opinions.yaml",
    "authority.yaml",
    "kpis.yaml",
    "templates.yaml",
    "events.yaml",
    "benchmarks.yaml",
    "feedback-models.yaml",
    "person-words.yaml",
    "catalogue.yaml",
    "coaching-models.yaml",
    "smart.yaml",
    "desks.yaml",
    "resources.yaml",
    "requirements.yaml",
    "escalations.yaml",
    "ladders.yaml",
    "causes.yaml",
    "instruments.yaml",
    "themes.yaml",
    "signs.yaml",
    "audits.yaml",
    "deadlines.yaml",
    "retention.yaml",
    "portfolio.yaml",
)


class Written(NamedTuple):
    """One file of a new workspace: made now, or kept as it was."""

    path: Path
    made: bool


def start(folder: Path, actor: str, provenance: str) -> list[Written]:
    """Make a workspace and return every file of it, in order. What exists is kept as it is."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder", help="name a folder: qacli init DIR")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    settings = SETTINGS.format(
        organisation=yaml_text(folder.resolve().name or "our organisation"), provenance=provenance, actor=actor
    )
    people = encode(COLUMNS) + encode([actor, "", "", "", "", "", visible(login())])
    shipped_files = {name: text.replace(SHIPPED_OWNER, actor) for name, text in _shipped()}
    return _write(
        {
            folder / "qacli.yaml": with_modeline("qacli.yaml", settings),
            folder / PEOPLE: people.decode("utf-8"),
            **{folder / name: with_modeline(name, text) for name, text in shipped_files.items()},
            **{folder / SCHEMAS / name: text for name, text in files()},
            # A spreadsheet, or git with its line endings, must not touch a record file.
            folder / ".gitattributes": "*.csv -text merge=binary\n",
        }
    )


def yaml_text(text: str) -> str:
    """Return a text, of one line and without control characters, as YAML takes it for nothing but text."""
    plain = re.fullmatch(r"[^\W\d][\w-]*(?: [\w-]+)*", text)
    return text if plain else json.dumps(visible(text), ensure_ascii=False)


def _shipped() -> Iterator[tuple[str, str]]:
    root = shipped("scorecards")
    for name in DEFINITIONS:
        place = root / name
        for path in sorted(place.glob("*.yaml")) if place.is_dir() else [place]:
            yield f"definitions/{path.relative_to(root).as_posix()}", path.read_text("utf-8")


def _write(files: Mapping[Path, str]) -> list[Written]:
    for path in files:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = [Written(path, made=not os.path.lexists(path)) for path in files]
    # whole or not at all: half a file would be kept by the next init
    replace_files({each.path: files[each.path] for each in found if each.made})
    return found
