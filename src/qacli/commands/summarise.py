"""``qacli summarise``: scores by colleague, team, channel, reason or criterion, with n and interval."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import days
from qacli.commands.sparkline import is_watched, with_bars
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.understand.facts import Selection
    from qacli.understand.summary import Summary

app = new_app("Summarise scores by colleague, team, channel or criterion.")
BRIEF = (
    "colleague",
    "evaluator",
    "team",
    "channel",
    "reason",
    "criterion",
    "desk",
    "scorecard",
    "degree",
    "rule",
    "kind",
    "answer",
    "n",
    "deviations",
    "overruled",
    "failed",
    "raw",
    "adjusted",
    "adjusted_low",
    "adjusted_high",
    "percent",
    "mean",
    "low",
    "high",
    "minimum",
    "maximum",
    "adjusted",
    "shrunk",
    "rank",
    "verdict",
    "customer",
    "business",
    "compliance",
    "not_applicable",
    "colleagues_failed",
    "colleagues",
    "phase",
    "faults_percent",
    "so_far_percent",
    "controllable",
    "causes",
    "channels",
    "handled",
    "expected",
    "spread",
    "note",
)
"""The columns that fit a terminal; CSV and JSON hold all."""
COMPARING = ("adjusted", "adjusted_low", "adjusted_high", "shrunk", "rank")
"""Those of them that a terminal shows only where anything of them is known."""
BARS = {"qacli.summary-fault/1": "faults_percent", "qacli.summary-criterion/1": "percent"}
"""The column that is drawn as bars on a terminal, by the schema of a summary."""
BAR_WIDTH = 16
By = Literal[
    "colleague",
    "team",
    "channel",
    "reason",
    "criterion",
    "deviation",
    "fault",
    "rule",
    "evaluators",
    "desk",
    "trend",
    "coverage",
]
Of = Literal["desk", "team", "channel", "colleague", "criterion"]
Every = Literal["week", "month", "quarter"]


@command(app, slow=True)
def summarise(
    context: Context,
    by: Annotated[
        By,
        typer.Argument(
            metavar="BY",
            help="colleague, team, channel, reason, criterion, deviation, fault, rule, evaluators, desk, trend or coverage.",
        ),
    ],
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions: 2026-05-04.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
    purpose: Annotated[
        Literal["routine", "spot", "all"] | None,
        typer.Option(help="Which samples count; else routine, and all for coverage."),
    ] = None,
    channel: Annotated[str, typer.Option(help="Only this channel.")] = "",
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    colleague: Annotated[str, typer.Option(help="Only this colleague.", metavar="PERSON")] = "",
    of: Annotated[Of | None, typer.Option(help="trend: whose course; else desk.")] = None,
    every: Annotated[Every | None, typer.Option(help="trend: how long a period is; else week.")] = None,
    split: Annotated[
        list[str] | None, typer.Option(help="trend: day of a declared change, limits begin anew; may be repeated.")
    ] = None,
    since: Annotated[str, typer.Option(help="criterion: before and since this day, for example of a release.")] = "",
    until: Annotated[str, typer.Option(help="criterion: with --since, the last day of it; after it apart.")] = "",
) -> None:
    """Summarise what was observed. Every figure comes with its n; too few is said; a rank only where it holds."""
    from qacli.understand.facts import Selection
    from qacli.understand.summaries import summarised

    samples = purpose or ("all" if by == "coverage" else "routine")
    asked = Selection(*days(from_, to), samples, channel, team, colleague)
    if by == "trend":
        from qacli.commands.summarise_trend import show_trend

        show_trend(context, asked, of or "desk", every or "week", split or ())
        return
    if since or until:
        _show_change(context, by, asked, since, until)
        return
    if of or every or split:
        raise UsageError(
            f"--of, --every and --split shape a trend, not {by}", help="qacli summarise trend --of criterion"
        )
    if by == "coverage":
        _show(context, _coverage(context, asked))
        return
    _show(context, summarised(context.workspace.view(), by, asked))


def _show_change(context: Context, by: str, asked: Selection, since: str, until: str) -> None:
    """Show criteria before, during and after some days. Raises UsageError."""
    from qacli.understand.facts import refuse_unknown
    from qacli.understand.patterns.changes import by_change

    if by != "criterion" or not since:
        wrong = f"--since and --until are of criteria, not of {by}" if since else "--until without --since"
        raise UsageError(wrong, help="qacli summarise criterion --since 2026-05-05")
    view = context.workspace.view()
    refuse_unknown(view, asked)
    first, last = days(since, until)
    _show(context, by_change(view, asked, first or date.min, last))


def _coverage(context: Context, asked: Selection) -> Summary:
    """Return who was observed how often, beside what they handled where transactions are connected."""
    from qacli.understand.facts import refuse_unknown
    from qacli.understand.patterns.coverage import by_coverage, population_of
    from qacli.workspace.populations import NoSource, open_transactions

    view = context.workspace.view()
    refuse_unknown(view, asked)
    try:
        with open_transactions(context.workspace) as opened:
            known, first, last = population_of(view, asked, opened.population, opened.source)
    except NoSource:
        return by_coverage(view, asked)
    return by_coverage(view, asked, known, (first, last))


def _show(context: Context, summary: Summary) -> None:
    """Show a summary as a table, and tell its sentence and notes."""
    from qacli.understand.summaries import in_percent

    found = in_percent(summary)
    columns = list(found.frame.columns)
    if context.for_people:  # what is undefined throughout, or the same for all, goes below the table
        known = found.frame.notna().any()
        columns = [name for name in columns if name in BRIEF and (name not in COMPARING or known[name])]
    rows = found.frame[columns].values.tolist()
    if is_watched(context):
        columns, rows = with_bars(columns, rows, BARS.get(found.schema, ""), BAR_WIDTH)
    context.show(
        found.schema.removeprefix("qacli.").removesuffix("/1"),
        columns,
        rows,
        found.title,
        {"statement": found.statement, "notes": list(found.notes)},
    )
    for note in (found.statement, *found.notes):
        context.tell(note)
