"""What the system measured, for forms: shown before a person answers, confirmed in a filled form by one word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qacli.model import Refusal

if TYPE_CHECKING:
    from qacli.commands.context import Context
    from qacli.model import View
    from qacli.monitor.observing.answers import Answer
    from qacli.monitor.observing.evaluation import Form
    from qacli.monitor.sampling.draw import Item
    from qacli.monitor.suggesting.suggestion import Suggestion
    from qacli.prepare.scorecards.scorecard import Scorecard


def suggested(context: Context, view: View, item: Item, card: Scorecard, turns: Sequence[Any]) -> list[Suggestion]:
    """Return what rules suggest for an item, measures of the export among it; what the export lacks is told."""
    from qacli.monitor.observing.evaluation import scales_of
    from qacli.monitor.suggesting.item import measures_on, suggested_for
    from qacli.workspace.measured import exported

    found = exported(context.workspace, measures_on(view, item, card), [item.transaction])
    return suggested_for(view, item, card, scales_of(view, card), turns, found.get(item.transaction, {}))


def measured(context: Context, view: View, item: Item, card: Scorecard) -> list[Suggestion]:
    """Return what was measured for the criteria of an item's card; its transcript is read only where a rule needs it."""
    from qacli.commands.items import transcript_of
    from qacli.monitor.suggesting.item import measures_on

    if not measures_on(view, item, card):
        return []
    return [each for each in suggested(context, view, item, card, transcript_of(context, item)) if each.measure]


def confirmed(context: Context, view: View, forms: Sequence[Form], gone: Collection[str]) -> list[Form]:
    """Return filled forms with what was measured for their items; nothing is read of what may not be observed.

    ``gone`` are transactions whose customers have opted out.
    """
    from qacli.monitor.observing.evaluation import card_of
    from qacli.monitor.observing.observable import refuse_unobservable
    from qacli.monitor.sampling.draw import Item

    items = {row.id: row for row in view.current(Item)}
    found = []
    for form in forms:
        try:
            item = items[form.item]
            refuse_unobservable(view, item, gone)
            said = measured(context, view, item, card_of(view, item))
        except (KeyError, Refusal):  # the act refuses it, in its order
            said = []
        found.append(form._replace(answers=taken(form.answers, said), suggested=said))
    return found


def taken(answers: Mapping[str, Answer], said: Sequence[Suggestion]) -> dict[str, Answer]:
    """Return answers with what was measured in place of the word that confirms it, and where it was read as evidence."""
    from qacli.monitor.observing.answers import MEASURED
    from qacli.monitor.suggesting.suggestion import filled

    found = dict(answers)
    for name, answer in answers.items():
        each = filled(name, said) if answer.answer == MEASURED else None
        if each:
            found[name] = answer._replace(answer=each.answer, evidence=answer.evidence or each.words)
    return found
