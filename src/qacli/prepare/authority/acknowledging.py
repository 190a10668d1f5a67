"""Acknowledging authority: each person at each level has read the lines under which they act, in their present version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qacli.model import Change, Command, Hint, Refusal, Row, View
from qacli.prepare.authority.matrix import Authority, Matrix
from qacli.prepare.notices.notice import NotYet, UnknownPeople


@dataclass(frozen=True, kw_only=True)
class AuthorityAck(Row, table="authority_acks", letter="ak"):
    """A person has read one line of the matrix."""

    person: str
    level: str  # the role by which it is theirs
    authority: str  # id@version
    on: date


class Reader(NamedTuple):
    """Who read what is theirs, on which day."""

    person: str
    on: date


class Level(NamedTuple):
    """How far one person is: lines that are theirs today, those they have read, and their quiz: passed, failed or open."""

    person: str
    role: str
    lines: int
    read: int
    quiz: str

    @property
    def ready(self) -> bool:
        """Whether all is read and the quiz passed."""
        return self.read == self.lines and self.quiz == "passed"


class NoAuthorityHeld(Refusal, rule="no-line"):
    """Whoever holds no line has nothing to acknowledge."""

    def __init__(self, person: str, on: date) -> None:
        super().__init__(
            f"{person} acts under no agreed line of the matrix on {on}.",
            help=Hint(
                "see: ",
                Command("authority list"),
                "; a line counts once a second person has agreed it: ",
                Command("authority agree"),
            ),
        )


def acknowledge(view: View, readers: Sequence[Reader]) -> Change:
    """Record that people have read the lines under which they act; what stands already is a finding.

    Raises UnknownPeople, NotYet, NoAuthorityHeld.
    """
    if strangers := sorted({reader.person for reader in readers if reader.person not in view.people}):
        raise UnknownPeople(strangers)
    done, matrix = set(acknowledged(view)), Matrix(view)
    rows: list[Row] = []
    findings = []
    for person, on in readers:
        if on > view.now.date():
            raise NotYet(person, on)
        lines = matrix.of(person, on)
        if not lines:
            raise NoAuthorityHeld(person, on)
        new = [line for line in lines if (person, line.reference) not in done]
        if not new:
            findings.append(f"{person} has acknowledged all {len(lines)} lines that are theirs: nothing to do")
        for line in new:
            cited: Authority = view.definition("authority", line.reference)
            rows.append(AuthorityAck(person=person, level=line.role, authority=cited.reference, on=on))
            done.add((person, line.reference))
    return Change(rows, findings)


def acknowledged(view: View) -> dict[tuple[str, str], date]:
    """Return the first day of every acknowledgement, by (person, id@version)."""
    found: dict[tuple[str, str], date] = {}
    for row in view.current(AuthorityAck):
        key = row.person, row.authority
        found[key] = min(row.on, found.get(key, row.on))
    return found


def levels(view: View, quizzes: dict[tuple[str, str], str]) -> list[Level]:
    """Return how far everybody is who acts under an agreed line today, by role, then person.

    ``quizzes`` says by (person, role) how their last quiz on the lines of today ended.
    """
    today, read, matrix = view.now.date(), acknowledged(view), Matrix(view)
    of_role: dict[str, list[Authority]] = {}
    for line in matrix.on(today):
        of_role.setdefault(line.role, []).append(line)
    return [
        Level(
            person,
            role,
            len(lines),
            sum((person, line.reference) in read for line in lines),
            quizzes.get((person, role), "open"),
        )
        for role, lines in of_role.items()
        for person in sorted(matrix.holders(role, today))
    ]
