"""``qacli check``: is what is agreed fit to work with."""

from __future__ import annotations

from qacli.commands.approvals import show_faults
from qacli.commands.context import Context, command, new_app

app = new_app("Check settings, people and definitions; silent when all is well.")


@command(app)
def check(context: Context) -> int:
    """Check settings, people and definitions; tell what still awaits approval. Silent and 0 when all is well, else 1."""
    from qacli.workspace.check import awaiting
    from qacli.workspace.check import check as find
    from qacli.workspace.evidence import to_look_at_again

    faults = find(context.workspace)
    for line in [] if faults else [*awaiting(context.workspace), *to_look_at_again(context.workspace)]:
        context.tell(line)
    return show_faults(context, faults)
