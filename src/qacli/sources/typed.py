"""A profile as SQL: text cells of an export become typed columns, and what cannot be read is a fault with its line."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal, quoted
from qacli.engine.ranks import normal_sql, trimmed_sql
from qacli.engine.source import open_source
from qacli.files.faults import REST, Fault, FileFaults
from qacli.files.layout import encoding_is_said, shown
from qacli.sources.answers import SQL_TYPE, answer_sql, unreadable
from qacli.sources.dates import DAY_PART, is_utc, not_in_the_calendar, time_of_day_sql, time_sql
from qacli.sources.durations import seconds_by_word_sql, seconds_sql
from qacli.sources.profile import AS_SAID, DATES, IN_SECONDS, MADE, Column, Profile, fields_of
from qacli.sources.several_dates import SANE, in_words, orders_of, several_sql, two_meanings_sql
from qacli.sources.zones import to_local_sql, to_utc_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

    from qacli.engine.source import Asked, Found, Source

MOST_FAULTS = 20
IDS = ("transaction", "customer", "agent", "colleague", "team", "channel", "reason", "queue", "product", "complaint")
MATCHED = ("transaction", "customer", "agent", "colleague")
"""Fields that are looked up elsewhere, where a rounded number would be somebody else's."""


class Bad(NamedTuple):
    """A kind of cell that cannot be read: its field, the SQL that finds it, what to say of a cell, what to do."""

    code: str
    field: str
    where: str
    say: str
    help: str


class Counts(NamedTuple):
    """Records of a source; those with an id and with a start; different ids, None where a grain allows repeats."""

    records: int
    ids: int
    dated: int
    distinct: int | None


@contextmanager
def open_typed(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    profile: Profile,
    time_zone: ZoneInfo,
    sheet: str | None = None,
) -> Iterator[Typed]:
    """Yield an export as its profile reads it, its cells still unread. Raises FileFaults, NoSuchColumn, NoSuchSource."""
    how = nullcontext() if profile.encoding else encoding_is_said("encoding: cp1252 in its profile")
    with how, open_source(connection, paths, profile.encoding, profile.separator, profile.quoting, sheet) as source:
        yield Typed(source, profile, time_zone)


