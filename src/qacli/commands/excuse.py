"""``qacli excuse``: what is due and will not be done."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from qacli.commands.context import Context, command, new_app

app = new_app("Say why something that is due is not done; it is told no more, and counted.")


@command(app, writes=True)
def excuse(
    context: Context,
    duty: Annotated[
        str, typer.Argument(metavar="DUTY", help="Its name, for example draw/weekly-routine/2026-W20 or score/t_4k-1.")
    ],
    reason: Annotated[str, typer.Option(help="Why it is not done, for example: no export that week.")] = "",
) -> None:
    """Say why a sample that is due is not drawn, or an item not scored. Nobody excuses their own items.

    It is told no more; qacli run --since lists it as excused, with who said so and why.
    """
    from qacli.govern.excusing import excuse as act

    outcome = context.commit(partial(act, key=duty, reason=reason))
    if outcome.rows:
        context.say(f"{duty}: excused, {reason.strip()}")
