"""Coaching models such as GROW and OSKAR: the parts of a conversation, in order, with what is asked in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Strict, Text, wrong_at


class ModelStep(Strict):
    """One part of the conversation."""

    id: Id = Field(description="Short name, as it is typed.")
    title: Text = Field(description="Name of the part.")
    ask: Text = Field(description="What the coach asks, in a sentence or two.")


class CoachingModel(Definition):
    """A coaching model: what is talked about, in this order, before coaching counts as done."""

    title: Text = Field(description="Name shown in plans.")
    steps: tuple[ModelStep, ...] = Field(min_length=2, description="The parts of the conversation, in order.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return the steps whose name stands twice."""
        seen: set[str] = set()
        for number, step in enumerate(self.steps):
            if step.id in seen:
                yield wrong_at(
                    ("steps", number, "id"), "repeated-item", f"step {step.id} stands twice: give it another id"
                )
            seen.add(step.id)

    def missing(self, taken: Sequence[str]) -> list[ModelStep]:
        """Return the parts that are not among those talked about."""
        return [step for step in self.steps if step.id not in taken]
