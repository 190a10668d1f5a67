"""Connecting an export for the first time: a profile, a line in qacli.yaml, and lines of people.csv to fill in."""

from __future__ import annotations

import json
import os
import re
from glob import escape, has_magic
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.files import yaml
from qacli.files.faults import FileFaults
from qacli.files.layout import PIPE, NoSuchSource, probe
from qacli.files.nearest import did_you_mean
from qacli.files.temporary import private_folder
from qacli.files.validate import validate
from qacli.files.whole import make_directories, replace_file
from qacli.model import UsageError
from qacli.workspace import SETTINGS
from qacli.workspace.people import NAME as PEOPLE
from qacli.workspace.people import read_people
from qacli.workspace.schemas import with_modeline
from qacli.workspace.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qacli.sources.agents import Known
    from qacli.sources.profile import Profile
    from qacli.workspace import Workspace

NOBODY: Mapping[str, Known] = MappingProxyType({})
SHORT_ID = re.compile(r"[A-Za-z]{0,4}[0-9]{1,6}")
"""An agent id that names nobody and can serve as a person id: A07 becomes p_a07."""


class Connected(NamedTuple):
    """What connecting an export writes: the content of each file, in this order, and the new person ids.

    The profiles come last: what was cut short before them can simply be run again. ``named`` is whether qacli.yaml
    names the source; where it names another already, it stays as it is, and so does people.csv.
    """

    files: Mapping[Path, str | bytes]
    people: Sequence[str]
    named: bool


class Named(NamedTuple):
    """A source as qacli.yaml is to name it, and the text of its proposed profile."""

    path: str
    sheet: str | None
    profile: str
    text: str

    @property
    def line(self) -> str:
        """What stands after the name of the source."""
        sheet = f", sheet: {_quoted(self.sheet)}" if self.sheet else ""
        return f"{{path: {_quoted(self.path)}{sheet}, profile: {self.profile}}}"


