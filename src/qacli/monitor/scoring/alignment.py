"""Alignment of two scorers of one transaction, criterion by criterion: equal totals can hide disagreement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from qacli.monitor.observing.observation import NOT_APPLICABLE, NOT_ASKED
from qacli.monitor.scoring.weighting import NOTHING, decimal, stated
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard


class Alignment(NamedTuple):
    """``estimate`` is 0 to 100, None where no criterion was rated by both; ``n`` counts those that were.

    ``left_out`` names the criteria that only one of the two rated, which have no distance.
    """

    estimate: Decimal | None
    n: int
    left_out: Sequence[str]


def alignment(
    card: Scorecard, scale_of: Callable[[str], Scale], one: Mapping[str, str], other: Mapping[str, str]
) -> Alignment:
    """Return how near two sets of answers {criterion: point or na} are: the weighted mean of 1 - |a - b| / max.

    Formula: MaestroQA, alignment of a rubric. Bonus counts by its weight like the rest.
    """
    weights, near, whole = stated(card), NOTHING, NOTHING
    left_out, n = [], 0
    for criterion in card.criteria():
        given = [each.get(criterion.id, NOT_APPLICABLE) for each in (one, other)]
        values = [scale_of(criterion.scale).value(each) for each in given if each not in {NOT_APPLICABLE, NOT_ASKED}]
        if len(values) == 2:
            near += weights[criterion.id] * (100 - abs(Fraction(values[0]) - Fraction(values[1])))
            whole += weights[criterion.id]
            n += 1
        elif values:
            left_out.append(criterion.id)
    return Alignment(decimal(near / whole) if whole else None, n, left_out)
