"""``qacli dispute``: contest a score criterion by criterion; another decides, and both versions are kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import days, refuse_stranger
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import Row, View, Words
    from qacli.monitor.disputing.dispute import Standing
    from qacli.monitor.observing.observation import Observation

app = new_app("Contest a score, criterion by criterion; another decides, both versions are kept.")
Outcome = Literal["upheld", "partly", "rejected"]
By = Literal["evaluator", "criterion"]
DISPUTE = Annotated[str, typer.Argument(metavar="DISPUTE", help="Id of a dispute, for example x_5e.")]


@command(app, "raise", writes=True)
def raise_(
    context: Context,
    observation: Annotated[str, typer.Argument(metavar="OBSERVATION", help="For example o_4p.")],
    criterion: Annotated[
        list[str],
        typer.Option(help="What was judged wrongly, with the answer it deserves: ph-idv=met; may be repeated."),
    ],
    words: Annotated[str, typer.Option(help="Why, in the colleague's own words.")],
    late: Annotated[
        str,
        typer.Option(help="Let in by an authority, for the colleague, also after the window: why.", metavar="REASON"),
    ] = "",
) -> None:
    """Contest criteria of an observation of your own work. Somebody other than the evaluator decides."""
    from qacli.improve.feedback import told_on
    from qacli.monitor.disputing.dispute import Dispute
    from qacli.monitor.disputing.raising import raise_dispute

    outcome = context.commit(
        partial(
            raise_dispute,
            observation=observation,
            criteria=_answers(criterion),
            words=words,
            told_on=told_on,
            late=late,
        )
    )
    for row in outcome.rows:
        if isinstance(row, Dispute):
            context.say(f"{row.id} raised on {observation}; to be decided by {row.decide_by}{context.recorded_by}")


def _answers(given: Sequence[str]) -> dict[str, str]:
    """Return criteria with the answers that stand behind a sign of equality. Raises UsageError for one named twice."""
    found: dict[str, str] = {}
    for part in given:
        name, _, answer = (piece.strip() for piece in part.partition("="))
        if name in found:
            raise UsageError(f"{name} is named twice", help="name each criterion once: --criterion ph-idv=met")
        found[name] = answer
    return found


@command(app, writes=True)
def decide(
    context: Context,
    dispute: DISPUTE,
    outcome: Annotated[Outcome, typer.Option(help="upheld: the colleague is right in all; partly; rejected.")],
    words: Annotated[str, typer.Option(help="What the decision rests on: what was seen or heard.")],
    answer: Annotated[
        list[str] | None, typer.Option(help="What a criterion deserves: ph-idv=met; may be repeated.")
    ] = None,
) -> None:
    """Decide a dispute. Neither the evaluator nor the colleague may; a changed score takes the place of the old one."""
    from qacli.monitor.disputing.deciding import decide as act
    from qacli.monitor.disputing.dispute import DisputeChange, DisputeDecision
    from qacli.monitor.observing.observation import Observation

    answers = _answers(answer or [])
    if bare := [name for name, value in answers.items() if not value]:
        raise UsageError(f"{', '.join(bare)}: no answer", help="write the answer behind it: --answer ph-idv=met")
    done = context.commit(partial(act, dispute=dispute, outcome=outcome, words=words, answers=answers))
    changes = ", ".join(
        f"{row.criterion} {row.old} to {row.new}" for row in done.rows if isinstance(row, DisputeChange)
    )
    for row in done.rows:
        if isinstance(row, DisputeDecision):
            context.say(
                f"{dispute} {row.outcome}{': ' + changes if changes else ': nothing changes'}{context.recorded_by}"
            )
        if isinstance(row, Observation):
            context.say(f"in its place {_score(context.workspace.view(), row, done.rows)}")


def _score(view: View, found: Observation, rows: Sequence[Row]) -> str:
    """Return an observation in one sentence; its ratings are among the rows."""
    from qacli.monitor.observing.observation import Rating
    from qacli.monitor.scoring.telling import told

    ratings = [row for row in rows if isinstance(row, Rating) and row.observation == found.id]
    return told(view.look_up("scorecard", found.scorecard), found, ratings)


@command(app, writes=True)
def withdraw(context: Context, dispute: DISPUTE) -> None:
    """Take a dispute of your own back; within the window the same may be contested again."""
    from qacli.monitor.disputing.raising import withdraw as act

    if context.commit(partial(act, dispute=dispute)).rows:
        context.say(f"{dispute} withdrawn{context.recorded_by}")


@command(app, "list")
def list_(
    context: Context,
    for_: Annotated[str, typer.Option("--for", help="Only of this colleague or evaluator.", metavar="PERSON")] = "",
    open_: Annotated[bool, typer.Option("--open", help="Only those still to be decided.")] = False,
) -> None:
    """List the disputes: who contests what, until when it is decided, and what became of it."""
    from qacli.monitor.disputing.dispute import disputes

    view = context.workspace.view()
    refuse_stranger(view, for_)
    rows = [
        (
            each.dispute.id,
            each.observation.id,
            each.dispute.colleague,
            each.observation.by,
            " ".join(point.criterion for point in each.points),
            each.dispute.at,
            each.dispute.decide_by,
            "overdue" if not each.decision and each.dispute.decide_by < view.now.date() else each.state,
            each.decision.by if each.decision else None,
        )
        for each in disputes(view)
        if for_ in {"", each.dispute.colleague, each.observation.by} and not (open_ and each.decision)
    ]
    columns = ("dispute", "observation", "colleague", "evaluator", "criteria", "raised", "decide by", "state", "by")
    context.show("disputes", columns, rows)


@command(app)
def show(context: Context, dispute: DISPUTE) -> None:
    """Show a dispute with both versions: what was given, what was asked for, what was decided, and the words of both."""
    from qacli.monitor.disputing.dispute import dispute_of

    view = context.workspace.view()
    found = dispute_of(view, dispute)
    decided = {change.criterion: change.new for change in found.changes}
    rows = [
        (
            point.criterion,
            point.answer,
            point.proposed or None,
            decided.get(point.criterion, point.answer) if found.decision else None,
            str(_evidence(view, found, point.criterion)) or None,
        )
        for point in found.points
    ]
    columns = ("criterion", "given", "asked for", "decided", "evidence when it was scored")
    context.show("dispute", columns, rows, title=f"{dispute}: {found.state}")
    for line in _story(view, found):
        context.tell(line)


def _evidence(view: View, found: Standing, criterion: str) -> Words | str:
    from qacli.monitor.observing.observation import Rating

    rows = view.rows(Rating, observation=found.observation.id, criterion=criterion)
    return rows[0].evidence if rows else ""


def _story(view: View, found: Standing) -> list[str]:
    from qacli.monitor.observing.observation import Observation, Rating

    case, decision = found.dispute, found.decision
    ratings = view.rows(Rating, observation={case.observation, *([decision.observation] if decision else [])})
    lines = [
        f"scored by {found.observation.by}: {_score(view, found.observation, ratings)}",
        f"{case.colleague}: {case.claim}",
        *([f"let in late by {case.by}: {case.late}"] if case.late else []),
    ]
    if not decision:
        return [*lines, f"to be decided by {case.decide_by}"]
    if decision.reason:
        lines.append(f"{decision.by}: {decision.reason}")
    new = next(iter(view.rows(Observation, id=decision.observation)), None)
    return [*lines, f"in its place {_score(view, new, ratings)}"] if new else lines


@command(app)
def report(
    context: Context,
    by: Annotated[By, typer.Option(help="What the rates are told by.")] = "evaluator",
    from_: Annotated[
        str, typer.Option("--from", help="First day on which a dispute was raised; else of this quarter.")
    ] = "",
    to: Annotated[str, typer.Option(help="Last day.")] = "",
) -> None:
    """Report how often what was contested was judged otherwise in the end, by evaluator or by criterion."""
    from qacli.monitor.disputing.overturn import overturned
    from qacli.prepare.period import Period, period_of

    view = context.workspace.view()
    first, last = days(from_, to)
    quarter = period_of("quarter", view.now.date())
    start = first or quarter.first
    period = Period("", start, last or max(quarter.last, start))
    rows = [
        (*each[:6], *(None if value is None else 100 * value for value in each.share[:3]), each.days, each.verdict)
        for each in overturned(view, by, period.first, period.last)
    ]
    columns = (by, "rated", "contested", "open", "decided", "changed", "% overturned", "low", "high", "days", "verdict")
    context.show("dispute-report", columns, rows, title=f"Disputes raised {period.describe()}")
    confidence = view.settings.thresholds.confidence
    context.tell(
        f"rated and contested count criteria; % overturned is changed of decided, low and high Wilson's {confidence} % "
        "interval; days is the median from raising to deciding; withdrawn disputes count nowhere"
    )
