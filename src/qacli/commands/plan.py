"""``qacli plan``: coaching and training, from the need over its steps to what came of it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands import plan_actions
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, day, refuse_stranger
from qacli.model import UsageError

if TYPE_CHECKING:
    from datetime import date

    from qacli.model import Change

app = new_app("Plan coaching, training and SMART actions; follow them up.")
Outcome = Literal["improved", "worse", "cannot tell", "reached", "missed", "dropped"]
OF_PLANS, OF_ACTIONS = ("improved", "worse", "cannot tell"), ("reached", "missed", "cannot tell", "dropped")
COACHING = re.compile(r"a_[0-9a-z]+")
"""What the id of a coaching plan looks like; all else is an action, by id or name."""
PLAN = Annotated[str, typer.Argument(metavar="PLAN", help="For example a_5f.")]
ON = Annotated[str, typer.Option(help="Day, if not today: 2026-05-28.")]


@command(app, writes=True)
def propose(
    context: Context,
    for_: Annotated[str, typer.Option("--for", help="The colleague.", metavar="PERSON")],
    need: Annotated[str, typer.Option(help="What showed it: an observation, feedback, a point of it, or a finding.")],
    criterion: Annotated[str, typer.Option(help="The criterion to mend, for example ch-idv.")],
    option: Annotated[str, typer.Option(help="An option of the catalogue, see: qacli plan options.")],
    owner: Annotated[str, typer.Option(help="Who sees to it; else you.", metavar="PERSON")] = "",
    starts: Annotated[str, typer.Option(help="First day; else today.")] = "",
    due: Annotated[str, typer.Option(help="Day by which it is done; else 14 days later.")] = "",
    review_on: Annotated[str, typer.Option(help="Day on which its effect is looked at; else 28 days after that.")] = "",
    goal: Annotated[str, typer.Option(help="What will be seen or heard then; else what the scorecard asks.")] = "",
    target: Annotated[
        float | None, typer.Option(help="Share of transactions that are to meet it, in per cent.", metavar="PERCENT")
    ] = None,
    model: Annotated[str, typer.Option(help="Coaching model of the conversation; else that of the option.")] = "",
) -> None:
    """Propose one option for one criterion that failed. What did not fail needs no mending, and is refused.

    So is coaching one person for what fails in many hands alike: that is mended in the process, see qacli cause open.
    """
    from qacli.improve.coaching.plan import CoachingPlan
    from qacli.improve.coaching.proposing import propose as act

    outcome = context.commit(
        partial(
            act,
            colleague=for_,
            need=need,
            criterion=criterion,
            option=option,
            owner=owner,
            starts=_day(starts),
            due=_day(due),
            review_on=_day(review_on),
            goal=goal,
            model=model,
            target=None if target is None else target / 100,
        )
    )
    for row in outcome.rows:
        if isinstance(row, CoachingPlan):
            context.say(
                f"{row.id}: {row.option} for {row.colleague} on {row.criterion}, owner {row.owner}, "
                f"{row.starts} to {row.due}, review on {row.review_on}"
            )


@command(app)
def options(
    context: Context, criterion: Annotated[str, typer.Option(help="Only what fits this criterion, best first.")] = ""
) -> None:
    """List the catalogue: what there is, from whom, what it takes in time and money, and how to get a place."""
    from qacli.improve.coaching.choosing import choices

    view = context.workspace.view()
    rows = [
        (
            each.id,
            each.title,
            each.source,
            each.minutes,
            each.cost,
            each.lead_days,
            each.model or "",
            " ".join(each.fits),
            each.method,
            each.book,
        )
        for each in choices(view, criterion)
    ]
    columns = ("option", "title", "source", "minutes", "cost", "lead_days", "model", "fits", "method", "book")
    if context.for_people:
        rows, columns = [(*row[:7], row[9]) for row in rows], (*columns[:7], columns[9])  # type: ignore[misc, assignment]
    context.show("catalogue", columns, rows)


@command(app, writes=True)
def book(
    context: Context, plan: PLAN, on: ON = "", words: Annotated[str, typer.Option(help="Where and when.")] = ""
) -> None:
    """Record that a place is booked."""
    from qacli.improve.coaching.stepping import book as act

    _take(context, plan, "booked", partial(act, plan=plan, on=_day(on), words=words))


@command(app, writes=True)
def step(
    context: Context,
    plan: PLAN,
    part: Annotated[str, typer.Argument(metavar="STEP", help="A step of its model: goal, reality, options, will.")],
    words: Annotated[str, typer.Option(help="What was said, best in the colleague's own words.")],
    on: ON = "",
) -> None:
    """Record what was said in one step of the coaching model, GROW or OSKAR, that a plan follows."""
    from qacli.improve.coaching.stepping import talk as act

    _take(context, plan, f"{part} recorded", partial(act, plan=plan, part=part, words=words, on=_day(on)))


@command(app, writes=True)
def done(
    context: Context, plan: PLAN, on: ON = "", words: Annotated[str, typer.Option(help="What was done.")] = ""
) -> None:
    """Record that the coaching took place."""
    from qacli.improve.coaching.stepping import done as act

    _take(context, plan, "done", partial(act, plan=plan, on=_day(on), words=words))


@command(app, writes=True, slow=True)
def effect(
    context: Context,
    plans: Annotated[list[str], typer.Argument(metavar="PLAN...", help="One or several plans that were done.")],
    to: Annotated[str, typer.Option(help="Last day looked at, if not that of the review; for more transactions.")] = "",
) -> None:
    """Record what coaching changed: before and after, beside what was to be expected without it and uncoached colleagues.

    Only transactions drawn by chance count, rated by evaluators who are on both sides or calibrated. Too few are refused.
    """
    from qacli.improve.coaching.effect import effect as act
    from qacli.improve.coaching.plan import CoachingEffect
    from qacli.improve.coaching.telling import effect_in_words

    for row in context.commit(partial(act, plan_ids=plans, to=_day(to))).rows:
        if isinstance(row, CoachingEffect):
            context.say(f"{row.plan}, {row.id or 'dry run'}:")
            for line in effect_in_words(row):
                context.say(f"  {line}")
            context.tell(f'next: qacli plan close {row.plan} --words "..."{as_before(context.workspace)}')


@command(app, writes=True)
def close(
    context: Context,
    plan: Annotated[
        str, typer.Argument(metavar="PLAN|ACTION", help="For example a_5f, or the id or name of an action.")
    ],
    words: Annotated[str, typer.Option(help="What came of it, and what was learnt, in your own words.")] = "",
    outcome: Annotated[Outcome | None, typer.Option(help="Left out: what its figures say.")] = None,
    on: ON = "",
) -> None:
    """Close a coaching plan or an action with what came of it. What its figures do not show is refused.

    A plan ends improved, worse or cannot tell, by its recorded effect; an action reached, missed or cannot tell, or dropped.
    """
    coaching = bool(COACHING.fullmatch(plan))
    known = OF_PLANS if coaching else OF_ACTIONS
    if outcome and outcome not in known:
        kind = "a coaching plan" if coaching else "an action"
        raise UsageError(
            f"{kind} does not end as {outcome}", help=f"one of: {', '.join(known)}, or leave --outcome out"
        )
    if not coaching:
        if on:
            raise UsageError("an action ends on the day on which it is closed", help="leave out --on")
        plan_actions.close(context, plan, words, outcome)
        return
    from qacli.improve.coaching.plan import CoachingEvent
    from qacli.improve.coaching.stepping import close as act

    for row in context.commit(partial(act, plan=plan, outcome=outcome or "", words=words, on=_day(on))).rows:
        if isinstance(row, CoachingEvent):
            context.say(f"{plan} closed: {row.outcome}{context.recorded_by}")


@command(app, writes=True)
def cancel(context: Context, plan: PLAN, words: Annotated[str, typer.Option(help="Why.")], on: ON = "") -> None:
    """Record that a plan will not happen, and why."""
    from qacli.improve.coaching.stepping import cancel as act

    _take(context, plan, "cancelled", partial(act, plan=plan, words=words, on=_day(on)))


def _take(context: Context, plan: str, said: str, act: partial[Change]) -> None:
    if context.commit(act).rows:
        context.say(f"{plan} {said}{context.recorded_by}")


def _day(text: str) -> date | None:
    return day(text) if text else None


@command(app, "list")
def list_(
    context: Context, for_: Annotated[str, typer.Option("--for", help="Only this colleague.", metavar="PERSON")] = ""
) -> None:
    """List plans: need, option, owner, dates, where each stands, and what it came to."""
    from qacli.improve.coaching.plan import plans

    view = context.workspace.view()
    refuse_stranger(view, for_)
    names = ("colleague", "need", "criterion", "option", "owner", "starts", "due", "review_on")
    rows = [
        (
            each.plan.id,
            *(getattr(each.plan, name) for name in names),
            each.status,
            each.overdue,
            each.effect.verdict if each.effect else "",
            each.outcome,
        )
        for each in plans(view, for_)
    ]
    context.show("plans", ("plan", *names, "status", "overdue", "effect", "outcome"), rows)
    plan_actions.tell_of_actions(context, view)


plan_actions.join(app)