def new_profile(workspace: Workspace, name: str) -> Path:
    """Return the file of a profile that is not there yet. Raises UsageError."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name):
        raise UsageError(
            f"'{name}' cannot name a profile", help="write small letters, digits and hyphens: --name telephony"
        )
    target = workspace.folder / "definitions" / "profiles" / f"{name}.yaml"
    if target.exists():
        raise UsageError(
            f"{target.relative_to(workspace.folder)} is there already",
            help="edit it, then: qacli source check; or propose another: --name NAME",
        )
    return target


def systems() -> list[Profile]:
    """Return the profiles of the systems whose exports are known, in order of name."""
    from qacli.sources.profile import Profile

    paths = sorted(shipped("scorecards").glob("profiles/*.yaml"))
    return [validate(yaml.read(path, path.name), Profile) for path in paths]


def system(name: str) -> Profile:
    """Return the profile of one system. Raises UsageError."""
    known = {profile.id: profile for profile in systems()}
    if name not in known:
        raise UsageError(f"no system '{name}' is known", help=did_you_mean(name, known, f"known: {', '.join(known)}"))
    return known[name]


def connected_already(workspace: Workspace, source: str, path: str, sheet: str | None) -> str:
    """Return the profile under which qacli.yaml reads these files already; empty where it does not."""
    named = workspace.settings.sources.get(source)
    if named is None or (named.path, named.sheet) != (path, sheet) or not named.profile:
        return ""
    there = (workspace.folder / "definitions" / "profiles" / f"{named.profile}.yaml").exists()
    return named.profile if there else ""


def connecting(
    workspace: Workspace, named: Mapping[str, Named], colleagues: Sequence[str], known: Mapping[str, Known] = NOBODY
) -> Connected:
    """Return what connects sources under their proposed profiles; nothing is written. Raises FileFaults, UsageError.

    ``colleagues`` are what the transactions call them, ``known`` what a list of agents says of them.
    """
    files: dict[Path, str | bytes] = {}
    people: list[str] = []
    settings: str | None = (workspace.folder / SETTINGS).read_text("utf-8")
    for source, each in named.items():
        settings = settings and with_source(settings, source, each)
    if settings is not None:
        lines, people = new_people(workspace, named["transactions"].profile, colleagues, known)
        if people:
            files[workspace.folder / PEOPLE] = lines
        files[workspace.folder / SETTINGS] = settings
    for each in named.values():
        target = new_profile(workspace, each.profile)
        files[target] = with_modeline(target.relative_to(workspace.folder).as_posix(), each.text)
    return Connected(files, people, settings is not None)


def write(workspace: Workspace, connected: Connected) -> None:
    """Write what connects an export, each file whole; the workspace then reads its files again. Raises OSError."""
    for path, content in connected.files.items():
        make_directories(path.parent, workspace.folder)
        replace_file(path, content)
    workspace.reload()


def with_source(settings: str, name: str, named: Named) -> str | None:
    """Return the text of qacli.yaml with a source in it; None where a person must put it there."""
    from qacli.prepare.settings import Settings, Source

    line = f"  {name}: {named.line}\n"
    empty = re.sub(
        r"^sources:[ \t]*(\{\})?[ \t]*(#.*)?$\n?",
        "sources:\n" + line.replace("\\", r"\\"),
        settings,
        count=1,
        flags=re.MULTILINE,
    )
    wanted = Source(path=named.path, sheet=named.sheet, profile=named.profile)
    for text in (settings, empty if empty != settings else settings.rstrip("\n") + "\nsources:\n" + line):
        try:
            if validate(yaml.parse(text, SETTINGS), Settings).sources.get(name) == wanted:
                return text
        except FileFaults:
            continue
    return None


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_./*-]+", text) else json.dumps(text, ensure_ascii=False)


def new_people(
    workspace: Workspace, source: str, source_ids: Iterable[str], said: Mapping[str, Known] = NOBODY
) -> tuple[bytes, list[str]]:
    """Return people.csv with a line for every agent id that has none, and the new person ids. Raises FileFaults.

    A short id becomes the person id (A07: p_a07); anything longer may be a name, so such people are numbered. Names and
    logins are those that a list of agents gives; a login that somebody has already is left out.
    """
    known = {line.source_id for line in workspace.people if line.source in {"", source}}
    taken = set(workspace.people.ids())
    lines, made, logins = [], [], {line.login for line in workspace.people}
    for source_id in sorted(set(source_ids) - known):
        person = f"p_{source_id.lower()}" if SHORT_ID.fullmatch(source_id) else ""
        number = 1
        while not person or person in taken:
            person, number = f"p_c{number:03}", number + 1
        taken.add(person)
        made.append(person)
        line = {"person": person, "source": source, "source_id": source_id}
        if listed := said.get(source_id):
            line |= {"name": listed.name, "login": "" if listed.login in logins else listed.login}
            logins.add(listed.login)
        lines.append(line)
    return _with_lines(workspace.folder / PEOPLE, lines), made


def _with_lines(path: Path, lines: Iterable[Mapping[str, str]]) -> bytes:
    """Return a CSV file of people with more lines, as the program writes it that saved it last."""
    layout = probe(path)
    content = path.read_bytes()
    end = layout.newline.encode(layout.encoding)
    content += b"" if content.endswith(end) else end
    for line in lines:
        cells = [_cell(line.get(name, ""), layout.delimiter) for name in layout.header]
        content += layout.delimiter.join(cells).encode(layout.encoding) + end
    with private_folder() as folder:
        (folder / PEOPLE).write_bytes(content)
        read_people(folder)  # what cannot be read again is not written
    return content


def _cell(text: str, delimiter: str) -> str:
    plain = not any(character in text for character in (delimiter, '"', "\r", "\n"))
    return text if plain else '"' + text.replace('"', '""') + '"'


def relative(workspace: Workspace, path: Path) -> str:
    """Return a file, folder or pattern as qacli.yaml should name it: from its folder, where it lies below it.

    Raises UsageError, NoSuchSource.
    """
    if not path.exists() and not has_magic(str(path)):
        raise UsageError(
            f"{path} is not there",
            help="name an export: a CSV file, .csv.gz, Parquet, .xlsx, .ods, or a folder of them",
        )
    pattern = not path.exists()
    if not (pattern or path.is_file() or path.is_dir()):
        raise NoSuchSource(path, PIPE)
    whole = Path(os.path.abspath(path)) if pattern else path.resolve()  # noqa: PTH100 - a pattern is no path to resolve
    found = whole.relative_to(workspace.folder.resolve()) if whole.is_relative_to(workspace.folder.resolve()) else whole
    written = found.as_posix() if pattern else escape(found.as_posix())  # the settings hold a pattern
    return f"{written}/" if path.is_dir() else written
