"""The score file: what a form, a script or another program hands to ``qacli score --from``.

YAML or JSON::

    schema: qacli.score/1
    item: t_4k-2
    answers:
      ch-own: 4
      ch-idv: {answer: not_met, evidence: gave the balance before the check, offset: "00:41"}
      ch-next: {answer: 5, lines: [12]}
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from qacli.files.schema import ItemId, Strict, Whole
from qacli.files.text import one_line
from qacli.monitor.observing.blank import Origin

Said = Annotated[
    str,
    BeforeValidator(lambda text: one_line(text) if isinstance(text, str) else text),
    StringConstraints(max_length=4000),
]

MOST_LINES = 50


def _short(value: Any) -> Any:
    """A plain text stands for an answer without more."""
    return {"answer": value} if isinstance(value, str) else value


class AnswerForm(Strict):
    """One answer of a score file."""

    answer: str = Field(description="A point of the criterion's scale, or na.")
    evidence: Said = Field(default="", description="What was seen or heard; for na, why it does not apply.")
    offset: str = Field(default="", description="Time from the start, for example 02:41.")
    comment: Said = Field(default="", description="Anything else.")
    lines: tuple[Whole, ...] = Field(
        default=(),
        max_length=MOST_LINES,
        description="Lines of the transcript, by their number, that are the evidence.",
    )


class ScoreForm(Strict):
    """One filled form."""

    schema_: Literal["qacli.score/1"] = Field(
        default="qacli.score/1", alias="schema", description="Version of this file."
    )
    item: ItemId = Field(description="The item it is about, for example t_4k-2.")
    form_: Origin | None = Field(
        default=None, alias="form", description="What the form was made of, if qacli made one."
    )
    answers: dict[str, Annotated[AnswerForm, BeforeValidator(_short)]] = Field(
        description="Answers by criterion, to those that are asked."
    )
