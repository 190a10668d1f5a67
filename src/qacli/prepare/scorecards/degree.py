"""Degrees: two descriptions that differ only in how strongly they say the same thing."""

from __future__ import annotations

import re

DEGREES = frozenset(
    {
        "very", "quite", "rather", "fairly", "pretty", "somewhat", "slightly", "really", "truly", "highly", "extremely",
        "exceptionally", "more", "most", "less", "least", "much", "well", "better", "best", "always",
        "often", "sometimes", "usually", "mostly", "generally", "particularly", "especially",
    }
)  # fmt: skip
"""Words that say how much or how often without a measure."""
NO_ADVERB = frozenset(
    {
        "apply", "bully", "comply", "daily", "early", "family", "hourly", "imply", "july",
        "monthly", "multiply", "only", "rely", "reply", "supply", "weekly", "yearly",
    }
)  # fmt: skip
"""Words in -ly that name a thing, a deed or a measure."""
_WORD = re.compile(r"[\w'’-]+")


def same_but_for_degree(one: str, other: str) -> str | None:
    """Return the words by which two descriptions differ, where they are words of degree alone; else None.

    Two descriptions in the same words return None: that they are the same is another fault.
    """
    words, others = _words(one), _words(other)
    if words == others or [each for each in words if not _of_degree(each)] != [
        each for each in others if not _of_degree(each)
    ]:
        return None
    return " ".join(_beyond(others, words) or _beyond(words, others)) or None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _of_degree(word: str) -> bool:
    return word in DEGREES or (word.endswith("ly") and len(word) > 4 and word not in NO_ADVERB)


def _beyond(words: list[str], others: list[str]) -> list[str]:
    rest = list(others)
    found = []
    for word in words:
        if word in rest:
            rest.remove(word)
        else:
            found.append(word)
    return found
