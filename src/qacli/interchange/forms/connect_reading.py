"""An evaluation form of Amazon Connect, as CreateEvaluationForm takes it or DescribeEvaluationForm gives it, read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_pascal

from qacli.files.schema import YesNo
from qacli.files.validate import validate
from qacli.files.yaml import Tree, short
from qacli.interchange.forms import connect_check, guidance
from qacli.interchange.forms.form import Amount, Answer, Foreign, Form, Question, left_over

SILENT = frozenset(
    {
        "InstanceId", "AsDraft", "ClientToken", "Status", "EvaluationFormId", "EvaluationFormVersion",
        "EvaluationFormArn", "Locked", "CreatedTime", "CreatedBy", "LastModifiedTime", "LastModifiedBy",
        "DisplayAs", "Tags",
    }
)  # fmt: skip
"""Settings of the system itself, which say nothing of a card."""


class Part(Foreign):
    """A part of a form: names as Amazon writes them."""

    model_config = ConfigDict(alias_generator=to_pascal)


class Target(Part):
    """What an option fails, where that is not the whole form."""

    target_section: str = ""


class Points(Part):
    """What an option is worth in a form that counts points."""

    point_value: Amount = Decimal(0)
    is_bonus: YesNo = False


class Option(Part):
    """An answer to choose."""

    ref_id: str
    text: str = Field(min_length=1)
    score: Amount | None = None
    automatic_fail: YesNo = False
    automatic_fail_configuration: Target | None = None
    points_configuration: Points | None = None


class Select(Part):
    """The answers of a question."""

    options: tuple[Option, ...] = Field(min_length=2)


class Properties(Part):
    """What belongs to the type of a question."""

    single_select: Select | None = None


class ScoringConfiguration(Part):
    """How a question counts."""

    is_excluded_from_scoring: YesNo = False
    points_configuration: Points | None = None


class Asked(Part):
    """A question."""

    title: str = Field(min_length=1)
    ref_id: str
    instructions: str = ""
    not_applicable_enabled: YesNo = False
    question_type: str
    question_type_properties: Properties = Properties()
    weight: Amount | None = None
    scoring_configuration: ScoringConfiguration = ScoringConfiguration()
    enablement: dict[str, Any] | None = None


class Headed(Part):
    """A section, with questions or sections in it."""

    title: str = Field(min_length=1)
    ref_id: str
    items: tuple[Item, ...] = ()
    weight: Amount | None = None
    is_excluded_from_scoring: YesNo = False


class Item(Part):
    """A section or a question."""

    section: Headed | None = None
    question: Asked | None = None


class Strategy(Part):
    """How the form counts."""

    mode: str
    status: str = "ENABLED"


class EvaluationForm(Part):
    """The whole form."""

    title: str = Field(min_length=1)
    description: str = ""
    items: tuple[Item, ...] = Field(min_length=1)
    scoring_strategy: Strategy = Strategy(mode="QUESTION_ONLY", status="DISABLED")


def read(tree: Tree) -> Form:
    """Return what a form tells. Raises FileFaults where the file holds no such form."""
    if isinstance(tree.data, dict) and "EvaluationForm" in tree.data:
        tree = tree.part(("EvaluationForm",))
    form = validate(tree, EvaluationForm)
    ours = guidance.is_ours(form.description)
    found: list[Question] = []
    findings = [f"not taken over: {name}" for name in dict.fromkeys(left_over(form, SILENT))]
    raw = form.model_dump(by_alias=True, exclude_none=True)
    findings += [f"the form contradicts itself: {each}" for each in connect_check.wrong(raw)]
    if form.description and not ours:
        findings.append("not taken over: Description")
    for top, section in _sections(form.items):
        if top is not section:
            findings.append(f"section '{short(section.title)}' lay inside '{short(top.title)}': now beside it")
        for item in section.items:
            if item.question:
                taken = _question(form, top, section, item.question, ours=ours)
                found += [taken] if isinstance(taken, Question) else []
                findings += [taken] if isinstance(taken, str) else _told(section, item.question, ours=ours)
    if form.scoring_strategy.mode == "SECTION_ONLY":
        findings.append("weights of sections were shared out evenly among their questions")
    return Form(form.title, guidance.read(form.description) if ours else {}, found, findings)


def _sections(items: Sequence[Item], top: Headed | None = None) -> Iterator[tuple[Headed, Headed]]:
    """Yield every section with the one at the top in which it lies, or itself."""
    for item in items:
        if item.section:
            yield top or item.section, item.section
            yield from _sections(item.section.items, top or item.section)


def _question(form: EvaluationForm, top: Headed, section: Headed, asked: Asked, *, ours: bool) -> Question | str:
    select = asked.question_type_properties.single_select
    if asked.question_type != "SINGLESELECT" or not select:
        return f"question '{short(asked.title)}' is of type {asked.question_type}: not taken over"
    bonus = bool((asked.scoring_configuration.points_configuration or Points()).is_bonus)
    marked = {bool(each.points_configuration and each.points_configuration.is_bonus) for each in select.options}
    if len(marked) > 1:
        return f"question '{short(asked.title)}' gives a bonus for some answers: not taken over"
    points = form.scoring_strategy.mode == "POINTS_BASED"
    answers = [_answer(option, section.ref_id, points) for option in select.options]
    return Question(
        section.ref_id,
        section.title,
        asked.ref_id,
        asked.title,
        _weight(form, top, section, asked, answers),
        _shares(answers) if points else answers,
        asked.not_applicable_enabled,
        *guidance.taken(asked.instructions, ours=ours),
        "its condition in Amazon Connect holds" if asked.enablement else "",
        bonus or marked == {True},
    )


def _answer(option: Option, section: str, points: bool) -> Answer:
    target = (option.automatic_fail_configuration or Target()).target_section
    effect = {"": "zero", section: "zero_section"}.get(target, "") if option.automatic_fail else ""
    value = None if option.score is None else option.score * 10
    if points:
        value = (option.points_configuration or Points()).point_value
    return Answer(option.ref_id, option.text, value, effect)


def _shares(answers: Sequence[Answer]) -> list[Answer]:
    """Return answers with their points as shares of the best; without values where none has any."""
    best = max(answer.value or Decimal(0) for answer in answers)
    return [each._replace(value=(each.value or 0) * 100 / best if best else None) for each in answers]


def _weight(form: EvaluationForm, top: Headed, section: Headed, asked: Asked, answers: Sequence[Answer]) -> Decimal:
    out = asked.scoring_configuration.is_excluded_from_scoring
    if (
        out
        or section.is_excluded_from_scoring
        or top.is_excluded_from_scoring
        or form.scoring_strategy.status != "ENABLED"
    ):
        return Decimal(0)
    if form.scoring_strategy.mode == "POINTS_BASED":
        return max(answer.value or Decimal(0) for answer in answers)
    if form.scoring_strategy.mode == "SECTION_ONLY":
        scored = [
            item.question
            for _, each in _sections([Item(section=top)])
            for item in each.items
            if item.question and not item.question.scoring_configuration.is_excluded_from_scoring
        ]
        return (top.weight or Decimal(0)) / len(scored)
    return asked.weight or Decimal(0)


def _told(section: Headed, asked: Asked, *, ours: bool) -> list[str]:
    """Return what a question does in Connect and cannot do here."""
    select = asked.question_type_properties.single_select
    name = short(asked.title)
    held = f"question '{name}' has a condition: here it is not applicable where that does not hold"
    targets = [
        (option.text, target.target_section)
        for option in (select.options if select else ())
        if (target := option.automatic_fail_configuration) and target.target_section not in {"", section.ref_id}
    ]
    failed = [
        f"question '{name}': '{short(text)}' fails the section {each} only: not taken over" for text, each in targets
    ]
    return [held, *failed] if asked.enablement and not ours else failed
