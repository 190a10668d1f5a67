"""``qacli record``: how a transaction was watched, with the notes made while watching."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands import record_check, record_diary, record_note
from qacli.commands.context import Context, command, new_app
from qacli.commands.items import opted_out
from qacli.commands.options import as_before, moment
from qacli.commands.personal_call import PERSONAL, close_personal
from qacli.commands.record_told import tell_remarks
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.monitor.observing.session import Noted

app = new_app("Record how a transaction was observed, take notes while watching, see what was done.")
TIME = "2026-05-14T09:55"


@app.callback(invoke_without_command=True)
def _bare(typed: typer.Context) -> None:
    """Record how a transaction was observed, take notes while watching, see what was done and what is due.

    An item in place of a command records its session: qacli record t_4k-5 is qacli record session t_4k-5.
    """
    if typed.invoked_subcommand is None:
        typer.echo(typed.get_help())


@command(app, writes=True)
def session(
    context: Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Item that was observed, for example t_4k-5.")],
    technique: Annotated[
        str | None, typer.Option(help="How it was observed, for example recording; all: qacli technique list.")
    ] = None,
    kind: Annotated[Literal["routine", "spot"], typer.Option(help="Planned, or unannounced.")] = "routine",
    transaction_kind: Annotated[
        Literal["routine", "non-routine"], typer.Option(help="Was the transaction itself usual?")
    ] = "routine",
    told_at: Annotated[str, typer.Option(help=f"When the colleague was told: {TIME}.")] = "",
    started: Annotated[str, typer.Option(help="When observing began; else when your live notes did.")] = "",
    ended: Annotated[str, typer.Option(help="When observing ended; else when your live notes did.")] = "",
    position: Annotated[
        Literal["beside", "in-the-room", "remote", "as-customer", "afterwards"] | None,
        typer.Option(help="Where the observer was; else from where that technique is used."),
    ] = None,
    partly: Annotated[bool, typer.Option("--partly", help="Only a part was seen or heard.")] = False,
    intervened: Annotated[bool, typer.Option("--intervened", help="The observer stepped in.")] = False,
    comfort: Annotated[
        int | None, typer.Option(min=1, max=5, help="How comfortable the colleague felt, 1 to 5, in their own word.")
    ] = None,
    shopper: Annotated[
        str, typer.Option(metavar="PERSON", help="Test visits: person id of who went as a customer.")
    ] = "",
    scenario: Annotated[str, typer.Option(help="Test visits: the story that was agreed.")] = "",
    notes: Annotated[
        Path | None,
        typer.Option(
            help="CSV of notes: columns criterion, offset, polarity, fact; impact if you like.", metavar="FILE"
        ),
    ] = None,
    personal_call: Annotated[bool, typer.Option("--personal-call", help=PERSONAL)] = False,
) -> None:
    """Record how an item was watched, before it is scored.

    When, how and from where, whether anybody was disturbed, what was noted. What record note kept is taken up: its notes,
    when they began and when they ended.
    """
    if personal_call:
        if notes:
            raise UsageError("--personal-call keeps nothing but the fact", help="leave --notes out")
        close_personal(context, item)
        return
    if technique is None:
        raise UsageError("record lacks --technique", help="say how it was observed: --technique recording")
    from qacli.monitor.observing.session import record as act
    from qacli.monitor.observing.watched import Watched
    from qacli.workspace.notebook import Notebook

    _refuse_unknown(context, technique)
    zone = context.workspace.zone
    kept = Notebook(context.workspace.folder, item, context.workspace.actor)
    written = kept.load()
    watched = Watched(
        item,
        technique,
        kind,
        transaction_kind,
        moment(told_at, zone),
        moment(started, zone) or written.began,
        moment(ended, zone) or written.ended,
        intervened,
        comfort,
        position or "",
        partly,
        shopper,
        scenario,
    )
    noted = [*written.notes, *(_notes(notes) if notes else [])]
    outcome = context.commit(partial(act, watched=watched, notes=noted, opted_out=opted_out(context, [item])))
    if outcome.seq:
        kept.remove()
    count = len(noted)
    context.say(
        f"{outcome.first}: {item} observed by {technique}, {count} note{'s' * (count != 1)}; "
        f"next: qacli score {item}{as_before(context.workspace)}"
    )
    tell_remarks(context, outcome.rows)


def _refuse_unknown(context: Context, technique: str) -> None:
    """Raise UsageError where the folder defines no such technique."""
    from qacli.workspace.definitions import NoSuchDefinition

    try:
        context.workspace.view().look_up("technique", technique)
    except NoSuchDefinition as missing:
        raise UsageError(missing.message, help=missing.help) from None


def _notes(path: Path) -> list[Noted]:
    """Return the notes of a file; impact is a column that it may have."""
    from qacli.files import csv
    from qacli.files.layout import probe
    from qacli.files.text import from_spreadsheet, one_line
    from qacli.monitor.observing.session import Noted

    asked = ["criterion", "offset", "polarity", "fact"]
    columns = [*asked, *(["impact"] if "impact" in probe(path).header else [])]
    return [
        Noted(row.cells[0], row.cells[1], *(one_line(from_spreadsheet(cell)) for cell in row.cells[2:]))
        for row in csv.handed_in(path, columns=columns)
    ]


record_note.join(app)
record_check.join(app)
record_diary.join(app)
