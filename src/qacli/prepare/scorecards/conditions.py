"""Conditional criteria: one that is asked only when an earlier one was answered in a certain way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.nearest import in_passing
from qacli.files.schema import AnswerId, Id, Strict, wrong_at

if TYPE_CHECKING:
    from qacli.prepare.scorecards.scorecard import Criterion, Scorecard


class Condition(Strict):
    """The answer that opens a criterion."""

    criterion: Id = Field(description="The criterion that decides; it stands before this one on the card.")
    answers: tuple[AnswerId, ...] = Field(
        min_length=1, description="Answers to it that open this one: points of its scale, or na."
    )

    def in_words(self) -> str:
        """Return the condition as people are told it: only asked when ph-hold is met."""
        return f"only asked when {self.criterion} is {' or '.join(self.answers)}"


def asked(card: Scorecard, answers: Mapping[str, str]) -> tuple[Criterion, ...]:
    """Return the criteria that are asked, given the answers {criterion: point or na} so far, in order of the card.

    A criterion is asked when it has no condition, or when the one it depends on is asked and was answered so.
    """
    opened: dict[str, Criterion] = {}
    for criterion in card.criteria():
        condition = criterion.only_if
        if condition is None or (
            condition.criterion in opened and answers.get(condition.criterion) in condition.answers
        ):
            opened[criterion.id] = criterion
    return tuple(opened.values())


def conditions_lead_back(card: Scorecard) -> Iterator[PydanticCustomError]:
    """A condition names a criterion that stands before, so that its answer is known in time."""
    order = {criterion.id: place for place, criterion in reversed(list(enumerate(card.criteria())))}
    for place, criterion in card.placed():
        if criterion.only_if and (wrong := _wrong_trigger(card, criterion, criterion.only_if.criterion, order)):
            yield wrong_at((*place, "only_if", "criterion"), *wrong)


def _wrong_trigger(
    card: Scorecard, criterion: Criterion, trigger: str, order: Mapping[str, int]
) -> tuple[str, str] | None:
    """Return code and message of what is wrong with what a condition names; None where nothing is."""
    if trigger not in order:
        return "unknown-condition", f"no criterion {trigger} is on this card{in_passing(trigger, order)}"
    if order[trigger] < order[criterion.id]:
        return None
    circle = _circle(card, criterion.id)
    if circle:
        return "condition-circle", f"{' waits for '.join(circle)}: none of them would ever be asked"
    return (
        "condition-ahead",
        f"{trigger} comes after {criterion.id}, which is asked by its answer: move {trigger} before it",
    )


def _circle(card: Scorecard, start: str) -> list[str]:
    """Return the way along conditions from a criterion back to itself; empty where it does not lead back."""
    waits = {criterion.id: criterion.only_if.criterion for criterion in card.criteria() if criterion.only_if}
    way = [start]
    while (following := waits.get(way[-1])) and following not in way:
        way.append(following)
    return [*way, start] if following == start else []
