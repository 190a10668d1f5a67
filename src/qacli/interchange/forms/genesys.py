"""A scorecard as an evaluation form of Genesys Cloud: what POST /api/v2/quality/forms/evaluations takes.

Genesys adds points: sum(group points x weight) / sum(group possible x weight), and what does not apply leaves both sums.
So every question counts weight x value, multiplied until all are whole, in groups of weight 1. Critical criteria weigh
nothing here, so they stand in groups of weight 0, where their own points tell how they were met. Questions keep the
order of the card: a section becomes as many groups as that takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType
from typing import Any

from qacli.interchange.forms import guidance
from qacli.interchange.forms.losses import NA_SENTENCE, CannotHold, best_is_full
from qacli.interchange.forms.points import multiplier
from qacli.prepare.scale import Scale
from qacli.prepare.scorecard import Criterion, Scorecard, Section

NAME = "Genesys Cloud"
LARGEST = 2**31 - 1
MARKS: Mapping[str, Mapping[str, bool]] = MappingProxyType(
    {
        "": {"isKill": False, "isCritical": False},
        "apart": {"isKill": False, "isCritical": True},
        "zero": {"isKill": True, "isCritical": True},
    }
)
"""How a question is marked, by what the card says that a failure does; empty for an ordinary criterion."""


def export(card: Scorecard, scales: Mapping[str, Scale]) -> dict[str, Any]:
    """Return a form as the API takes it. Raises CannotHold with all that stands against it."""
    exact = [
        Fraction(each.weight or 1) * Fraction(point.value) / 100
        for each in card.criteria()
        for point in scales[each.scale].points
    ]
    by = multiplier(exact)
    wrong = [*_policy(card, scales), *best_is_full(card, scales)]
    if max(exact) * by > LARGEST:
        wrong.append("sections.criteria.weight: the points would be too large for a whole number: simplify the weights")
    if wrong:
        raise CannotHold(NAME, wrong)
    groups = [group for section in card.sections for group in _groups(card, section, scales, by)]
    groups[0]["questions"].insert(0, _about(card))
    return {"name": card.title, "questionGroups": groups}


def _policy(card: Scorecard, scales: Mapping[str, Scale]) -> Iterator[str]:
    if card.scoring.not_applicable != "exclude":
        yield f"scoring.not_applicable: {NA_SENTENCE}"
    for name, effect in card.scoring.critical:
        if effect not in MARKS:
            yield f"scoring.critical.{name}: a failure can only be told apart or set the score to 0 there, not {effect}"
    for criterion in card.criteria():
        scale = scales[criterion.scale]
        if getattr(card.scoring.critical, criterion.critical, "") == "zero" and scale.met_at != scale.top:
            yield (
                f"scale.met_at: a fatal question fails there with any answer below the best; {criterion.id} is met from "
                f"{scale.met_at} of {scale.reference}: give it a scale whose best point is the standard"
            )


def _about(card: Scorecard) -> dict[str, Any]:
    return {"text": "\n".join(guidance.about(card)), "type": "readOnlyTextBlockQuestion"}


def _groups(card: Scorecard, section: Section, scales: Mapping[str, Scale], by: int) -> Iterator[dict[str, Any]]:
    for critical, run in groupby(section.criteria, key=lambda each: each.critical != "none"):
        questions = [_question(card, section, each, scales[each.scale], by) for each in run]
        yield {
            "name": section.title,
            "type": "questionGroup",
            "weight": 0.0 if critical else 1.0,
            "manualWeight": True,
            "naEnabled": False,
            "defaultAnswersToHighest": False,
            "defaultAnswersToNA": False,
            "questions": questions,
        }


def _question(card: Scorecard, section: Section, criterion: Criterion, scale: Scale, by: int) -> dict[str, Any]:
    place = f"Criterion: {section.id}/{criterion.id}"
    points = f"Points: {guidance.LIST.join(point.point for point in scale.points)}"
    return {
        "text": criterion.observable,
        "helpText": "\n".join([place, points, *guidance.guidance(criterion, scale)]),
        "type": "multipleChoiceQuestion",
        "naEnabled": criterion.may_be_not_applicable,
        "commentsRequired": False,
        **MARKS[getattr(card.scoring.critical, criterion.critical, "")],
        "answerOptions": [
            {"text": point.label, "value": int(Fraction(criterion.weight or 1) * Fraction(point.value) / 100 * by)}
            for point in scale.points
        ],
    }
