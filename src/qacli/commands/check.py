"""``qacli check``: is what is agreed fit to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.commands.approvals import first_few, show_faults
from qacli.commands.context import Context, command, new_app
from qacli.model import Command, Hint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.workspace.check import Awaiting

app = new_app("Check settings, people and definitions; silent when all is well.")


@command(app)
def check(context: Context) -> int:
    """Check settings, people and definitions; tell what still awaits approval. Silent and 0 when all is well, else 1.

    With --format json, all that awaits approval is listed beside the faults.
    """
    from qacli.workspace.check import awaiting
    from qacli.workspace.check import check as find
    from qacli.workspace.evidence import to_look_at_again

    faults = find(context.workspace)
    if faults:
        return show_faults(context, faults)
    waiting = awaiting(context.workspace)
    for line in [*_told(waiting), *to_look_at_again(context.workspace)]:
        context.tell(line)
    listed = [{**each._asdict(), "command": context.completed(Hint(each.command))} for each in waiting]
    return show_faults(context, faults, beside={"awaiting": listed})


def _told(waiting: Sequence[Awaiting]) -> Iterator[str]:
    """Yield what awaits approval, of each kind the first few and how many more."""
    for kind, shown, more in first_few(waiting):
        for each in shown:
            yield Hint(f"awaits approval by someone other than {each.owner}: {kind} {each.item}, by ", each.command)
        if more:
            yield Hint(f"and {more} more {kind}s await approval; all of them: ", Command("check --format json"))
