"""``qacli schema``: what editors need to check and complete definitions while they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import UsageError

app = new_app("Print the JSON Schema of a kind of definition, for editors.")


@command(app)
def schema(
    context: Context,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="A kind of definition, for example scorecard; settings: qacli.yaml.")
    ] = "",
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="DIR",
            help="Write all into this folder, for example definitions/.schemas after an update.",
        ),
    ] = None,
) -> None:
    """Print a JSON Schema; with --into write every one. init has done that: editors find them by a file's first line."""
    from qacli.workspace.schemas import NAMES, files, text

    if bool(kind) == bool(into):
        raise UsageError("schema takes one KIND, or --into DIR", help=f"one of: {', '.join(NAMES)}")
    if not into:
        if kind not in NAMES:
            raise UsageError(f"there is no kind '{kind}'", help=f"one of: {', '.join(NAMES)}")
        context.say(text(kind).rstrip("\n"))
        return
    from qacli.files.whole import replace_file

    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files():
        replace_file(into / name, content)
        context.say(f"wrote {into / name}")
