"""Formulas of a business case: figures and assumptions by name, never a number that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

CONVERSIONS = (1, 7, 12, 24, 52, 60, 100, 1000, 3600)
"""Numbers that turn one unit into another: days of a week, months of a year, minutes, per cent. No other may be typed."""
TOKEN = re.compile(r"\s*(?:(?P<name>[a-z][a-z0-9-]*)|(?P<number>[0-9]+)|(?P<sign>[-+*/()]))")
DEPTH = 20
"""So many brackets inside each other are enough for any sum."""


class Wrong(ValueError):
    """A formula cannot be read; the message says why, ``code`` is that of the fault."""

    def __init__(self, message: str, code: str = "formula") -> None:
        super().__init__(message)
        self.code = code


class Sum(NamedTuple):
    """Two parts and what is done with them."""

    sign: str
    left: Part
    right: Part


Part = str | int | Sum
"""A name, a conversion, or a sum of two parts."""


def parse(text: str) -> Part:
    """Return a formula as its parts. Raises Wrong where it is none, or where nothing recorded stands behind a number."""
    found = _Reader(text).whole()
    if not _traced(found):
        raise Wrong(f"'{text}' is typed, with no record that makes it", "no-trace")
    return found


def names(part: Part) -> Iterator[str]:
    """Yield the names in a formula, in order, each as often as it stands there."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Sum):
        yield from names(part.left)
        yield from names(part.right)


def value(part: Part, known: Mapping[str, Fraction]) -> Fraction:
    """Return what a formula comes to, exactly. Raises KeyError for an unknown name, ZeroDivisionError."""
    if isinstance(part, str):
        return known[part]
    if isinstance(part, int):
        return Fraction(part)
    left, right = value(part.left, known), value(part.right, known)
    if part.sign == "/":
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[part.sign]


def _traced(part: Part) -> bool:
    """Return whether each term rests on something named: 1 - share does, 1000 * 60 and gap + 1000 do not."""
    if not isinstance(part, Sum):
        return isinstance(part, str)
    left, right = _traced(part.left), _traced(part.right)
    if part.sign in "*/":
        return left or right
    return (left and right) or (right and part.left in {1, 100} and part.sign == "-")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    def whole(self) -> Part:
        found = self._sum()
        if self.at < len(self.tokens):
            raise Wrong(f"'{self.text}' goes on after its end: '{self.tokens[self.at]}'")
        return found

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ""

    def _sum(self) -> Part:
        found = self._product()
        while self._next() and self._next() in "+-":
            found = Sum(self._take(), found, self._product())
        return found

    def _product(self) -> Part:
        found = self._one()
        while self._next() and self._next() in "*/":
            found = Sum(self._take(), found, self._one())
        return found

    def _one(self) -> Part:
        word = self._take()
        if word == "(":
            self.depth += 1
            if self.depth > DEPTH:
                raise Wrong(f"more than {DEPTH} brackets inside each other")
            found = self._sum()
            self.depth -= 1
            if self._take() != ")":
                raise Wrong(f"a bracket of '{self.text}' is not closed")
            return found
        if not word or not (word.isdigit() or word[0].isalpha()):
            raise Wrong(f"'{self.text}' breaks off{f' at {word!r}' if word else ''}")
        return int(word) if word.isdigit() else word


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if not found:
            typed = any(character.isnumeric() for character in text)
            raise (
                Wrong(f"'{text}' is typed, with no record that makes it", "no-trace")
                if typed
                else Wrong(f"'{text}' is no formula: write names of figures with + - * / and brackets")
            )
        if found["number"] and int(found["number"]) not in CONVERSIONS:
            raise Wrong(f"{found['number']} in '{text}' is typed, with no record that makes it", "no-trace")
        yield found[0].strip()
        at = found.end()
