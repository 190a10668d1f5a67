"""``qacli ledger``: prove the records, and show who did what when."""

from __future__ import annotations

from typing import Annotated

import typer

from qacli.commands.context import Context, command, new_app

app = new_app("Verify and show the trail of records.")


@command(app)
def verify(context: Context) -> int:
    """Compare every record with the journal. Silent and 0 when all is as recorded; else 1 and every difference."""
    from qacli.ledger.verify import verify as differences

    broken = 0
    for damage in differences(context.workspace.folder):
        if damage.note:
            context.tell(str(damage))
            continue
        broken += 1
        context.say(str(damage))
    return 1 if broken else 0


@command(app)
def show(
    context: Context,
    id: Annotated[str, typer.Argument(metavar="[ID]", help="Id of a record: show its entry and its rows.")] = "",  # noqa: A002
    last: Annotated[int, typer.Option(min=0, help="How many entries, newest last; 0 for all.")] = 20,
) -> None:
    """Show the entries of the journal, or what is recorded under one id."""
    from qacli.ledger import journal

    path = context.workspace.folder / journal.NAME
    if id:
        _show_one(context, id)
        return
    entries = list(journal.entries(path))
    rows = [
        (
            entry.seq,
            entry.time,
            entry.actor,
            entry.via,
            entry.command,
            entry.key,
            " ".join(part.file.rsplit("/", 1)[1].removesuffix(".csv") for part in entry.ranges),
        )
        for entry in entries[-last if last else 0 :]
    ]
    context.show("ledger", ("entry", "time", "actor", "via", "command", "key", "tables"), rows)


def _show_one(context: Context, id: str) -> None:  # noqa: A002
    from dataclasses import fields

    from qacli.ledger.ids import entry_number
    from qacli.model import QacliError
    from qacli.workspace.tables import tables

    view = context.workspace.view()
    number = entry_number(id)
    rows = [
        (kind.TABLE, row.id, field.name, getattr(row, field.name))
        for kind in tables()
        for row in view.rows(kind)
        if row.id == id or row.id.startswith(id + "-")
        for field in fields(row)
        if field.name != "id"
    ]
    if not rows:
        raise QacliError(f"nothing is recorded under {id}", help="ids look like o_4p; entries: qacli ledger show")
    context.tell(
        f"entry {number}" + (f"; {id} was corrected and is no longer in force" if id in view.withdrawn else "")
    )
    context.show("record", ("table", "id", "column", "value"), rows)


host = new_app("The one computer that writes to this folder.")
app.add_typer(host, name="host", help="The one computer that writes to this folder.")


@command(host, writes=True)
def take(context: Context) -> None:
    """Make this computer the one that writes here. Do it once, on a complete copy, when the other has stopped."""
    from qacli.commands.context import RECORDED
    from qacli.ledger.head import read_head
    from qacli.ledger.trail import Signature, this_host, writing

    workspace = context.workspace
    if read_head(workspace.folder).host in {"", this_host()}:
        context.tell("this computer writes here already: nothing to do")
        return
    if context.dry_run:
        context.tell("dry run: nothing was recorded")
        return
    with writing(
        workspace.folder, Signature(workspace.actor, workspace.via, "ledger host take"), any_host=True
    ) as trail:
        RECORDED.append(trail.append(()).seq)
    context.say(f"this computer ({this_host()}) now writes here")
