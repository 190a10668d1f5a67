"""Many rules over a transcript at once: one pass tells which patterns occur, then only those are looked for.

A set of patterns is matched in one pass by RE2. Plain regular expressions would each read the whole text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.prepare.scorecards.rule import options

if TYPE_CHECKING:
    from qacli.prepare.scorecards.rule import Rule


class Utterance(NamedTuple):
    """One turn as rules read it: its number in the transcript, whose it is, its words."""

    number: int
    role: str
    text: str


class Hit(NamedTuple):
    """Where a rule found its words: the turn, and where they begin and end in it; all None where it found none."""

    rule: Rule
    turn: int | None
    start: int | None
    end: int | None


class Matcher:
    """Rules made ready for many transcripts."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        import re2

        self._nothing = [Hit(rule, None, None, None) for rule in rules]
        self._patterns: dict[str, list[tuple[int, Any]]] = defaultdict(list)
        self._sets: dict[str, Any] = {}
        for number, rule in enumerate(rules):
            for pattern in rule.any_of:
                self._patterns[rule.who].append((number, re2.compile(f"(?m){pattern}", options())))
        for who, patterns in self._patterns.items():
            self._sets[who] = re2.Set.SearchSet(options())
            for _, compiled in patterns:
                self._sets[who].Add(compiled.pattern)
            self._sets[who].Compile()

    def hits(self, turns: Sequence[Utterance]) -> list[Hit]:
        """Return what each rule found, in order of the rules: its first words, or none."""
        found = self._nothing.copy()
        for who, patterns in self._patterns.items():
            text = Text([turn for turn in turns if turn.role == who])
            for index in self._sets[who].Match(text.bytes) or ():
                number, pattern = patterns[index]
                hit, before = text.first(pattern, self._nothing[number].rule), found[number]
                if hit and (before.turn is None or hit[1:3] < before[1:3]):
                    found[number] = hit
        return found


class Text:
    """The turns of one party as one text, a line for each: bytes, or each look at it would encode it anew."""

    def __init__(self, turns: Sequence[Utterance]) -> None:
        self.turns = turns
        said = "\0".join([turn.text for turn in turns])
        self.bytes = said.replace("\n", " ").replace("\0", "\n").encode()

    def first(self, pattern: Any, rule: Rule) -> Hit | None:
        """Return the first place of a pattern within the turns that a rule reads."""
        begin, end = self._window(rule) if rule.first or rule.last else (0, len(self.bytes))
        match = pattern.search(self.bytes, begin, end)
        if match is None:
            return None
        first, last = match.span()
        at = self.bytes.count(b"\n", 0, first)
        start = len(self.bytes[self.bytes.rfind(b"\n", 0, first) + 1 : first].decode())
        return Hit(rule, self.turns[at].number, start, start + len(self.bytes[first:last].decode()))

    def _window(self, rule: Rule) -> tuple[int, int]:
        """Return where the turns that a rule reads begin and end."""
        lines = self.bytes.split(b"\n")
        read = lines[: rule.first] if rule.first else lines[-(rule.last or 0) :]
        length = sum(map(len, read)) + len(read) - 1
        return (0, length) if rule.first else (len(self.bytes) - length, len(self.bytes))
