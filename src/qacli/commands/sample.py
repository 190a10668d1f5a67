"""``qacli sample``: draw samples, list and show them, draw them again to verify."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qacli.commands import sample_assign, sample_changes
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import days, refuse_stranger
from qacli.commands.sample_commit import commit_over_transactions
from qacli.commands.sample_told import tell_draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qacli.model import View
    from qacli.monitor.sampling.draw import Item
    from qacli.monitor.sampling.redraw import Redrawn

app = new_app("Draw samples; replace, extend and choose items; draw again to verify.")
Purpose = Literal["routine", "spot", "targeted", "kpi-link", "calibration"]
DRAW = Annotated[str, typer.Argument(metavar="DRAW", help="Id of a draw, for example d_4k.")]


@app.callback(invoke_without_command=True)
def _bare(typed: typer.Context) -> None:
    """Draw samples; replace, extend and choose items; draw again to verify. Alone: the help of its commands."""
    if typed.invoked_subcommand is None:
        typer.echo(typed.get_help())


@command(app, writes=True, slow=True)
def draw(
    context: Context,
    frame: Annotated[str, typer.Argument(metavar="FRAME", help="Id of an agreed frame, for example weekly-routine.")],
    period: Annotated[
        str, typer.Option(help="2026-W20, 2026-05, 2026-Q2 or 2026-05-11..2026-05-17; else the last whole one.")
    ] = "",
) -> None:
    """Draw a period's sample of a frame by permanent random numbers. The same draw twice changes nothing."""
    from qacli.monitor.sampling.drawing import draw_sample
    from qacli.monitor.sampling.spot import TIMES
    from qacli.monitor.sampling.spot_draw import draw_times
    from qacli.prepare.period import last_whole, parse_period, period_of

    view = context.workspace.view(writing=True)
    asked = view.item("frame", frame).model
    # of unannounced checks there is no export, and the period that has begun is the one to draw
    natural = period_of if asked.design == TIMES else last_whole
    when = parse_period(period) if period else natural(asked.cadence, view.now.date())
    if asked.design == TIMES:
        outcome = context.commit(partial(draw_times, frame_id=frame, period=when))
    else:
        outcome = commit_over_transactions(context, draw_sample, frame_id=frame, period=when)
    if asked.design == TIMES:
        if outcome.rows:
            context.say(drawn_times(outcome.rows[0], bool(outcome.seq)))
        return
    if outcome.rows:
        tell_draw(context, outcome.rows)
    if outcome.seq:
        drawn: Any = outcome.rows[0]
        context.tell(f"drew {drawn.id}: {drawn.frame}, {drawn.period}, {drawn.drawn} of {drawn.eligible:,} eligible")
        context.tell(f"how it compares with the population: qacli sample show {drawn.id} --balance")


def drawn_times(draw: Any, recorded: bool) -> str:
    """Return what is said of a draw of unannounced checks: how many, and not when."""
    checks = f"{draw.drawn} unannounced check{'s' * (draw.drawn != 1)}"
    said = f"drew {draw.id}: " if recorded else "would draw "
    return f"{said}{draw.frame}, {draw.period}, {checks} among {draw.eligible:,} moments; yours: qacli spot list"


@command(app, "list")
def list_(
    context: Context,
    for_: Annotated[str, typer.Option("--for", help="Only the items of this evaluator.", metavar="PERSON")] = "",
    of: Annotated[str, typer.Option(help="Only transactions that this colleague handled.", metavar="PERSON")] = "",
    draw: Annotated[str, typer.Option(help="Only the items of this draw.", metavar="DRAW")] = "",
    frame: Annotated[str, typer.Option(help="Only draws of this frame, any version.", metavar="FRAME")] = "",
    period: Annotated[str, typer.Option(help="Only draws that lie in this period: 2026-W20, 2026-05.")] = "",
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions: 2026-05-04.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
    purpose: Annotated[Purpose | None, typer.Option(help="Only items drawn or chosen for this.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Only items without an observation.")] = False,
    scored: Annotated[bool, typer.Option("--scored", help="Only items with an observation.")] = False,
    replaced: Annotated[bool, typer.Option("--replaced", help="Instead the items put aside, and why.")] = False,
    draws: Annotated[bool, typer.Option("--draws", help="One line per draw instead of one per item.")] = False,
) -> None:
    """List the items drawn: transaction, colleague, evaluator, and whether each is scored. Options narrow the list."""
    from qacli.commands.sample_list import Asked, show_draws, show_items, show_replaced
    from qacli.monitor.sampling.draw import Draw

    view = context.workspace.view()
    if draw:
        view.one(Draw, draw)
    refuse_stranger(view, for_)
    refuse_stranger(view, of)
    asked = Asked(for_, of, draw, frame, period, *days(from_, to), purpose or "", open_, scored)
    asked.refuse_unknown(view)
    if replaced:
        show_replaced(context, view, asked)
    elif draws:
        show_draws(context, view, asked)
    else:
        show_items(context, view, asked)


