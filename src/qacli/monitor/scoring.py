"""Scoring: from answers to a score, under the policy that the scorecard declares. Computed, never typed.

score = sum(weight x value) / sum(weight of what applies), 0 to 100. A criterion that does not apply takes its
weight out (exclude), or counts in full, or as nothing; one that is not asked always takes it out. A bonus adds to the
sum and not to what it is divided by. Then come the effects of failed criticals and the limits of the card, see
``effects``. Sums are exact; rounding is for display.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from qacli.monitor.effects import effect_in_words, effects
from qacli.monitor.observation import CLASSES, NOT_APPLICABLE, NOT_ASKED
from qacli.monitor.weighting import NOTHING, decimal, stated, used
from qacli.prepare.conditions import asked
from qacli.prepare.scale import Scale
from qacli.prepare.scorecard import Criterion, Scorecard

HALF = Decimal(50)


class Line(NamedTuple):
    """One criterion in a score.

    ``value`` is 0 to 100, None where not applicable or not asked; ``met`` of a critical criterion says that it did not
    fail; ``applied`` is the weight after what does not apply is taken out, as a share of 100 (of a bonus: on top of
    100); ``points`` what it adds to the score; ``rule`` says what the policy did, where it did anything.
    """

    criterion: Criterion
    answer: str
    value: Decimal | None
    met: bool | None
    applied: Decimal
    points: Decimal
    rule: str = ""


class Part(NamedTuple):
    """One section in a score: its share of 100 after what does not apply is taken out, and what it adds to the score."""

    section: str
    applied: Decimal
    points: Decimal
    zeroed_by: Sequence[str]


class Score(NamedTuple):
    """A score of 100, None where nothing applied; the weight that applied; failed criticals by class; every line.

    ``steps`` are what changed the sum of the points, in order: in words, and the score after it.
    """

    score: Decimal | None
    applicable_weight: Decimal
    failed: Mapping[str, Sequence[str]]
    lines: Sequence[Line]
    parts: Sequence[Part] = ()
    steps: Sequence[tuple[str, Decimal]] = ()


class _Judged(NamedTuple):
    criterion: Criterion
    answer: str
    value: Decimal | None
    met: bool | None

    @property
    def failed_critical(self) -> bool:
        return self.criterion.critical != "none" and self.met is False


def score(card: Scorecard, scale_of: Callable[[str], Scale], answers: Mapping[str, str]) -> Score:
    """Return the score of a complete set of answers {criterion: point or na}.

    ``scale_of`` finds a scale by its reference. Criteria that these answers leave unasked need none. Raises KeyError
    for a criterion without an answer or a point that its scale does not have: check answers first.
    """
    open_ = {criterion.id for criterion in asked(card, answers)}
    judged = [
        _judged(card, criterion, scale_of(criterion.scale), answers[criterion.id])
        if criterion.id in open_
        else _Judged(criterion, NOT_ASKED, None, None)
        for criterion in card.criteria()
    ]
    failed = {
        kind: [each.criterion.id for each in judged if each.failed_critical and each.criterion.critical == kind]
        for kind in CLASSES
    }
    counting = {each.criterion.id for each in judged if _counts(card, each)}
    shares, weights = used(card, counting), stated(card)
    zeroed = _zeroed_sections(card, failed)
    points = {each.criterion.id: _points(card, each, shares, zeroed) for each in judged}
    reached = sum(points.values(), NOTHING)
    steps = list(effects(card.scoring, failed, reached)) if shares else []
    return Score(
        decimal(steps[-1].score if steps else reached) if shares else None,
        decimal(sum((weights[name] for name in counting), NOTHING)),
        MappingProxyType(failed),
        [_line(card, each, shares, points[each.criterion.id], zeroed) for each in judged],
        _parts(card, counting, shares, points, zeroed),
        [(step.words, decimal(step.score)) for step in steps],
    )


def _judged(card: Scorecard, criterion: Criterion, scale: Scale, answer: str) -> _Judged:
    if answer == NOT_APPLICABLE:
        return _Judged(criterion, answer, None, None)
    met = not fails(card, criterion, scale, answer) if criterion.critical != "none" else scale.meets(answer)
    return _Judged(criterion, answer, scale.value(answer), met)


def fails(card: Scorecard, criterion: Criterion, scale: Scale, answer: str) -> bool:
    """Return whether a point fails a critical criterion: by its own fails_on, else by critical_below of the card."""
    if criterion.fails_on:
        return answer in criterion.fails_on
    if card.scoring.critical_below == "half":
        return scale.value(answer) < HALF
    if card.scoring.critical_below == "best":
        return scale.value(answer) < scale.value(scale.top)
    return not scale.meets(answer)


def _counts(card: Scorecard, each: _Judged) -> bool:
    """Return whether a criterion is part of what a full score is made of."""
    if each.criterion.bonus or each.answer == NOT_ASKED:
        return False
    return each.answer != NOT_APPLICABLE or card.scoring.not_applicable != "exclude"


def _zeroed_sections(card: Scorecard, failed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the sections that a failed critical sets to 0, with the criteria that do it."""
    zeroed: dict[str, list[str]] = {}
    for kind in CLASSES:
        if card.scoring.critical.of(kind) == "zero_section":
            for name in failed[kind]:
                zeroed.setdefault(card.section_of(name).id, []).append(name)
    return zeroed


