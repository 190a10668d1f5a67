"""What makes an action SMART here: vague words, and how short and long an action may be; the workspace's own list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from qacli.files.schema import Definition, Text, Whole, newest_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.model import View


class Smart(Definition):
    """The rules by which actions are checked. The numbers are ours, set by no source."""

    vague_verbs: tuple[Text, ...] = Field(
        description="Verbs that name a wish, not a deed: they stand only where a metric says what is meant."
    )
    vague_words: tuple[Text, ...] = Field(description="Words that nobody can hold an action to, for example asap.")
    least_days: Whole = Field(default=14, ge=1, le=366, description="Days from start to due at least.")
    most_days: Whole = Field(default=366, ge=1, le=1098, description="Days from start to due at most.")
    fewest_moves: Whole = Field(
        default=8, ge=4, le=120, description="Past moves on record before a step is held against them."
    )
    power: Whole = Field(
        default=80, ge=50, le=99, description="Per cent of the times in which a change as large as the step would show."
    )

    def is_vague(self, verb: str) -> bool:
        """Return whether a verb names a wish."""
        return verb.casefold() in {each.casefold() for each in self.vague_verbs}

    def vague_in(self, text: str) -> Iterator[str]:
        """Yield the words of the list that stand in a text, as it has them."""
        for word in self.vague_words:
            if found := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
                yield found[0]


def rules_of(view: View) -> Smart:
    """Return the rules in force today, and cite them. Raises NoSuchDefinition where a workspace has none."""
    known: Sequence[Smart] = newest_in_force(view.definitions("smart"), view.now.date())
    found: Smart = view.definition("smart", known[0].reference if known else "actions")
    return found
