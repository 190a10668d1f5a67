"""``qacli sample assign``: items go to another evaluator."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import refuse_stranger
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def join(app: typer.Typer) -> None:
    """Add the command to those of ``qacli sample``."""
    command(app, "assign", writes=True)(assign)


def assign(
    context: Context,
    items: Annotated[
        list[str] | None, typer.Argument(metavar="[ITEM]...", help="Items, for example t_4k-5; else see --from.")
    ] = None,
    to: Annotated[str, typer.Option(metavar="PERSON", help="Who gets them; else they are shared out.")] = "",
    from_: Annotated[
        str,
        typer.Option("--from", metavar="PERSON", help="All open items of this person; without items: what nobody has."),
    ] = "",
    reason: Annotated[str, typer.Option(help="Why, for example: ill until Friday.")] = "",
) -> None:
    """Give items to another evaluator of their frame, for a reason that is recorded. What was scored stays.

    Without --to they are shared out as at a draw: even work, nobody's own, each colleague seen by several.
    """
    from qacli.monitor.sampling.reassignment import reassign

    view = context.workspace.view()
    for person in (to, from_):
        refuse_stranger(view, person)
    if to and to == from_:
        raise UsageError(f"{to} has them already", help="name another person after --to, or leave --to out")
    outcome = context.commit(partial(reassign, items=items or (), reason=reason, to=to, of=from_))
    for line in _told(outcome.rows):
        context.say(line)


def _told(rows: Sequence[Any]) -> list[str]:
    """Return what was given to whom: one by one where there are few, else in all."""
    if len(rows) <= 3:
        return [f"{row.item}: {row.before or 'nobody'} -> {row.evaluator}" for row in rows]
    counts = Counter((row.before or "nobody", row.evaluator) for row in rows)
    return [f"{count} items: {before} -> {evaluator}" for (before, evaluator), count in counts.items()]
