"""Scoring: from answers to a score, under the policy that the scorecard declares. Computed, never typed.

score = sum(weight x value) / sum(weight of what applies), 0 to 100. A criterion that does not apply takes its
weight out (exclude), or counts in full, or as nothing; one that is not asked always takes it out. A bonus adds to the
sum and not to what it is divided by. Then come the effects of failed criticals and the limits of the card, see
``effects``. Sums are exact; rounding is for display.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from qacli.monitor.observing.observation import CLASSES, NOT_APPLICABLE, NOT_ASKED
from qacli.monitor.scoring.effects import effect_in_words, effects
from qacli.monitor.scoring.weighting import NOTHING, decimal, stated, used
from qacli.prepare.scorecards.conditions import asked
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard, Section

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
    section: str
    criterion: Criterion
    answer: str
    value: Decimal | None = None
    met: bool | None = None

    @property
    def failed_critical(self) -> bool:
        return self.criterion.critical != "none" and self.met is False


class _Sum(NamedTuple):
    """What the lines of a score are made of: shares of 100 and points by criterion, and the sections set to 0."""

    shares: Mapping[str, Fraction]
    points: Mapping[str, Fraction]
    zeroed: Mapping[str, Sequence[str]]


def score(card: Scorecard, scale_of: Callable[[str], Scale], answers: Mapping[str, str]) -> Score:
    """Return the score of a complete set of answers {criterion: point or na}.

    ``scale_of`` finds a scale by its reference. Criteria that these answers leave unasked need none. Raises KeyError
    for a criterion without an answer or a point that its scale does not have: check answers first.
    """
    judged = list(_judged(card, scale_of, answers))
    failed = {
        kind: [each.criterion.id for each in judged if each.failed_critical and each.criterion.critical == kind]
        for kind in CLASSES
    }
    counting = {each.criterion.id for each in judged if _counts(card, each)}
    shares, zeroed = used(card, counting), _zeroed_sections(card, failed)
    points = {each.criterion.id: _points(card, each, shares, zeroed) for each in judged}
    reached = sum(points.values(), NOTHING)
    steps = list(effects(card.scoring, failed, reached)) if shares else []
    found = _Sum(shares, points, zeroed)
    return Score(
        decimal(steps[-1].score if steps else reached) if shares else None,
        decimal(sum((weight for name, weight in stated(card).items() if name in counting), NOTHING)),
        MappingProxyType(failed),
        [_line(card, each, found) for each in judged],
        [_part(section, counting, found) for section in card.sections],
        [(step.words, decimal(step.score)) for step in steps],
    )


def _judged(card: Scorecard, scale_of: Callable[[str], Scale], answers: Mapping[str, str]) -> Iterator[_Judged]:
    open_ = {criterion.id for criterion in asked(card, answers)}
    for section in card.sections:
        for criterion in section.criteria:
            answer = answers[criterion.id] if criterion.id in open_ else NOT_ASKED
            if answer in {NOT_ASKED, NOT_APPLICABLE}:
                yield _Judged(section.id, criterion, answer)
                continue
            scale = scale_of(criterion.scale)
            critical = criterion.critical != "none"
            met = not fails(card, criterion, scale, answer) if critical else scale.meets(answer)
            yield _Judged(section.id, criterion, answer, scale.value(answer), met)


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
    share = shares.get(each.criterion.id, NOTHING)
    if each.section in zeroed:
        return NOTHING
    if each.value is None:
        return share if card.scoring.not_applicable == "full" and _counts(card, each) else NOTHING
    return share * Fraction(each.value) / 100


def _line(card: Scorecard, each: _Judged, found: _Sum) -> Line:
    name = each.criterion.id
    applied = found.shares.get(name, NOTHING) if each.value is not None or _counts(card, each) else NOTHING
    rules = [rule for rule in (_condition(each), _own_rule(card, each), _section_rule(each, found.zeroed)) if rule]
    return Line(
        each.criterion,
        each.answer,
        each.value,
        each.met,
        decimal(applied),
        decimal(found.points[name]),
        "; ".join(rules),
    )


def _condition(each: _Judged) -> str:
    """Return why a criterion with a condition was asked or not; empty where it has none."""
    if each.criterion.only_if is None:
        return ""
    condition = each.criterion.only_if.in_words()
    if each.answer != NOT_ASKED:
        return condition.removeprefix("only ")
    return condition + (": its weight is shared among the others" if each.criterion.weight else "")


def _own_rule(card: Scorecard, each: _Judged) -> str:
    """Return what the policy did with one answer; empty where it did nothing."""
    criterion = each.criterion
    if each.answer == NOT_ASKED:
        return ""
    if criterion.bonus:
        return "bonus: adds to the sum only"
    if each.value is None and not criterion.weight:
        return "not applicable: it carries no weight"
    if each.value is None:
        return {
            "exclude": "not applicable: its weight is shared among the others",
            "full": "not applicable: counts in full",
            "zero": "not applicable: counts as nothing",
        }[card.scoring.not_applicable]
    if each.failed_critical:
        effect = card.scoring.critical.of(criterion.critical)
        fatal = f" ({each.answer} fails it)" if criterion.fails_on else ""
        return f"failed {criterion.critical}-critical{fatal}: {effect_in_words(effect, bool(criterion.weight))}"
    return ""


def _section_rule(each: _Judged, zeroed: Mapping[str, Sequence[str]]) -> str:
    names = zeroed.get(each.section, ())
    if not names or each.criterion.id in names or not each.criterion.weight:
        return ""
    return f"its section is set to 0 by {', '.join(names)}"


def _part(section: Section, counting: Collection[str], found: _Sum) -> Part:
    names = [criterion.id for criterion in section.criteria]
    return Part(
        section.id,
        decimal(sum((found.shares.get(name, NOTHING) for name in names if name in counting), NOTHING)),
        decimal(sum((found.points[name] for name in names), NOTHING)),
        found.zeroed.get(section.id, ()),
    )
