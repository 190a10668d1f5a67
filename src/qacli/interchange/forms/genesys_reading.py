"""An evaluation form of Genesys Cloud, as the API takes and gives it, read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from qacli.files.schema import YesNo
from qacli.files.validate import validate
from qacli.files.yaml import Tree, short
from qacli.interchange.forms import guidance
from qacli.interchange.forms.form import Amount, Answer, Foreign, Form, Question, left_over

CHOICE, TEXT_BLOCK = "multipleChoiceQuestion", "readOnlyTextBlockQuestion"
SILENT = frozenset(
    {
        "id", "selfUri", "contextId", "modifiedDate", "published", "publishedVersions", "division",
        "latestVersionFormName", "dialect", "redacted", "type", "manualWeight", "naEnabled",
        "commentsRequired", "weightMode",
    }
)  # fmt: skip
"""Settings of the system itself, which say nothing of a card."""


class Part(Foreign):
    """A part of a form: names as Genesys writes them."""

    model_config = ConfigDict(alias_generator=to_camel)


class Option(Part):
    """An answer to choose."""

    text: str = ""
    value: Amount = Decimal(0)


class Asked(Part):
    """A question, or a text that stands between them."""

    text: str = ""
    help_text: str = ""
    type: str = CHOICE
    na_enabled: YesNo = False
    answer_options: tuple[Option, ...] = ()
    is_kill: YesNo = False
    is_critical: YesNo = False
    visibility_condition: dict[str, Any] | None = None


class Group(Part):
    """Questions under one heading, with one weight."""

    name: str = Field(min_length=1)
    weight: Amount = Decimal(1)
    questions: tuple[Asked, ...] = ()
    visibility_condition: dict[str, Any] | None = None
    default_answers_to_highest: YesNo = False
    default_answers_to_na: YesNo = Field(default=False, alias="defaultAnswersToNA")


class EvaluationForm(Part):
    """The whole form."""

    name: str = Field(min_length=1)
    question_groups: tuple[Group, ...] = Field(min_length=1)


def read(tree: Tree) -> Form:
    """Return what a form tells. Raises FileFaults where the file holds no such form."""
    form = validate(tree, EvaluationForm)
    blocks = [each.text for group in form.question_groups for each in group.questions if each.type == TEXT_BLOCK]
    about = next((text for text in blocks if guidance.is_ours(text)), "")
    findings = [f"not taken over: {name}" for name in dict.fromkeys(left_over(form, SILENT))]
    findings += [f"text between questions is not taken over: '{short(text)}'" for text in blocks if text != about]
    found = []
    for place, group in enumerate(form.question_groups, start=1):
        if group.default_answers_to_highest or group.default_answers_to_na:
            findings.append(f"answers that are filled in beforehand in '{short(group.name)}' are not taken over")
        for asked in group.questions:
            if asked.type == CHOICE and len(asked.answer_options) > 1:
                found.append(_question(asked, group, place, ours=bool(about)))
            elif asked.type != TEXT_BLOCK:
                findings.append(f"question '{short(asked.text)}' is of type {asked.type}: not taken over")
            if asked.visibility_condition and not about:
                findings.append(
                    f"question '{short(asked.text)}' has a condition: not applicable where it does not hold"
                )
    return Form(form.name, guidance.read(about), found, findings)


def _question(asked: Asked, group: Group, place: int, *, ours: bool) -> Question:
    notes, other = guidance.taken(asked.help_text, ours=ours)
    section, _, name = notes.get("Criterion", f"section-{place}/").partition("/")
    best = max(option.value for option in asked.answer_options)
    return Question(
        section,
        group.name,
        name,
        asked.text,
        best * group.weight,
        _answers(asked, guidance.listed(notes, "Points"), best),
        asked.na_enabled,
        notes,
        other,
        "its condition in Genesys Cloud holds" if asked.visibility_condition or group.visibility_condition else "",
        factor=group.weight,
    )


def _answers(asked: Asked, points: Sequence[str], best: Decimal) -> list[Answer]:
    """Return the answers; a fatal question fails the form with any answer below its best."""
    names = points if len(points) == len(asked.answer_options) else [""] * len(asked.answer_options)
    return [
        Answer(
            name,
            option.text or f"worth {option.value}",
            option.value * 100 / best if best else None,
            "zero" if asked.is_kill and option.value < best else "",
        )
        for name, option in zip(names, asked.answer_options, strict=True)
    ]
