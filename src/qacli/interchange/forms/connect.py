"""A scorecard as an evaluation form of Amazon Connect: what CreateEvaluationForm takes.

Scores of 0 to 10 with weights in per cent (QUESTION_ONLY) where every value of the card's scales is a multiple of ten;
else points (POINTS_BASED), weight x value multiplied until all are whole. Both give the score of the card:
sum(weight x value) / sum(weight of what applies). Limits: the resource schema of AWS::Connect::EvaluationForm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from qacli.interchange.forms import connect_check, guidance
from qacli.interchange.forms.losses import CannotHold, best_is_full, too_many_answers, unheld
from qacli.interchange.forms.points import multiplier
from qacli.monitor.scoring.score import fails
from qacli.prepare.scorecards.conditions import Condition
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard, Section

NAME = "Amazon Connect"
TITLE, QUESTION, OPTION, TEXT, MOST = 128, 350, 128, 1024, 100
"""Characters of a title of a form or section, of a question, of an option, of guidance; sections and questions in all."""
TOP_SCORE, MOST_POINTS = 10, 100
FAILS: Mapping[str, Callable[[Section], dict[str, Any]]] = MappingProxyType(
    {
        "apart": lambda _: {},
        "zero": lambda _: {"AutomaticFail": True},
        "zero_section": lambda section: {
            "AutomaticFail": True,
            "AutomaticFailConfiguration": {"TargetSection": section.id},
        },
    }
)
"""What an option that fails a critical criterion carries, by what the card says that a failure does."""


def export(card: Scorecard, scales: Mapping[str, Scale]) -> dict[str, Any]:
    """Return a form as CreateEvaluationForm takes it, but for the InstanceId. Raises CannotHold with all that stands against it."""
    wrong = [*unheld(card, FAILS, ("none",)), *_limits(card)]
    if endless := list(too_many_answers(card, scales)):
        raise CannotHold(NAME, [*wrong, *endless])
    wrong += _long_labels(card, scales)
    by = 0 if _in_tens(card, scales) else _multiplier(card, scales)
    wrong += best_is_full(card, scales) if by else []
    if by and max(_points(card, scales)) * by > MOST_POINTS:
        wrong.append(
            f"sections.criteria.weight: {NAME} counts whole points up to {MOST_POINTS}, and these weights and values need finer ones: "
            "give every point of the scales a multiple of 10, or simpler weights"
        )
    if wrong:
        raise CannotHold(NAME, wrong)
    form = {
        "Title": card.title,
        "Description": guidance.fitted(guidance.about(card), TEXT),
        "ScoringStrategy": {"Mode": "POINTS_BASED" if by else "QUESTION_ONLY", "Status": "ENABLED"},
        "Items": [{"Section": _section(card, section, scales, by)} for section in card.sections],
    }
    if wrong := connect_check.wrong(form):
        raise CannotHold(NAME, wrong)
    return form


def _in_tens(card: Scorecard, scales: Mapping[str, Scale]) -> bool:
    """Return whether weights in per cent and scores of 0 to 10 hold the card; a bonus takes points."""
    used = [scales[each.scale] for each in card.criteria()]
    tens = all(scale.value(answer) % 10 == 0 for scale in used for answer in scale.answers)
    return tens and card.scoring.mode == "percentage" and not any(each.bonus for each in card.criteria())


def _points(card: Scorecard, scales: Mapping[str, Scale]) -> list[Fraction]:
    judged = [(each, scales[each.scale]) for each in card.criteria()]
    return [Fraction(each.weight * scale.value(answer)) / 100 for each, scale in judged for answer in scale.answers]


def _multiplier(card: Scorecard, scales: Mapping[str, Scale]) -> int:
    return multiplier(_points(card, scales))


def _limits(card: Scorecard) -> Iterator[str]:
    texts = [
        ("title", card.title, TITLE),
        *((f"title of section {section.id}", section.title, TITLE) for section in card.sections),
        *((f"observable of {each.id}", each.observable, QUESTION) for each in card.criteria()),
    ]
    yield from _too_long(texts)
    for what, number in (("sections", len(card.sections)), ("questions", len(card.criteria()))):
        if number > MOST:
            yield f"sections: {number} {what}, {MOST} are allowed"
    for name in sorted({each.id for each in card.sections} & {each.id for each in card.criteria()}):
        yield f"sections.id: a section and a criterion are both called {name}; a form tells them apart by that alone"


def _long_labels(card: Scorecard, scales: Mapping[str, Scale]) -> Iterator[str]:
    for scale in {each.scale: scales[each.scale] for each in card.criteria()}.values():
        yield from _too_long(
            [(f"label of {answer} in {scale.reference}", scale.label(answer), OPTION) for answer in scale.answers]
        )


def _too_long(texts: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    for what, text, most in texts:
        if len(text) > most:
            yield f"{what}: {len(text):,} characters, {most} are allowed"


def _section(card: Scorecard, section: Section, scales: Mapping[str, Scale], by: int) -> dict[str, Any]:
    items = [{"Question": _question(card, section, each, scales[each.scale], by)} for each in section.criteria]
    return {"Title": section.title, "RefId": section.id, "Items": items}


def _question(card: Scorecard, section: Section, criterion: Criterion, scale: Scale, by: int) -> dict[str, Any]:
    options = [_option(card, section, criterion, scale, answer, by) for answer in scale.answers]
    worth = bool(by and scale.judged and not criterion.weight)
    question: dict[str, Any] = {
        "Title": criterion.observable,
        "RefId": criterion.id,
        "Instructions": guidance.fitted(guidance.guidance(card, criterion, scale, worth=worth), TEXT),
        "NotApplicableEnabled": criterion.may_be_not_applicable,
        "QuestionType": "SINGLESELECT",
        "QuestionTypeProperties": {
            "SingleSelect": {"DisplayAs": "RADIO" if scale.judged else "DROPDOWN", "Options": options}
        },
    }
    if criterion.only_if:
        question["Enablement"] = _enablement(criterion.only_if)
    if criterion.bonus:
        question["ScoringConfiguration"] = {"PointsConfiguration": {"IsBonus": True}}
    if not criterion.weight and getattr(card.scoring.critical, criterion.critical, "") == "apart":
        return {**question, "ScoringConfiguration": {"IsExcludedFromScoring": True}}
    return question if by else {**question, "Weight": _number(criterion.weight)}


def _enablement(condition: Condition) -> dict[str, Any]:
    expression = {
        "Source": {"Type": "QUESTION_REF_ID", "RefId": condition.criterion},
        "Values": [{"Type": "OPTION_REF_ID", "RefId": answer} for answer in condition.answers],
        "Comparator": "IN",
    }
    return {
        "Condition": {"Operands": [{"Expression": expression}], "Operator": "OR"},
        "Action": "ENABLE",
        "DefaultAction": "DISABLE",
    }


def _option(
    card: Scorecard, section: Section, criterion: Criterion, scale: Scale, answer: str, by: int
) -> dict[str, Any]:
    option: dict[str, Any] = {"RefId": answer, "Text": scale.label(answer)}
    if by:
        points = Fraction(criterion.weight * scale.value(answer)) / 100 * by
        option["PointsConfiguration"] = {"PointValue": int(points), "IsBonus": criterion.bonus}
    else:
        option["Score"] = int(scale.value(answer)) * TOP_SCORE // 100
    if criterion.critical == "none" or not fails(card, criterion, scale, answer):
        return option
    return {**option, **FAILS[str(card.scoring.critical.of(criterion.critical))](section)}


def _number(weight: Decimal) -> int | float:
    return int(weight) if weight == int(weight) else float(weight)
