"""A scorecard as an evaluation form of Amazon Connect: what CreateEvaluationForm takes.

Scores of 0 to 10 with weights in per cent (QUESTION_ONLY) where every value of the card's scales is a multiple of ten;
else points (POINTS_BASED), weight x value multiplied until all are whole. Both give the score of the card:
sum(weight x value) / sum(weight of what applies). Limits: the resource schema of AWS::Connect::EvaluationForm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from qacli.interchange.forms import connect_check, guidance
from qacli.interchange.forms.losses import NA_SENTENCE, CannotHold, best_is_full
from qacli.interchange.forms.points import multiplier
from qacli.prepare.scale import Point, Scale
from qacli.prepare.scorecard import Criterion, Scorecard, Section

NAME = "Amazon Connect"
TITLE, QUESTION, OPTION, TEXT, MOST = 128, 350, 128, 1024, 100
"""Characters of a title of a form or section, of a question, of an option, of guidance; sections and questions in all."""
TOP_SCORE, MOST_POINTS = 10, 100
FAILS: Mapping[str, Callable[[Section], dict[str, Any]]] = MappingProxyType(
    {"apart": lambda _: {}, "zero": lambda _: {"AutomaticFail": True}}
)
"""What an option that fails a critical criterion carries, by what the card says that a failure does."""


def export(card: Scorecard, scales: Mapping[str, Scale]) -> dict[str, Any]:
    """Return a form as CreateEvaluationForm takes it, but for the InstanceId. Raises CannotHold with all that stands against it."""
    wrong = [*_policy(card), *_limits(card, scales)]
    scored = [criterion for criterion in card.criteria() if criterion.weight]
    percent = all(point.value % 10 == 0 for each in card.criteria() for point in scales[each.scale].points)
    exact = [Fraction(each.weight * point.value) / 100 for each in scored for point in scales[each.scale].points]
    by = multiplier(exact)
    wrong += [] if percent else best_is_full(card, scales)
    if not percent and max(exact) * by > MOST_POINTS:
        wrong.append(
            f"sections.criteria.weight: {NAME} counts whole points up to {MOST_POINTS}, and these weights and values need finer ones: "
            "give every point of the scales a multiple of 10, or simpler weights"
        )
    if wrong:
        raise CannotHold(NAME, wrong)
    form = {
        "Title": card.title,
        "Description": guidance.fitted(guidance.about(card), TEXT),
        "ScoringStrategy": {"Mode": "QUESTION_ONLY" if percent else "POINTS_BASED", "Status": "ENABLED"},
        "Items": [{"Section": _section(card, section, scales, 0 if percent else by)} for section in card.sections],
    }
    if wrong := connect_check.wrong(form):
        raise CannotHold(NAME, wrong)
    return form


def _policy(card: Scorecard) -> Iterator[str]:
    if card.scoring.not_applicable != "exclude":
        yield f"scoring.not_applicable: {NA_SENTENCE}"
    for name, effect in card.scoring.critical:
        if effect not in FAILS:
            yield f"scoring.critical.{name}: a failure can only be told apart or set the score to 0 there, not {effect}"


def _limits(card: Scorecard, scales: Mapping[str, Scale]) -> Iterator[str]:
    used = {each.scale: scales[each.scale] for each in card.criteria()}.values()
    texts = [
        ("title", card.title, TITLE),
        *((f"title of section {section.id}", section.title, TITLE) for section in card.sections),
        *((f"observable of {each.id}", each.observable, QUESTION) for each in card.criteria()),
        *(
            (f"label of {each.point} in {scale.reference}", each.label, OPTION)
            for scale in used
            for each in scale.points
        ),
    ]
    for what, text, most in texts:
        if len(text) > most:
            yield f"{what}: {len(text):,} characters, {most} are allowed"
    for what, number in (("sections", len(card.sections)), ("questions", len(card.criteria()))):
        if number > MOST:
            yield f"sections: {number} {what}, {MOST} are allowed"
    for name in sorted({each.id for each in card.sections} & {each.id for each in card.criteria()}):
        yield f"sections.id: a section and a criterion are both called {name}; a form tells them apart by that alone"


def _section(card: Scorecard, section: Section, scales: Mapping[str, Scale], by: int) -> dict[str, Any]:
    items = [{"Question": _question(card, section, each, scales[each.scale], by)} for each in section.criteria]
    return {"Title": section.title, "RefId": section.id, "Items": items}


def _question(card: Scorecard, section: Section, criterion: Criterion, scale: Scale, by: int) -> dict[str, Any]:
    effect = getattr(card.scoring.critical, criterion.critical, "")
    options = [_option(section, criterion, scale, point, effect, by) for point in scale.points]
    question: dict[str, Any] = {
        "Title": criterion.observable,
        "RefId": criterion.id,
        "Instructions": guidance.fitted(guidance.guidance(criterion, scale, worth=bool(by and effect)), TEXT),
        "NotApplicableEnabled": criterion.may_be_not_applicable,
        "QuestionType": "SINGLESELECT",
        "QuestionTypeProperties": {"SingleSelect": {"DisplayAs": "RADIO", "Options": options}},
    }
    if effect == "apart":
        return {**question, "ScoringConfiguration": {"IsExcludedFromScoring": True}}
    return question if by else {**question, "Weight": _number(criterion.weight)}


def _option(section: Section, criterion: Criterion, scale: Scale, point: Point, effect: str, by: int) -> dict[str, Any]:
    option: dict[str, Any] = {"RefId": point.point, "Text": point.label}
    if by:
        points = Fraction(criterion.weight * point.value) / 100 * by
        option["PointsConfiguration"] = {"PointValue": int(points), "IsBonus": False}
    else:
        option["Score"] = int(point.value) * TOP_SCORE // 100
    return option if not effect or scale.meets(point.point) else {**option, **FAILS[effect](section)}


def _number(weight: Decimal) -> int | float:
    return int(weight) if weight == int(weight) else float(weight)
