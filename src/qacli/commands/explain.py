"""``qacli explain``: the arithmetic of one score, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.model import View

app = new_app("Show how a score came about, line by line.")


def refuse_item(view: View, id_: str) -> None:
    """Raise UsageError where an id is that of an item, and say which observation is meant or how to make one."""
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.sampling.draw import Item

    if id_ in {item.id for item in view.current(Item)}:
        made = [row.id for row in view.current(Observation) if row.item == id_]
        commands = [f"qacli explain {each}" for each in made]
        raise UsageError(
            f"{id_} is an item; {'its score is' if made else 'it has no score yet, and a score is'} of an observation",
            help=", ".join(commands) if made else f"score it: qacli score {id_}",
        )


@command(app)
def explain(
    context: Context, observation: Annotated[str, typer.Argument(metavar="OBSERVATION", help="For example o_4p.")]
) -> int:
    """Compute a score again from its ratings under its own scorecard version, and show every step."""
    from qacli.monitor.observing.evaluation import scales_of
    from qacli.monitor.observing.observation import Observation, Rating
    from qacli.monitor.scoring.explaining import parts_in_words, policy_in_words
    from qacli.monitor.scoring.score import score
    from qacli.monitor.scoring.telling import sum_in_words, told

    view = context.workspace.view()
    refuse_item(view, observation)
    found = view.one(Observation, observation)
    ratings = [row for row in view.current(Rating) if row.observation == found.id]
    card = view.definition("scorecard", found.scorecard)
    again = score(card, scales_of(view, card).__getitem__, {row.criterion: row.answer for row in ratings})
    rows = [
        (line.criterion.id, line.answer, line.value, line.criterion.weight, line.applied, line.points, line.rule)
        for line in again.lines
    ]
    context.show("explain", ("criterion", "answer", "value", "weight", "weight used", "points", "rule"), rows)
    for line in policy_in_words(card):
        context.tell(line)
    for line in parts_in_words(card, again):
        context.tell(line)
    if again.score is not None:
        context.tell(sum_in_words([line.points for line in again.lines if line.points], again.steps))
    context.tell(told(card, found, ratings))
    if again.score != found.score:
        context.tell(f"the record says {found.score}: run qacli ledger verify")
        return 1
    return 0
