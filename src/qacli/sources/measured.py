"""Measures of transactions that are columns of their own in an export: waits, holds, transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal, quoted
from qacli.engine.ranks import normal_sql
from qacli.engine.source import CELLS, Asked
from qacli.files.numbers import four_digits
from qacli.sources.durations import number_sql, seconds_by_word_sql, seconds_sql
from qacli.sources.typed import Typed, open_typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

    from qacli.sources.profile import MeasureColumn, Profile


class Cell(NamedTuple):
    """A measure of one transaction: seconds, or a count; None where ``text``, the cell as it stands, is none."""

    value: float | None
    text: str
    column: str


def measured_cells(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    profile: Profile,
    time_zone: ZoneInfo,
    sheet: str | None,
    transactions: Collection[str],
) -> dict[str, dict[str, Cell]]:
    """Return the measures of some transactions by id and name; what is blank is left out.

    Of several rows the one counts that counts for the transaction. Raises FileFaults, NoSuchColumn, NoSuchSource.
    """
    names = list(profile.measures)
    found: dict[str, dict[str, Cell]] = {}
    with open_typed(connection, paths, profile, time_zone, sheet) as typed:
        rows = _picked(typed, sorted(transactions))
    for id_, *cells in rows:
        for name, value, text in zip(names, cells[::2], cells[1::2], strict=True):
            if text is not None:
                found.setdefault(id_, {})[name] = Cell(value, text, profile.measures[name].column)
    return found


def _picked(typed: Typed, transactions: Sequence[str]) -> list[Any]:
    """Return the rows of some transactions: id, then value and text of each measure."""
    if typed.profile.grain:
        query = f"SELECT * FROM ({_rows(typed)}) WHERE list_contains(?::VARCHAR[], id)"
        return typed.source.connection.execute(query, [transactions]).fetchall()
    _map_columns(typed)
    query = f"SELECT t_transaction, {_values(typed)} FROM {CELLS} WHERE list_contains(?::VARCHAR[], t_transaction)"
    asked = Asked(query, [transactions])
    return typed.source.check(typed.columns, lambda: _with_cells(typed, typed.texts()), (), asked).rows


def measures_described(typed: Typed) -> Iterator[tuple[str, str, str]]:
    """Yield of each measure its name, its column, and what was found there in words."""
    for name, column in typed.profile.measures.items():
        value, text = quoted(f"mv_{name}"), quoted(f"mt_{name}")
        row = typed.source.connection.execute(
            f"SELECT min({value}), max({value}), count(*) - count({text}), count({text}) - count({value}), "
            f"min({text}) FILTER ({value} IS NULL) FROM ({_rows(typed)})"
        ).fetchone()
        low, high, blank, bad, example = row or (None, None, 0, 0, None)
        unit = " s" if column.unit or column.unit_column else ""
        words = f"{four_digits(low)} to {four_digits(high)}{unit}" if low is not None else "no values"
        words += f", {blank:,} blank" if blank else ""
        yield name, column.column, words + (f", {bad:,} cannot be read, as '{example}'" if bad else "")


def _rows(typed: Typed) -> str:
    """Return the SQL of one row for each transaction: id, then value and text of each measure."""
    _map_columns(typed)
    grain = typed.profile.grain
    keep = "DESC" if grain and grain.keep == "last" else "ASC"
    time = f"p_{grain.by} {keep} NULLS LAST, " if grain and grain.by else ""
    return (
        f"SELECT t_transaction AS id, {_values(typed)} FROM ({_with_cells(typed, typed.parsed(numbered=True))}) "
        f"QUALIFY row_number() OVER (PARTITION BY t_transaction ORDER BY {time}file {keep}, record {keep}) = 1"
    )


def _map_columns(typed: Typed) -> None:
    """Have the columns of the measures read as well, behind the others."""
    measures = typed.profile.measures.values()
    more = [each for column in measures for each in (column.column, column.unit_column) if each]
    typed.columns = list(dict.fromkeys([*typed.columns, *more]))


def _with_cells(typed: Typed, query: str) -> str:
    cells = (f"{_text(typed, column)} AS {quoted(f'mt_{name}')}" for name, column in typed.profile.measures.items())
    return f"SELECT *, {', '.join(cells)} FROM ({query})"


def _values(typed: Typed) -> str:
    return ", ".join(
        f"{_value(typed, name, column)} AS {quoted(f'mv_{name}')}, {quoted(f'mt_{name}')}"
        for name, column in typed.profile.measures.items()
    )


def _text(typed: Typed, column: MeasureColumn) -> str:
    cell = normal_sql(f"c{typed.columns.index(column.column)}")
    missing = ", ".join(literal(word.strip()) for word in {*typed.profile.missing, ""})
    words = "".join(f" WHEN {literal(raw)} THEN {literal(ours)}" for raw, ours in column.values.items())
    return f"CASE WHEN {cell} IN ({missing}) THEN NULL" + (
        f" ELSE CASE {cell}{words} ELSE {cell} END END" if words else f" ELSE {cell} END"
    )


def _value(typed: Typed, name: str, column: MeasureColumn) -> str:
    text, decimal = quoted(f"mt_{name}"), typed.profile.decimal
    if column.unit_column:
        return seconds_by_word_sql(text, f"c{typed.columns.index(column.unit_column)}", decimal)
    return seconds_sql(text, column.unit, decimal) if column.unit else number_sql(text, decimal)
