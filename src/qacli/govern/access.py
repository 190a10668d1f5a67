"""The pack for a request of access: one person's rows with everybody else masked, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any, NamedTuple

from qacli.govern.disclosure import Access
from qacli.govern.hold import Hold, HoldEnd
from qacli.govern.subject import Mention, mentions
from qacli.model import Row, View, Words
from qacli.prepare.people import COLUMNS, People

OPAQUE = frozenset({"id", "transaction", "source", "sha256", "seed"})
"""Columns of ids and paths: only person ids are masked there, a name in them would be a coincidence."""
ROLES: Mapping[str, str] = MappingProxyType({"colleague": "another colleague", "evaluator": "evaluator"})
ANYBODY = "another person"
PERSON = re.compile(r"\bp_[a-z0-9]{1,38}\b")
SHORTEST_NAME = 3
OTHERS = "words that the person wrote about others, not about themselves"
PRIVILEGE = "the reason of a legal hold may be privileged: ask whoever decided it"


class Part(NamedTuple):
    """One table of the pack: its columns and its cells, masked."""

    table: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


class Withheld(NamedTuple):
    """Words that the pack leaves out, how many, and why."""

    table: str
    words: int
    why: str


class Pack(NamedTuple):
    """What a person gets: tables, what was left out, who received their data before, how many others are masked."""

    subject: str
    parts: Sequence[Part]
    withheld: Sequence[Withheld]
    received_by: Sequence[Sequence[Any]]
    masked: int

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return sum(len(part.rows) for part in self.parts)


class Masks:
    """Other people as ``evaluator 2``: the same one everywhere in one pack, by person id or by name."""

    def __init__(self, people: People, subject: str) -> None:
        self.subject = subject
        self.labels: dict[str, str] = {}
        own = set(names(people, subject))
        others = {person: names(people, person) for person in people.ids() if person != subject}
        self._who = {name: person for person, found in others.items() for name in found if name not in own}
        longest_first = sorted(self._who, key=len, reverse=True)
        self._names = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b") if longest_first else None

    def label(self, person: str, column: str = "") -> str:
        """Return what another person is called here."""
        if person not in self.labels:
            self.labels[person] = f"{ROLES.get(column, ANYBODY)} {len(self.labels) + 1}"
        return self.labels[person]

    def text(self, text: str, column: str) -> str:
        """Return a text without person ids and names of others."""
        if self._names and column not in OPAQUE:
            text = self._names.sub(lambda found: self.label(self._who[found[0]], column), text)
        return PERSON.sub(lambda found: found[0] if found[0] == self.subject else self.label(found[0], column), text)


def names(people: People, person: str) -> list[str]:
    """Return what people.csv calls a person: names, each longer word of them, login."""
    found: dict[str, None] = {}
    for line in people:
        if line.person == person:
            found |= dict.fromkeys([*line.called, *(word for name in line.called for word in name.split()), line.login])
    return [name for name in found if len(name) >= SHORTEST_NAME]


def pack(view: View, kinds: Sequence[type[Row]], subject: str) -> Pack:
    """Return everything in force about a person, or about a customer by transaction id or reference."""
    masks, parts, withheld = Masks(view.people, subject), [], []
    found = mentions(view, kinds, subject)
    for kind, mentioned in found.items():
        rows = [[_cell(each, name, masks) for name in kind.columns()] for each in mentioned]
        parts.append(Part(kind.TABLE, kind.columns(), rows))
        withheld += _left_out(kind, mentioned)
    lines = [line for line in view.people if line.person == subject]
    if lines:
        parts.append(Part("people", COLUMNS, [list(map(_day_or_text, line)) for line in lines]))
    received = [
        (row.at, masks.text(row.by, "by"), row.what, masks.text(row.purpose.text, "purpose"))
        for row in (each.row for each in found.get(Access, ()))
        if isinstance(row, Access)
    ]
    return Pack(subject, parts, withheld, received, len(masks.labels))


def _cell(mention: Mention, name: str, masks: Masks) -> Any:
    value = getattr(mention.row, name)
    if isinstance(value, Words):
        return "" if _why(mention) else masks.text(value.text, name)
    return masks.text(value, name) if isinstance(value, str) else value


def _why(mention: Mention) -> str:
    """Return why the words of a row are left out; empty where they are given."""
    if isinstance(mention.row, (Hold, HoldEnd)):
        return PRIVILEGE
    return "" if mention.about else OTHERS


def _left_out(kind: type[Row], found: Iterable[Mention]) -> list[Withheld]:
    count: dict[str, int] = {}
    for mention in found:
        texts = [getattr(mention.row, each.name) for each in fields(kind)]
        words = sum(isinstance(text, Words) and bool(text) for text in texts)
        if words and (why := _why(mention)):
            count[why] = count.get(why, 0) + words
    return [Withheld(kind.TABLE, words, why) for why, words in count.items()]


def _day_or_text(value: Any) -> Any:
    """Return a cell of people.csv as it is written: an open end is empty."""
    from datetime import date

    return "" if value in {date.min, date.max} else value
