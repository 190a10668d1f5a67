"""What `source check` says of an export under its profile: how it was read, and what looks odd in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import quoted
from qacli.engine.source import Source
from qacli.files.numbers import short
from qacli.sources.dates import DateDecision, decide
from qacli.sources.differences import differences
from qacli.sources.measured import measures_described
from qacli.sources.population import VIEW, counted, left_out, make_view
from qacli.sources.profile import AS_SAID, DATES, IN_SECONDS, Profile
from qacli.sources.satisfaction import score_sql
from qacli.sources.several_dates import orders_of, read_by_sql
from qacli.sources.typed import Typed, open_typed
from qacli.sources.zones import skipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

    from qacli.sources.agents import Agents

LISTED = ("colleague", "team", "channel", "reason", "queue", "product")
SHOWN = 8


class ColumnReport(NamedTuple):
    """One mapped field: the column it comes from, and what was found there in words."""

    field: str
    column: str
    words: str


class SourceReport(NamedTuple):
    """How an export was read. ``lines`` is None for Parquet; ``findings`` are worth a look but stop nothing."""

    paths: tuple[Path, ...]
    digest: str
    records: int
    lines: int | None
    transactions: int
    encoding: str
    delimiter: str
    columns: tuple[ColumnReport, ...]
    left_out: tuple[str, ...]
    findings: tuple[str, ...]


def check(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    profile: Profile,
    time_zone: ZoneInfo,
    known: Mapping[str, Collection[str]] | None = None,
    sheet: str | None = None,
    agents: Agents | None = None,
) -> SourceReport:
    """Return how a transactions export reads under its profile.

    ``known`` names the values expected of a field, for example the source ids of people.csv under ``colleague``.
    Raises FileFaults for whatever would stop a draw, NoSuchColumn, NoSuchSource.
    """
    with open_typed(connection, paths, profile, time_zone, sheet) as typed:
        return report(typed, known or {}, agents)


def report(typed: Typed, known: Mapping[str, Collection[str]], agents: Agents | None = None) -> SourceReport:
    """Return the report of an open source."""
    source = typed.source
    typed.read()
    make_view(typed, VIEW, agents)
    transactions, undated = counted(typed)
    findings = [f"no started_at, so in no period: {undated:,} transaction{'s' * (undated != 1)}"] if undated else []
    columns = []
    for field, column in typed.profile.columns.items():
        words, more = _described(typed, field, transactions, known.get(field))
        columns.append(ColumnReport(field, column.named, words))
        findings += more
    columns += [ColumnReport(*said) for said in measures_described(typed)]
    findings += _odd(typed)
    findings += differences(source)
    if agents:
        findings += _not_listed(typed, agents)
        if "team" not in typed.profile.columns:
            columns.append(ColumnReport("team", "(list of agents)", _values(source, "team", None)[0]))
    return SourceReport(
        tuple(file.path for file in source.files),
        source.digest,
        typed.counts.records,
        source.lines,
        transactions,
        *_form(source),
        tuple(columns),
        left_out(source, typed),
        tuple(findings),
    )


def _form(source: Source) -> tuple[str, str]:
    """Return encoding and delimiter in words; the sheet, or Parquet, stands for an encoding."""
    first = source.files[0]
    if first.layout:
        return first.layout.encoding, first.layout.delimiter_name
    return f"sheet {first.sheet.name}" if first.sheet else "parquet", ""


def _not_listed(typed: Typed, agents: Agents) -> Iterator[str]:
    if "colleague" not in typed.profile.columns:
        return
    unlisted, first = _one(
        typed.source,
        f"SELECT count(DISTINCT t_colleague), min(t_colleague) FROM ({typed.texts()}) "
        f"WHERE t_colleague NOT IN (SELECT agent FROM {agents.table})",
    )
    if unlisted:
        yield f"colleague: {unlisted:,} not in the list of agents, for example {first}"


def decided(found: DateDecision, order: str) -> str:
    """Return in words how many cells speak for a date order."""
    if found.format != order:
        return f"{order} as the profile says; none of {found.of:,} cells tells it from another order"
    return f"{order} decided by {found.decided_by:,} of {found.of:,} cells"


def _described(typed: Typed, field: str, transactions: int, known: Collection[str] | None) -> tuple[str, list[str]]:
    column = typed.profile.columns[field]
    if field == "transaction":
        if typed.profile.grain:
            keep, by = typed.profile.grain.keep, typed.profile.grain.by
            which = f"{keep} by {by}" if by else keep
            return f"{transactions:,} values in {typed.counts.records:,} records; the {which} counts", []
        return "unique", []
    if field in DATES:
        if len(orders := orders_of(column)) > 1:
            return _written(typed, field, orders), []
        found = decide(typed.source.connection, f"({typed.texts()})", quoted("t_" + field))
        order = orders[0]
        words = decided(found, order)
        findings = [] if found.format == order or not found.of else [f"{field}: {words}"]
        return words + _blank(typed.counts.records - found.of), findings
    if field in LISTED:
        return _values(typed.source, field, known)
    values, blank, low, high = _one(
        typed.source,
        (
            f"SELECT count(DISTINCT {quoted(field)}), count(*) - count({quoted(field)}), min({quoted(field)}), "
            f"max({quoted(field)}) FROM {VIEW}"
        ),
    )
    span = f"{short(low)} to {short(high)} s" if field in IN_SECONDS and low is not None else f"{values:,} values"
    return span + _blank(blank), list(_off_scale(typed, field)) if field in AS_SAID else []


def _written(typed: Typed, field: str, orders: Sequence[str]) -> str:
    """Return in words how many cells are written in each of several ways."""
    counts = [f"count(*) FILTER ({test})" for test in read_by_sql(quoted("t_" + field), orders)]
    row = _one(typed.source, f"SELECT {', '.join(counts)} FROM ({typed.texts()})")
    told = ", ".join(f"{n:,} {order}" for n, order in zip(row, orders, strict=True))
    return told + _blank(typed.counts.records - sum(row))


def _values(source: Source, field: str, known: Collection[str] | None) -> tuple[str, list[str]]:
    rows = source.connection.execute(
        f"SELECT {quoted(field)}, count(*) FROM {VIEW} GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    values = [str(value) for value, _ in rows if value is not None]
    blank = sum(count for value, count in rows if value is None)
    words = f"{len(values):,} value{'s' * (len(values) != 1)}"
    if known is None:
        # what an export calls a colleague is often a name, and this may end up in a log
        listed = field != "colleague" and len(values) <= SHOWN
        return words + (": " + ", ".join(values) if listed else "") + _blank(blank), []
    strange = [value for value in values if value not in known]
    if not strange:
        return f"{words}, all known{_blank(blank)}", []
    shown = ", ".join(strange[:SHOWN]) + (f" and {len(strange) - SHOWN:,} more" if len(strange) > SHOWN else "")
    return f"{words}, {len(strange):,} unknown{_blank(blank)}", [f"{field}: unknown values: {shown}"]


def _odd(typed: Typed) -> Iterator[str]:
    columns = typed.profile.columns
    for field in typed.dated:
        yield from _by_no_clock(typed, field)
    if "ended_at" in columns:
        yield from _count(typed, "ended_at < started_at", "end before start")
    for field in IN_SECONDS:
        if field in columns:
            words = "negative duration" if field == "seconds" else f"negative duration in {field}"
            yield from _count(typed, f"{quoted(field)} < 0", words)


def _by_no_clock(typed: Typed, field: str) -> Iterator[str]:
    """Yield how many local times no clock has shown: mostly the export has another zone than its profile says."""
    time = quoted("p_" + field)
    hours = [] if typed.utc(field) else skipped(typed.zone, *typed.years)
    if where := " OR ".join(f"({time} >= TIMESTAMP '{begin}' AND {time} < TIMESTAMP '{end}')" for begin, end in hours):
        count, first = _one(typed.source, f"SELECT count(*), min({time}) FROM ({typed.parsed()}) WHERE {where}")
        if count:
            cells = f"{count:,} cell{'s' * (count != 1)}"
            yield f"{field}: {cells} in an hour that the clocks of {typed.zone} skip, for example {first:%Y-%m-%d %H:%M}"


def _count(typed: Typed, where: str, words: str) -> Iterator[str]:
    count, first = _one(typed.source, f"SELECT count(*), min(id) FROM {VIEW} WHERE {where}")
    if count:
        yield f"{words}: {count:,} transaction{'s' * (count != 1)}, for example {first}"


def _off_scale(typed: Typed, field: str) -> Iterator[str]:
    """Yield what no scale can hold; where no scale is stated, words may be meant, but a decimal comma never is."""
    column, cell = typed.profile.columns[field], quoted(field)
    number = score_sql(cell, column, typed.profile.decimal)
    stated = column.lowest is not None and column.highest is not None
    comma = f"regexp_full_match({cell}, '-?[0-9]+,[0-9]+')"
    odd = f"{cell} IS NOT NULL AND {number} IS NULL" if stated else f"{comma} AND {number} IS NULL"
    (first,) = _one(typed.source, f"SELECT min({cell}) FROM {VIEW} WHERE {odd}")
    yield from _count(typed, odd, f"{field} is not a number ('{first}')")
    if stated:
        low, high = column.lowest, column.highest
        yield from _count(typed, f"{number} NOT BETWEEN {low} AND {high}", f"{field} outside {low} to {high}")


def _blank(count: int) -> str:
    return f", {count:,} blank" if count else ""


def _one(source: Source, query: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] = source.connection.execute(query).fetchall()[0]
    return row
