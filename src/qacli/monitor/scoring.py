"""Scoring: from answers to a score, under the policy that the scorecard declares. Computed, never typed.

score = sum(weight x value) / sum(weight of what applies), 0 to 100. A criterion that does not apply takes its
weight out (exclude), or counts in full, or as nothing. Critical criteria weigh nothing; a failed one is told
apart, or makes the score 0 where the card says so. Sums are exact; rounding is for display.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from qacli.monitor.observation import CLASSES, NOT_APPLICABLE
from qacli.prepare.scale import Scale
from qacli.prepare.scorecard import Criterion, Scorecard, Scoring

PLACES = Decimal("0.000001")
EFFECT = MappingProxyType({"apart": "told apart from the score", "zero": "sets the score to 0"})
"""What a failed critical criterion does, by what its card says."""


class Line(NamedTuple):
    """One criterion in a score.

    ``value`` is 0 to 100, None where not applicable; ``applied`` the weight after what does not apply is taken out,
    as a share of 100; ``points`` what it adds to the score; ``rule`` says what the policy did, where it did anything.
    """

    criterion: Criterion
    answer: str
    value: Decimal | None
    met: bool | None
    applied: Decimal
    points: Decimal
    rule: str = ""


class Score(NamedTuple):
    """A score of 100, None where nothing applied; the weight that applied; failed criticals by class; every line."""

    score: Decimal | None
    applicable_weight: Decimal
    failed: Mapping[str, Sequence[str]]
    lines: Sequence[Line]
    zeroed_by: Sequence[str] = ()


def score(card: Scorecard, scale_of: Callable[[str], Scale], answers: Mapping[str, str]) -> Score:
    """Return the score of a complete set of answers {criterion: point or na}.

    ``scale_of`` finds a scale by its reference. Raises KeyError for a criterion without an answer or a point that
    its scale does not have: check answers first.
    """
    policy = card.scoring.not_applicable
    counted: list[tuple[Criterion, str, Decimal | None, bool | None, Fraction]] = []
    for criterion in card.criteria():
        answer = answers[criterion.id]
        scale = scale_of(criterion.scale)
        applies = answer != NOT_APPLICABLE
        value = scale.value(answer) if applies else None
        weight = Fraction(criterion.weight) if applies or policy != "exclude" else Fraction(0)
        counted.append((criterion, answer, value, scale.meets(answer) if applies else None, weight))
    total = sum((weight for *_, weight in counted), Fraction(0))
    lines = [
        _line(criterion, answer, value, met, weight, total, card.scoring)
        for criterion, answer, value, met, weight in counted
    ]
    reached = sum((_exact_points(line, total, policy) for line in lines), Fraction(0)) if total else None
    failed = {
        each: [line.criterion.id for line in lines if line.criterion.critical == each and line.met is False]
        for each in CLASSES
    }
    zeroed = [name for each in CLASSES if getattr(card.scoring.critical, each) == "zero" for name in failed[each]]
    if zeroed and reached is not None:
        reached = Fraction(0)
    return Score(
        None if reached is None else _decimal(reached), _decimal(total), MappingProxyType(failed), lines, zeroed
    )


def _line(
    criterion: Criterion,
    answer: str,
    value: Decimal | None,
    met: bool | None,
    weight: Fraction,
    total: Fraction,
    scoring: Scoring,
) -> Line:
    policy = scoring.not_applicable
    share = weight / total * 100 if total else Fraction(0)
    rule = ""
    if value is None and criterion.weight:
        rule = {
            "exclude": "not applicable: its weight is shared among the others",
            "full": "not applicable: counts in full",
            "zero": "not applicable: counts as nothing",
        }[policy]
    elif met is False and criterion.critical != "none":
        rule = f"failed {criterion.critical}-critical: {EFFECT[getattr(scoring.critical, criterion.critical)]}"
    line = Line(criterion, answer, value, met, _decimal(share), Decimal(0), rule)
    return line._replace(points=_decimal(_exact_points(line, total, policy)) if total else Decimal(0))


def _exact_points(line: Line, total: Fraction, policy: str) -> Fraction:
    """Return what one line adds to the score, unrounded."""
    if line.value is None:
        worth = Fraction(100 if policy == "full" else 0)
        weight = Fraction(0) if policy == "exclude" else Fraction(line.criterion.weight)
    else:
        worth, weight = Fraction(line.value), Fraction(line.criterion.weight)
    return weight * worth / total


def _decimal(number: Fraction) -> Decimal:
    """Return a fraction to six places, without trailing zeros."""
    found = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(PLACES).normalize()
    return found if found.as_tuple().exponent < 0 else found.quantize(Decimal(1))  # type: ignore[operator]
