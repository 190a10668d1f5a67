"""The tree of causes: its branches, what to ask on each, and words that end the asking too early."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import Field

from qacli.files.schema import Definition, Text

APART = 2
"""So many other words may stand between the words of a phrase: "the agent made an error" is "agent error"."""


class CauseClass(Definition):
    """One branch of the tree, for example system."""

    title: Text = Field(description="Name shown to people.")
    asks: tuple[Text, ...] = Field(min_length=1, description="Questions that lead further on this branch.")
    refuses: tuple[Text, ...] = Field(
        default=(), description="Words that blame instead of explaining: no cause ends there, on whatever branch."
    )
    ask_instead: Text | None = Field(default=None, description="What is asked where they are used.")


def blaming(classes: Sequence[CauseClass], text: str) -> tuple[CauseClass, str] | None:
    """Return the branch and the phrase by which a text blames; None where it does not.

    The words of a phrase count in any order, in singular or plural, with few others between them.
    """
    words = [_stem(word) for word in re.findall(r"[\w-]+", text.casefold())]
    for each in classes:
        for phrase in each.refuses:
            if _stands(phrase.casefold().split(), words):
                return each, phrase
    return None


def _stands(phrase: Sequence[str], words: Sequence[str]) -> bool:
    wanted, reach = [_stem(word) for word in phrase], len(phrase) + (APART if len(phrase) > 1 else 0)
    return any(set(wanted) <= set(words[place : place + reach]) for place in range(len(words)))


def _stem(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word
