"""The grain of every definition: strict models over YAML text, where every scalar arrives as written.

The loader hands over text only (``no``, ``12:30`` and ``1.10`` stay what was written), so the types here decide
what a number is: ASCII digits of a sane length, never ``1_000``, ``nan`` or digits of another script.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COVERT = frozenset({"covert", "silent", "secret", "hidden", "undercover", "unaware", "without_notice"})
NO_COVERT_MODE = (
    "qacli has no covert mode: people are told before they are observed. Where a crime is suspected, that is a matter for "
    "the highest authority and its own assessment, outside quality monitoring; take this line out"
)
"""What is said where somebody asks for monitoring that nobody knows of."""
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
WHOLE = re.compile(r"-?[0-9]{1,9}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _number(value: object) -> object:
    if isinstance(value, str):
        if not NUMBER.fullmatch(value):
            raise PydanticCustomError(
                "number", "'{value}' is not a number: write digits, for example 12 or 12.5", {"value": value}
            )
        return Decimal(value)
    return value


def _whole(value: object) -> object:
    if isinstance(value, str):
        if not WHOLE.fullmatch(value):
            raise PydanticCustomError("whole", "'{value}' is not a whole number", {"value": value})
        return int(value)
    return value


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        if value not in {"yes", "no", "true", "false"}:
            raise PydanticCustomError("yes-no", "'{value}' is neither yes nor no", {"value": value})
        return value in {"yes", "true"}
    return value


def _date(value: object) -> object:
    if isinstance(value, str):
        try:
            if not DATE.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError(
                "date", "'{value}' is not a date: write year-month-day, for example 2026-05-18", {"value": value}
            ) from None
    return value


Number = Annotated[Decimal, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Date = Annotated[date, BeforeValidator(_date)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
PersonId = Annotated[str, StringConstraints(pattern=r"^p_[a-z0-9]{1,38}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=20)]
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}@[0-9]+(\.[0-9]+)*$")]
"""id@version"""
Named = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}(@[0-9]+(\.[0-9]+)*)?$")]
"""id, which means the version in force, or id@version"""
PointId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,19}$")]
"""A point of a rating scale: 4, met."""
AnswerId = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9_-]{0,19}|[0-9]{1,9}\.[0-9]{1,6})$")]
"""An answer that a scale allows: a point, or a number of a number scale: 4, met, 7.5."""
SourceName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A source of the workspace: transactions, opt_outs."""
ItemId = Annotated[str, StringConstraints(pattern=r"^t_[0-9a-z]+(-[0-9]+)?$")]
"""An item of a sample: t_4k-2."""
ANY = "any"
"""Stands for every channel that is not named beside it."""


def _for_any(value: object) -> object:
    return {ANY: value} if isinstance(value, str) else value


V = TypeVar("V")


def on_channel(settings: Mapping[str, V], channel: str) -> V | None:
    """Return what is said for a channel, or for any; None where nothing is said of it."""
    return settings.get(channel, settings.get(ANY))


PER_CHANNEL = BeforeValidator(_for_any, json_schema_input_type=str | dict[str, str])
"""One value for all channels may be written without naming any."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


class Strict(BaseModel):
    """A part of a definition: unknown settings are refused, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Definition(Strict):
    """What every definition says of itself: who answers for it and from when to when it holds."""

    id: Id = Field(description="Short name used by other files and by records. It is never renamed or used again.")
    version: Version = Field(description="Raise it with every change once records cite the item.")
    owner: PersonId = Field(description="The person who answers for this item.")
    from_: Date = Field(alias="from", description="First day on which it is in force.")
    to: Date | None = Field(default=None, description="Last day on which it is in force; left out: open.")
    review_by: Date | None = Field(default=None, description="Day by which the owner looks at it again.")

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        wrong = list(self.wrong())
        if self.to and self.to < self.from_:
            wrong.append(wrong_at(("to",), "ends-before-start", f"ends on {self.to}, before it starts on {self.from_}"))
        refuse_all(self, wrong)
        return self

    def wrong(self) -> Iterable[PydanticCustomError]:
        """Return what the rules over the whole definition find; each kind adds its own."""
        return ()

    @property
    def reference(self) -> str:
        """id@version, as records cite it."""
        return f"{self.id}@{self.version}"

    @property
    def newness(self) -> tuple[date, list[int]]:
        """What orders the versions of an item: the first day in force, then the number of the version."""
        return self.from_, [*map(int, self.version.split("."))]

    def in_force(self, day: date) -> bool:
        """Return whether the definition holds on a day, its last day included."""
        return self.from_ <= day and (self.to is None or day <= self.to)


D = TypeVar("D", bound=Definition)


def newest_in_force(definitions: Iterable[D], day: date) -> list[D]:
    """Return of each item, in order of first mention, the newest version that holds on a day."""
    found: dict[str, D] = {}
    for each in definitions:
        if each.in_force(day) and (each.id not in found or found[each.id].newness < each.newness):
            found[each.id] = each
    return list(found.values())


def wrong_at(place: tuple[str | int, ...], code: str, message: str) -> PydanticCustomError:
    """Return the error of a rule over a whole model, to be shown at ``place`` below that model."""
    return PydanticCustomError(code, message, {"at": place})


def refuse_all(model: BaseModel, wrong: Iterable[PydanticCustomError]) -> None:
    """Raise everything that the rules over a whole model found, in one go; nothing found raises nothing."""
    lines = [InitErrorDetails(type=error, loc=(), input=model) for error in wrong]
    if lines:
        raise ValidationError.from_exception_data(type(model).__name__, lines)
