"""What options come to, exactly: sums over months, their extremes within the ranges, and where a gain is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from qacli.improve.cases import formula
from qacli.model import Refusal

if TYPE_CHECKING:
    from qacli.improve.cases.case import Amount, Each, Option

WEEKS = 52
"""A year is counted as so many weeks."""
CORNERS = 8
"""Of so many inputs every combination of their ends is tried; of more, each alone says which end is the worse."""
HALVINGS = 60
Inputs = Mapping[str, Fraction]
Ends = Mapping[str, tuple[Fraction, Fraction]]
Measure = Callable[[Inputs], Fraction]


class NoResult(Refusal, rule="no-result"):
    """A division by nothing has no result, and none is made up."""

    def __init__(self, amount: Amount) -> None:
        super().__init__(
            f"'{amount.what}' divides by 0: {amount.amount}",
            help="rest it on what is not 0 now, nor at an end of its range",
        )


def times(each: Each, months: int) -> Fraction:
    """Return how often something of each week, month or year occurs in so many months."""
    return {
        "once": Fraction(1),
        "week": Fraction(WEEKS * months, 12),
        "month": Fraction(months),
        "year": Fraction(months, 12),
    }[each]


def total(amounts: Iterable[Amount], at: Inputs, months: int) -> Fraction:
    """Return what amounts come to over so many months. Raises NoResult."""
    found = Fraction(0)
    for each in amounts:
        try:
            found += formula.value(each.formula, at) * times(each.each, months)
        except ZeroDivisionError:
            raise NoResult(each) from None
    return found


def net(option: Option, at: Inputs, months: int) -> Fraction:
    """Return the benefits of an option less its costs over so many months. Raises NoResult."""
    return total(option.benefits, at, months) - total(option.costs, at, months)


def used(options: Iterable[Option]) -> set[str]:
    """Return the names that the amounts of options rest on."""
    return {name for option in options for _, each in option.amounts() for name in formula.names(each.formula)}


def extremes(measure: Measure, inputs: Inputs, ends: Ends) -> tuple[Fraction, Fraction, Fraction]:
    """Return the least that a measure comes to within the ranges, what it comes to, and the most. Raises NoResult.

    Sums and products take their extremes at ends of the ranges, and so do quotients whose divisor keeps its sign. With
    more inputs than ``CORNERS`` each alone says which of its ends is the worse; that is exact where a measure rises or
    falls with an input whatever the others are.
    """
    corners = product(*ends.values()) if len(ends) <= CORNERS else _alone(measure, inputs, ends)
    found = [measure({**inputs, **dict(zip(ends, corner, strict=True))}) for corner in corners]
    middle = measure(inputs)
    return min(*found, middle), middle, max(*found, middle)


def _alone(measure: Measure, inputs: Inputs, ends: Ends) -> Sequence[Sequence[Fraction]]:
    """Return two corners: every input at the end that lowers a measure, and every one at the end that raises it."""
    pairs = [
        sorted(pair, key=lambda end, name=name: measure({**inputs, name: end}))  # type: ignore[misc]
        for name, pair in ends.items()
    ]
    return [[low for low, _ in pairs], [high for _, high in pairs]]


def zero(gain: Callable[[Fraction], Fraction], at: Fraction) -> Fraction | None:
    """Return the value of one input at which a gain is 0; None where there is none above 0, or the gain does not move.

    ``at`` is its present value. Where the gain moves in proportion the result is exact; else, as where the input divides,
    it is found by halving between a thousandth and ten times that value, if the sign changes there.
    """
    try:
        here, double, triple = gain(at), gain(2 * at), gain(3 * at)
        if not at or here == double == triple:
            return None
        slope = (double - here) / at
        if (triple - double) / at == slope:
            return at - here / slope if at - here / slope >= 0 else None
        return _halved(gain, at / 1000, 10 * at)
    except NoResult:
        return None


def _halved(gain: Callable[[Fraction], Fraction], low: Fraction, high: Fraction) -> Fraction | None:
    above = gain(low) > 0
    if above == (gain(high) > 0):
        return None
    for _ in range(HALVINGS):
        middle = ((low + high) / 2).limit_denominator(10**12)
        low, high = (middle, high) if (gain(middle) > 0) == above else (low, middle)
    return high
