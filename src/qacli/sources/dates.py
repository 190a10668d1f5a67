"""Dates as exports write them: the order is a property of the column, decided once over all its cells."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from qacli.engine.connection import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duckdb import DuckDBPyConnection

SEPARATORS = ("/", "-", ".")
TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
# Parts of a date with two numbers first: 29/2/2016, 29-02-16, 29.02.2016, with or without a time after it.
NUMBERS = r"^\s*([0-9]{1,2})([/.-])([0-9]{1,2})([/.-])([0-9]{4}|[0-9]{2})([ T,].*)?\s*$"
SHAPES = (
    ("y-m-d", r"^\s*[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}([T ].*)?\s*$"),
    ("d-mon-y", r"^\s*[0-9]{1,2}[- /.][A-Za-z]{3}[- /.][0-9]{2,4}([ T].*)?\s*$"),
    ("epoch-s", r"^\s*[0-9]{9,10}(\.[0-9]+)?\s*$"),
    ("epoch-ms", r"^\s*[0-9]{12,13}\s*$"),
    ("fraction", r"^\s*[0-9]{0,5}[.,][0-9]+\s*$"),
    ("serial", r"^\s*[0-9]{5}\s*$"),
    ("clock", r"^\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\s*[AaPp][Mm])?\s*$"),
)
NUMBERS_AND_YEAR = {
    "d/m/y": r"\s*(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4}|[0-9]{2})\b",
    "m/d/y": r"\s*(?P<m>[0-9]{1,2})[/.-](?P<d>[0-9]{1,2})[/.-](?P<y>[0-9]{4}|[0-9]{2})\b",
    "y-m-d": r"\s*(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9])",
}
NO_SUCH_DAY = "that month has no such day: mend the cell where the export is made, or name it under missing:"
MIDNIGHT = "the clock ends at 23:59: the end of a day is 00:00 of the next one; mend the cell where the export is made"
WORDS = {"either": "d/m/y or m/d/y"}
NO_DATES = {
    "fraction": "a spreadsheet's fraction of a day",
    "serial": "a spreadsheet's count of days",
    "clock": "a time of day without a date",
    "other": "no date",
}
DAY_PART = "0?[.,][0-9]{2,17}"
"""A time of day as a spreadsheet keeps it, a fraction of a day: 0.38400462962963 is 09:12:58."""
DAYS = "[0-9]{1,5}([.,][0-9]{1,17})?"
DAY_ZERO = "TIMESTAMP '1899-12-30'"
"""Day 0 of spreadsheets: with it their day 61 is 1 March 1900, as they say."""
SHEET_DAYS = frozenset({NO_DATES["fraction"], NO_DATES["serial"]})
ZONED = re.compile(r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)$")


class DateDecision(NamedTuple):
    """Which order the dates of a column have: ``decided_by`` of ``of`` cells can be read in no other way.

    ``format`` is empty where nothing decides, or where cells contradict each other; ``conflicts`` then holds
    (what, cells, example) of each kind met. ``either`` counts the cells that fit both d/m/y and m/d/y.
    """

    format: str
    decided_by: int
    of: int
    either: int
    conflicts: tuple[tuple[str, int, str], ...]


def decide(connection: DuckDBPyConnection, table: str, column: str) -> DateDecision:
    """Return the date order of a text column of a table, missing cells being NULL. Never decides cell by cell."""
    parts = f"regexp_extract(d, {literal(NUMBERS)}, ['a', 's', 'b', 't', 'y', 'time'])"
    other = " ".join(f"WHEN regexp_matches(d, {literal(shape)}) THEN '{name}'" for name, shape in SHAPES)
    # Distinct dates are few, and the time after the blank decides nothing.
    rows = connection.execute(f"""
        WITH dates AS (SELECT split_part(trim({column}), ' ', 1) AS first, trim({column}) AS whole FROM {table}
                       WHERE {column} IS NOT NULL),
        few AS (SELECT CASE WHEN length(first) < 3 THEN whole ELSE first END AS d, count(*) AS n, min(whole) AS example
                FROM dates GROUP BY 1),
        split AS (SELECT d, n, example, {parts} AS p FROM few),
        numbers AS (SELECT d, n, example, try_cast(p.a AS INT) AS a, try_cast(p.b AS INT) AS b, p.s = p.t AS same
                    FROM split)
        SELECT CASE WHEN a IS NULL OR NOT same THEN CASE {other} ELSE 'other' END
                    WHEN a BETWEEN 1 AND 12 AND b BETWEEN 1 AND 12 THEN 'either'
                    WHEN a BETWEEN 13 AND 31 AND b BETWEEN 1 AND 12 THEN 'd/m/y'
                    WHEN b BETWEEN 13 AND 31 AND a BETWEEN 1 AND 12 THEN 'm/d/y' ELSE 'other' END AS kind,
               sum(n)::BIGINT, min(example) FROM numbers GROUP BY 1 ORDER BY 2 DESC, 1""").fetchall()
    return _decision({kind: (int(cells), example) for kind, cells, example in rows})


def _decision(found: dict[str, tuple[int, str]]) -> DateDecision:
    of = sum(cells for cells, _ in found.values())
    either = found.get("either", (0, ""))[0]
    kinds = [kind for kind in found if kind != "either"]
    conflicts = tuple((NO_DATES.get(kind) or WORDS.get(kind, kind), *found[kind]) for kind in found)
    numeric = {"d/m/y", "m/d/y"}
    if len(kinds) != 1 or kinds[0] in NO_DATES or (either and kinds[0] not in numeric):
        return DateDecision("", 0, of, either, conflicts)
    return DateDecision(kinds[0], found[kinds[0]][0], of, either, ())


def time_sql(text: str, order: str, example: str) -> str:
    """Return the SQL of the time written in a text column, NULL where it is not written in this order.

    ``example`` is any cell of the column: its own format, put first, spares the other tries, and whether times carry
    their own zone is a property of the column too (see ``is_utc``). A word such as 'epoch' and the
    year 16 come out as very old times: the caller bounds them.
    """
    if order in {"epoch-s", "epoch-ms"}:
        micros = 1_000_000 if order == "epoch-s" else 1_000
        count = f"try_cast({text} AS DECIMAL(24, 6)) * {micros}"
        whole = f"regexp_full_match({text}, '[0-9]{{9,13}}([.][0-9]+)?')"
        return f"CASE WHEN {whole} THEN make_timestamp(({count})::BIGINT) END"
    if order == "sheet-days":
        days = f"replace({text}, ',', '.')::DOUBLE"
        at = f"{DAY_ZERO} + to_milliseconds(round({days} * 86400)::BIGINT * 1000)"
        return f"CASE WHEN regexp_full_match({text}, '{DAYS}') THEN {at} END"
    formats = _formats(order, example)
    if not is_utc(order, example):
        return f"try_strptime({text}, {_list(formats)})"
    named = f"try_strptime({text}, {_list([form + 'Z' for form in formats])})"
    shifted = f"make_timestamp(epoch_us(try_strptime({text}, {_list([form + '%z' for form in formats])})))"
    # with an offset, strptime of DuckDB takes 29 February for the 28th in a year that has none
    day = f"try_strptime(regexp_extract({text}, '^[0-9]+[-/.][0-9]+[-/.][0-9]+'), {_list([f'%Y{s}%m{s}%d' for s in ('-', '/', '.')])})"
    return f"coalesce({named}, CASE WHEN {day} IS NOT NULL THEN {shifted} END)"


def time_of_day_sql(text: str) -> str:
    """Return the SQL of the time of day, 09:12:58, in a fraction of a day."""
    seconds = f"round(replace({text}, ',', '.')::DOUBLE * 86400)::BIGINT"
    return f"strftime({DAY_ZERO} + to_seconds({seconds}), '%H:%M:%S')"


def not_in_the_calendar(text: str, orders: Iterable[str]) -> str:
    """Return what to do about a cell that is written as a date and is no time there ever was; empty for any other."""
    if "T24:00" in f"T{text}".replace(" ", "T"):
        return MIDNIGHT
    return NO_SUCH_DAY if any(_no_such_day(text, order) for order in orders) else ""


def _no_such_day(text: str, order: str) -> bool:
    """Return whether a text has the day 29 to 31 of a month that is shorter."""
    numbers = re.match(NUMBERS_AND_YEAR.get(order, "$^"), text)
    if not numbers:
        return False
    day, month, year = (int(numbers[part]) for part in ("d", "m", "y"))
    return 1 <= month <= 12 and monthrange(year if year > 99 else 2000 + year, month)[1] < day <= 31


def is_utc(order: str, example: str) -> bool:
    """Return whether times come out of ``time_sql`` as UTC: epochs, and ISO times with ``Z`` or an offset."""
    return order.startswith("epoch") or (
        order == "y-m-d" and len(example) > len("2026-05-01 10:00") and ZONED.search(example) is not None
    )


def _list(formats: list[str]) -> str:
    return f"[{', '.join(map(literal, formats))}]"


def _formats(order: str, example: str) -> list[str]:
    if order == "y-m-d":
        dates = [f"%Y{s}%m{s}%d" for s in ("-", "/", ".")]
        times = [*TIMES, *(time.replace(" ", "T", 1) for time in TIMES[1:4])]
    elif order == "d-mon-y":
        dates = [f"%d{s}%b{s}{year}" for s in ("-", " ", "/", ".") for year in ("%Y", "%y")]
        times = list(TIMES)
    else:
        first, second = ("%d", "%m") if order == "d/m/y" else ("%m", "%d")
        dates = [f"{first}{s}{second}{s}{year}" for year in ("%Y", "%y") for s in SEPARATORS]
        times = list(TIMES)
    every = [date + time for date in dates for time in times]
    return sorted(every, key=lambda form: not _fits(example, form))


def _fits(example: str, form: str) -> bool:
    try:
        parsed = datetime.strptime(ZONED.sub("", example) if len(example) > 16 else example, form)  # noqa: DTZ007 - only its shape counts
    except ValueError:
        return False
    return parsed.year >= 1900
