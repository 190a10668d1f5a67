"""What the commands share that work on an item: who opted out, adjustments, its transcript, what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qacli.commands.context import Context
    from qacli.monitor.sampling.draw import Item


def opted_out(context: Context, items: Sequence[str]) -> set[str]:
    """Return the transactions among some items whose customers have opted out since they were drawn."""
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace import populations

    named = {item.transaction for item in context.workspace.view().current(Item, id=items)}
    return populations.opted_out(context.workspace, named)


def adjusted(context: Context, items: Collection[str]) -> list[str]:
    """Return what is done differently for the colleagues of some items, for the evaluator to go by."""
    from qacli.monitor.sampling.draw import Item
    from qacli.prepare.notices.adjustment import adjustments_of

    view = context.workspace.view()
    named = view.current(Item, id=items)
    found = [(item.colleague, row) for item in named for row in adjustments_of(view, item.colleague, item.day)]
    return list(dict.fromkeys(f"adjustment for {colleague}: {row.needs}" for colleague, row in found))


def transcript_of(context: Context, item: Item) -> Sequence[Any]:
    """Return the turns of an item's transcript; none where no source names transcripts or there is no file."""
    from qacli.workspace.conversations import transcripts_of

    transcripts = transcripts_of(context.workspace)
    found = transcripts.read(item.transaction) if transcripts else None
    return found.turns if found else ()


def told_of(context: Context, rows: Sequence[Any]) -> list[str]:
    """Return what was recorded, in one line per observation."""
    from qacli.monitor.observing.observation import Observation, Rating
    from qacli.monitor.scoring.telling import told

    view = context.workspace.view()
    lines = []
    for observation in rows:
        if isinstance(observation, Observation):
            ratings = [row for row in rows if isinstance(row, Rating) and row.observation == observation.id]
            lines.append(told(view.definition("scorecard", observation.scorecard), observation, ratings))
    return lines
