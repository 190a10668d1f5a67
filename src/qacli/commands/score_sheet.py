"""The sheet that is filled for an item, with all that is shown beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.commands.items import opted_out, transcript_of

if TYPE_CHECKING:
    from qacli.commands.context import Context
    from qacli.model import View
    from qacli.monitor.observing.sheet import Sheet
    from qacli.monitor.sampling.draw import Item


def sheet_of(context: Context, view: View, item: Item, correct: str | None) -> Sheet:
    """Return the empty sheet of an item, with all that is shown beside it. Raises whatever keeps the actor from scoring."""
    from qacli.commands.score_measured import suggested
    from qacli.monitor.observing.evaluation import card_of, notes_of, refuse_twice, scales_of
    from qacli.monitor.observing.observable import refuse_unobservable
    from qacli.monitor.observing.perceived import refuse_unperceived
    from qacli.monitor.observing.readiness import refuse_unready
    from qacli.monitor.observing.sheet import Sheet
    from qacli.workspace.evidence import opinions_of

    refuse_unobservable(view, item, opted_out(context, [item.id]))
    refuse_twice(view, item, correct)
    card = card_of(view, item)
    refuse_unperceived(view, item, card)
    refuse_unready(view, [(item, card)])
    scales, turns = scales_of(view, card), transcript_of(context, item)
    said = suggested(context, view, item, card, turns)
    return Sheet(card, scales, turns=turns, notes=notes_of(view, item), suggested=said, opinions=opinions_of(view))
