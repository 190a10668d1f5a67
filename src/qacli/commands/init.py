"""``qacli init``: make a workspace."""

from __future__ import annotations

import re
import shlex
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.workspace.start import Written

app = new_app("Make a workspace: settings, scorecards, scales, procedures, a first frame.")
ME = "p_me"


@command(app)
def init(
    context: Context,
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder to make; the current one if left out.")
    ] = Path(),
    provenance: Annotated[
        Literal["live", "training", "example"], typer.Option(help="What the records will be; fixed by the first one.")
    ] = "live",
) -> None:
    """Make a workspace. Nothing that exists is overwritten, so it can be run again."""
    from qacli.workspace import Workspace
    from qacli.workspace.check import check
    from qacli.workspace.start import start

    if directory == Path() and context.folder:
        directory = context.folder
    actor = context.actor or ME
    if not re.fullmatch(r"p_[a-z0-9]{1,38}", actor):
        raise UsageError(f"'{actor}' is not a person id", help="write p_ and small letters or digits: --as p_tl1")
    written = start(directory, actor, provenance)
    for (did, _), group in groupby(written, key=lambda each: _together(each, context.for_people)):
        first, *more = group
        note = f"  (provenance: {provenance})" if first.made and first.path.name == "qacli.yaml" else ""
        context.say(f"{did} {first.path}{note}{f'  (and {len(more)} more)' if more else ''}")
    faults = check(Workspace.find(directory, actor))
    context.tell(
        f"check: {len(faults)} thing{'s' * (len(faults) != 1)} to settle before the first sample"
        if faults
        else "check: all is well"
    )
    where = f"cd {shlex.quote(str(directory))}; " if directory != Path() else ""
    context.tell(
        f"next: {where}edit qacli.yaml (purpose, lawful basis, DPIA) and definitions/notices.yaml; qacli check; "
        "qacli source add EXPORT.csv"
    )


def _together(each: Written, for_people: bool) -> tuple[str, Path]:
    """Return what was done and to what; for people the files of a folder below definitions/ are one line."""
    several = for_people and each.path.parent.parent.name == "definitions"
    return "made" if each.made else "kept", each.path.parent if several else each.path
