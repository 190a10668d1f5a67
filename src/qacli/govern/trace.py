"""Tracing: the chain from sample to result that one record stands in, and the links that are broken.

A column that holds the id of another record is a link. Up from a record is what it rests on (observation, item,
draw), down what rests on it (feedback, plan, outcome).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

from qacli.model import Command, Hint, QacliError, Row, View, Words

WITHOUT_LINKS = ("id", "by", "at", "provenance")


class Link(NamedTuple):
    """One record in a chain: the record, and the ids in it that lead to no record."""

    row: Row
    broken: Sequence[str]


class NothingToTrace(QacliError):
    """No record has this id."""

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(
            f"nothing is recorded under {id}", help=Hint("ids look like o_4p; entries: ", Command("ledger show"))
        )


class Links:
    """Every record by its id, with what it links to and what links to it."""

    def __init__(self, view: View, tables: Sequence[type[Row]]) -> None:
        self.rows: dict[str, Row] = {row.id: row for kind in tables for row in view.rows(kind)}
        self.letters = {kind.LETTER for kind in tables if kind.LETTER}
        self.up: dict[str, list[str]] = {}
        self.down: dict[str, list[str]] = {}
        self.broken: dict[str, list[str]] = {}
        for row in self.rows.values():
            for named in self._named(row):
                if named in self.rows:
                    self.up.setdefault(row.id, []).append(named)
                    self.down.setdefault(named, []).append(row.id)
                else:
                    self.broken.setdefault(row.id, []).append(named)

    def _named(self, row: Row) -> Iterator[str]:
        """Yield the ids of other records that stand in a record."""
        for field in fields(row):
            value = getattr(row, field.name)
            if field.name in WITHOUT_LINKS or not isinstance(value, str) or isinstance(value, Words):
                continue
            for word in value.split():
                letter, bar, rest = word.partition("_")
                if bar and letter in self.letters and rest[:1].isalnum() and "@" not in rest:
                    yield word


def trace(view: View, tables: Sequence[type[Row]], id: str) -> list[Link]:  # noqa: A002
    """Return the chain of one record in the order of its making: what it rests on, itself, what rests on it.

    Raises NothingToTrace.
    """
    links = Links(view, tables)
    if id not in links.rows:
        raise NothingToTrace(id)
    found = {id, *_reached(links.up, id), *_reached(links.down, id)}
    return [Link(row, links.broken.get(row.id, ())) for row in links.rows.values() if row.id in found]


def broken_links(view: View, tables: Sequence[type[Row]]) -> list[Link]:
    """Return every record that names a record which is not there."""
    links = Links(view, tables)
    return [Link(links.rows[id_], named) for id_, named in links.broken.items()]


def _reached(steps: Mapping[str, Sequence[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for each in steps.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found
