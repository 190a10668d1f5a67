"""Words of opinion in what was noted: they say what the observer felt, not what was said or done.

The list is the workspace's own, definitions/opinions.yaml: words, why they are no evidence, what to ask oneself instead.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from qacli.files.schema import Definition, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb|(?<!\w)'[^']*'(?!\w)")
"""What somebody else said, word for word: a customer may well have called it rude."""
LINES = re.compile(r"(?:^| / )(?:[0-9:]+ |line [0-9]+, )?(?:colleague|customer|system): .*?(?= / |$)")
"""Lines of the conversation, as they stand in evidence once they are taken: word for word as well."""


class Opinion(Definition):
    """Words of opinion that are alike."""

    words: tuple[Text, ...] = Field(min_length=1, description="Words and phrases, for example [rude, great attitude].")
    why: Text = Field(description="Why they are no evidence, in half a sentence.")
    ask: Text = Field(description="What the observer asks themselves instead.")


class Opined(NamedTuple):
    """A word of opinion in a text, as it was written there."""

    word: str
    opinion: Opinion

    def in_words(self) -> str:
        """Return the remark to make about it."""
        return f"'{self.word}' {self.opinion.why}; ask instead: {self.opinion.ask}"


def opined(text: str, opinions: Sequence[Opinion]) -> Iterator[Opined]:
    """Yield the words of opinion in a text, in the order of the list, each group once; what is quoted is left alone."""
    said = QUOTED.sub(" ", LINES.sub(" ", text))
    for opinion in opinions:
        if found := _pattern(opinion.words).search(said):
            yield Opined(found[0], opinion)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
