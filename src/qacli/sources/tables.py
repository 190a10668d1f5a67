"""Tables of other engines as what qacli reads: the population of transactions, and who opted out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.engine.connection import quoted
from qacli.files.faults import Fault, FileFaults
from qacli.files.numbers import short
from qacli.sources.check import LISTED, SHOWN, ColumnReport, SourceReport, decided
from qacli.sources.dates import DateDecision
from qacli.sources.population import VIEW, Figures, Population
from qacli.sources.profile import DATES, IN_SECONDS, MADE
from qacli.sources.warehouse import MOST_FAULTS, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

DECIDES = {"d/m/y": "d_{field} > 12", "m/d/y": "d_{field} > 12"}
"""Orders that another order could be taken for: what cells can be read in no other way."""


def population_of(table: Table) -> Population:
    """Return the transactions of a table as a view beside it. Raises FileFaults for blank ids and ids that stand twice."""
    read = table.read
    if read.ids < read.records:
        what = f"{read.records - read.ids:,} of {read.records:,} rows have no id in column '{_column(table)}'"
        raise FileFaults([Fault("id-blank", what, table.name, help="leave these rows out in the query")])
    if read.distinct < read.ids:
        _refuse_twice(table)
    table.remote.execute(f"CREATE OR REPLACE TEMP VIEW {VIEW} AS {table.final()}")
    figures = Figures(read.digest, read.records, None, read.records, read.records - read.dated)
    return Population(table.remote, (), table.left_out, lambda *_: (figures, None))


def opt_outs_of(table: Table) -> list[dict[str, Any]]:
    """Return the rows of an opt-out list: customer, from, to and scope. Raises FileFaults for rows that name nobody."""
    if table.read.ids < table.read.records:
        what = f"{table.read.records - table.read.ids:,} of {table.read.records:,} rows name no customer"
        raise FileFaults([Fault("customer-blank", what, table.name, help="leave these rows out in the query")])
    rows = table.remote.execute(table.final()).fetchall()
    return [dict(zip(("customer", "from", "to", "scope"), row, strict=True)) for row in rows]


def report_of(table: Table, known: Mapping[str, Collection[str]]) -> SourceReport:
    """Return how a table reads under its profile; ``known`` as for the report of an export."""
    figures = population_of(table).figures
    columns, findings = [], []
    if figures.undated:
        findings.append(f"no started_at, so in no period: {figures.undated:,} transactions")
    for field, column in table.profile.columns.items():
        words, more = _described(table, field, known.get(field))
        columns.append(ColumnReport(field, column.named, words))
        findings += more
    findings += _odd(table)
    return SourceReport(
        (),
        figures.digest,
        figures.records,
        None,
        figures.transactions,
        table.remote.name,
        "",
        tuple(columns),
        table.left_out,
        tuple(findings),
    )


def _column(table: Table) -> str:
    return table.profile.columns["transaction"].named


def _refuse_twice(table: Table) -> None:
    rows = table.remote.execute(
        f"SELECT t_transaction, count(*) FROM ({table.texts()}) AS q GROUP BY 1 HAVING count(*) > 1 "
        f"ORDER BY 1 LIMIT {MOST_FAULTS}"
    ).fetchall()
    help_ = "choose one row for each transaction in the query: its last, or its first"
    raise FileFaults(
        [Fault("id-twice", f"transaction {id_} stands in {n:,} rows", table.name, help=help_) for id_, n in rows]
    )


def _values(table: Table, field: str) -> list[tuple[str | None, int]]:
    """Return the values of a field, the most frequent first; nothing where the profile does not map it."""
    if field not in table.profile.columns:
        return []
    text = quoted("t_" + field)
    return table.remote.execute(
        f"SELECT {text}, count(*) FROM ({table.texts()}) AS q GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()


def _described(table: Table, field: str, known: Collection[str] | None) -> tuple[str, list[str]]:
    if field == "transaction":
        return "unique", []
    if field in DATES:
        return _dates(table, field)
    if field in LISTED:
        return _listed(_values(table, field), field, known)
    cell = quoted(("p_" if field in MADE else "t_") + field)
    count, values, low, high = table.remote.execute(
        f"SELECT count({cell}), count(DISTINCT {cell}), min({cell}), max({cell}) FROM ({table.parsed()}) AS q"
    ).fetchone()
    blank = table.read.records - count
    words = f"{short(low)} to {short(high)} s" if field in IN_SECONDS and count else f"{values:,} values"
    return words + (f", {blank:,} blank" if blank else ""), []


def _dates(table: Table, field: str) -> tuple[str, list[str]]:
    order, time = table.orders[field], quoted("p_" + field)
    decides = DECIDES.get(order, "{time} IS NOT NULL").format(field=field, time=time)
    of, deciding, first, last = table.remote.execute(
        f"SELECT count({time}), count(*) FILTER (WHERE {decides}), min({time}), max({time}) FROM ({table.parsed()}) AS q"
    ).fetchone()
    blank = table.read.records - of
    words = decided(DateDecision(order if deciding else "", deciding, of, of - deciding, ()), order)
    findings = [f"{field}: {words}"] if of and not deciding else []
    span = f", {first:%Y-%m-%d} to {last:%Y-%m-%d}" if of else ""
    return words + span + (f", {blank:,} blank" if blank else ""), findings


def _listed(rows: list[tuple[str | None, int]], field: str, known: Collection[str] | None) -> tuple[str, list[str]]:
    values = [value for value, _ in rows if value is not None]
    blank = sum(count for value, count in rows if value is None)
    words = f"{len(values):,} value{'s' * (len(values) != 1)}"
    end = f", {blank:,} blank" if blank else ""
    if known is None:
        # what a table calls a colleague is often a name, and this may end up in a log
        named = field != "colleague" and len(values) <= SHOWN
        return words + (": " + ", ".join(values) if named else "") + end, []
    strange = [value for value in values if value not in known]
    if not strange:
        return f"{words}, all known{end}", []
    shown = ", ".join(strange[:SHOWN]) + (f" and {len(strange) - SHOWN:,} more" if len(strange) > SHOWN else "")
    return f"{words}, {len(strange):,} unknown{end}", [f"{field}: unknown values: {shown}"]


def _odd(table: Table) -> list[str]:
    found = []
    for field, where, words in (
        ("ended_at", "ended_at < started_at", "end before start"),
        ("seconds", "seconds < 0", "negative duration"),
    ):
        if field not in table.profile.columns:
            continue
        count, first = table.remote.execute(f"SELECT count(*), min(id) FROM {VIEW} WHERE {where}").fetchone()
        if count:
            found.append(f"{words}: {count:,} transaction{'s' * (count != 1)}, for example {first}")
    return found
