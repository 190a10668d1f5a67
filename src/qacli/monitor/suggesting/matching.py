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


class _Party(NamedTuple):
    """What is looked for in the words of one party: the set of all patterns, and each with the place of its rule."""

    all: Any
    patterns: Sequence[tuple[int, Rule, Callable[..., Any]]]


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
                for pattern in rule.any_of if rule.who == who else ():
                    every.Add(f"(?m){pattern}")
                    patterns.append((place, rule, re2.compile(f"(?m){pattern}", options()).search))
            if patterns:
                every.Compile()
                self._parties[who] = _Party(every, patterns)

    def hits(self, turns: Sequence[Uttered]) -> list[Hit]:
        """Return what each rule found, in order of the rules: its first words, or none."""
        found = self._nothing.copy()
        for who, party in self._parties.items():
            mine = [turn for turn in turns if turn.role == who]
            text = _text(mine)
            # bytes: the text of a person would be encoded anew by each look at it
            for index in party.all.Match(text) or ():
                place, rule, search = party.patterns[index]
                match = search(text, *_window(text, rule)) if rule.first or rule.last else search(text)
                if match is None:
                    continue
                first, last = match.span()
                begin, at = text.rfind(b"\n", 0, first) + 1, text.count(b"\n", 0, first)
                start = first - begin if text.isascii() else len(text[begin:first].decode())
                end = start + (last - first if text.isascii() else len(text[first:last].decode()))
                number, before = mine[at].number, found[place]
                if before.turn is None or (number, start) < before[1:3]:
                    found[place] = Hit(rule, number, start, end)
        return found


@lru_cache(maxsize=64)
def matcher(rules: tuple[Rule, ...]) -> Matcher:
    """Return some rules made ready, once for all transcripts that they are to read."""
    return Matcher(rules)


def _text(turns: Sequence[Uttered]) -> bytes:
    """Return turns as one text, a line for each; a line break within a turn ends none."""
    said = "\n".join([turn.text for turn in turns])
    if said.count("\n") >= len(turns) > 0:
        said = "\n".join([turn.text.replace("\n", " ") for turn in turns])
    return said.encode()


def _window(text: bytes, rule: Rule) -> tuple[int, int]:
    """Return where the turns that a rule reads begin and end."""
    lines = text.split(b"\n")
    read = lines[: rule.first] if rule.first else lines[-(rule.last or 0) :]
    length = sum(map(len, read)) + len(read) - 1
    return (0, length) if rule.first else (len(text) - length, len(text))
