"""The arithmetic of a score as anybody can do it again: weight times value, added up, divided by the weight that counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.monitor.scoring.score import Line, Score
from qacli.monitor.scoring.weighting import NOTHING, decimal, stated
from qacli.prepare.scorecards.scale import plain
from qacli.prepare.scorecards.scorecard import Scorecard, Section


class Quotient(NamedTuple):
    """A division as it is written, its value, and what it is divided by; None where that is nothing."""

    words: str
    value: Fraction | None
    base: Fraction


def exactly(card: Scorecard, found: Score) -> list[str]:
    """Return the sum of a score before anything was done to it, in lines of whole numbers and fractions.

    Where sections are percentages there is a line for each section, then the one that puts them together. Empty where
    nothing that carries weight applied.
    """
    if found.score is None:
        return []
    lines = {line.criterion.id: line for line in found.lines}
    zeroed = {part.section for part in found.parts if part.zeroed_by}
    if card.scoring.section_weights != "share":
        return [quotient(card, card.sections, lines, zeroed).words]
    return list(_by_section(card, lines, zeroed))


def _by_section(card: Scorecard, lines: dict[str, Line], zeroed: set[str]) -> Iterator[str]:
    terms, total, whole = [], NOTHING, NOTHING
    for section in card.sections:
        found = quotient(card, [section], lines, zeroed, of_section=True)
        if found.value is None:
            continue
        yield f"section {section.id}: {found.words}"
        share = Fraction(section.weight or 0)
        terms.append(f"{_shown(share)} x {_shown(found.value)}")
        total, whole = total + share * found.value, whole + share
    yield _divided(terms, total, whole)


def quotient(
    card: Scorecard, sections: Sequence[Section], lines: dict[str, Line], zeroed: set[str], *, of_section: bool = False
) -> Quotient:
    """Return what some sections come to, 0 to 100: the weighted values over the weight that counts.

    ``of_section`` takes weights as they stand within a section that is a percentage of the score.
    """
    weights = {each.id: Fraction(each.weight) for section in sections for each in section.criteria}
    weights = weights if of_section else stated(card)
    terms, total, base = [], NOTHING, NOTHING
    for section in sections:
        for criterion in section.criteria:
            line, weight = lines[criterion.id], weights[criterion.id]
            if not line.applied:
                continue
            base += NOTHING if criterion.bonus else weight
            value = _counted(card, line)
            if value is None or section.id in zeroed:
                continue
            total += weight * value
            terms.append(f"{_shown(weight)} x {_shown(value)}{_mark(line)}")
    if not base:
        return Quotient("", None, base)
    return Quotient(_divided(terms, total, base), total / base, base)


def _counted(card: Scorecard, line: Line) -> Fraction | None:
    """Return the value with which an answer enters the sum, None where it adds nothing."""
    if line.value is not None:
        return Fraction(line.value)
    return Fraction(100) if card.scoring.not_applicable == "full" else None


def _mark(line: Line) -> str:
    if line.answer == NOT_APPLICABLE:
        return " (N/A in full)"
    return " (bonus)" if line.criterion.bonus else ""


def _divided(terms: Sequence[str], total: Fraction, base: Fraction) -> str:
    sum_ = " + ".join(terms) or "0"
    ends = f"{_shown(total)} / {_shown(base)} = {_shown(total / base)}"
    return (
        f"({sum_}) / {_shown(base)} = {ends}" if len(terms) > 1 else f"{sum_} / {_shown(base)} = {_shown(total / base)}"
    )


def _shown(number: Fraction) -> str:
    return plain(decimal(number))
