"""What every evaluation form tells, in whatever system: headings, questions, answers, what each is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

JSON_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?")
NOTHING: Mapping[str, str] = MappingProxyType({})


def _amount(value: object) -> object:
    if isinstance(value, str):
        if not JSON_NUMBER.fullmatch(value):
            raise PydanticCustomError("number", "'{value}' is not a number", {"value": value})
        return Decimal(value)
    return value


Amount = Annotated[Decimal, BeforeValidator(_amount)]
"""A number as programs write it: with more places than people do, or with an exponent."""


class Answer(NamedTuple):
    """One answer to choose. ``value`` is 0 to 100, None where the form gives it none; ``fails`` is what it does to the
    form, as a card says it: zero, zero_section; empty for nothing."""

    id: str
    label: str
    value: Decimal | None
    fails: str = ""


class Question(NamedTuple):
    """One question under its heading. ``weight`` is in whatever unit the form counts, 0 where it is not scored.

    ``factor`` is what the form multiplies the points of its section with; 1 where it does not.
    ``notes`` is what guidance that qacli wrote says, by name; ``guidance`` is guidance of somebody else.
    """

    section: str
    heading: str
    id: str
    text: str
    weight: Decimal
    answers: Sequence[Answer]
    may_be_not_applicable: bool
    notes: Mapping[str, str] = NOTHING
    guidance: str = ""
    only_if: str = ""
    bonus: bool = False
    factor: Decimal = Decimal(1)


class Form(NamedTuple):
    """A form as it was read. ``about`` is what qacli wrote of the card, empty for a form made elsewhere.

    ``findings`` names what the form holds and a scorecard does not.
    """

    title: str
    about: Mapping[str, str]
    questions: Sequence[Question]
    findings: Sequence[str]


class Foreign(BaseModel):
    """A part of a file of another system: settings that are not named here are kept apart and told, never refused."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        # JSON's null comes as the text that was written
        return {name: value for name, value in data.items() if value != "null"} if isinstance(data, dict) else data


def left_over(part: BaseModel, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the names of settings of a file that were not read, but for those ``known`` to say nothing of a card."""
    for name in part.model_extra or {}:
        if name not in known:
            yield name
    for field in type(part).model_fields:
        value = getattr(part, field)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, BaseModel):
                yield from left_over(each, known)
