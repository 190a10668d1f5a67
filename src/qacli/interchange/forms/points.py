"""Weights as other systems count them: whole points, and shares of 100."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from math import lcm

HUNDREDTH = Decimal("0.01")


def multiplier(points: Sequence[Fraction]) -> int:
    """Return the smallest whole number that makes all of these points whole when they are multiplied by it."""
    return lcm(*(each.denominator for each in points)) if points else 1


def shares(weights: Sequence[Decimal]) -> list[Decimal]:
    """Return weights as shares of 100 that add up to 100 exactly, in hundredths where they do not come out even.

    Hundredths that are left go to the weights that lost most (largest remainder). Raises ValueError where all are 0.
    """
    total = sum((Fraction(weight) for weight in weights), Fraction(0))
    if not total:
        raise ValueError
    exact = [Fraction(weight) * 100 / total for weight in weights]
    if all(10**6 % each.denominator == 0 for each in exact):
        return [_plain(each) for each in exact]
    floors = [_plain(each).quantize(HUNDREDTH, ROUND_FLOOR) for each in exact]
    missing = int((100 - sum(floors)) / HUNDREDTH)
    lost = sorted(range(len(exact)), key=lambda place: Fraction(floors[place]) - exact[place])
    for place in lost[:missing]:
        floors[place] += HUNDREDTH
    return floors


def spread(count: int) -> list[Decimal]:
    """Return so many values from 0 to 100 at even distances, to two places."""
    return [_plain(Fraction(100 * place, count - 1)).quantize(HUNDREDTH).normalize() + 0 for place in range(count)]


def _plain(number: Fraction) -> Decimal:
    found = (Decimal(number.numerator) / Decimal(number.denominator)).normalize()
    return found if found.as_tuple().exponent < 0 else found.quantize(Decimal(1))  # type: ignore[operator]
