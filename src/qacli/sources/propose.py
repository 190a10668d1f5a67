"""A first mapping profile for an unknown export: column names recognised, dates decided, the rest left to people."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal
from qacli.engine.source import Source, open_source
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import encoding_is_said, shown
from qacli.sources.check import SourceReport, report
from qacli.sources.dates import DateDecision, decide
from qacli.sources.names import DATE_NAMES, TIME_NAMES, matched, named_among, slug, unit_in
from qacli.sources.population import VIEW
from qacli.sources.profile import DATES, FIELDS, REQUIRED, Profile
from qacli.sources.systems import Fitted, fitted
from qacli.sources.typed import HOURS, Typed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

MISSING = ("?", "-", "NULL", "null", "N/A", "n/a", "#N/A", "NA", "None", "none", "nan", "NaN")
MOST_CHANNELS = 30
NOTHING = Fitted({}, ())
DAY = r"[0-9]{1,4}([-/. ])[0-9A-Za-z]{1,3}([-/. ])[0-9]{1,4}"
CLOCK = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?"
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_ ]*[A-Za-z0-9_]|[A-Za-z]")


class Proposal(NamedTuple):
    """A profile, its YAML text to write, the report of the export under it, and what it calls the colleagues."""

    profile: Profile
    text: str
    report: SourceReport
    colleagues: tuple[str, ...]


def propose(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    time_zone: ZoneInfo,
    *,
    id: str,  # noqa: A002
    owner: str,
    today: date,
    columns: Mapping[str, str] | None = None,
    dates: str | None = None,
    encoding: str | None = None,
    known: Mapping[str, Collection[str]] | None = None,
    system: Profile | None = None,
) -> Proposal:
    """Return a profile for a transactions export seen for the first time.

    ``columns`` adds to or overrides what is recognised ({field: column}, or {field: "Datum+Uhrzeit"} where the time of
    day stands apart), ``dates`` is the order of date columns that no cell decides.
    ``system`` is the profile of the system that made the export: it says what cells cannot, such as units and zones.
    Raises FileFaults where a required column or the order of started_at stays unknown.
    """
    how = nullcontext() if encoding else encoding_is_said("--encoding cp1252")
    with how, open_source(connection, paths, encoding) as source:
        stated, absent = fitted(system, source.header) if system else NOTHING
        by_system = {field: setting["column"] for field, setting in stated.items()}
        known_as = {**_free(matched(source.header), by_system), **by_system, **(columns or {})}
        found = {field: known_as[field] for field in FIELDS["transactions"] if field in known_as}
        _require(source, found)
        times = _apart(source, found)
        source.check(list(dict.fromkeys([*found.values(), *times.values()])))
        if "started_at" not in (columns or {}) and (pair := _day_and_time(source, found["started_at"])):
            found["started_at"], times["started_at"] = pair
        missing = _missing(source, [*found.values(), *times.values()])
        missing += [word for word in (system.missing if system else ()) if word and word not in missing]
        settings: dict[str, dict[str, Any]] = {}
        notes = [f"the export has no column for {field}" for field in absent]
        for field, column in found.items():
            hints = stated[field] if column == by_system.get(field) else {}
            setting = _column(source, field, column, missing, dates, notes, hints)
            if setting is not None:
                settings[field] = {"column": column, **({"time": times[field]} if field in times else {}), **setting}
        body: dict[str, Any] = {"id": id, "version": "1", "owner": owner, "from": today.isoformat()}
        if encoding:
            body["encoding"] = encoding
        zone = (system.time_zone if system else None) or time_zone.key
        body |= {"time_zone": zone, "missing": ["", *missing], "columns": settings}
        if (system and system.grain) or _repeats(source, found["transaction"]):
            body["grain"] = {"one_per": "transaction", "keep": system.grain.keep if system and system.grain else "last"}
        profile = Profile.model_validate(body)
        described = report(Typed(source, profile, time_zone), known or {})
        return Proposal(profile, _yaml(body, notes), described, _colleagues(connection, profile))


def _free(recognised: Mapping[str, str], stated: Mapping[str, str]) -> dict[str, str]:
    """Return what was recognised by name of the columns that the system does not use otherwise."""
    return {field: column for field, column in recognised.items() if column not in stated.values()}


def _require(source: Source, found: Mapping[str, str]) -> None:
    path = shown(source.files[0].path)
    faults = [
        Fault(
            "field-unknown",
            f"no column was recognised as {field}",
            path,
            1,
            help=f"name it: --column {field}=COLUMN; the columns are: {', '.join(source.header)}",
        )
        for field in REQUIRED["transactions"]
        if field not in found
    ]
    if faults:
        raise FileFaults(faults)


def _apart(source: Source, found: dict[str, str]) -> dict[str, str]:
    """Return {field: column} of the times of day that stand apart; ``found`` keeps the columns of their dates."""
    times = {}
    for field in set(DATES) & set(found):
        day, plus, time = found[field].partition("+")
        if plus and found[field] not in source.header:
            found[field], times[field] = day, time
    return times


def _day_and_time(source: Source, column: str) -> tuple[str, str] | None:
    """Return the columns of day and time of day, where ``column`` holds only one of them and the other is there too."""
    others = [name for name in named_among((*DATE_NAMES, *TIME_NAMES), source.header) if name != column]
    if not others:
        return None
    source.check([column, *others])
    pairs = [(column, other) for other in others] + [(other, column) for other in others]
    return next((pair for pair in pairs if _holds(source, pair[0], DAY) and _holds(source, pair[1], CLOCK)), None)


def _holds(source: Source, column: str, shape: str) -> bool:
    """Return whether all cells of a column that are not missing have a shape, and there are any."""
    missing = ", ".join(map(literal, ("", *MISSING)))
    cells, fitting = source.connection.execute(
        f"SELECT count(*), count(*) FILTER (regexp_full_match(trim(c0), {literal(shape)})) "
        f"FROM ({source.select([column])}) WHERE trim(c0) NOT IN ({missing})"
    ).fetchall()[0]
    return bool(cells) and cells == fitting


def _colleagues(connection: DuckDBPyConnection, profile: Profile) -> tuple[str, ...]:
    if "colleague" not in profile.columns:
        return ()
    rows = connection.execute(f"SELECT DISTINCT colleague FROM {VIEW} WHERE colleague IS NOT NULL ORDER BY 1")
    return tuple(colleague for (colleague,) in rows.fetchall())


def _missing(source: Source, columns: list[str]) -> list[str]:
    words = ", ".join(map(literal, MISSING))
    cells = " UNION ALL ".join(
        f"SELECT DISTINCT trim(c{n}) AS cell FROM cells WHERE trim(c{n}) IN ({words})" for n in range(len(columns))
    )
    rows = source.connection.execute(f"WITH cells AS ({source.select(columns)}) SELECT DISTINCT cell FROM ({cells})")
    return sorted(cell for (cell,) in rows.fetchall())


def _column(
    source: Source,
    field: str,
    column: str,
    missing: list[str],
    dates: str | None,
    notes: list[str],
    hints: Mapping[str, Any],
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
    if field == "seconds":
        return _unit(source, column, cells, notes, hints.get("unit"))
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
    if undecided and dates:
        return {"dates": dates}
    fault = _undecided(source, column, found) if undecided else _mixed(source, column, found)
    if field in REQUIRED["transactions"]:
        raise FileFaults([fault])
    notes.append(f"{field} is left out: {fault.message}")
    return None


def _undecided(source: Source, column: str, found: DateDecision) -> Fault:
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
        kinds.append(f"{count:,} {kind} ('{example}', line {place.line}, cell {place.cell})")
    what = "hold no dates" if len(kinds) == 1 else "are written in more than one way"
    return Fault(
        "date-mixed",
        f"cells of '{column}' {what}: {'; '.join(kinds)}",
        shown(source.files[0].path),
        1,
        help="export the column in one format, for example 2026-05-18 10:02",
    )


def _unit(source: Source, column: str, cells: str, notes: list[str], stated: str | None) -> dict[str, Any] | None:
    total, clock, plain = source.connection.execute(
        f"SELECT count(cell), count(*) FILTER (regexp_full_match(cell, '-?{HOURS}')), "
        f"count(*) FILTER (regexp_full_match(cell, '-?[0-9]{{1,9}}([.][0-9]{{1,6}})?')) FROM {cells}"
    ).fetchall()[0]
    if total and clock == total:
        return {"unit": "hh:mm:ss"}
    unit = unit_in(column) or stated
    if unit and plain == total:
        return {"unit": unit}
    why = "its name does not say what it counts" if plain == total else "not all of its cells are plain numbers"
    notes.append(
        f"seconds is left out: {why}. If it is a duration, add: seconds: {{column: {_word(column)}, unit: "
        "seconds|minutes|milliseconds|hh:mm:ss}"
    )
    return None


def _channels(source: Source, cells: str, stated: Mapping[str, str]) -> dict[str, Any]:
    rows = source.connection.execute(
        f"SELECT DISTINCT cell FROM {cells} WHERE cell IS NOT NULL ORDER BY 1 LIMIT {MOST_CHANNELS + 1}"
    ).fetchall()
    if len(rows) > MOST_CHANNELS:
        return {}
    values = {raw: stated.get(raw, slug(raw)) for (raw,) in rows}
    return {"values": {raw: ours for raw, ours in values.items() if ours}}


def _repeats(source: Source, column: str) -> bool:
    records, ids = source.connection.execute(
        f"SELECT count(c0), count(DISTINCT trim(c0)) FROM ({source.select([column])})"
    ).fetchall()[0]
    return bool(ids < records)


def _yaml(body: Mapping[str, Any], notes: Sequence[str]) -> str:
    lines = ["# How this export is read. Change what is wrong, then run: qacli source check"]
    lines += [
        f"{name}: {_word(body[name])}"
        for name in ("id", "version", "owner", "from", "encoding", "time_zone")
        if name in body
    ]
    lines += [
        "# What stands in a cell where nothing is known",
        f"missing: [{', '.join(json.dumps(word, ensure_ascii=False) for word in body['missing'])}]",
    ]
    if "grain" in body:
        lines += [
            "# A transaction fills several rows: one row of each counts (keep: last or first)",
            "grain: {one_per: transaction, keep: last}",
        ]
    lines += ["# our name: where it comes from; columns that are not named here are left out", "columns:"]
    for field, setting in body["columns"].items():
        lines.append(f"  {field}:")
        lines += [f"    {name}: {_word(value)}" for name, value in setting.items() if name != "values"]
        if setting.get("values"):
            lines += ["    # the export's word: ours", "    values:"]
            lines += [f"      {_word(raw)}: {_word(ours)}" for raw, ours in setting["values"].items()]
    return "\n".join([*lines, *(f"# {note}" for note in notes)]) + "\n"


def _word(text: str) -> str:
    return (
        text
        if PLAIN.fullmatch(text) or re.fullmatch(r"[A-Za-z0-9_/.-]+", text)
        else json.dumps(text, ensure_ascii=False)
    )
