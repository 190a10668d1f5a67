"""``qacli sample``: draw samples, list their items, draw them again to verify."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import refuse_stranger

if TYPE_CHECKING:
    from qacli.monitor.sampling.draw import Draw
    from qacli.workspace.commit import Outcome

app = new_app("Draw samples, list them, draw them again to verify.")


@app.callback(invoke_without_command=True)
def _bare(typed: typer.Context) -> None:
    """Draw samples, list them, draw them again to verify. Alone: the help of its commands."""
    if typed.invoked_subcommand is None:
        typer.echo(typed.get_help())


@command(app, writes=True)
def draw(
    context: Context,
    frame: Annotated[str, typer.Argument(metavar="FRAME", help="Id of an agreed frame, for example weekly-routine.")],
    period: Annotated[
        str, typer.Option(help="2026-W20, 2026-05, 2026-Q2 or 2026-05-11..2026-05-17; else the last whole one.")
    ] = "",
) -> None:
    """Draw a period's sample of a frame by permanent random numbers. The same draw twice changes nothing."""
    from qacli.monitor.sampling.drawing import draw_sample
    from qacli.prepare.period import last_whole, parse_period
    from qacli.workspace.populations import open_transactions

    workspace = context.workspace
    if period:
        when = parse_period(period)
    else:
        view = workspace.view()
        when = last_whole(view.item("frame", frame).model.cadence, view.now.date())
    with open_transactions(workspace) as opened:
        outcome = context.commit(
            partial(
                draw_sample,
                frame_id=frame,
                period=when,
                population=opened.population,
                source=opened.source,
                opt_outs=opened.opt_outs,
            )
        )
    if outcome.rows:
        _tell_draw(context, outcome)


def _tell_draw(context: Context, outcome: Outcome) -> None:
    from qacli.monitor.sampling.draw import Exclusion, Item, Stratum
    from qacli.stats import chance_to_miss

    drawn: Any = outcome.rows[0]
    strata = [row for row in outcome.rows if isinstance(row, Stratum)]
    weights = {row.stratum: row.weight for row in outcome.rows if isinstance(row, Item)}
    left_out = [f"{row.transactions:,} {row.reason}" for row in outcome.rows if isinstance(row, Exclusion)]
    context.tell(f"population {drawn.population:,} transactions of {drawn.period}, sha256 {drawn.sha256[:12]}...")
    if left_out:
        context.tell(f"  excluded   {'   '.join(left_out)}")
    parts = "clusters" if drawn.design == "two-stage" else "stratum" if len(strata) == 1 else "strata"
    context.tell(f"  eligible {drawn.eligible:,} in {len(strata)} {parts}")
    rows = [
        (
            row.stratum,
            row.eligible,
            row.asked,
            row.drawn,
            weights.get(row.stratum),
            100 * chance_to_miss(0.1, row.drawn, row.eligible),
        )
        for row in strata
        if row.asked or drawn.design != "two-stage"
    ]
    context.show("draw", ("stratum", "eligible", "asked", "drawn", "weight", "% chance to miss a 1-in-10 fault"), rows)
    if outcome.seq:
        context.tell(f"drew {drawn.id}: {drawn.frame}, {drawn.period}, {drawn.drawn} of {drawn.eligible:,} eligible")


@command(app, "list")
def list_(
    context: Context,
    for_: Annotated[str, typer.Option("--for", help="Only the items of this evaluator.", metavar="PERSON")] = "",
    draw: Annotated[str, typer.Option(help="Only the items of this draw.", metavar="DRAW")] = "",
    open_: Annotated[bool, typer.Option("--open", help="Only items without an observation.")] = False,
) -> None:
    """List the items drawn: transaction, colleague, evaluator, and whether each is scored."""
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.sampling.draw import Draw, Item

    view = context.workspace.view()
    if draw:
        view.one(Draw, draw)
    refuse_stranger(view, for_)
    scored = {row.item: row.id for row in view.current(Observation)}
    rows = [
        (
            item.id,
            item.transaction,
            item.day,
            item.channel,
            item.colleague,
            item.stratum,
            item.purpose,
            item.evaluator,
            item.scorecard,
            scored.get(item.id, ""),
        )
        for item in view.current(Item)
        if for_ in {"", item.evaluator} and draw in {"", item.draw} and not (open_ and item.id in scored)
    ]
    context.show(
        "items",
        (
            "item",
            "transaction",
            "day",
            "channel",
            "colleague",
            "stratum",
            "purpose",
            "evaluator",
            "scorecard",
            "observation",
        ),
        rows,
    )


@command(app)
def verify(
    context: Context, draw: Annotated[str, typer.Argument(metavar="[DRAW]", help="One draw; all if left out.")] = ""
) -> int:
    """Draw again from the source and compare. 1 with every difference where it does not give the same sample."""
    from qacli.monitor.sampling.draw import Draw
    from qacli.monitor.sampling.redraw import redraw
    from qacli.workspace.populations import open_transactions

    workspace = context.workspace
    view = workspace.view()
    draws = [view.one(Draw, draw)] if draw else list(view.current(Draw))
    if not draws:
        context.tell("no sample has been drawn yet")
        return 0
    wrong = 0
    with open_transactions(workspace) as opened:
        for each in draws:
            found = redraw(view, each, opened.population, opened.source, opened.opt_outs)
            wrong += not found.proved
            for line in _told(each, found):
                context.say(line)
    return 1 if wrong else 0


def _told(draw: Draw, found: Any) -> list[str]:
    if found.proved:
        return [f"{draw.id}: drawn again, {found.same} of {found.same} the same"]
    lines = [f"{draw.id}: {each}" for each in found.hindrances]
    lines += [
        f"{draw.id}: {item.id} ({item.transaction}) is recorded, but the draw does not give it"
        for item in found.strange
    ]
    return lines + [f"{draw.id}: the draw gives {id_}, but it is not recorded" for id_ in found.missing]
