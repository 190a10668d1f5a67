"""Whether a text is somebody's own words: neither a template, nor a copy of what is printed or said elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qacli.files.personal import redact

PLACEHOLDER = re.compile(
    r"\[[^\]]{1,80}\]|<[^>]{1,80}>|\{[^}]{1,80}\}|_{3,}|\.{4,}|…{2,}|\b(?:lorem ipsum|to ?do|tbc|tbd|xxx+)\b"
    r"|\b(?:insert|describe|explain|write|add) (?:your|here)\b",
    re.IGNORECASE,
)
"""What is left of a form that nobody filled in."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
RUN = 5
"""Words in a row that two people hardly choose alike by chance; our number."""
COPIED = 0.3
"""Share of a text's runs that may stand elsewhere: who quotes a rule has more words of their own around it; our number."""


class Elsewhere(NamedTuple):
    """A text that somebody might copy, and what it is called."""

    name: str
    text: str


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return [word.casefold() for word in WORD.findall(text)]


def placeholders(text: str) -> list[str]:
    """Return what stands in a text of a template, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def copied_from(text: str, others: Iterable[Elsewhere]) -> tuple[str, float]:
    """Return the text that most runs of words are also in, and which share of them; an empty name where there is none."""
    mine = _runs(words_of(text))
    best = ("", 0.0)
    for other in others if mine else ():
        share = len(mine & _runs(words_of(other.text))) / len(mine)
        best = max(best, (other.name, share), key=lambda found: found[1])
    return best


def is_copy(share: float) -> bool:
    """Return whether so many runs stand elsewhere that the text is no longer the writer's own."""
    return share > COPIED


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + RUN]) for place in range(max(len(words) - RUN + 1, 0))}


def personal(text: str, names: Iterable[str], never: Iterable[str]) -> Iterator[str]:
    """Yield what in a text must not leave: kinds of numbers and addresses, names of people, words that are barred.

    The texts themselves are not repeated, but for ids of people and barred words, which are known anyway.
    """
    yield from redact(text)[1]
    for name in names:
        if re.search(spelled(name), text):
            yield "the name of a person in people.csv"
            break
    for word in never:
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
            yield f"'{word}', which portfolio.yaml bars"


def spelled(name: str) -> str:
    """Return the pattern of a name: a whole one in letters of any size, a single word as it is spelled.

    Otherwise a colleague called Will would bar a word that everybody needs.
    """
    flags = "(?i:" if " " in name else "(?:"
    return rf"(?<!\w){flags}{re.escape(name)})(?!\w)"
