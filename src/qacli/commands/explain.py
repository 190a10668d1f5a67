"""``qacli explain``: the arithmetic of one score, line by line."""

from __future__ import annotations

from typing import Annotated

import typer

from qacli.commands.context import Context, command, new_app

app = new_app("Show how a score came about, line by line.")


@command(app)
def explain(
    context: Context, observation: Annotated[str, typer.Argument(metavar="OBSERVATION", help="For example o_4p.")]
) -> int:
    """Compute a score again from its ratings under its own scorecard version, and show every step."""
    from qacli.monitor.evaluation import scales_of
    from qacli.monitor.observation import Observation, Rating
    from qacli.monitor.scoring import score
    from qacli.monitor.telling import sum_in_words, told

    view = context.workspace.view()
    found = view.one(Observation, observation)
    ratings = [row for row in view.current(Rating) if row.observation == found.id]
    card = view.definition("scorecard", found.scorecard)
    again = score(card, scales_of(view, card).__getitem__, {row.criterion: row.answer for row in ratings})
    rows = [
        (line.criterion.id, line.answer, line.value, line.criterion.weight, line.applied, line.points, line.rule)
        for line in again.lines
    ]
    context.show("explain", ("criterion", "answer", "value", "weight", "weight used", "points", "rule"), rows)
    context.tell(
        f"N/A policy of {card.reference}: {card.scoring.not_applicable}; weight used is the share of what applied; "
        "points = weight used x value / 100"
    )
    if again.score is not None:
        context.tell(sum_in_words([line.points for line in again.lines if line.points], again.zeroed_by))
    context.tell(told(card, found, ratings))
    if again.score != found.score:
        context.tell(f"the record says {found.score}: run qacli ledger verify")
        return 1
    return 0
