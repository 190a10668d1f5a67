"""``qacli report action``: one action on one page."""

from __future__ import annotations

from typing import Annotated

import typer

from qacli.commands.context import Context, command
from qacli.commands.documents import HTML, PAGES, write_document


def join(app: typer.Typer) -> None:
    """Add the command to ``qacli report``."""
    command(app, "action", forms=PAGES)(action)


def action(
    context: Context,
    which: Annotated[str, typer.Argument(metavar="ACTION", help="Id or name of an action, for example pn_5g.")],
    html: HTML = False,
) -> None:
    """Write an action on one page: what and why, how it was checked, what it takes, how the figure moved, how it ended."""
    from qacli.reports.action import action_document

    write_document(context, f"actions/{which}", action_document(context.workspace.view(), which), html=html)
