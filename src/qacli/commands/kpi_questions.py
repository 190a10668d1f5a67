"""``qacli kpi question``, ``answer``, ``close`` and ``questions``: the log of what figures made people ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import refuse_stranger

if TYPE_CHECKING:
    from qacli.understand.kpis.questions import Standing

QUESTION = Annotated[str, typer.Argument(metavar="QUESTION", help="Id of a question, for example kq_4k.")]
COLUMNS = ("question", "asked", "raised from", "owner", "on", "days", "answers", "answer", "data", "closed by", "state")


def join(app: typer.Typer) -> None:
    """Add the commands to ``qacli kpi``."""
    command(app, "question", writes=True)(question)
    command(app, "answer", writes=True)(answer)
    command(app, "close", writes=True)(close)
    command(app, "questions")(questions)


def question(
    context: Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help='The question: "why did chat FCR fall?"')],
    kpi: Annotated[str, typer.Option(help="Id of the KPI that it is about.")] = "",
    raised_from: Annotated[
        str, typer.Option("--from", help="What raised it: a figure kv_4k, a chart, a finding w_5c, a meeting.")
    ] = "",
    owner: Annotated[str, typer.Option("--for", help="Who is to find out; else yourself.", metavar="PERSON")] = "",
) -> None:
    """Raise a question that figures leave open. It stays due for its owner until it is closed."""
    from qacli.understand.kpis.questions import KpiQuestion, ask, due_by, standings

    refuse_stranger(context.workspace.view(), owner)
    outcome = context.commit(partial(ask, question=text, kpi=kpi, raised_from=raised_from, owner=owner))
    if outcome.seq is not None:
        view = context.workspace.view()
        due = next(due_by(view, each) for each in standings(view) if each.question.id == outcome.first)
        row = outcome.rows[0]
        assert isinstance(row, KpiQuestion)
        context.say(
            f"{outcome.first} raised for {row.owner}, to be answered by {due}: qacli kpi answer {outcome.first}"
        )


def answer(
    context: Context,
    question: QUESTION,
    data: Annotated[str, typer.Option(help="What was looked at: kpi drill fcr, week 20 against 19.")] = "",
    words: Annotated[str, typer.Option(help="What was found.")] = "",
    close: Annotated[bool, typer.Option("--close", help="It answers the question: close it.")] = False,
) -> None:
    """Record what was looked at and what was found; with --close the question is settled."""
    from qacli.understand.kpis.questions import answer as act

    outcome = context.commit(partial(act, question=question, data=data, words=words, close=close))
    if outcome.rows:
        more = "and closed" if close else f"still open; settle it: qacli kpi close {question}"
        context.say(f"{outcome.first}: {question} answered, {more}")


def close(
    context: Context,
    question: QUESTION,
    words: Annotated[str, typer.Option(help="The answer in its last words; else as it was given.")] = "",
) -> None:
    """Close a question that has been answered."""
    from qacli.understand.kpis.questions import close as act

    outcome = context.commit(partial(act, question=question, words=words))
    if outcome.rows:
        context.say(f"{question} closed by {context.workspace.actor}{context.recorded_by}")


def questions(
    context: Context,
    open_: Annotated[bool, typer.Option("--open", help="Only those that are open.")] = False,
    kpi: Annotated[str, typer.Option(help="Only of this KPI.")] = "",
) -> None:
    """List the questions: from what they were raised, what was looked at, the answer, who closed them, their age."""
    from qacli.understand.kpis.questions import due_by, standings

    view = context.workspace.view()
    found = [each for each in standings(view) if kpi in {"", each.question.kpi}]
    today = view.now.date()
    rows = [
        _row(each, "overdue" if due_by(view, each) < today else "open")
        for each in found
        if not (open_ and each.closed_on)
    ]
    context.show("kpi-questions", COLUMNS, rows)


def _row(each: Standing, state: str) -> tuple[object, ...]:
    last = each.answers[-1] if each.answers else None
    asked = each.question
    return (
        asked.id,
        asked.question,
        " ".join(filter(None, (asked.kpi, asked.raised_from))) or None,
        asked.owner,
        each.asked_on,
        each.age,
        len(each.answers),
        last.answer if last else None,
        last.data_used if last else None,
        each.closed_by or None,
        "closed" if each.closed_on else state,
    )
