"""The score file: what a form, a script or another program hands to ``qacli score --from``.

YAML or JSON::

    schema: qacli.score/1
    item: t_4k-2
    answers:
      ch-own: 4
      ch-idv: {answer: not_met, evidence: gave the balance before the check, offset: "00:41"}
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from qacli.files.schema import Strict
from qacli.files.text import one_line
from qacli.monitor.answers import Answer
from qacli.monitor.evaluation import Form



def _item_id(text: str) -> str:
    if not re.fullmatch(r"t_[0-9a-z]+(-[0-9]+)?", text):
        raise PydanticCustomError("item-id", "'{text}' is not the id of an item: write it as t_4k-2", {"text": text})
    return text


ItemId = Annotated[str, AfterValidator(_item_id)]
Said = Annotated[str, BeforeValidator(lambda text: one_line(text) if isinstance(text, str) else text),
                 StringConstraints(max_length=4000)]


def _short(value: Any) -> Any:
    """A plain text stands for an answer without more."""
    return {"answer": value} if isinstance(value, str) else value


class AnswerForm(Strict):
    """One answer of a score file."""

    answer: str = Field(description="A point of the criterion's scale, or na.")
    evidence: Said = Field(default="", description="What was seen or heard; for na, why it does not apply.")
    offset: str = Field(default="", description="Time from the start, for example 02:41.")
    comment: Said = Field(default="", description="Anything else.")


class ScoreForm(Strict):
    """One filled form."""

    schema_: Literal["qacli.score/1"] = Field(default="qacli.score/1", alias="schema", description="Version of this file.")
    item: ItemId = Field(description="The item it is about, for example t_4k-2.")
    answers: dict[str, Annotated[AnswerForm, BeforeValidator(_short)]] = Field(description="Answers by criterion.")

    def form(self) -> Form:
        """Return the form as evaluation takes it."""
        answers = {name: Answer(each.answer, each.evidence, each.offset, each.comment)
                   for name, each in self.answers.items()}
        return Form(self.item, answers, "file")
