"""Rules over the words or the times of a transaction, which suggest the answer to a criterion. A person always decides.

Patterns are those of RE2: they are matched in a time that grows with the text only, so that none can hang a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import AnswerId, Definition, Id, Number, Text, Whole, wrong_at

OUTSIDE = (r"\A", r"\z")
"""Begin and end of the whole text, which is cut in turns here."""


class Rule(Definition):
    """One automatic check."""

    title: Text = Field(description="What it looks for, for example: the caller is told that the call is recorded.")
    criterion: Id = Field(description="Criterion whose answer it suggests, for example ph-notice.")
    who: Literal["colleague", "customer", "action"] = Field(
        default="colleague", description="Whose words are read; action: what the colleague did in a system."
    )
    any_of: tuple[Text, ...] = Field(
        default=(), max_length=50, description="Patterns (RE2), in small letters or capitals; one that fits is enough."
    )
    measure: Id | None = Field(
        default=None,
        description="Instead of patterns: what is measured, as first-reply-seconds, longest-wait-seconds, handling-seconds "
        "or a measure that the profile of the export names.",
    )
    best_at: Number | None = Field(
        default=None,
        ge=0,
        description="Measure, in the unit of its name, up to which the best answer is filled in, or found.",
    )
    worst_at: Number | None = Field(
        default=None,
        description="Measure from which the worst number of a number scale is suggested; in between, in proportion.",
    )
    first: Whole | None = Field(default=None, ge=1, description="Only in the first so many turns of that party.")
    last: Whole | None = Field(default=None, ge=1, description="Only in the last so many turns of that party.")
    found: AnswerId | None = Field(
        default=None, description="Answer to suggest where a pattern fits, or best_at is kept."
    )
    missing: AnswerId | None = Field(
        default=None, description="Answer to suggest where none fits, or best_at is passed."
    )
    channels: tuple[Id, ...] = Field(default=(), description="Only on these channels.")
    reasons: tuple[Text, ...] = Field(
        default=(), description="Only for these contact reasons, as the export names them."
    )

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return patterns that RE2 does not take, and settings that say nothing or too much."""
        for place, pattern in enumerate(self.any_of):
            if why := not_a_pattern(pattern):
                yield wrong_at(("any_of", place), "no-pattern", f"'{pattern}' is no pattern that can be used: {why}")
        if bool(self.any_of) == bool(self.measure):
            yield wrong_at(
                ("id",), "words-or-measure", "it reads either words (any_of) or a measure, and just one of them"
            )
        if self.found is None and self.missing is None and self.worst_at is None:
            yield wrong_at(("id",), "suggests-nothing", "it suggests nothing: say found, missing, or both")
        if self.measure and self.best_at is None:
            yield wrong_at(("measure",), "no-bound", "say with best_at up to which measure the answer is the best")
        if self.worst_at is not None and (self.best_at is None or self.worst_at <= self.best_at):
            yield wrong_at(("worst_at",), "bounds", "worst_at is above best_at: less is better in all that is measured")
        if self.first is not None and self.last is not None:
            yield wrong_at(("last",), "two-ends", "first and last cannot both be said: write two rules")

    def concerns(self, channel: str, reason: str) -> bool:
        """Return whether the rule is about transactions of a channel and contact reason."""
        return (not self.channels or channel in self.channels) and (not self.reasons or reason in self.reasons)


def not_a_pattern(pattern: str) -> str:
    """Return why RE2 does not take a pattern; empty where it does."""
    import re2

    if outside := [each for each in OUTSIDE if each in pattern]:
        return f"{outside[0]} is the end of the whole text: for that of a turn write ^ or $"
    try:
        compiled = re2.compile(pattern, options())
    except re2.error as wrong:
        said = str(wrong.args[0]) if wrong.args else "unknown"
        said = said.decode() if isinstance(said, bytes) else said.removeprefix("b'").removesuffix("'")
        return f"{said.removesuffix(f': {pattern}')}; look-around and back-references are not known here"
    return "it fits an empty text, and so everything" if compiled.search("") else ""


def options() -> object:
    """Return how patterns are read: capitals alike, ^ and $ at each turn."""
    import re2

    chosen = re2.Options()
    chosen.case_sensitive = False
    chosen.log_errors = False
    chosen.never_capture = True  # where a pattern fits is asked, never what a group in it holds
    chosen.max_mem = 64 << 20  # with less, a set of many patterns gives up without a word
    return chosen
