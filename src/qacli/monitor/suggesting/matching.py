"""Many rules over a transcript at once: one pass tells which patterns occur, then only those are looked for.

A set of patterns is matched in one pass by RE2. Plain regular expressions would each read the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from qacli.prepare.scorecards.rule import options

if TYPE_CHECKING:
    from qacli.prepare.scorecards.rule import Rule


class Utterance(NamedTuple):
    """One turn as rules read it: its number in the transcript, whose it is, its words."""

    number: int
    role: str
    text: str


class Uttered(Protocol):
    """What a turn has to have to be read."""

    @property
    def number(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...


class Hit(NamedTuple):
    """Where a rule found its words: the turn, and where they begin and end in it; all None where it found none."""

    rule: Rule
    turn: int | None
    start: int | None
    end: int | None


_Pattern = tuple[int, "Rule", "Callable[..., Any]", bool]
"""A pattern with the place of its rule, the rule, how it is searched, and whether the rule reads only some of the turns."""


class _Party(NamedTuple):
    """What is looked for in the words of one party: the set of all patterns, and each of them."""

    all: Any
    patterns: Sequence[_Pattern]


class Matcher:
    """Rules made ready for many transcripts."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        import re2

        self._nothing = [Hit(rule, None, None, None) for rule in rules]
        self._parties: dict[str, _Party] = {}
        for who in dict.fromkeys(rule.who for rule in rules):
            every = re2.Set.SearchSet(options())
            patterns = []
            for place, rule in enumerate(rules):
                windowed = bool(rule.first or rule.last)
                for pattern in rule.any_of if rule.who == who else ():
                    every.Add(f"(?m){pattern}")
                    patterns.append((place, rule, re2.compile(f"(?m){pattern}", options()).search, windowed))
            if patterns:
                every.Compile()
                self._parties[who] = _Party(every, patterns)

    def hits(self, turns: Sequence[Uttered]) -> list[Hit]:
        """Return what each rule found, in order of the rules: its first words, or none."""
        found = self._nothing.copy()
        for who, party in self._parties.items():
            mine = [turn for turn in turns if turn.role == who]
            # bytes: the text of a person would be encoded anew by each look at it
            text = _text([turn.text for turn in mine])
            if matched := party.all.Match(text):
                # in their own order: of two that fit at one place the first is told, in whatever order RE2 found them
                _place(found, [party.patterns[index] for index in sorted(matched)], text, mine)
        return found


@lru_cache(maxsize=64)
def matcher(rules: tuple[Rule, ...]) -> Matcher:
    """Return some rules made ready, once for all transcripts that they are to read."""
    return Matcher(rules)


def _text(said: Sequence[str]) -> bytes:
    """Return turns as one text, a line for each; a line break within a turn ends none."""
    text = "\n".join(said)
    if text.count("\n") >= len(said) > 0:
        text = "\n".join([words.replace("\n", " ") for words in said])
    return text.encode()


def _place(found: list[Hit], patterns: Sequence[_Pattern], text: bytes, turns: Sequence[Uttered]) -> None:
    """Put the first place of each pattern that occurs into what its rule found."""
    plain = text.isascii()
    for place, rule, search, windowed in patterns:
        match = search(text, *_window(text, rule)) if windowed else search(text)
        if match is None:
            continue
        first, last = match.span()
        begin = text.rfind(b"\n", 0, first) + 1
        number = turns[text.count(b"\n", 0, begin)].number
        start, length = first - begin, last - first
        if not plain:
            start, length = len(text[begin:first].decode()), len(text[first:last].decode())
        before = found[place]
        if before.turn is None or (number, start) < before[1:3]:
            found[place] = Hit(rule, number, start, start + length)


def _window(text: bytes, rule: Rule) -> tuple[int, int]:
    """Return where the turns that a rule reads begin and end."""
    lines = text.split(b"\n")
    read = lines[: rule.first] if rule.first else lines[-(rule.last or 0) :]
    length = sum(map(len, read)) + len(read) - 1
    return (0, length) if rule.first else (len(text) - length, len(text))
