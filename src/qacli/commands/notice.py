"""``qacli notice``: who has been told of monitoring, and on which days nobody was."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day, days, not_a_date

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.prepare.notice import Told

app = new_app("Acknowledge notices of monitoring; show the days without one.")


@command(app, "list")
def list_(context: Context) -> None:
    """List the notices with their days and how many colleagues acknowledged each."""
    from collections import Counter

    from qacli.prepare.notice import Acknowledgement

    view = context.workspace.view()
    count = Counter(row.notice for row in view.current(Acknowledgement))
    rows = [
        (
            notice.reference,
            notice.audience,
            notice.channel,
            notice.from_,
            notice.to,
            count[notice.reference] if notice.acknowledge else None,
        )
        for notice in view.definitions("notice")
    ]
    context.show("notices", ("notice", "audience", "channel", "from", "to", "acknowledged"), rows)


@command(app, writes=True)
def ack(
    context: Context,
    notice: Annotated[str, typer.Argument(metavar="NOTICE", help="Id of a notice to colleagues.")],
    on: Annotated[str, typer.Option(help="Day of acknowledging, if not today: 2026-05-21.")] = "",
    means: Annotated[str, typer.Option(help="How it was given, for example: in person, e-learning.")] = "in person",
    from_: Annotated[
        Path | None, typer.Option("--from", help="CSV of many: columns person, on, means.", metavar="FILE")
    ] = None,
) -> None:
    """Record that you acknowledged a notice, or many at once from a file."""
    from qacli.prepare.notice import acknowledge, acknowledge_all

    if from_:
        outcome = context.commit(partial(acknowledge_all, notice=notice, lines=_told(from_)))
    else:
        acknowledged = day(on) if on else context.workspace.clock().date()
        outcome = context.commit(
            partial(acknowledge, notice=notice, persons=[context.workspace.actor], means=means, on=acknowledged)
        )
    if outcome.rows:
        context.say(f"{len(outcome.rows)} acknowledgement{'s' * (len(outcome.rows) != 1)} of {notice} recorded")


def _told(path: Path) -> list[Told]:
    from qacli.files import csv
    from qacli.files.faults import FileFaults
    from qacli.prepare.notice import Told

    told, faults = [], []
    for row in csv.read(path, columns=("person", "on", "means")):
        try:
            told.append(Told(row.cells[0], date.fromisoformat(row.cells[1]), row.cells[2]))
        except ValueError:
            faults.append(not_a_date(path, row, row.cells[1], "B"))
    if faults:
        raise FileFaults(faults)
    return told


def _monitored(view: View) -> set[str]:
    """Return the channels whose customers are told of monitoring, or whose transactions a frame draws."""
    from qacli.files.schema import ANY

    told = {notice.channel for notice in view.definitions("notice") if notice.audience == "customers"}
    cards = {card.reference: card.channels for card in view.definitions("scorecard")}
    drawn: set[str] = set()
    for frame in view.definitions("frame"):
        named = frame.population.channel or set(frame.scorecards) - {ANY}
        rest = () if frame.population.channel else cards.get(frame.scorecards.get(ANY, ""), ())
        drawn.update(named, rest)
    return (told | drawn) - {"all"}


@command(app)
def gaps(
    context: Context,
    from_: Annotated[str, typer.Option("--from", help="First day to look at; else the start of this quarter.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day to look at; else the end of this quarter.")] = "",
) -> int:
    """List the days on which customers of a channel had not been told; they cannot be sampled. 1 where there are any."""
    from qacli.prepare.notice import gaps as find
    from qacli.prepare.period import in_words, period_of

    view = context.workspace.view()
    quarter = period_of("quarter", view.now.date())
    stated = days(from_, to)
    first, last = stated[0] or quarter.first, stated[1] or quarter.last
    found = find(view.definitions("notice"), sorted(_monitored(view)), first, last)
    if context.for_programs:
        context.show(
            "notice-gaps",
            ("channel", "from", "to", "days"),
            [(gap.key, gap.from_, gap.to, (gap.to - gap.from_).days + 1) for gap in found],
        )
    else:
        for gap in found:
            length = (gap.to - gap.from_).days + 1
            context.say(
                f"gap: {gap.key} customers, {in_words(gap.from_)} to {in_words(gap.to)}: {length} "
                f"day{'s' * (length != 1)} without a notice in force. Their transactions will not be sampled."
            )
    return 1 if found else 0
