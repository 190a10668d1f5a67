"""Records made to order from the maps: for each criterion the rows that hold it, in memory."""

from __future__ import annotations

import typing
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from types import NoneType, SimpleNamespace
from zoneinfo import ZoneInfo

from qacli.govern.portfolio.coverage import coverage
from qacli.govern.portfolio.portfolio import Portfolio
from qacli.govern.portfolio.unit import Approved, Chain, OwnWords, Records, Stated
from qacli.model import Words
from qacli.workspace.tables import tables
from qacli.workspace.units import units

UNITS = units()
KINDS = {kind.TABLE: kind for kind in tables()}
CANDIDATE, OTHER = "p_tl1", "p_ev1"
NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/London"))
ROLES = ("colleague", "team-leader")
PORTFOLIO = Portfolio.model_validate(
    {
        "id": "mine",
        "version": "1",
        "owner": CANDIDATE,
        "from": "2026-01-01",
        "candidate": CANDIDATE,
        "role": "team leader of twelve",
        "sector": "private",
        "assessor": "p_as1",
        "verifier": "p_iv1",
    }
)
PLAIN = {
    str: "x",
    Words: Words("something"),
    bool: True,
    int: 1,
    float: 1.0,
    Decimal: Decimal(1),
    date: date(2026, 5, 4),
    datetime: NOW,
}
_HINTS = {}


def hints(kind):
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


def plain_type(kind, column):
    """The type of a column, without the None that it may also be."""
    hint = hints(kind)[column]
    if typing.get_origin(hint) is typing.Literal:
        return str
    found = [each for each in typing.get_args(hint) if each is not NoneType]
    return found[0] if found else hint


def typed(kind, column, text):
    """A value as its column holds it, from the text of a map."""
    of = plain_type(kind, column)
    return {bool: lambda: text == "yes", int: lambda: int(text), Words: lambda: Words(text)}.get(of, lambda: of(text))()


class World:
    """A View over rows in memory, and rows made to order."""

    def __init__(self, criteria=(), provenance="live", owner=CANDIDATE):
        self.now = NOW
        self.actor = CANDIDATE
        self.provenance = provenance
        self.owner = owner
        self.table = []
        self.numbers = count(1)
        for criterion in criteria:
            for part in criterion.needs:
                self.make(part, criterion)

    def current(self, kind, /, **cells):
        rows = [row for row in self.table if type(row) is kind]
        return [row for row in rows if all(getattr(row, name) == cell for name, cell in cells.items())]

    def rows(self, kind, /, **cells):
        return self.current(kind, **cells)

    def definitions(self, kind):
        in_force = lambda _: True  # noqa: E731
        if kind == "authority":
            return [
                SimpleNamespace(id=f"a{place}", reference="x@1", owner=self.owner, in_force=in_force, role=role)
                for place, role in enumerate(ROLES)
            ]
        return [SimpleNamespace(id="x", reference="x@1", owner=self.owner, in_force=in_force)]

    def sha256(self, kind, reference):
        return "x"

    def row(self, table, whose="by", **values):
        """One row of a table with something in every column, made a minute after the row before."""
        kind, number = KINDS[table], next(self.numbers)
        filled = {name: PLAIN[plain_type(kind, name)] for name in kind.columns()}
        filled |= {
            "id": f"{kind.LETTER or 'zz'}_{number}",
            "at": NOW - timedelta(days=900) + timedelta(hours=26 * number),
            "by": OTHER if whose == "anyone" else CANDIDATE,
            "provenance": self.provenance,
        }
        if whose != "anyone":
            filled[whose] = CANDIDATE
        made = kind(**filled | values)
        self.table.append(made)
        return made

    def make(self, part, criterion):
        if isinstance(part, OwnWords):
            self.row("portfolio_words", criterion=criterion.id)
        elif isinstance(part, Approved):
            self.row("approvals", "anyone", kind=part.approved, item="x@1", decision="agreed")
        elif isinstance(part, Chain):
            self.chain(part)
        elif isinstance(part, Records):
            self.records(part)
        else:
            assert isinstance(part, Stated)

    def chain(self, part):
        made = []
        for step in part.chain:
            links = {step.links: self.link(step, made)} if step.links else {}
            made.append(self.row(step.table, step.whose, **self.values(step), **links))

    def link(self, step, made):
        """The id of the nearest earlier row whose table the column could mean; else of the row before."""
        wanted = {"item": "items", "need": "feedback", "observations": "observations", "draft": "case_drafts"}
        for row in reversed(made):
            if row.TABLE in {wanted.get(step.links), step.links, f"{step.links}s", f"coaching_{step.links}s"}:
                return row.id
        return made[-1].id

    def values(self, part):
        kind, found = KINDS[part.table], {}
        for name, texts in part.where.items():
            found[name] = typed(kind, name, texts[0])
        for name in part.filled:
            if "@" in name:
                self.behind(name, found)
        return found

    def behind(self, column, found, value=None):
        """Let a column lead to a row, in whose last column ``value`` stands."""
        first, step, *more = column.split("@")
        assert not more, "one step is all that the maps take"
        table, _, name = step.partition(".")
        values = {} if value is None or name == "id" else {name: value}
        found[first] = self.row(table, "anyone", **values).id

    def records(self, part):
        kind = KINDS[part.table]
        several = [
            *((name, typed(kind, name, text)) for name, texts in part.covers.items() for text in texts),
            *((name, role) for name in part.every for role in ROLES),
        ]
        most = max([part.least, *part.differ.values()])
        for number in range(most):
            values = self.values(part)
            for name in part.differ:
                self.vary(kind, name, number, values)
            self.row(part.table, part.whose, **values)
        for name, value in several:
            self.row(part.table, part.whose, **self.values(part) | {name: value})

    def vary(self, kind, column, number, values):
        if column == "at":
            return
        first, _, rest = column.partition("@")
        target, name = (KINDS[rest.partition(".")[0]], rest.partition(".")[2]) if rest else (kind, first)
        of = plain_type(target, name)
        value = date(2026, 5, 4) + timedelta(days=number) if of is date else f"x{number}"
        if not rest:
            values[first] = value
        elif first in values:  # one row further on serves several columns
            place = next(place for place, row in enumerate(self.table) if row.id == values[first])
            self.table[place] = type(self.table[place])(**vars(self.table[place]) | {name: value})
        else:
            self.behind(column, values, value)

    def without(self, table):
        other = World(provenance=self.provenance)
        other.table = [row for row in self.table if table != row.TABLE]
        return other

    def grid(self, of=UNITS, portfolio=PORTFOLIO):
        return coverage(self, of, tables(), CANDIDATE, portfolio)

    def states(self, of=UNITS, portfolio=PORTFOLIO):
        return {cell.criterion.id: cell.state for cell in self.grid(of, portfolio).cells}


def alone(criterion):
    """A unit that asks for one criterion only."""
    return [UNITS[0].model_copy(update={"criteria": (criterion,)})]
