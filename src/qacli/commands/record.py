"""``qacli record``: how a transaction was watched, and the notes made while watching."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, moment
from qacli.commands.score import PERSONAL, close_personal, opted_out
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.monitor.observing.session import Noted

app = new_app("Record how a transaction was observed, with notes.")


@command(app, writes=True)
def record(
    context: Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Item that was observed, for example t_4k-5.")],
    technique: Annotated[
        str | None, typer.Option(help="How it was observed, for example recording; all: qacli technique list.")
    ] = None,
    kind: Annotated[Literal["routine", "spot"], typer.Option(help="Planned, or unannounced.")] = "routine",
    transaction_kind: Annotated[
        Literal["routine", "non-routine"], typer.Option(help="Was the transaction itself usual?")
    ] = "routine",
    told_at: Annotated[str, typer.Option(help="When the colleague was told: 2026-05-14T09:55.")] = "",
    started: Annotated[str, typer.Option(help="When observing began.")] = "",
    ended: Annotated[str, typer.Option(help="When observing ended.")] = "",
    intervened: Annotated[bool, typer.Option("--intervened", help="The observer stepped in.")] = False,
    comfort: Annotated[
        int | None, typer.Option(min=1, max=5, help="How comfortable the colleague felt, 1 to 5, in their own word.")
    ] = None,
    notes: Annotated[
        Path | None, typer.Option(help="CSV of notes: columns criterion, offset, polarity, fact.", metavar="FILE")
    ] = None,
    personal_call: Annotated[bool, typer.Option("--personal-call", help=PERSONAL)] = False,
) -> None:
    """Record a session before it is scored: when, how, whether anybody was disturbed, and what was noted."""
    if personal_call:
        if notes:
            raise UsageError("--personal-call keeps nothing but the fact", help="leave --notes out")
        close_personal(context, item)
        return
    if technique is None:
        raise UsageError("record lacks --technique", help="say how it was observed: --technique recording")
    from qacli.monitor.observing.session import Watched
    from qacli.monitor.observing.session import record as act

    _refuse_unknown(context, technique)
    zone = context.workspace.zone
    watched = Watched(
        item,
        technique,
        kind,
        transaction_kind,
        moment(told_at, zone),
        moment(started, zone),
        moment(ended, zone),
        intervened,
        comfort,
    )
    outcome = context.commit(
        partial(act, watched=watched, notes=_notes(notes) if notes else [], opted_out=opted_out(context, [item]))
    )
    count = len(outcome.rows) - 1
    noted = f"{count} note{'s' * (count != 1)}"
    context.say(
        f"{outcome.first}: {item} observed by {technique}, {noted}; "
        f"next: qacli score {item}{as_before(context.workspace)}"
    )


def _refuse_unknown(context: Context, technique: str) -> None:
    """Raise UsageError where the folder defines no such technique."""
    from qacli.workspace.definitions import NoSuchDefinition

    try:
        context.workspace.view().look_up("technique", technique)
    except NoSuchDefinition as missing:
        raise UsageError(missing.message, help=missing.help) from None


def _notes(path: Path) -> list[Noted]:
    from qacli.files import csv
    from qacli.files.text import from_spreadsheet, one_line
    from qacli.monitor.observing.session import Noted

    return [
        Noted(row.cells[0], row.cells[1], from_spreadsheet(row.cells[2]), one_line(from_spreadsheet(row.cells[3])))
        for row in csv.read(path, columns=("criterion", "offset", "polarity", "fact"))
    ]
