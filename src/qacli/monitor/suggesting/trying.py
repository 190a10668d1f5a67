"""Trying rules on what was drawn before anybody is shown what they suggest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.observing.observation import Observation, Rating
from qacli.monitor.sampling.draw import Item
from qacli.monitor.suggesting.item import suggested_for
from qacli.monitor.suggesting.measures import Measured
from qacli.monitor.suggesting.suggestion import Spoken, Suggestion

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.prepare.scorecards.rule import Rule
    from qacli.prepare.scorecards.scorecard import Scorecard


@dataclass
class Tried:
    """What one rule said of items: (item, suggestion) where it found its words or kept its bound, and where not.

    Of those that a person has ``judged``, ``agreed`` were answered as suggested.
    """

    rule: Rule
    found: list[tuple[str, Suggestion]] = field(default_factory=list)
    missing: list[tuple[str, Suggestion]] = field(default_factory=list)
    judged: int = 0
    agreed: int = 0

    @property
    def says_found(self) -> bool:
        """Whether the rule suggests anything where it finds its words or keeps its bound."""
        return self.rule.found is not None or self.rule.worst_at is not None

    def every(self) -> Iterator[tuple[str, Suggestion]]:
        """Yield what was found, then what was missing."""
        yield from self.found
        yield from self.missing


class Trial(NamedTuple):
    """Rules of one card over its items: how many items, with a transcript, scored; what each rule said."""

    items: int
    read: int
    scored: int
    rules: Sequence[Tried]


def items_of(view: View, card: Scorecard) -> list[Item]:
    """Return the items in force that any version of a card was drawn for."""
    return [item for item in view.current(Item) if item.scorecard.partition("@")[0] == card.id]


def tried(
    view: View,
    card: Scorecard,
    turns_of: Callable[[str], Sequence[Spoken]],
    export: Mapping[str, Mapping[str, Measured]] = MappingProxyType({}),
) -> Trial:
    """Return what the rules say of every item in force that any version of a card was drawn for.

    ``turns_of`` takes the id of a transaction, ``export`` has the measures of each that are columns of the export.
    An item is judged by its observation in force, the last if several.
    """
    criteria = {criterion.id for criterion in card.criteria()}
    rules = {rule.reference: Tried(rule) for rule in view.definitions("rule") if rule.criterion in criteria}
    scales = {criterion.scale: view.definition("scale", criterion.scale) for criterion in card.criteria()}
    items = items_of(view, card)
    answers = _answers(view)
    read = 0
    for item in items:
        turns = turns_of(item.transaction)
        read += bool(turns)
        for each in suggested_for(view, item, card, scales, turns, export.get(item.transaction, {})):
            mine = rules[each.source]
            found = each.answer == mine.rule.found or each.turn or mine.rule.worst_at is not None
            (mine.found if found else mine.missing).append((item.id, each))
            if given := answers.get((item.id, each.criterion)):
                mine.judged += 1
                mine.agreed += given == each.answer
    scored = {item for item, _ in answers}
    return Trial(len(items), read, sum(item.id in scored for item in items), list(rules.values()))


def _answers(view: View) -> dict[tuple[str, str], str]:
    """Return the answers in force by item and criterion."""
    items = {row.id: row.item for row in view.current(Observation)}
    return {
        (items[row.observation], row.criterion): row.answer for row in view.current(Rating) if row.observation in items
    }
