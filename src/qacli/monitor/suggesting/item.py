"""What is suggested for one drawn item, by the rules in force on the day of its transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.files.schema import newest_in_force
from qacli.monitor.suggesting.measures import Measured
from qacli.monitor.suggesting.suggestion import Facts, Spoken, Suggestion, suggestions

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.monitor.sampling.draw import Item
    from qacli.prepare.scorecards.rule import Rule
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.scorecard import Scorecard


NOTHING: Mapping[str, Measured] = MappingProxyType({})


def rules_on(view: View, item: Item) -> Sequence[Rule]:
    """Return the rules in force on the day of an item, the newest version of each."""
    return sorted(newest_in_force(view.definitions("rule"), item.day), key=attrgetter("id"))


def suggested_for(
    view: View,
    item: Item,
    card: Scorecard,
    scales: Mapping[str, Scale],
    turns: Sequence[Spoken],
    export: Mapping[str, Measured] = NOTHING,
) -> list[Suggestion]:
    """Return what rules suggest for the criteria of an item's card, in order of the card.

    ``export`` has the measures of its transaction that are columns of the export.
    """
    facts = Facts(item.channel, item.reason, item.seconds, export)
    return suggestions(card, scales, rules_on(view, item), turns, facts)


def measures_on(view: View, item: Item, card: Scorecard) -> set[str]:
    """Return the measures by which rules fill in criteria of an item's card."""
    criteria = {criterion.id for criterion in card.criteria()}
    return {
        rule.measure
        for rule in rules_on(view, item)
        if rule.measure and rule.criterion in criteria and rule.concerns(item.channel, item.reason)
    }
