"""What no schema of Amazon Connect sees in a form: ids that stand twice, weights that do not add up, ids of nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

Numbered = Mapping[str, Any]
HUNDRED, CLOSE = 100, Decimal("0.000001")


def wrong(form: Mapping[str, Any]) -> list[str]:
    """Return what is wrong in a form that CreateEvaluationForm would take, in order of the rules; empty where nothing is."""
    sections, questions = list(_parts(form["Items"], "Section")), list(_parts(form["Items"], "Question"))
    return [
        *_repeated([*sections, *questions]),
        *(each for question in questions for each in _repeated(_options(question), f"{question['RefId']}: option ")),
        *_sums(form, sections, questions),
        *_dangling(sections, questions),
    ]


def _parts(items: Sequence[Numbered], what: str) -> Iterator[Numbered]:
    """Yield every section or question, those inside sections too."""
    for item in items:
        if what in item:
            yield item[what]
        yield from _parts(item.get("Section", {}).get("Items", ()), what)


def _options(question: Numbered) -> Sequence[Numbered]:
    found: Sequence[Numbered] = question.get("QuestionTypeProperties", {}).get("SingleSelect", {}).get("Options", ())
    return found


def _repeated(parts: Sequence[Numbered], where: str = "") -> Iterator[str]:
    for name, times in Counter(part["RefId"] for part in parts).items():
        if times > 1:
            yield f"{where}{name} stands {times} times"


def _sums(form: Numbered, sections: Sequence[Numbered], questions: Sequence[Numbered]) -> Iterator[str]:
    weighed = {"QUESTION_ONLY": questions, "SECTION_ONLY": sections}.get(form["ScoringStrategy"]["Mode"], ())
    total = sum((Decimal(str(part.get("Weight", 0))) for part in weighed), Decimal(0))
    if weighed and abs(total - HUNDRED) > CLOSE:
        yield f"weights add up to {total}, not {HUNDRED}"


def _dangling(sections: Sequence[Numbered], questions: Sequence[Numbered]) -> Iterator[str]:
    known = {section["RefId"] for section in sections}
    answers = {question["RefId"]: {option["RefId"] for option in _options(question)} for question in questions}
    for question in questions:
        for option in _options(question):
            target = option.get("AutomaticFailConfiguration", {}).get("TargetSection")
            if target is not None and target not in known:
                yield f"{question['RefId']}: fails the section {target}, which is not there"
    for part in (*sections, *questions):
        for operand in part.get("Enablement", {}).get("Condition", {}).get("Operands", ()):
            expression = operand.get("Expression", {})
            source = expression.get("Source", {}).get("RefId", "nothing")
            values = {value.get("RefId", "nothing") for value in expression.get("Values", ())}
            if source not in answers:
                yield f"{part['RefId']}: depends on {source}, which is not there"
            elif values - answers[source]:
                yield f"{part['RefId']}: depends on {', '.join(sorted(values - answers[source]))}, no answer of {source}"
