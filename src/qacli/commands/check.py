"""``qacli check``: is what is agreed fit to work with."""

from __future__ import annotations

from qacli.commands.context import Context, command, new_app

app = new_app("Check settings, people and definitions; silent when all is well.")


@command(app)
def check(context: Context) -> int:
    """Check settings, people and definitions. Silent and 0 when all is well; 1 with every finding in one run."""
    from qacli.files.faults import FileFaults
    from qacli.workspace.check import check as find

    faults = find(context.workspace)
    if not faults:
        return 0
    if context.for_programs:
        rows = [(fault.code, fault.file, fault.line, fault.column, fault.message, fault.help) for fault in faults]
        context.show("check", ("code", "file", "line", "column", "message", "help"), rows)
    else:
        context.say(str(FileFaults(faults)))
    return 1
