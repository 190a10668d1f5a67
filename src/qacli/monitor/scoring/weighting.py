"""What each criterion weighs: as its card states it, and as a share of 100 once what does not count is taken out."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from qacli.prepare.scorecards.scorecard import Scorecard, Section

NOTHING = Fraction(0)
PLACES = Decimal("0.000001")


def stated(card: Scorecard) -> dict[str, Fraction]:
    """Return the weight of each criterion when everything counts, bonus included.

    A percentage or points as written; times the factor of its section (multiply); or the part of its section's
    percentage that falls to it (share).
    """
    return {
        criterion.id: Fraction(criterion.weight) * _factor(card, section, None)
        for section in card.sections
        for criterion in section.criteria
    }


def total(card: Scorecard) -> Fraction:
    """Return the weight of everything that a full score is made of: all that is no bonus."""
    weights = stated(card)
    return sum((weights[criterion.id] for criterion in card.criteria() if not criterion.bonus), NOTHING)


def used(card: Scorecard, counting: Collection[str]) -> dict[str, Fraction]:
    """Return the weight of each criterion as a share of the 100 that the counting ones make; empty where none counts.

    A criterion that does not count gives its weight to the others, under section_weights: share to those of its
    section first. A bonus has its share on top of the 100.
    """
    factors = {section.id: _factor(card, section, counting) for section in card.sections}
    weights = {
        criterion.id: Fraction(criterion.weight) * factors[section.id]
        for section in card.sections
        for criterion in section.criteria
        if criterion.bonus or criterion.id in counting
    }
    base = sum((weights[criterion.id] for criterion in card.criteria() if criterion.id in counting), NOTHING)
    return {name: weight * 100 / base for name, weight in weights.items()} if base else {}


def _factor(card: Scorecard, section: Section, counting: Collection[str] | None) -> Fraction:
    """Return by what the weights of a section are multiplied; ``counting`` None: everything counts."""
    if card.scoring.section_weights == "none":
        return Fraction(1)
    share = Fraction(section.weight or 0)
    if card.scoring.section_weights == "multiply":
        return share
    base = sum(
        Fraction(criterion.weight)
        for criterion in section.criteria
        if not criterion.bonus and (counting is None or criterion.id in counting)
    )
    return share / base if base else NOTHING


def decimal(number: Fraction) -> Decimal:
    """Return a fraction to six places, without trailing zeros."""
    found = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(PLACES).normalize()
    return found if found.as_tuple().exponent < 0 else found.quantize(Decimal(1))  # type: ignore[operator]
