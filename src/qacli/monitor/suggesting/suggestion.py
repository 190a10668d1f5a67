"""Suggestions: the answers that rules and measures would give, each with where it comes from.

They are shown, never taken: what a person answers counts, and how often that differs is on record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from qacli.model import Row
from qacli.monitor.suggesting.matching import matcher
from qacli.monitor.suggesting.measures import Measured, Timed, in_words, measured
from qacli.prepare.scorecards.scale import plain

if TYPE_CHECKING:
    from qacli.prepare.scorecards.rule import Rule
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.scorecard import Scorecard


@dataclass(frozen=True, kw_only=True)
class Suggested(Row, table="suggestions", letter="sg", parent="observation", version=2):
    """What the evaluator was shown for one criterion before they answered, and from what it came.

    ``measured`` says what was measured and where it was read, for example: 75 s, from turn 1 to turn 2; empty for words.
    """

    observation: str
    criterion: str
    source: str  # rule, id@version
    answer: str
    turn: int | None
    measured: str = ""


class Suggestion(NamedTuple):
    """An answer to a criterion, from a rule (id@version), and the evidence for it: a turn, and its words or a measure.

    ``measure`` names what was measured; empty where words were read.
    """

    criterion: str
    answer: str
    source: str
    turn: int | None
    words: str
    measure: str = ""


class Spoken(Protocol):
    """A turn of a transcript."""

    @property
    def number(self) -> int: ...
    @property
    def seconds(self) -> int | None: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...


class Facts(NamedTuple):
    """What is known of a transaction besides its words. ``export`` has the measures that are columns of their own."""

    channel: str
    reason: str
    seconds: int | None
    export: Mapping[str, Measured] = MappingProxyType({})


def suggestions(
    card: Scorecard, scales: Mapping[str, Scale], rules: Sequence[Rule], turns: Sequence[Spoken], facts: Facts
) -> list[Suggestion]:
    """Return what is suggested for a card, in its order. An answer that the scale does not have is none.

    Without turns, rules say nothing: a transcript that is not there lacks no words.
    """
    criteria = card.criteria()
    mine = [rule for rule in rules if rule.concerns(facts.channel, facts.reason)]
    ids = {criterion.id for criterion in criteria}
    said = _by_words([rule for rule in mine if rule.any_of and rule.criterion in ids], turns)
    found = []
    for criterion in criteria:
        scale = scales[criterion.scale]
        timed = [rule for rule in mine if rule.measure and rule.criterion == criterion.id]
        every = [each for each in said if each.criterion == criterion.id]
        every += [each for rule in timed if (each := _by_measure(rule, scale, turns, facts))]
        found += [each for each in every if fits(each.answer, scale)]
    return found


def fits(answer: str, scale: Scale) -> bool:
    """Return whether an answer is one of a scale."""
    return bool(scale.read(answer)) if scale.range_ else answer in scale.keys().values()


def filled(criterion: str, suggested: Sequence[Suggestion]) -> Suggestion | None:
    """Return what was measured for a criterion, to be confirmed by a person; None where nothing was."""
    return next((each for each in suggested if each.criterion == criterion and each.measure), None)


def _by_words(rules: Sequence[Rule], turns: Sequence[Spoken]) -> list[Suggestion]:
    if not rules or not turns:
        return []
    texts = {turn.number: turn.text for turn in turns}
    found = []
    for hit in matcher(tuple(rules)).hits(turns):
        answer = hit.rule.missing if hit.turn is None else hit.rule.found
        if answer is None:
            continue
        words = "not said" if hit.turn is None else texts[hit.turn][hit.start : hit.end].replace("\n", " ")
        found.append(Suggestion(hit.rule.criterion, answer, hit.rule.reference, hit.turn, words))
    return found


def _by_measure(rule: Rule, scale: Scale, turns: Sequence[Spoken], facts: Facts) -> Suggestion | None:
    name = rule.measure or ""
    timed = [Timed(turn.number, turn.role, turn.seconds) for turn in turns]
    found = measured(name, timed, facts.seconds, facts.export)
    if found is None or rule.best_at is None:
        return None
    value = Decimal(str(found.value))
    if rule.worst_at is not None:
        answer: str | None = _in_proportion(value, rule.best_at, rule.worst_at, scale)
    else:
        answer = rule.found if value <= rule.best_at else rule.missing
    if answer is None:
        return None
    return Suggestion(rule.criterion, answer, rule.reference, found.turn, in_words(name, found), name)


def _in_proportion(value: Decimal, best_at: Decimal, worst_at: Decimal, scale: Scale) -> str:
    """Return the answer of a scale for a measure: the best up to ``best_at``, the worst from ``worst_at``."""
    share = min(max((worst_at - value) / (worst_at - best_at), Decimal(0)), Decimal(1))
    numbers = scale.range_
    if numbers is None:
        return scale.points[int((len(scale.points) - 1) * share)].point
    steps = ((numbers.to - numbers.from_) * share / numbers.step).to_integral_value(ROUND_DOWN)
    return plain(numbers.from_ + steps * numbers.step)
