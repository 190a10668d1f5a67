"""A scorecard as an evaluation form of Genesys Cloud: what POST /api/v2/quality/forms/evaluations takes.

Genesys adds points: sum(group points x weight) / sum(group possible x weight), and what does not apply leaves both sums.
So every question counts weight x value, multiplied until all are whole, in groups with the factor of their section, else 1.
Criteria that weigh nothing stand in groups of weight 0, where their own points tell how they were met. Questions keep the
order of the card: a section becomes as many groups as that takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType
from typing import Any

from qacli.interchange.forms import guidance
from qacli.interchange.forms.losses import CannotHold, best_is_full, too_many_answers, unheld
from qacli.interchange.forms.points import multiplier
from qacli.monitor.scoring.score import fails
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard, Section

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
    wrong = list(unheld(card, MARKS, ("none", "multiply")))
    if endless := list(too_many_answers(card, scales)):
        raise CannotHold(NAME, [*wrong, *endless])
    judged = [(each, scales[each.scale]) for each in card.criteria()]
    exact = [_points(each, scale, answer) for each, scale in judged for answer in scale.answers]
    by = multiplier(exact)
    wrong += [*_unmarked(card, scales), *best_is_full(card, scales)]
    if max(exact) * by > LARGEST:
        wrong.append("sections.criteria.weight: the points would be too large for a whole number: simplify the weights")
    if wrong:
        raise CannotHold(NAME, wrong)
    groups = [group for section in card.sections for group in _groups(card, section, scales, by)]
    groups[0]["questions"].insert(0, _about(card))
    _conditions(card, scales, groups)
    return {"name": card.title, "questionGroups": groups}


def _points(criterion: Criterion, scale: Scale, answer: str) -> Fraction:
    """Return what an answer is worth; in a group of weight 0 its value tells how a criterion was met."""
    return Fraction(criterion.weight or 1) * Fraction(scale.value(answer)) / 100


def _unmarked(card: Scorecard, scales: Mapping[str, Scale]) -> Iterator[str]:
    for criterion in card.criteria():
        scale = scales[criterion.scale]
        if criterion.bonus:
            yield f"sections.criteria.bonus: {criterion.id} only adds to the score, and every question counts there"
        failing = [answer for answer in scale.answers if fails(card, criterion, scale, answer)]
        zero = getattr(card.scoring.critical, criterion.critical, "") == "zero"
        if zero and failing != [answer for answer in scale.answers if answer != scale.top]:
            yield (
                f"scale.met_at: a fatal question fails there with any answer below the best; {criterion.id} fails only with "
                f"{', '.join(failing)} of {scale.reference}: let it fail below the best (critical_below: best)"
            )


def _conditions(card: Scorecard, scales: Mapping[str, Scale], groups: list[dict[str, Any]]) -> None:
    """Show conditional questions by the places of the answers that open them: Genesys knows them by nothing else."""
    places = {
        _id(question): (g, q, question)
        for g, group in enumerate(groups)
        for q, question in enumerate(group["questions"])
        if question["type"] != "readOnlyTextBlockQuestion"
    }
    for criterion in card.criteria():
        if criterion.only_if:
            group, number, _ = places[criterion.only_if.criterion]
            answers = scales[card.criterion(criterion.only_if.criterion).scale].answers
            places[criterion.id][2]["visibilityCondition"] = {
                "combiningOperation": "OR",
                "predicates": [
                    f"/form/questionGroup/{group}/question/{number}/answer/{answers.index(answer)}"
                    for answer in criterion.only_if.answers
                ],
            }


def _id(question: Mapping[str, Any]) -> str:
    return str(guidance.read(question["helpText"])["Criterion"].partition("/")[2])


def _about(card: Scorecard) -> dict[str, Any]:
    return {"text": "\n".join(guidance.about(card)), "type": "readOnlyTextBlockQuestion"}


def _groups(card: Scorecard, section: Section, scales: Mapping[str, Scale], by: int) -> Iterator[dict[str, Any]]:
    for counts, run in groupby(section.criteria, key=lambda each: bool(each.weight)):
        questions = [_question(card, section, each, scales[each.scale], by) for each in run]
        yield {
            "name": section.title,
            "type": "questionGroup",
            "weight": float(section.weight or 1) if counts else 0.0,
            "manualWeight": True,
            "naEnabled": False,
            "defaultAnswersToHighest": False,
            "defaultAnswersToNA": False,
            "questions": questions,
        }


def _question(card: Scorecard, section: Section, criterion: Criterion, scale: Scale, by: int) -> dict[str, Any]:
    place = f"Criterion: {section.id}/{criterion.id}"
    points = f"Points: {guidance.LIST.join(scale.answers)}"
    return {
        "text": criterion.observable,
        "helpText": "\n".join([place, points, *guidance.guidance(card, criterion, scale)]),
        "type": "multipleChoiceQuestion",
        "naEnabled": criterion.may_be_not_applicable,
        "commentsRequired": False,
        **MARKS[getattr(card.scoring.critical, criterion.critical, "")],
        "answerOptions": [
            {"text": scale.label(answer), "value": int(_points(criterion, scale, answer) * by)}
            for answer in scale.answers
        ],
    }
