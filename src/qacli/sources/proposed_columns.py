"""What the cells of a column say of how it is to be read: the order of dates, units, channels. Nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.engine.connection import literal
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import shown
from qacli.sources.dates import SHEET_DAYS, DateDecision, decide
from qacli.sources.durations import SHAPES, WORDS, plain_number
from qacli.sources.names import named_among, slug, unit_in
from qacli.sources.profile import DATES, IN_SECONDS, REQUIRED
from qacli.sources.profile_text import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.engine.source import Source

MOST_CHANNELS = 30


def column_settings(
    source: Source,
    field: str,
    column: str,
    missing: list[str],
    dates: str | None,
    notes: list[str],
    hints: Mapping[str, Any],
    decimal: str,
) -> dict[str, Any] | None:
    """Return the further settings of a column, None to leave it out; ``notes`` takes what to tell the reader.

    ``hints`` is what the system that made the export says of it; where cells decide, they win.
    """
    cells = f"(SELECT nullif(trim(c0), '') AS cell FROM ({source.select([column])}))"
    if missing:
        cells = f"(SELECT cell FROM {cells} WHERE cell NOT IN ({', '.join(map(literal, missing))}))"
    if field in DATES:
        found = decide(source.connection, cells, "cell")
        return _dates(source, field, column, found, dates or hints.get("dates"), notes)
    if field in IN_SECONDS:
        return _unit(source, field, column, cells, notes, hints.get("unit"), decimal)
    if field == "channel":
        return _channels(source, cells, hints.get("values", {}))
    return {key: value for key, value in hints.items() if key != "column"}


def _dates(
    source: Source, field: str, column: str, found: DateDecision, dates: str | None, notes: list[str]
) -> dict[str, Any] | None:
    if found.format:
        return {"dates": found.format}
    if not found.of and field not in REQUIRED["transactions"]:
        return None
    undecided = found.of == found.either
    days = bool(found.of) and {what for what, _, _ in found.conflicts} <= SHEET_DAYS
    if dates and "," in dates and found.of and not undecided:
        return {"dates": dates.split(",")}
    if dates and (days if dates == "sheet-days" else undecided and "," not in dates):
        return {"dates": dates}
    fault = _undecided(source, column, found) if undecided else _mixed(source, column, found)
    if field in REQUIRED["transactions"]:
        raise FileFaults([fault])
    notes.append(f"{field} is left out: {fault.message}")
    return None


def _undecided(source: Source, column: str, found: DateDecision) -> Fault:
    if not found.of:
        message, remedy = (
            f"no cell of '{column}' holds a date",
            "connect an export that has records, or say it: --dates d/m/y",
        )
        return Fault("date-undecided", message, shown(source.files[0].path), 1, help=remedy)
    return Fault(
        "date-undecided",
        f"none of the {found.of:,} dates in '{column}' tells whether the day or the month comes first",
        shown(source.files[0].path),
        1,
        help="ask whoever makes the export, then say it: --dates d/m/y or --dates m/d/y",
    )


def _mixed(source: Source, column: str, found: DateDecision) -> Fault:
    kinds = []
    for kind, count, example in found.conflicts:
        file, record = source.connection.execute(
            f"SELECT file, record FROM ({source.select([column], numbered=True)}) WHERE trim(c0) = {literal(example)} "
            "ORDER BY file, record LIMIT 1"
        ).fetchall()[0]
        place = source.place([(file, record)], column)[file, record]
        where = [f"line {place.line}"] * bool(place.line) + [f"cell {place.cell}"] * bool(place.cell)
        kinds.append(f"{count:,} {kind} ('{example}', {', '.join(where)})")
    what = "hold no dates" if len(kinds) == 1 else "are written in more than one way"
    remedy = "export the column in one format, for example 2026-05-18 10:02; where they differ for certain: --dates y-m-d,d/m/y"
    if {what for what, _, _ in found.conflicts} <= SHEET_DAYS:
        remedy += "; or say that a spreadsheet counted days: --dates sheet-days"
    elif source.files[0].sheet:
        remedy = (
            "a spreadsheet that reads 5/13/2026 the other way round leaves some cells as text and swaps day and month of "
            "the others: export again and do not convert them"
        )
    return Fault(
        "date-mixed", f"cells of '{column}' {what}: {'; '.join(kinds)}", shown(source.files[0].path), 1, help=remedy
    )


def _unit(
    source: Source, field: str, column: str, cells: str, notes: list[str], stated: str | None, decimal: str
) -> dict[str, Any] | None:
    fits = [
        f"count(*) FILTER (regexp_full_match(cell, {literal(SHAPES[unit])}))" for unit in ("hh:mm:ss", "clock", "mm:ss")
    ]
    total, hours, clock, minutes, plain = source.connection.execute(
        f"SELECT count(cell), {', '.join(fits)}, "
        f"count(*) FILTER (regexp_full_match(cell, {literal(plain_number(decimal))})) FROM {cells}"
    ).fetchall()[0]
    if total and hours == total:
        return {"unit": "hh:mm:ss"}
    if plain == total and (beside := _column_of_units(source, column)):
        return {"unit_column": beside}
    unit = unit_in(column) or stated
    if unit and (total == (minutes if unit == "mm:ss" else plain)):
        return {"unit": unit}
    why = "its name does not say what it counts" if plain == total else "not all of its cells are plain numbers"
    if total and clock == total:
        why = "its cells are clock times; where a spreadsheet made them of durations, write unit: clock"
    elif total and minutes == total:
        why = "its cells may be minutes and seconds, or hours and minutes"
    notes.append(
        f"{field} is left out: {why}. If it is a duration, add: {field}: {{column: {word(column)}, unit: "
        "seconds|minutes|milliseconds|hh:mm:ss|mm:ss|clock|day-fraction}"
    )
    return None


def _column_of_units(source: Source, column: str) -> str | None:
    """Return the column that says in each row what a duration counts: bill_duration_unit beside bill_duration."""
    for beside in named_among((f"{column} unit", f"{column} units"), source.header):
        source.check([column, beside])
        known = ", ".join(literal(each) for spellings in WORDS.values() for each in spellings)
        strange = source.connection.execute(
            f"SELECT count(*) FROM ({source.select([column, beside])}) "
            f"WHERE trim(coalesce(c0, '')) <> '' AND lower(trim(coalesce(c1, ''))) NOT IN ({known})"
        ).fetchall()[0][0]
        if not strange:
            return beside
    return None


def _channels(source: Source, cells: str, stated: Mapping[str, str]) -> dict[str, Any]:
    rows = source.connection.execute(
        f"SELECT DISTINCT cell FROM {cells} WHERE cell IS NOT NULL ORDER BY 1 LIMIT {MOST_CHANNELS + 1}"
    ).fetchall()
    if len(rows) > MOST_CHANNELS:
        return {}
    values = {raw: stated.get(raw, slug(raw)) for (raw,) in rows}
    return {"values": {raw: ours for raw, ours in values.items() if ours}}


def decimal_of(source: Source, columns: Sequence[str], notes: list[str]) -> str:
    """Return what stands before the decimals of these columns of numbers: a comma only where a cell decides it.

    2,6 decides; 1,234 may be a thousand, and ``notes`` then says that nothing decided.
    """
    point, comma, either = 0, 0, 0
    for column in columns:
        found = source.connection.execute(
            "SELECT count(*) FILTER (regexp_full_match(c, '-?[0-9]+[.][0-9]+')), "
            "count(*) FILTER (regexp_full_match(c, '-?[0-9]+,[0-9]+')), "
            "count(*) FILTER (regexp_full_match(c, '-?[0-9]{1,3},[0-9]{3}')) "
            f"FROM (SELECT trim(c0) AS c FROM ({source.select([column])}))"
        ).fetchall()[0]
        point, comma, either = (sum(pair) for pair in zip((point, comma, either), found, strict=True))
    if comma > either and not point:
        return ","
    if comma:
        notes.append(
            'numbers are read with a decimal point, though some hold a comma: if it stands before decimals, add decimal: ","'
        )
    return "."
