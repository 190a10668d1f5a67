"""``qacli escalate ladder`` and ``done``: who failed criticals again and again, which step follows, and its lock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.approvals import say_decisions
from qacli.commands.context import Context, command

if TYPE_CHECKING:
    from datetime import datetime

    from qacli.govern.escalating.ladder import LadderStep
    from qacli.model import View


def join(app: typer.Typer) -> None:
    """Add the commands to ``qacli escalate``."""
    command(app, "agree", writes=True)(agree)
    command(app, "ladder", writes=True)(ladder)
    command(app, "done", writes=True)(done)


def agree(
    context: Context,
    ladder: Annotated[str, typer.Argument(metavar="LADDER", help="Id of a ladder of definitions/ladders.yaml.")],
    comment: Annotated[str, typer.Option(help="What changed because of you, or why you agree.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Record that you do not agree.")] = False,
) -> None:
    """Agree a ladder as it stands: it has consequences for people. The owner cannot; an edited one is agreed again."""
    from qacli.prepare.approval import approve

    decision: Literal["agreed", "declined"] = "declined" if decline else "agreed"
    say_decisions(context, context.commit(lambda view: approve(view, "ladder", ladder, comment, decision)).rows)


def ladder(
    context: Context,
    record: Annotated[
        bool, typer.Option("--record", help="Put steps that were reached on record; what is there already is not.")
    ] = False,
    counts: Annotated[bool, typer.Option("--counts", help="Show who failed what how often in the window.")] = False,
) -> None:
    """Show who failed criticals so often that a step follows, whose it is and by when; with --record, write it down."""
    from qacli.govern.escalating import ladder as rules

    view = context.workspace.view()
    if counts:
        _show_counts(context, view)
        return
    if record:
        for row in context.commit(rules.record).rows:
            if isinstance(row, rules.LadderStep):
                context.say(f"{row.id or '(dry run)'}: {rules.in_words(row)}, {row.owner or 'nobody'} by {row.due}")
        return
    rows = [_row(each.row, each.state(view.now), _local(view, each.locked_until)) for each in rules.standings(view)]
    new = [_row(row, "reached", None) for row in rules.reached(view)]
    columns = (
        "step",
        "state",
        "colleague",
        "class",
        "failed",
        "n",
        "first",
        "last",
        "cycle",
        "what",
        "owner",
        "due",
        "lock",
    )
    context.show("ladder", columns, [*rows, *new])
    for source, many in rules.seen(view).left_out.items():
        context.tell(f"{many} failures count for nobody: they are in many hands ({source})")
    if new:
        context.tell(f"{len(new)} not on record yet: qacli escalate ladder --record")
    elif not rules.agreed(view):
        _tell_unagreed(context, view)
    elif not rows:
        context.tell("nobody has failed so often that a step follows; how often: qacli escalate ladder --counts")


def _tell_unagreed(context: Context, view: View) -> None:
    waiting = [each for each in view.definitions("ladder") if each.in_force(view.now.date())]
    for each in waiting:
        context.tell(
            f"{each.reference} counts once another person than {each.owner} agrees: qacli escalate agree {each.id}"
        )
    if not waiting:
        context.tell("no ladder is defined: definitions/ladders.yaml shows one to begin with")


def _local(view: View, moment: datetime | None) -> datetime | None:
    return moment.astimezone(view.now.tzinfo) if moment else None


def _row(row: LadderStep, state: str, locked: datetime | None) -> tuple[object, ...]:
    return (
        row.id or None,
        state,
        row.colleague,
        row.failure,
        len(row.observations.split()),
        row.n,
        row.first,
        row.last,
        row.cycle,
        row.step,
        row.owner or None,
        row.due,
        f"{locked:%Y-%m-%d %H:%M}" if locked else None,
    )


def _show_counts(context: Context, view: View) -> None:
    from qacli.govern.escalating.ladder import agreed, counted

    rows = [(each.id, *found) for each in agreed(view) for found in counted(view, each)]
    context.show("ladder-counts", ("ladder", "colleague", "class", "failed", "n", "a step from"), rows)
    context.tell("n: evaluations by chance within the window; each transaction counts once in a class")


def done(
    context: Context,
    step: Annotated[str, typer.Argument(metavar="STEP", help="Id of a step of the ladder, for example el_4k.")],
    words: Annotated[str, typer.Option(help="What was done.")],
) -> None:
    """Say that a step is done. Its lock runs from now: until it ends, nothing counts."""
    from qacli.govern.escalating.ladder import finish, standings

    if context.commit(partial(finish, step=step, words=words)).rows:
        context.say(f"{step} done by {context.workspace.actor}{context.recorded_by}")
        found = next((each for each in standings(context.workspace.view()) if each.row.id == step), None)
        if found and found.locked_until:
            context.tell(f"nothing counts until {found.locked_until.astimezone(context.workspace.zone):%Y-%m-%d %H:%M}")
