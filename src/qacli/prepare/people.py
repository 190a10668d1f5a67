"""People: who is behind a person id, an agent id of a source, or a login. Names are needed nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import NamedTuple

from qacli.files.faults import Fault
from qacli.files.schema import DATE

COLUMNS = ("person", "source", "source_id", "from", "to", "name", "login")
_PERSON = re.compile(r"p_[a-z0-9]{1,38}")


class Person(NamedTuple):
    """One line of people.csv: a person, and what a source called that person from when to when."""

    person: str
    source: str = ""
    source_id: str = ""
    from_: date = date.min
    to: date = date.max
    name: str = ""
    login: str = ""

    @property
    def called(self) -> tuple[str, ...]:
        """The names of the person: that of people.csv, and the id where a source writes a name or an address as such.

        An id of one word is none: it would be found within words of the language.
        """
        id_ = self.source_id
        is_name = "@" in id_ or (" " in id_ and not any(map(str.isdecimal, id_)))
        return tuple(name for name in (self.name, id_ if is_name else "") if name)


class People:
    """Look-ups over the lines of people.csv. A person may have several lines, one per source or spell."""

    def __init__(self, lines: Iterable[Person] = ()) -> None:
        self.lines = tuple(lines)
        self._by_id: dict[str, Person] = {}
        for line in self.lines:
            if line.name or line.person not in self._by_id:
                self._by_id[line.person] = line

    def __iter__(self) -> Iterator[Person]:
        return iter(self.lines)

    def __contains__(self, person: str) -> bool:
        return person in self._by_id

    def ids(self) -> tuple[str, ...]:
        """Return every person id once, in the order of the file."""
        return tuple(dict.fromkeys(line.person for line in self.lines))

    def get(self, person: str) -> Person:
        """Return a person; one whose name is the id where no line is left."""
        found = self._by_id.get(person, Person(person))
        return found if found.name else found._replace(name=person)

    def by_login(self, login: str, on: date) -> str | None:
        """Return the person id behind a login on a day; None where nobody has it."""
        return next(
            (line.person for line in self.lines if login and line.login == login and line.from_ <= on <= line.to), None
        )


def parse_people(rows: Iterable[tuple[int, Mapping[str, str]]], file: str = "people.csv") -> tuple[People, list[Fault]]:
    """Return the people of a file's rows, given as (physical line, cells), and everything wrong with them."""
    placed: list[tuple[int, Person]] = []
    faults: list[Fault] = []
    for number, row in rows:
        line = {column: (row.get(column) or "").strip() for column in COLUMNS}
        wrong = list(_faults(line, number, file))
        faults += wrong
        if not wrong:
            placed.append((number, _person(line)))
    faults += _shared(placed, file)
    return People(line for _, line in placed), faults


def _person(line: Mapping[str, str]) -> Person:
    return Person(
        line["person"],
        line["source"],
        line["source_id"],
        _day(line["from"], date.min),
        _day(line["to"], date.max),
        line["name"],
        line["login"],
    )


def _day(text: str, open_end: date) -> date:
    return date.fromisoformat(text) if text else open_end


def _faults(line: Mapping[str, str], number: int, file: str) -> Iterator[Fault]:
    if not _PERSON.fullmatch(line["person"]):
        yield Fault(
            "person-id",
            f"'{line['person']}' is not a person id",
            file,
            number,
            help="write p_ and small letters or digits, for example p_a07",
        )
    dates_read = True
    for column in ("from", "to"):
        if line[column] and not _is_date(line[column]):
            dates_read = False
            yield Fault(
                "date",
                f"{column}: '{line[column]}' is not a date",
                file,
                number,
                help="write year-month-day, for example 2026-05-18, or leave it empty",
            )
    if dates_read and line["from"] and line["to"] and line["to"] < line["from"]:
        yield Fault(
            "ends-before-start", f"{line['person']} leaves on {line['to']}, before {line['from']}", file, number
        )


def _is_date(text: str) -> bool:
    try:
        return bool(DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _shared(placed: Iterable[tuple[int, Person]], file: str) -> Iterator[Fault]:
    """Two people behind one agent id, or one login, on one day: nobody could say whose work it was."""
    groups: dict[tuple[str, str], list[tuple[int, Person]]] = {}
    for number, line in placed:
        if line.source_id:
            groups.setdefault(("agent id", line.source_id), []).append((number, line))
        if line.login:
            groups.setdefault(("login", line.login), []).append((number, line))
    for (what, name), lines in groups.items():
        for (_, one), (number, other) in combinations(lines, 2):
            if one.person != other.person and _meet(one, other) and (what == "login" or _same_source(one, other)):
                yield Fault(
                    "shared-id",
                    f"{what} {name} stands for {one.person} and {other.person} on the same days",
                    file,
                    number,
                    help="end the earlier line the day before the later one starts",
                )


def _meet(one: Person, other: Person) -> bool:
    return one.from_ <= other.to and other.from_ <= one.to


def _same_source(one: Person, other: Person) -> bool:
    return one.source == other.source or "" in {one.source, other.source}
