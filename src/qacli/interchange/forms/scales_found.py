"""The scales of a form that was read: one that is there already and has the same answers, else a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from qacli.files.yaml import short
from qacli.interchange.forms import guidance
from qacli.interchange.forms.form import Answer, Question
from qacli.prepare.scorecards.scale import Range, Scale, plain

LONGEST, MOST_POINTS = 30, 7
"""Characters of an id made of words; points of a scale that people judge by."""
RANGE = re.compile(r"(?P<from>[0-9.]+) to (?P<to>[0-9.]+) in steps of (?P<step>[0-9.]+)")
"""As Scale.in_words writes it."""


class Scales:
    """The scales that are known, and those made for the card ``card`` so far; what was found on the way.

    ``too_long`` names the questions with more answers than a scale has points.
    """

    def __init__(self, card: str, owner: str, on: date, known: Iterable[Scale]) -> None:
        self.card, self.owner, self.on = card, owner, on
        self.made: dict[str, dict[str, Any]] = {}
        self.findings: list[str] = []
        self.too_long: list[str] = []
        self._shapes = {scale.reference: _shape(scale) for scale in known}

    def reference(self, question: Question, answers: Sequence[Answer]) -> str:
        """Return the reference of the scale with these answers, worst first: known or made already, else made now."""
        shape = self._told(question, answers)
        reference = question.notes.get("Scale", "").partition(guidance.MET_FROM)[0]
        for name, its in self._shapes.items():
            if reference in {"", name} and all(its.get(field) == value for field, value in shape.items()):
                return name
        if not reference or reference in self._shapes:
            reference = f"{self._free(answers, shape)}@1"
        kind = "binary" if len(answers) == 2 else "ordinal"
        self._shapes[reference] = shape = {"kind": kind, **shape}
        self.made[reference] = self._definition(reference, shape, answers)
        return reference

    def _told(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """Return what a form tells of a scale; only one that qacli wrote says of what kind it is and what to describe."""
        points = points_of(answers, keep=bool(question.notes))
        numbers = _numbers(question.notes.get("Numbers", ""))
        if len(points) > MOST_POINTS and not numbers:
            self.too_long.append(f"'{short(question.text)}': {len(points)}")
        met_at = question.notes.get("Scale", "").partition(guidance.MET_FROM)[2] or _met_at(points, answers)
        if not question.notes:
            return {"points": points, "met_at": met_at}
        usual = "binary" if len(answers) == 2 else "ordinal"
        told = {"describe": guidance.listed(question.notes, "To describe"), "met_at": met_at}
        if not numbers:
            return {"kind": question.notes.get("Kind", usual), "points": points, **told}
        self._compare(question, answers, numbers)
        return {"kind": "number", "range": _written_range(numbers), "bands": _bands(question.notes), **told}

    def _compare(self, question: Question, answers: Sequence[Answer], numbers: Range) -> None:
        """Say where the answers of a form are no longer the numbers that its guidance names."""
        # to hundredths, for where a question counts for nothing its answers are spread evenly to as many places
        there = {answer.id: round(answer.value or Decimal(0), 2) for answer in answers}
        alike = numbers.to > numbers.from_ and numbers.count == len(answers)
        if not alike or there != {plain(each): round(numbers.worth(each), 2) for each in numbers.numbers()}:
            said = question.notes["Numbers"]
            self.findings.append(f"answers of '{short(question.text)}' were changed there; here they are {said}")

    def _free(self, answers: Sequence[Answer], shape: Mapping[str, Any]) -> str:
        """Return an id for a new scale: of the card's first word and the two answers, else of how many there are."""
        name = slug(" ".join(each.label for each in reversed(answers)))
        if len(answers) > 2 or any(each.label[:1].isdigit() for each in answers):
            name = "numbers" if "range" in shape else f"points-{len(answers)}"
        taken = {each.partition("@")[0] for each in self._shapes}
        wanted = found = f"{self.card.partition('-')[0][:9]}-{name[:LONGEST] or 'points'}"[:38].rstrip("-")
        number = 2
        while found in taken:
            number, found = number + 1, f"{wanted[:36]}-{number}"
        return found

    def _definition(self, reference: str, shape: Mapping[str, Any], answers: Sequence[Answer]) -> dict[str, Any]:
        name, _, version = reference.partition("@")
        title = " / ".join(answer.label for answer in answers)
        if numbers := shape.get("range"):
            title = f"Numbers, {numbers['from']} to {numbers['to']}"
        head = {"id": name, "version": version, "owner": self.owner, "from": str(self.on), "title": title}
        return {**head, **{field: value for field, value in shape.items() if value}}


def _numbers(text: str) -> Range | None:
    found = RANGE.fullmatch(text)
    try:
        return Range.model_validate(found.groupdict()) if found else None
    except ValueError:
        return None


def _written_range(numbers: Range) -> dict[str, str]:
    return {name: plain(value) for name, value in numbers.model_dump(by_alias=True).items()}


def _met_at(points: Sequence[Mapping[str, str]], answers: Sequence[Answer]) -> str:
    """Return the first answer that does not fail, where the worst ones do; else the best."""
    passing = [point["point"] for point, answer in zip(points, answers, strict=True) if not answer.fails]
    some_fail = worst_first(answers) and 0 < len(passing) < len(answers)
    return passing[0] if some_fail else points[-1]["point"]


def _bands(notes: Mapping[str, str]) -> list[dict[str, str]]:
    split = [(name, text.partition(guidance.LIST)) for name, text in guidance.named(notes, "Band")]
    return [{"band": name, "from": first, "label": label} for name, (first, _, label) in split]


def _shape(scale: Scale) -> dict[str, Any]:
    """Return what makes two scales the same, as a form that qacli wrote tells it."""
    told = {"kind": scale.kind, "describe": list(scale.describe), "met_at": scale.met_at}
    if scale.range_ is None:
        points = [{"point": each.point, "value": written(each.value), "label": each.label} for each in scale.points]
        return {**told, "points": points}
    bands = [{"band": each.band, "from": plain(each.from_), "label": each.label} for each in scale.bands]
    return {**told, "range": _written_range(scale.range_), "bands": bands}


def worst_first(answers: Sequence[Answer]) -> bool:
    """Return whether the answers that fail are simply the worst ones."""
    failing = [bool(answer.fails) for answer in answers]
    return failing == sorted(failing, reverse=True)


def points_of(answers: Sequence[Answer], *, keep: bool) -> list[dict[str, str]]:
    """Return answers as points of a scale; their ids with ``keep``, else short names made of their labels."""
    names = [each.id if keep else slug(each.label)[:20].strip("-") for each in answers]
    if len(set(names)) < len(names) or not all(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,19}", name) for name in names):
        names = [str(place) for place in range(1, len(answers) + 1)]
    return [
        {"point": name, "value": written(each.value or Decimal(0)), "label": each.label}
        for name, each in zip(names, answers, strict=True)
    ]


def slug(text: str) -> str:
    """Return the first words of a text as an id; empty where it has no letter."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-").lstrip("-0123456789")
    return words[:LONGEST].rpartition("-")[0] or words[:LONGEST] if len(words) > LONGEST else words


def written(value: Decimal) -> str:
    """Return a number as definitions hold it, to six places."""
    return f"{round(value, 6).normalize():f}"
