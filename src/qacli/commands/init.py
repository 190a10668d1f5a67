"""``qacli init``: make a workspace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import UsageError

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
    for each in written:
        note = f"  (provenance: {provenance})" if each.made and each.path.name == "qacli.yaml" else ""
        context.say(f"{'made' if each.made else 'kept'} {each.path}{note}")
    faults = check(Workspace.find(directory, actor))
    context.tell(
        f"check: {len(faults)} thing{'s' * (len(faults) != 1)} to settle before the first sample"
        if faults
        else "check: all is well"
    )
    where = f"cd {directory}; " if directory != Path() else ""
    context.tell(
        f"next: {where}edit qacli.yaml (purpose, lawful basis, DPIA) and definitions/notices.yaml; qacli check; "
        "qacli source add EXPORT.csv"
    )
