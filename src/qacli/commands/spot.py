"""``qacli spot``: unannounced checks: when to come by, what was seen, or why nobody came."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, moment, refuse_stranger
from qacli.model import UsageError

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from qacli.model import View
    from qacli.monitor.sampling.spot import Visit

app = new_app("Make unannounced checks: when to come by, what was seen, why one was missed.")
CHECK = Annotated[str, typer.Argument(metavar="CHECK", help="Id of a check, for example sp_4k-1: qacli spot list.")]
COLUMNS = ("check", "state", "day", "from", "until", "what", "evaluator", "frame", "period", "item", "why")


@command(app, "list")
def list_(
    context: Context, all_: Annotated[bool, typer.Option("--all", help="Also those that are closed.")] = False
) -> None:
    """List unannounced checks. When and whom a check that is to come looks at is shown only to who makes it."""
    from qacli.monitor.sampling.spot import visits

    view = context.workspace.view()
    found = [each for each in visits(view) if all_ or each.event is None]
    hidden = sorted((each for each in found if each.hidden_from(view)), key=lambda each: each.check.id)
    told = [each for each in found if not each.hidden_from(view)]  # the order of the others would tell when
    rows = [_row(view, each, context.workspace.zone) for each in [*told, *hidden]]
    if not rows:
        context.tell("no unannounced check is open" if not all_ else "no unannounced check has been drawn")
    columns: tuple[str, ...] = COLUMNS
    if context.for_people and not all_:
        columns, rows = columns[:-2], [row[:-2] for row in rows]
    context.show("spot-checks", columns, rows)


def _row(view: View, each: Visit, zone: ZoneInfo) -> tuple[Any, ...]:
    check, event = each.check, each.event
    state = event.event if event else "to come" if view.now < check.ends else "open"
    when: tuple[Any, ...] = (None,) * 4
    if not each.hidden_from(view):
        starts, ends = check.starts.astimezone(zone), check.ends.astimezone(zone)
        when = (starts.date(), f"{starts:%H:%M}", f"{ends:%H:%M}", check.block)
    closed = (event.item, event.words.text) if event else ("", "")
    return (check.id, state, *when, check.evaluator, each.frame, each.period, *closed)


@command(app, writes=True)
def done(
    context: Context,
    check: CHECK,
    transaction: Annotated[
        str, typer.Option(help="Id of the transaction that was watched, as the system names it.")
    ] = "",
    channel: Annotated[str, typer.Option(help="Its channel.")] = "",
    colleague: Annotated[str, typer.Option(metavar="PERSON", help="Who handled it.")] = "",
    started: Annotated[str, typer.Option(help="When it began: 10:47, or 2026-05-14T10:47.")] = "",
    team: Annotated[str, typer.Option(help="Team of the colleague.")] = "",
    reason: Annotated[str, typer.Option(help="What the customer wanted, as your exports name it.")] = "",
) -> None:
    """Record what a check looked at. It becomes an item of yours, to be recorded and scored as any other.

    Left out, channel and colleague are those that the check was drawn for.
    """
    from qacli.monitor.sampling.spot import Seen, SpotCheck
    from qacli.monitor.sampling.spot import done as act

    view = context.workspace.view()
    drawn = view.one(SpotCheck, check)
    seen = Seen(
        transaction.strip(),
        channel or _only_channel(view, drawn),
        colleague or (drawn.block if drawn.block in view.people else ""),
        _began(started, drawn, context.workspace.zone),
        team,
        reason,
    )
    asked = {"--transaction": seen.transaction, "--channel": seen.channel, "--colleague": seen.colleague}
    if missing := [name for name, value in asked.items() if not value]:
        raise UsageError(f"spot done lacks {', '.join(missing)}", help="say what was watched, and who handled it")
    refuse_stranger(view, seen.colleague)
    outcome = context.commit(partial(act, check_id=check, seen=seen))
    made: Any = outcome.rows[0]
    frame = view.look_up("frame", drawn_frame(view, drawn))
    technique = frame.technique_for(seen.channel).partition("@")[0]
    who = as_before(context.workspace)
    context.say(f"{made.id}: {seen.transaction} of {seen.colleague}, from {check}")
    context.tell(
        f"next: qacli record {made.id} --technique {technique} --kind spot --started {seen.started:%Y-%m-%dT%H:%M}{who}; "
        f"qacli score {made.id}{who}"
    )


def drawn_frame(view: View, check: Any) -> str:
    """Return the frame, id@version, of the draw of a check."""
    from qacli.monitor.sampling.draw import Draw

    return view.one(Draw, check.draw).frame


def _only_channel(view: View, check: Any) -> str:
    """Return the channel that a check is for; empty where its frame looks at several."""
    from qacli.prepare.frames.visibility import channels_of

    channels = channels_of(view.look_up("frame", drawn_frame(view, check)), view.look_up)
    return check.block if check.block in channels else channels[0] if len(channels) == 1 else ""


def _began(text: str, check: Any, zone: ZoneInfo) -> datetime:
    """Return when the transaction began: a time of day is one of the day of the check; left out: when the check did."""
    day = check.starts.astimezone(zone).date()
    return moment(f"{day}T{text}" if len(text) == len("10:47") else text, zone) or check.starts.astimezone(zone)


@command(app, writes=True)
def miss(
    context: Context,
    check: CHECK,
    reason: Annotated[str, typer.Option(help="Why it was not made, for example: no call came in that half hour.")] = "",
) -> None:
    """Record why a check was not made. It is counted beside those that were."""
    from qacli.monitor.sampling.spot import miss as act

    outcome = context.commit(partial(act, check_id=check, reason=reason))
    if outcome.rows:
        context.say(f"{check}: missed, {reason.strip()}")
