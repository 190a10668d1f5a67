"""Classes of risk: which transactions weigh more in a sample, because an error in them does more harm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Id, Number, Strict, Text, Whole, wrong_at

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame

OTHER = "other"
"""The class of all that belong to none; each weighs 1."""


class RiskClass(Strict):
    """Transactions of one class: those that fit all that is said. A transaction belongs to the first that it fits."""

    weight: Number = Field(gt=0, le=1000, description="How many times as likely to be drawn as what is in no class.")
    channel: tuple[Id, ...] = Field(default=(), description="In one of these channels.")
    team: tuple[Text, ...] = Field(default=(), description="Of one of these teams, as the export names them.")
    reason: tuple[Text, ...] = Field(default=(), description="With one of these contact reasons, as the export says.")
    queue: tuple[Text, ...] = Field(default=(), description="From one of these queues, as the export names them.")
    minimum_seconds: Whole | None = Field(default=None, ge=1, description="At least this long.")


def classes_can_be_told(frame: Frame) -> Iterator[PydanticCustomError]:
    """Each class says what belongs to it, and none has the name of the rest."""
    for name, each in frame.risk.items():
        if name == OTHER:
            yield wrong_at(("risk", name), "class-other", f"{OTHER} is the name of all the rest, which weighs 1")
        elif not each.model_fields_set - {"weight"}:
            yield wrong_at(("risk", name), "class-of-all", "says nothing of what belongs to it, for example reason")
