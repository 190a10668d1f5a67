"""Procedures: what colleagues have to do, in the version that was in force on the day, and what shows that they know."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Strict, Text, Whole, wrong_at


class Question(Strict):
    """One question of the quiz, with its answers to choose from."""

    id: Id = Field(description="Short name within the procedure, for example q1.")
    asks: Text = Field(description="The question.")
    answers: dict[Id, Text] = Field(min_length=2, max_length=6, description="Answers to choose from, by letter.")
    right: Id = Field(description="Letter of the right answer.")
    why: Text = Field(description="Why it is right; shown after the quiz.")


class Procedure(Definition):
    """One procedure, short enough to be read before rating by it."""

    title: Text = Field(description="Name shown to people.")
    standard: Text = Field(description="One sentence: what has to be done. It is quoted in feedback.")
    text: Text = Field(description="The procedure itself, at most a page.")
    pass_mark: Whole = Field(
        default=80,
        ge=1,
        le=100,
        description="Share of right answers to pass, in per cent; 100 where nothing may go wrong.",
    )
    questions: tuple[Question, ...] = Field(default=(), description="The quiz; left out: reading it is enough.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return questions that stand twice, and right answers that nobody could give."""
        seen: set[str] = set()
        for place, question in enumerate(self.questions):
            if question.id in seen:
                yield wrong_at(("questions", place, "id"), "repeated-question", f"question {question.id} stands twice")
            seen.add(question.id)
            if question.right not in question.answers:
                yield wrong_at(
                    ("questions", place, "right"),
                    "unknown-answer",
                    f"{question.right} is not among the answers: {', '.join(question.answers)}",
                )
