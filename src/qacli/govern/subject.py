"""What the records hold about one person: found by person columns, and down the references from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple

from qacli.govern.disclosure import EVERYBODY, Access
from qacli.govern.privacy import PERSON
from qacli.model import STAMPS, Row, View, Words
from qacli.prepare.notices.notice import UnknownPeople

WHOSE = ("colleague", "person")
"""Columns that say whom a row is about. A person in any other column had a part in it: made it, owns it, agreed it."""


class Mention(NamedTuple):
    """One row with the person in it; ``about`` is no where the person only had a part in what is about others."""

    row: Row
    about: bool


def mentions(view: View, kinds: Sequence[type[Row]], subject: str) -> dict[type[Row], list[Mention]]:
    """Return by table every row in force about a person, or about a customer by a transaction id or a reference."""
    everything = {kind: view.current(kind) for kind in kinds}
    about = _about(everything, subject)
    found: dict[type[Row], list[Mention]] = {}
    for kind, rows in everything.items():
        mine = [Mention(row, row.id in about) for row in rows if row.id in about or _takes_part(row, subject)]
        if mine:
            found[kind] = mine
    return found


def refuse_unknown(view: View, kinds: Sequence[type[Row]], subject: str) -> None:
    """Refuse a person id that neither people.csv nor a record knows; one who was erased is known. Raises UnknownPeople."""
    if PERSON.fullmatch(subject) and subject not in view.people:
        found = mentions(view, [kind for kind in kinds if kind is not Access], subject)
        if not found:
            raise UnknownPeople([subject])


def _about(everything: dict[type[Row], Sequence[Row]], subject: str) -> set[str]:
    """Return the ids of the rows that name the person, and of every row below them that names nobody else."""
    rows = [row for each in everything.values() for row in each]
    found = {row.id for row in rows if _names(row, subject)}
    below: dict[str, list[str]] = {}
    for row in rows:
        if _whose(row) <= {subject}:
            for name, token in _tokens(row):
                if name not in STAMPS:
                    below.setdefault(token, []).append(row.id)
    waiting = list(found)
    while waiting:
        new = set(below.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def _names(row: Row, subject: str) -> bool:
    if PERSON.fullmatch(subject):
        return subject in _whose(row) or (isinstance(row, Access) and row.person == EVERYBODY)
    return subject in {getattr(row, "transaction", ""), str(getattr(row, "reference", ""))}


def _whose(row: Row) -> set[str]:
    """Return the persons that a row is about, by its columns."""
    return {person for name in WHOSE if (person := getattr(row, name, "")) and person != EVERYBODY}


def _takes_part(row: Row, subject: str) -> bool:
    return any(token == subject for _, token in _tokens(row))


def _tokens(row: Row) -> Iterator[tuple[str, str]]:
    """Yield column and id for every id that the texts of a row hold: some columns hold several, parted by blanks."""
    for each in fields(row):
        value = getattr(row, each.name)
        if isinstance(value, str) and value and not isinstance(value, Words):
            for token in value.split():
                yield each.name, token