def _points(card: Scorecard, each: _Judged, shares: Mapping[str, Fraction], zeroed: Collection[str]) -> Fraction:
    """Return what one criterion adds to the score, unrounded."""
    if card.section_of(each.criterion.id).id in zeroed:
        return NOTHING
    if each.value is None:
        full = card.scoring.not_applicable == "full" and _counts(card, each)
        return shares.get(each.criterion.id, NOTHING) * full
    return shares.get(each.criterion.id, NOTHING) * Fraction(each.value) / 100


def _line(
    card: Scorecard,
    each: _Judged,
    shares: Mapping[str, Fraction],
    points: Fraction,
    zeroed: Mapping[str, Sequence[str]],
) -> Line:
    applied = shares.get(each.criterion.id, NOTHING) if each.value is not None or _counts(card, each) else 0
    rules = [rule for rule in (_own_rule(card, each), _section_rule(card, each, zeroed)) if rule]
    return Line(*each, decimal(Fraction(applied)), decimal(points), "; ".join(rules))


def _own_rule(card: Scorecard, each: _Judged) -> str:
    """Return what the policy did with one answer; empty where it did nothing."""
    criterion = each.criterion
    if each.answer == NOT_ASKED:
        return criterion.only_if.in_words() if criterion.only_if else ""
    if criterion.bonus:
        return "bonus: adds to the sum only"
    if each.value is None and criterion.weight:
        return {
            "exclude": "not applicable: its weight is shared among the others",
            "full": "not applicable: counts in full",
            "zero": "not applicable: counts as nothing",
        }[card.scoring.not_applicable]
    if each.failed_critical:
        return f"failed {criterion.critical}-critical: {effect_in_words(card.scoring.critical.of(criterion.critical))}"
    return ""


def _section_rule(card: Scorecard, each: _Judged, zeroed: Mapping[str, Sequence[str]]) -> str:
    names = zeroed.get(card.section_of(each.criterion.id).id, ())
    if not names or each.criterion.id in names or not each.criterion.weight:
        return ""
    return f"its section is set to 0 by {', '.join(names)}"


def _parts(
    card: Scorecard,
    counting: Collection[str],
    shares: Mapping[str, Fraction],
    points: Mapping[str, Fraction],
    zeroed: Mapping[str, Sequence[str]],
) -> list[Part]:
    return [
        Part(
            section.id,
            decimal(sum((shares[each.id] for each in section.criteria if each.id in counting and shares), NOTHING)),
            decimal(sum((points[each.id] for each in section.criteria), NOTHING)),
            zeroed.get(section.id, ()),
        )
        for section in card.sections
    ]
