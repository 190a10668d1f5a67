"""The files behind the path of a source: one file, a pattern or a folder; what is unfinished or no table is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from glob import glob
from pathlib import Path, PurePath
from typing import NamedTuple

from qacli.engine.spreadsheet import ENDINGS as SPREADSHEETS
from qacli.files.layout import PIPE, NoSuchSource
from qacli.model import MalformedFile

CSV = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")
UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".temp", ".swp")
SHOWN = 3
NO_MATTER = "what systems leave in folders, as .DS_Store"
ESCAPED = re.compile(r"\[([*?[])\]")
"""How a pattern spells a character that is meant as it is."""


class Found(NamedTuple):
    """The files of a source in order of their paths, and the others by why they are left out: (name, why)."""

    paths: tuple[Path, ...]
    left_out: tuple[tuple[str, str], ...]


class MixedKinds(MalformedFile):
    """The files of one source are of several kinds."""

    def __init__(self, pattern: str, kinds: dict[str, list[Path]]) -> None:
        told = "; ".join(f"{len(paths)} {kind} ({_some(paths)})" for kind, paths in kinds.items())
        super().__init__(
            f"{pattern} holds files of several kinds: {told}",
            help="they may hold the same transactions twice; name one kind with a pattern, for example exports/*.csv",
        )


def find(folder: Path, pattern: str) -> Found:
    """Return the files that a path of qacli.yaml names, seen from a folder. Raises MixedKinds, NoSuchSource for a pipe.

    A folder stands for the tables that lie in it, ``**`` for those at any depth. What is named in full is taken as it
    is; of what a pattern or a folder matches, hidden, unfinished and lock files are left out, and what is no table;
    so are further names of a file that is there.
    """
    whole = folder / ESCAPED.sub(r"\1", pattern)
    if whole.is_file():
        return Found((whole,), ())
    if whole.exists() and not whole.is_dir():
        raise NoSuchSource(whole, PIPE)
    if whole.is_dir():
        pattern = str(PurePath(pattern) / "*")
    named = [folder / name for name in glob(pattern, root_dir=folder, recursive=True, include_hidden=True)]  # noqa: PTH207 - Path.glob takes no absolute pattern
    files = sorted({path for path in named if path.is_file()}, key=lambda path: path.as_posix())
    whys = {path: _left_out(path.relative_to(folder) if path.is_relative_to(folder) else path) for path in files}
    whys |= _linked(folder, [path for path, why in whys.items() if not why])
    left_out = {path: why for path, why in whys.items() if why and why is not NO_MATTER}
    taken = [path for path, why in whys.items() if not why]
    kinds: dict[str, list[Path]] = {}
    for path in taken:
        kinds.setdefault(_kind(path.name), []).append(path)
    if len(kinds) > 1:
        raise MixedKinds(pattern, kinds)
    return Found(tuple(taken), tuple((_seen_from(folder, path), why) for path, why in left_out.items()))


def _left_out(path: Path) -> str:
    """Return why a file is no finished table, empty where it may be one."""
    name = path.name
    if name.startswith(("~$", ".~lock")):
        return "somebody has the spreadsheet open"
    if any(part.startswith(".") for part in path.parts):
        return "hidden" if _kind(name) else NO_MATTER
    if name.lower().endswith(UNFINISHED):
        return "still being written"
    return "" if _kind(name) else "no CSV, Parquet or spreadsheet by its name"


def _linked(folder: Path, paths: Iterable[Path]) -> dict[Path, str]:
    """Return why files are left out that lie there under another name: a link to a folder above goes round and round."""
    names: dict[Path, list[Path]] = {}
    for path in paths:
        names.setdefault(path.resolve(), []).append(path)
    found: dict[Path, str] = {}
    for real, several in names.items():
        kept, *others = sorted(several, key=lambda path: (path != real, len(path.parts)))
        more = f", as {len(others) - 1} more names are" if len(others) > 1 else ""
        found |= dict.fromkeys(others, NO_MATTER)
        found |= {other: f"a link to {_seen_from(folder, kept)}{more}" for other in others[:1]}
    return found


def _kind(name: str) -> str:
    lower = name.lower()
    if lower.endswith(CSV):
        return "CSV"
    if lower.endswith(".parquet"):
        return "Parquet"
    return "spreadsheet" if lower.endswith(SPREADSHEETS) else ""


def _seen_from(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _some(paths: Iterable[Path]) -> str:
    names = [path.name for path in paths]
    return ", ".join(names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")
