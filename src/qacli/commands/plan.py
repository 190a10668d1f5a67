"""``qacli plan``: coaching and training, from the need to its review."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from qacli.commands import plan_actions
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day, refuse_stranger

app = new_app("Plan coaching, training and SMART actions; follow them up.")
PLAN = Annotated[str, typer.Argument(metavar="PLAN", help="For example a_5f.")]
ON = Annotated[str, typer.Option(help="Day, if not today: 2026-05-28.")]


@command(app, writes=True)
def propose(
    context: Context,
    for_: Annotated[str, typer.Option("--for", help="The colleague.", metavar="PERSON")],
    need: Annotated[str, typer.Option(help="What showed it: an observation, feedback, or a point of it.")],
    criterion: Annotated[str, typer.Option(help="The criterion to mend, for example ch-idv.")],
    option: Annotated[str, typer.Option(help="An option of definitions/catalogue.yaml, for example buddy-listening.")],
    owner: Annotated[str, typer.Option(help="Who sees to it; else you.", metavar="PERSON")] = "",
    starts: Annotated[str, typer.Option(help="First day; else today.")] = "",
    due: Annotated[str, typer.Option(help="Day by which it is done; else 14 days later.")] = "",
    review_on: Annotated[str, typer.Option(help="Day on which its result is looked at; else 28 days after that.")] = "",
    goal: Annotated[str, typer.Option(help="What will be seen or heard then; else what the scorecard asks.")] = "",
) -> None:
    """Propose one option for one criterion that failed. What did not fail needs no mending, and is refused."""
    from qacli.improve import coaching
    from qacli.improve.coaching import CoachingPlan

    outcome = context.commit(
        partial(
            coaching.propose,
            colleague=for_,
            need=need,
            criterion=criterion,
            option=option,
            owner=owner,
            starts=day(starts) if starts else None,
            due=day(due) if due else None,
            review_on=day(review_on) if review_on else None,
            goal=goal,
        )
    )
    for row in outcome.rows:
        if isinstance(row, CoachingPlan):
            context.say(
                f"{row.id}: {row.option} for {row.colleague} on {row.criterion}, owner {row.owner}, "
                f"{row.starts} to {row.due}, review on {row.review_on}"
            )


@command(app, writes=True)
def book(
    context: Context, plan: PLAN, on: ON = "", words: Annotated[str, typer.Option(help="Where and when.")] = ""
) -> None:
    """Record that a place is booked."""
    _step(context, plan, "booked", on, words)


@command(app, writes=True)
def done(
    context: Context, plan: PLAN, on: ON = "", words: Annotated[str, typer.Option(help="What was done.")] = ""
) -> None:
    """Record that the coaching took place."""
    _step(context, plan, "done", on, words)


@command(app, writes=True)
def review(
    context: Context, plan: PLAN, words: Annotated[str, typer.Option(help="What came of it.")], on: ON = ""
) -> None:
    """Record what came of a plan."""
    from qacli.improve.coaching import review as act

    if context.commit(partial(act, plan=plan, words=words, on=day(on) if on else None)).rows:
        context.say(f"{plan} reviewed")


@command(app, writes=True)
def cancel(context: Context, plan: PLAN, words: Annotated[str, typer.Option(help="Why.")], on: ON = "") -> None:
    """Record that a plan will not happen, and why."""
    from qacli.improve.coaching import cancel as act

    if context.commit(partial(act, plan=plan, words=words, on=day(on) if on else None)).rows:
        context.say(f"{plan} cancelled")


def _step(context: Context, plan: str, kind: str, on: str, words: str) -> None:
    from qacli.improve.coaching import step

    if context.commit(partial(step, plan=plan, kind=kind, on=day(on) if on else None, words=words)).rows:
        context.say(f"{plan} {kind}")


@command(app, "list")
def list_(
    context: Context, for_: Annotated[str, typer.Option("--for", help="Only this colleague.", metavar="PERSON")] = ""
) -> None:
    """List plans: need, option, owner, dates, and where each stands."""
    from qacli.improve.coaching import plans

    view = context.workspace.view()
    refuse_stranger(view, for_)
    rows = [
        (
            each.plan.id,
            each.plan.colleague,
            each.plan.need,
            each.plan.criterion,
            each.plan.option,
            each.plan.owner,
            each.plan.starts,
            each.plan.due,
            each.plan.review_on,
            each.status,
            each.overdue,
        )
        for each in plans(view, for_)
    ]
    context.show(
        "plans",
        (
            "plan",
            "colleague",
            "need",
            "criterion",
            "option",
            "owner",
            "starts",
            "due",
            "review_on",
            "status",
            "overdue",
        ),
        rows,
    )
    plan_actions.tell_of_actions(context, view)


plan_actions.join(app)
