"""``qacli record diary``: every check that was planned, what became of it, and what was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import days
from qacli.model import QacliError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from qacli.monitor.observing.diary import Entry

COLUMNS = (
    "check",
    "day",
    "kind",
    "transaction_kind",
    "channel",
    "colleague",
    "observer",
    "state",
    "due",
    "scored_on",
    "why",
    "session",
    "technique",
    "position",
    "told_at",
    "started",
    "ended",
    "minutes",
    "partly",
    "intervened",
    "comfort",
    "shopper",
    "scenario",
)
BRIEF = COLUMNS[:9]
By = Literal["kind", "transaction-kind", "channel", "colleague", "observer", "technique", "week"]
State = Literal["done", "done late", "watched", "due", "late", "missed", "replaced"]


def join(app: typer.Typer) -> None:
    """Add the command to those of ``qacli record``."""
    command(app, "diary")(diary)


def diary(
    context: Context,
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions: 2026-05-04.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
    by: Annotated[By | None, typer.Option(help="Count the checks by this instead of listing them.")] = None,
    colleague: Annotated[str, typer.Option(help="Only this colleague.", metavar="PERSON")] = "",
    channel: Annotated[str, typer.Option(help="Only this channel.")] = "",
    observer: Annotated[str, typer.Option(help="Only this observer.", metavar="PERSON")] = "",
    state: Annotated[State | None, typer.Option(help="Only checks in this state.")] = None,
) -> None:
    """Show which checks were done, are due or late, were missed and why; and which work was not looked at.

    done, done late: scored, in time or not. watched: recorded, not scored yet. missed: excused, or closed with a reason.
    replaced: another took its place.
    """
    from qacli.monitor.observing.diary import counted
    from qacli.monitor.observing.diary import diary as all_of

    first, last = days(from_, to)
    view = context.workspace.view()
    entries = [
        each
        for each in all_of(view)
        if (not first or each.day is None or each.day >= first)
        and (not last or each.day is None or each.day <= last)
        and colleague in {"", each.colleague}
        and channel in {"", each.channel}
        and observer in {"", each.observer}
        and state in {None, each.state}
    ]
    if by:
        _counts(context, by, counted(entries, by))
    else:
        columns: tuple[str, ...] = COLUMNS
        rows = [_row(each, context.workspace.zone) for each in entries]
        if context.for_people:
            columns, rows = BRIEF, [row[: len(BRIEF)] for row in rows]
        context.show("diary", columns, rows)
        for each in entries if context.for_people else []:
            if each.why:
                context.tell(f"{each.check} {each.state}: {each.why}")
    if not (colleague or channel or observer or state):
        _tell_gaps(context, entries, first, last)


def _counts(context: Context, by: str, lines: Sequence[Any]) -> None:
    from qacli.monitor.observing.diary import STATES

    columns = (by.replace("-", "_"), "planned", *(name.replace(" ", "_") for name in STATES))
    context.show(
        "diary-count",
        columns,
        [(each.group, each.planned, *map(each.states.get, STATES, [0] * len(STATES))) for each in lines],
    )


def _row(each: Entry, zone: ZoneInfo) -> tuple[Any, ...]:
    from qacli.monitor.observing.diary import minutes

    session = each.session
    cells = (each.check, each.day, each.kind, each.transaction_kind, *each[3:6], *each[6:10])
    if session is None:
        return (*cells, "", "", "", *(None,) * 7, "", "")
    times = (when.astimezone(zone) if when else None for when in (session.told_at, session.started, session.ended))
    told, started, ended = (f"{when:%Y-%m-%d %H:%M}" if when else None for when in times)
    return (
        *cells,
        session.id,
        each.technique,
        session.position,
        told,
        started,
        ended,
        minutes(session),
        session.partly,
        session.intervened,
        session.comfort,
        session.shopper,
        session.scenario.text,
    )


def _tell_gaps(context: Context, entries: Sequence[Entry], first: date | None, last: date | None) -> None:
    """Tell of whom nothing unusual was seen, and who was observed on fewer channels than they work on."""
    from qacli.monitor.observing.diary import gaps
    from qacli.workspace.handled import handled

    dated = [each.day for each in entries if each.day]
    if not dated:
        context.tell("no check was planned in these days")
        return
    worked: dict[str, set[str]] = {}
    try:
        worked = handled(context.workspace, first or min(dated), last or max(dated)).channels()
    except QacliError as wrong:
        context.tell(f"who works on which channels is not known: {wrong.message}")
    for line in gaps(entries, worked, context.workspace.settings.thresholds.observed_channels):
        context.tell(line)
