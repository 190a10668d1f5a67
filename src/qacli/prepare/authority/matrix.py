"""The matrix of authority: role, decision, limit and conditions, each line with its days and agreed by a second person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Number, Text, Whole, newest_in_force, wrong_at
from qacli.model import Refusal, View
from qacli.prepare.approval import approval

COLLEAGUE = "colleague"
"""The role of everybody whom a source knows by an agent id; all others are named in qacli.yaml."""


class Authority(Definition):
    """One line of the matrix: what a role may decide by itself."""

    role: Id = Field(description="Who: a role of qacli.yaml, or colleague for everybody who handles transactions.")
    decision: Id = Field(description="What is decided, for example goodwill, refund or fee-waiver.")
    limit: Number = Field(ge=0, description="Up to how much, for one case; 0: nothing, it is always referred.")
    unit: Text = Field(default="GBP", description="What the limit counts.")
    conditions: tuple[Text, ...] = Field(default=(), description="What has to hold besides, one line each.")
    next_role: Id | None = Field(default=None, description="Who decides above the limit; left out: nobody here.")
    split_days: Whole = Field(
        default=7,
        ge=0,
        le=366,
        description="Several decisions on one case within so many days count as one; our default.",
    )

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a line that refers to itself."""
        if self.next_role == self.role:
            yield wrong_at(
                ("next_role",), "refers-to-itself", f"{self.role} cannot refer to {self.role}: name who is above"
            )

    @property
    def in_words(self) -> str:
        """What the line allows."""
        above = f"above that {self.next_role}" if self.next_role else "above that nobody here"
        return f"{self.role}: {self.decision} up to {self.limit} {self.unit}, {above}"


class UnknownRole(Refusal, rule="unknown-role"):
    """What nobody can hold nobody may decide."""

    def __init__(self, names: Sequence[str], known: Iterable[str]) -> None:
        super().__init__(
            f"there is no role {' or '.join(names)} here; roles: {', '.join(known)}.",
            help="name one of these, or who holds it in qacli.yaml first: roles: {" + names[0] + ": [p_7]}",
        )


def refuse_unknown_roles(view: View, names: Iterable[str | None]) -> None:
    """Refuse roles that qacli.yaml does not know. Raises UnknownRole."""
    known = [COLLEAGUE, *view.settings.roles]
    if strange := list(dict.fromkeys(name for name in names if name and name not in known)):
        raise UnknownRole(strange, known)


class Matrix:
    """The lines that stand agreed, and who acts under them on which day."""

    def __init__(self, view: View) -> None:
        self.view = view
        every: Sequence[Authority] = view.definitions("authority")
        self.lines = [line for line in every if approval(view, "authority", line)]

    def on(self, day: date) -> list[Authority]:
        """Return the lines in force on a day."""
        return newest_in_force(self.lines, day)

    def holders(self, role: str, day: date) -> tuple[str, ...]:
        """Return who holds a role on a day."""
        return holders(self.view, role, day)

    def of(self, person: str, day: date) -> list[Authority]:
        """Return the lines that a person acts under on a day."""
        return [line for line in self.on(day) if person in self.holders(line.role, day)]

    def granted(self, person: str, decision: str, day: date) -> Authority | None:
        """Return the line that lets a person decide most on a day; None where none gives them anything."""
        mine = [line for line in self.of(person, day) if line.decision == decision]
        return max(mine, key=lambda line: line.limit, default=None)


def holders(view: View, role: str, day: date) -> tuple[str, ...]:
    """Return who holds a role of qacli.yaml on a day; colleague is everybody whom a source knows on it."""
    if role == COLLEAGUE:
        known = (line.person for line in view.people if line.source_id and line.from_ <= day <= line.to)
        return tuple(dict.fromkeys(known))
    named: tuple[str, ...] = view.settings.roles.get(role, ())
    return named


def gaps(lines: Sequence[Authority], roles: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield what does not hold together in a matrix: place, what is wrong, what to do."""
    known = {COLLEAGUE, *roles}
    for place, line in enumerate(lines):
        for name in (line.role, line.next_role):
            if name and name not in known:
                yield place, f"nobody holds the role {name}", "name them in roles of qacli.yaml"
        above = [other for other in lines if (other.role, other.decision) == (line.next_role, line.decision)]
        if line.next_role and not above:
            yield (
                place,
                f"{line.decision} above {line.limit} is referred to {line.next_role}, who has no line for {line.decision}",
                f"add what {line.next_role} may decide: qacli authority set",
            )
        for other in above:
            if other.limit <= line.limit:
                yield (
                    place,
                    f"{line.decision} above {line.limit} is referred to {line.next_role}, who may decide up to {other.limit}",
                    "raise the limit above, or refer it to who may decide more",
                )
