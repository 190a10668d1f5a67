"""``qacli summarise``: scores by colleague, team, channel, reason or criterion, with n and interval."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import days

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
    "verdict",
    "customer",
    "business",
    "compliance",
    "not_applicable",
    "colleagues_failed",
    "colleagues",
    "note",
)
"""The columns that fit a terminal; CSV and JSON hold all."""
By = Literal["colleague", "team", "channel", "reason", "criterion", "deviation", "rule", "evaluators", "desk"]


@command(app, slow=True)
def summarise(
    context: Context,
    by: Annotated[
        By,
        typer.Argument(
            metavar="BY", help="colleague, team, channel, reason, criterion, deviation, rule, evaluators or desk."
        ),
    ],
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions: 2026-05-04.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
    purpose: Annotated[Literal["routine", "spot", "all"], typer.Option(help="Which samples count.")] = "routine",
    channel: Annotated[str, typer.Option(help="Only this channel.")] = "",
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    colleague: Annotated[str, typer.Option(help="Only this colleague.", metavar="PERSON")] = "",
) -> None:
    """Summarise what was observed. Every figure comes with its n; too few is said; nobody is ranked."""
    from qacli.understand.facts import Selection
    from qacli.understand.summaries import in_percent, summarised

    asked = Selection(*days(from_, to), purpose, channel, team, colleague)
    found = in_percent(summarised(context.workspace.view(), by, asked))
    columns = list(found.frame.columns)
    if context.for_people:  # what is undefined throughout, or the same for all, goes below the table
        columns = [name for name in columns if name in BRIEF]
    context.show(
        found.schema.removeprefix("qacli.").removesuffix("/1"),
        columns,
        found.frame[columns].values.tolist(),
        found.title,
        {"statement": found.statement, "notes": list(found.notes)},
    )
    for note in (found.statement, *found.notes):
        context.tell(note)
