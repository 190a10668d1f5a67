"""New definition files, written by qacli for a person to complete: all of them or none, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qacli.files.whole import make_directories, replace_file
from qacli.model import Refusal
from qacli.workspace.definitions import KINDS
from qacli.workspace.schemas import with_modeline

if TYPE_CHECKING:
    from pathlib import Path

    from qacli.workspace import Workspace


class AlreadyThere(Refusal, rule="already-there"):
    """A file of that name exists."""

    def __init__(self, names: list[str], help: str) -> None:  # noqa: A002 - the word users see
        there = "is there already" if len(names) == 1 else "are there already"
        super().__init__(f"{', '.join(names)} {there}; nothing was written.", help=help)


def new_files(workspace: Workspace, texts: Mapping[tuple[str, str], str], help: str) -> dict[Path, str]:  # noqa: A002
    """Return the file of each new definition (kind, id) with its text under the line for editors. Raises AlreadyThere.

    A file that holds that text already is left out: the command was cut short, or typed twice.
    """
    names = {f"definitions/{KINDS[kind].place}{name}.yaml": text for (kind, name), text in texts.items()}
    files = {name: with_modeline(name, text) for name, text in names.items()}
    there = [name for name in files if (workspace.folder / name).exists()]
    other = [name for name in there if (workspace.folder / name).read_bytes() != files[name].encode()]
    if other:
        raise AlreadyThere(other, help)
    return {workspace.folder / name: text for name, text in files.items() if name not in there}


def write_new(workspace: Workspace, files: Mapping[Path, str]) -> None:
    """Write new files, each whole, in their order; the workspace then reads its files again. Raises OSError."""
    for path, text in files.items():
        make_directories(path.parent, workspace.folder)
        replace_file(path, text)
    workspace.reload()