@command(app)
def show(
    context: Context,
    draw: DRAW,
    balance: Annotated[
        bool, typer.Option("--balance", help="Sample beside population, by channel, team, reason, time and length.")
    ] = False,
    lost: Annotated[
        bool, typer.Option("--lost", help="Who is lost to opt-outs and to days without a notice, by the same.")
    ] = False,
) -> None:
    """Show a recorded draw: population, exclusions, strata, what was replaced and added; --balance and --lost ask the source."""
    from qacli.commands.sample_show import show_balance, show_draw, show_lost
    from qacli.model import UsageError
    from qacli.monitor.sampling.draw import Draw

    view = context.workspace.view()
    found = view.one(Draw, draw)
    if balance and lost:
        raise UsageError("--balance and --lost are two tables", help="ask for one after the other")
    if balance:
        show_balance(context, view, found)
    elif lost:
        show_lost(context, view, found)
    else:
        show_draw(context, view, found)


@command(app, slow=True)
def verify(
    context: Context, draw: Annotated[str, typer.Argument(metavar="[DRAW]", help="One draw; all if left out.")] = ""
) -> int:
    """Draw again from the source and compare. 1 with every difference where it does not give the same sample.

    The journal plays no part in it: rows changed by hand are found, also by whoever mended the journal behind them.
    """
    from qacli.monitor.sampling.draw import Draw
    from qacli.monitor.sampling.redraw import redraw
    from qacli.monitor.sampling.spot import TIMES
    from qacli.monitor.sampling.spot_draw import redraw_times
    from qacli.workspace.populations import open_transactions

    workspace = context.workspace
    view = workspace.view()
    draws = [view.one(Draw, draw)] if draw else list(view.current(Draw))
    stray = [] if draw else _stray(view)
    found: list[tuple[str, bool, str]] = []

    def told(draw: str, same: bool, lines: Iterable[str]) -> None:
        for line in lines:
            found.append((draw, same, line))
            if not context.for_programs:
                context.say(f"{draw}: {line}")

    for item in stray:
        words = f"{item.id} ({item.transaction}) is recorded as drawn by it, and there is no such draw"
        told(item.draw, same=False, lines=[words])
    if not draws:
        context.tell("no sample has been drawn yet")
    for each in [each for each in draws if each.design == TIMES]:
        differences = redraw_times(view, each)
        proof = f"drawn again, {each.drawn} of {each.drawn} checks the same"
        told(each.id, same=not differences, lines=differences or [proof])
    drawn = [each for each in draws if each.design != TIMES]
    if drawn:
        with open_transactions(workspace) as opened:
            for each in drawn:
                again = redraw(view, each, opened.population, opened.source, opened.opt_outs)
                told(each.id, same=again.proved, lines=_in_words(again))
    if context.for_programs:
        context.show("redrawn", ("draw", "same", "message"), found)
    return 0 if all(same for _, same, _ in found) else 1


def _stray(view: View) -> list[Item]:
    from qacli.monitor.sampling.draw import Draw, Item

    known = {draw.id for draw in view.rows(Draw)}
    return [item for item in view.rows(Item) if item.draw not in known]


def _in_words(found: Redrawn) -> Iterator[str]:
    if found.proved:
        yield _proof(found)
        return
    yield from found.hindrances
    for each in found.strange:
        item = each.item
        yield f"{item.id} ({item.transaction}) is recorded, but the draw does not give it: {each.why}"
    yield from (f"the draw gives {id_}, but it is not recorded" for id_ in found.missing)
    for wrong in found.altered:
        yield (
            f"{wrong.item.id} ({wrong.item.transaction}) is recorded with {wrong.column} "
            f"{_cell(wrong.recorded)}, and should have {_cell(wrong.given)}"
        )


def _proof(found: Redrawn) -> str:
    from qacli.monitor.sampling.draw import JUDGEMENT

    if found.draw.design == JUDGEMENT:
        return f"chosen by {found.draw.by}, not drawn; {found.same} of {found.same} might have been observed"
    joined = f"; {found.joined} that joined later were next in their strata" if found.joined else ""
    return f"drawn again, {found.same} of {found.same} the same{joined}"


def _cell(value: object) -> str:
    from qacli.model import text_of

    return text_of(value) or "nothing"  # type: ignore[arg-type]


sample_assign.join(app)
sample_changes.join(app)
