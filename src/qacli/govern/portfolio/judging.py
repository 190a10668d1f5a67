"""Whether a part of a criterion holds: which rows show it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from qacli.govern.portfolio.portfolio import Portfolio
from qacli.govern.portfolio.records import PortfolioWords
from qacli.govern.portfolio.unit import (
    ANYONE,
    Approved,
    Chain,
    Filter,
    OwnWords,
    Part,
    Records,
    Stated,
    Step,
    plain,
    plural,
    told,
)
from qacli.model import REDACTED, Row, View, Words, text_of
from qacli.prepare.approval import approval

LIVE = "live"


class Found(NamedTuple):
    """What the records say of one part. ``missing`` is empty where it holds."""

    rows: Sequence[Row]
    missing: str = ""


class Holdings:
    """The records that may count for one candidate: all of them, or only the live ones."""

    def __init__(
        self, view: View, kinds: Mapping[str, type[Row]], candidate: str, portfolio: Portfolio | None, *, live: bool
    ) -> None:
        self.view = view
        self.kinds = kinds
        self.candidate = candidate
        self.portfolio = portfolio
        self.live = live
        self._rows: dict[str, list[Row]] = {}
        self._by_id: dict[str, dict[str, Row]] = {}
        self._matching: dict[tuple[object, ...], list[Row]] = {}

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table in force that may count."""
        if table not in self._rows:
            found = self.view.current(self.kinds[table])
            self._rows[table] = [row for row in found if row.provenance == LIVE or not self.live]
        return self._rows[table]

    def value(self, row: Row, column: str) -> Any:
        """Return what stands in a column, or in the column of a row further on; None where that row is not there."""
        if "@" not in column:
            return getattr(row, column)
        first, *further = column.split("@")
        value = getattr(row, first)
        for step in further:
            table, _, name = step.partition(".")
            behind = self._index(table).get(str(value))
            if behind is None:
                return None
            value = getattr(behind, name)
        return value

    def behind(self, rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
        """Return the rows further on that columns lead to, each once."""
        found: dict[str, Row] = {}
        for column in columns:
            steps = column.split("@")
            for length in range(1, len(steps)):
                name, index = "@".join(steps[:length]), self._index(steps[length].partition(".")[0])
                reached = (index.get(str(self.value(row, name))) for row in rows)
                found |= {row.id: row for row in reached if row}
        return list(found.values())

    def _index(self, table: str) -> Mapping[str, Row]:
        if table not in self._by_id:
            self._by_id[table] = {each.id: each for each in self.rows(table)}
        return self._by_id[table]

    def told(self, row: Row, column: str) -> str:
        """Return a value as a map spells it; a time as its day, and nothing for a text that was redacted."""
        value = self.value(row, column)
        if isinstance(value, Words):
            return "" if value.text == REDACTED else value.text
        if isinstance(value, str):
            return value
        if isinstance(value, datetime):
            value = value.astimezone(self.view.now.tzinfo).date()
        return text_of(value)

    def matching(self, part: Filter) -> Sequence[Row]:
        """Return the rows that a filter lets through; many criteria ask with the same one."""
        key = (part.table, part.whose, tuple(part.where.items()), part.filled)
        if key not in self._matching:
            self._matching[key] = [row for row in self.rows(part.table) if self._fits(row, part)]
        return self._matching[key]

    def _fits(self, row: Row, part: Filter) -> bool:
        if part.whose != ANYONE and getattr(row, part.whose) != self.candidate:
            return False
        if any(self.told(row, name) not in values for name, values in part.where.items()):
            return False
        return all(self.told(row, name) for name in part.filled)

    def strays(self, tables: Iterable[str]) -> bool:
        """Return whether some of these tables hold rows that are not live; else live ones and all are the same."""
        return any(row.provenance != LIVE for table in tables for row in self.rows(table))

    @cached_property
    def said(self) -> Mapping[str, PortfolioWords]:
        """The candidate's own words by criterion: the last of each, unless they were redacted."""
        rows = [row for row in self.rows(PortfolioWords.TABLE) if isinstance(row, PortfolioWords)]
        return {row.criterion: row for row in rows if row.by == self.candidate and self.told(row, "words")}


def judge(part: Part, criterion: str, holdings: Holdings) -> Found:
    """Return which rows show a part of a criterion, and what it still lacks."""
    if isinstance(part, Records):
        return _records(part, holdings)
    if isinstance(part, Chain):
        return _chain(part, holdings)
    if isinstance(part, Approved):
        return _approved(part, holdings)
    if isinstance(part, OwnWords):
        said = holdings.said.get(criterion)
        return Found([said]) if said else Found([], part.in_words)
    return _stated(part, holdings)


def _records(part: Records, holdings: Holdings) -> Found:
    rows = holdings.matching(part)
    if not rows:
        return Found([], f"no {part.in_words}")
    lacks = [f"{part.in_words}: there are {len(rows)}"] if len(rows) < part.least else []
    for name, wanted in part.covers.items():
        lacks += _absent(name, wanted, rows, holdings)
    for name, source in part.every.items():
        named = _named(holdings.view, source)
        lacks += _absent(name, named, rows, holdings) if named else [f"no {source.replace('.', ' ')} is in force"]
    for name, least in part.differ.items():
        many = len({value for row in rows if (value := holdings.told(row, name))})
        lacks += [f"{least} different {plural(name)}, there are {many}"] if many < least else []
    columns = [*part.where, *part.filled, *part.covers, *part.differ, *part.every]
    return Found([*rows, *holdings.behind(rows, columns)], "; ".join(lacks))


def _absent(column: str, wanted: Sequence[str], rows: Sequence[Row], holdings: Holdings) -> list[str]:
    there = {holdings.told(row, column) for row in rows}
    gone = [value for value in wanted if value not in there]
    return [f"none with {plain(column)} {' or '.join(gone)}"] if gone else []


def _named(view: View, source: str) -> tuple[str, ...]:
    """Return the values that the definitions in force give a field: authority.role."""
    kind, _, field = source.partition(".")
    today = view.now.date()
    return tuple(dict.fromkeys(str(getattr(each, field)) for each in view.definitions(kind) if each.in_force(today)))


def _chain(part: Chain, holdings: Holdings) -> Found:
    """Return the whole chains: each row of the first table with the earliest that follows it at each later step."""
    first, *later = part.chain
    following = [_Following(step, holdings) for step in later]
    best: list[Row] = []
    whole: dict[str, Row] = {}
    for begun in holdings.matching(first):
        found = [begun]
        for step in following:
            if not (row := step.after(found)):
                break
            found.append(row)
        if len(found) == len(part.chain):
            whole |= {row.id: row for row in found}
        best = max(best, found, key=len)
    if whole:
        return Found(list(whole.values()))
    after = f", after {best[-1].id}" if best else ""
    return Found(best, f"no {told(part.chain[len(best)])}{after}")


class _Following:
    """The rows of one step of a chain, by the ids that they name: many records make many chains."""

    def __init__(self, step: Step, holdings: Holdings) -> None:
        self.links = step.links
        self.rows = holdings.matching(step)
        self.naming: dict[str, list[Row]] = {}
        for row in self.rows if step.links else ():
            for name in str(holdings.value(row, step.links or "")).split():
                self.naming.setdefault(name, []).append(row)

    def after(self, before: Sequence[Row]) -> Row | None:
        """Return the first row that was made after the last of some rows and names one of them, where it has to."""
        last = before[-1]
        rows = (row for each in before for row in self.naming.get(each.id, ())) if self.links else iter(self.rows)
        return next((row for row in rows if row.id != last.id and not (row.at and last.at and row.at < last.at)), None)


def _approved(part: Approved, holdings: Holdings) -> Found:
    view, found = holdings.view, []
    for item in view.definitions(part.approved):
        row = approval(view, part.approved, item) if item.in_force(view.now.date()) else None
        if row and holdings.candidate in {item.owner, row.by} and (row.provenance == LIVE or not holdings.live):
            found.append(row)
    return Found(found) if found else Found([], part.in_words)


def _stated(part: Stated, holdings: Holdings) -> Found:
    stated = holdings.portfolio and getattr(holdings.portfolio, part.stated)
    return Found([]) if stated else Found([], part.in_words)


def days_of(rows: Sequence[Row], view: View) -> set[date]:
    """Return the different days on which rows were recorded, local time."""
    return {row.at.astimezone(view.now.tzinfo).date() for row in rows if row.at}