class Typed:
    """The SQL of one source under one profile. What it gives is only true once all its cells have been read.

    ``columns`` are the headers it reads, the rest is left out. ``years`` are those whose changes of the clock it knows,
    ``same`` is the first field that is read of the same cells in the same way.
    """

    counts: Counts

    def __init__(self, source: Source, profile: Profile, zone: ZoneInfo) -> None:
        """Raises NoSuchColumn."""
        self.source, self.profile, self.zone, self.home = source, profile, profile.zone(zone), zone
        self.columns = list(
            dict.fromkeys(
                name
                for column in profile.columns.values()
                for name in (column.column, column.time, column.unit_column)
                if name
            )
        )
        durations = [field for field in self.profile.columns if field in IN_SECONDS]
        # the talk of a call is often its whole length too: the same words for it are worked out once
        self.same = {field: field for field in self.profile.columns} | {
            field: next(each for each in durations if self.profile.columns[each] == self.profile.columns[field])
            for field in durations
        }
        self.dated = [field for field in profile.columns if field in DATES]
        self.examples = {field: self._example(field) for field in self.dated}
        self.years = self._likely_years()

    def texts(self, numbered: bool = False) -> str:
        """Return the SQL of the mapped cells as text, NULL where missing: t_<field> for each field."""
        # in a query of its own, or each text would be computed wherever it is named
        bare = [
            f"{self._bare(field, column)} AS {quoted('b_' + field)}"
            for field, column in self.profile.columns.items()
            if self.same[field] == field
        ]
        cells = [
            f"{self._text(field, column)} AS {quoted('t_' + field)}" for field, column in self.profile.columns.items()
        ]
        return (
            f"SELECT *, {', '.join(cells)} FROM "
            f"(SELECT *, {', '.join(bare)} FROM ({self.source.select(self.columns, numbered)}))"
        )

    def parsed(self, numbered: bool = False) -> str:
        """Return the SQL that adds p_<field>, the time or number in a text, NULL where it cannot be read."""
        values = [
            f"{self._value(field, column)} AS {quoted('v_' + field)}"
            for field, column in self.profile.columns.items()
            if field in MADE
        ]
        # in a query of its own, or each value would be computed twice
        later = [
            f"CASE WHEN {value} {SANE} THEN {value} END AS {quoted('p_' + field)}"
            for field in self.dated
            for value in [quoted("v_" + field)]
        ]
        later += [
            f"{quoted('v_' + field)} AS {quoted('p_' + field)}"
            for field in self.profile.columns
            if field in MADE and field not in DATES
        ]
        inner = f"SELECT *{''.join(', ' + value for value in values)} FROM ({self.texts(numbered)})"
        return f"SELECT *{''.join(', ' + value for value in later)} FROM ({inner})"

    def final(self, numbered: bool = False) -> str:
        """Return the SQL of all fields of this kind of source, typed, times in UTC with their local date."""
        selected = ["file", "record"] if numbered else []
        return f"SELECT {', '.join([*selected, *self._fields()])} FROM ({self.parsed(numbered)})"

    def read(self) -> None:
        """Read every mapped cell once. Raises FileFaults where a cell cannot be read, NoSuchColumn."""
        tests = self._tests()
        counts = [f"count(*) FILTER ({test})" for test in tests]
        ends = [f"year({end}({quoted('p_' + field)}))" for field in self.dated for end in ("min", "max")]
        distinct = self._distinct("t_transaction IS NOT NULL", "hash(t_transaction)")
        found = self.source.check(self.columns, self.parsed, [distinct, *counts, *ends])
        self._keep(found)
        met = [int(year) for year in found.counts[1 + len(tests) :] if year is not None]
        self.years = (min(met), max(met)) if met else self.years

    def answer(self, view: str, rows: Callable[[str], str], asked: Asked) -> list[Any] | None:
        """Read every mapped cell once, and return what a query over CELLS finds meanwhile, in any order.

        ``rows`` returns what CELLS holds, over ``final`` under the name ``view`` as p, with more columns selected. None
        where that has to be asked again, now that the years are known. Raises FileFaults where a cell cannot be read,
        NoSuchColumn.
        """
        outside = " OR ".join(
            f"{time} < TIMESTAMP '{self.years[0]}-01-01' OR {time} >= TIMESTAMP '{self.years[1] + 1}-01-01'"
            for time in (quoted("p_" + field) for field in self.dated)
        )
        tests = [*self._tests(), outside or "FALSE"]
        carried = [f"({test}) AS x{number}" for number, test in enumerate(tests)]
        carried += ["hash(t_transaction) AS hashed"]
        also = "".join(f", p.x{number}" for number in range(len(tests))) + ", p.hashed"

        def made() -> str:
            return (
                f"WITH {view} AS (SELECT {', '.join([*self._fields(), *carried])} FROM ({self.parsed()})) {rows(also)}"
            )

        counts = [f"count(*) FILTER (x{number})" for number in range(len(tests))]
        found = self.source.check(self.columns, made, [self._distinct("x0", "hashed"), *counts], asked)
        self._keep(found)
        if not found.counts[-1]:
            return found.rows
        self.read()
        return None

    def refuse(self, bad: list[Bad]) -> None:
        """Raise FileFaults with the first cells of each kind of Bad, if there are any."""
        faults = [fault for kind in bad for fault in self._faults(kind)]
        if faults:
            raise FileFaults(faults)

    def _fields(self) -> list[str]:
        return [each for field in fields_of(self.profile) for each in self._selected(field, *self.years)]

    def _selected(self, field: str, first: int, last: int) -> Iterator[str]:
        name, mapped = quoted(field), field in self.profile.columns
        text, parsed = quoted("t_" + field), quoted("p_" + field)
        if field == "transaction":
            yield f"{text} AS id"
        elif field in MADE and field not in DATES:
            yield f"{parsed if mapped else 'NULL'}::{SQL_TYPE.get(field, 'DOUBLE')} AS {name}"
        elif field == "colleague" and not mapped and self.profile.kind_of_source == "transactions":
            yield "'' AS colleague"  # nobody in particular, which is not the same as a blank cell
        elif field not in DATES:
            yield f"{text if mapped else 'NULL::VARCHAR'} AS {name}"
        elif not mapped:
            yield f"NULL::{'DATE' if self.profile.kind_of_source == 'opt_outs' else 'TIMESTAMP'} AS {name}"
        else:
            utc = self.utc(field)
            if self.profile.kind_of_source == "opt_outs":
                local = to_local_sql(parsed, self.home, first, last) if utc else parsed
                yield f"({local})::DATE AS {name}"
                return
            at = parsed if utc else to_utc_sql(parsed, self.zone, first, last)
            yield f"{at} AS {name}"
            if field == "started_at":
                # a day is a day of the workspace, wherever the export was made
                local = to_local_sql(at, self.home, first, last) if utc or self.zone != self.home else parsed
                yield f"({local})::DATE AS local_date"

    def _time(self, field: str, text: str) -> str:
        """Return the SQL of the time in a text, by the ways that the profile declares for a field."""
        orders = orders_of(self.profile.columns[field])
        return several_sql(text, orders) if len(orders) > 1 else time_sql(text, orders[0], self.examples[field])

    def utc(self, field: str) -> bool:
        """Return whether the times of a field are instants; of several ways none is."""
        orders = orders_of(self.profile.columns[field])
        return len(orders) == 1 and is_utc(orders[0], self.examples[field])

    def _kinds(self) -> list[Bad]:
        return [
            *(self._unreadable(field) for field in self.profile.columns if field in MADE),
            *(self._two_meanings(field) for field in self.dated if len(orders_of(self.profile.columns[field])) > 1),
        ]

    def _two_meanings(self, field: str) -> Bad:
        column = self.profile.columns[field]
        return Bad(
            "date-ambiguous",
            field,
            two_meanings_sql(quoted("t_" + field), orders_of(column)),
            f"is one day by one way of writing dates and another day by another ({', '.join(orders_of(column))})",
            "nobody can tell which is meant: mend the cell, or export again in one way, for example 2026-05-18 10:02",
        )

    def _tests(self) -> list[str]:
        """Return the SQL of what is counted: records with an id, those with a start, and each kind of Bad."""
        mapped = self.profile.columns
        return [
            "t_transaction IS NOT NULL" if "transaction" in mapped else "FALSE",
            "p_started_at IS NOT NULL" if "started_at" in mapped else "FALSE",
            *(kind.where for kind in self._kinds()),
        ]

    def _distinct(self, is_there: str, hashed: str) -> str:
        # A hash of 64 bits takes half the memory of the ids; only equal hashes send us to the ids themselves.
        unique = self.profile.grain is None and "transaction" in self.profile.columns
        return f"count(DISTINCT {hashed}) FILTER ({is_there})" if unique else "NULL"

    def _keep(self, found: Found) -> None:
        distinct, ids, dated, *bad = found.counts
        self.refuse([kind for kind, count in zip(self._kinds(), bad, strict=False) if count])
        matched = [field for field in MATCHED if field in self.profile.columns]
        if self.source.may_hold_rounded([self.profile.columns[field].column for field in matched]):
            self.refuse([_rounded(field) for field in matched])
        self.counts = Counts(found.records, int(ids), int(dated), distinct)

    def _likely_years(self) -> tuple[int, int]:
        """Return the years around the first dates; reading widens them where the source holds others."""
        found: list[int] = []
        for field, example in self.examples.items():
            time = self._time(field, literal(example))
            row = self.source.connection.execute(f"SELECT year(t) FROM (SELECT {time} AS t) WHERE t {SANE}").fetchone()
            found += row or ()
        return (min(found) - 1, max(found) + 1) if found else (2000, 2000)

    def _unreadable(self, field: str) -> Bad:
        column = self.profile.columns[field]
        where = f"{quoted('t_' + field)} IS NOT NULL AND {quoted('p_' + field)} IS NULL"
        if field in SQL_TYPE:
            code, say, help_ = unreadable(field, column)
            return Bad(code, field, where, say, help_)
        if field in IN_SECONDS:
            return Bad(
                "bad-duration",
                field,
                where,
                f"is no duration in {column.unit}" if column.unit else f"and '{column.unit_column}' are no duration",
                "say what the cells count with unit: (a spreadsheet's clock times are clock, its fractions of a day "
                "day-fraction), or export plain numbers; a decimal comma is declared with decimal:",
            )
        return Bad(
            "bad-date",
            field,
            where,
            f"is no date written {in_words(column)}",
            "a column has the ways of writing dates that dates: says: mend the cell, name it under missing:, or change dates:"
            + ("; real dates of a spreadsheet or of Parquet are y-m-d" if self._holds_real_dates() else ""),
        )

    def _holds_real_dates(self) -> bool:
        return any(file.sheet or file.texts for file in self.source.files)

    def _faults(self, kind: Bad) -> Iterator[Fault]:
        text = quoted("t_" + kind.field)
        column = self.profile.columns[kind.field]
        rows = self.source.connection.execute(
            f"SELECT file, record, {text}, count(*) OVER () FROM ({self.parsed(numbered=True)}) WHERE {kind.where} "
            f"ORDER BY file, record LIMIT {MOST_FAULTS}"
        ).fetchall()
        places = self.source.place([(file, record) for file, record, _, _ in rows], column.column)
        for file, record, cell, _ in rows:
            what = f"'{cell}' in column" if cell is not None else "column"
            message = f"{what} '{column.named}' {kind.say}"
            known = not_in_the_calendar(cell, orders_of(column)) if kind.code == "bad-date" else ""
            yield places[file, record]._replace(code=kind.code, message=message, help=known or kind.help)
        if rows and rows[0][3] > len(rows):
            yield Fault(
                kind.code,
                f"and {rows[0][3] - len(rows):,} more cells of column '{column.named}'",
                shown(self.source.files[-1].path),
                REST,
            )

    def _example(self, field: str) -> str:
        import duckdb

        text = quoted("t_" + field)
        try:
            rows = self.source.connection.execute(
                f"SELECT {text} FROM ({self.texts()}) WHERE {text} IS NOT NULL LIMIT 1"
            ).fetchall()
        except duckdb.Error:
            return ""  # the full pass that follows says what is wrong
        return str(rows[0][0]) if rows else ""

    def _bare(self, field: str, column: Column) -> str:
        cell = f"c{self.columns.index(column.column)}"
        return normal_sql(cell) if field in IDS else trimmed_sql(cell)

    def _text(self, field: str, column: Column) -> str:
        text = quoted("b_" + self.same[field])
        missing = ", ".join(literal(word.strip()) for word in {*self.profile.missing, ""})
        if column.time:
            time = f"trim(c{self.columns.index(column.time)})"
            time = f"CASE WHEN regexp_full_match({time}, '{DAY_PART}') THEN {time_of_day_sql(time)} ELSE {time} END"
            # a time without its date is nothing, a date without its time is still a day
            time = f"CASE WHEN {time} IN ({missing}) THEN NULL ELSE {time} END"
            text = f"CASE WHEN coalesce({text}, '') IN ({missing}) THEN NULL ELSE concat_ws(' ', {text}, {time}) END"
        if field in AS_SAID:
            return f"CASE WHEN {text} IN ({missing}) THEN NULL ELSE {text} END"
        values = "".join(f" WHEN {literal(raw)} THEN {literal(ours)}" for raw, ours in column.renamed.items())
        return f"CASE WHEN {text} IN ({missing}) THEN NULL" + (
            f" ELSE CASE {text}{values} ELSE {text} END END" if values else f" ELSE {text} END"
        )

    def _value(self, field: str, column: Column) -> str:
        text = quoted("t_" + self.same[field])
        if field in DATES:
            return self._time(field, text)
        if field in SQL_TYPE:
            return answer_sql(field)
        if column.unit_column:
            word = f"c{self.columns.index(column.unit_column)}"
            return seconds_by_word_sql(text, word, self.profile.decimal)
        return seconds_sql(text, column.unit or "seconds", self.profile.decimal)


def _rounded(field: str) -> Bad:
    text = quoted("t_" + field)
    return Bad(
        "id-rounded",
        field,
        f"regexp_full_match({text}, '-?[0-9]([.,][0-9]+)?E[+][0-9]+')",
        "is a number that a spreadsheet has rounded: its last digits are lost",
        "export again, and keep the column as text: never open and save the file in a spreadsheet before",
    )
