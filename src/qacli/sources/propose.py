"""A first mapping profile for an unknown export: column names recognised, dates decided, the rest left to people."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal
from qacli.engine.source import Source, open_source
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import Quoting, encoding_is_said, shown
from qacli.sources.check import SourceReport, report
from qacli.sources.emotion import INSTEAD, RULE, WHY, column_claims_emotion
from qacli.sources.names import DATE_NAMES, TIME_NAMES, also_fitting, matched, named_among
from qacli.sources.population import VIEW
from qacli.sources.profile import AS_SAID, DATES, FIELDS, IN_SECONDS, REQUIRED, Profile
from qacli.sources.profile_text import profile_text
from qacli.sources.proposed_columns import column_settings, decimal_of
from qacli.sources.systems import Fitted, fitted
from qacli.sources.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

    from qacli.sources.agents import Agents

MISSING = ("?", "-", "NULL", "null", "N/A", "n/a", "#N/A", "NA", "None", "none", "nan", "NaN")
NOTHING = Fitted({}, ())
DAY = r"[0-9]{1,4}([-/. ])[0-9A-Za-z]{1,3}([-/. ])[0-9]{1,4}"
CLOCK = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?"


class Proposal(NamedTuple):
    """A profile, its YAML text to write, the report of the export under it, and what it calls the colleagues.

    ``sure`` says for each field why its column was taken, and which others might be meant; ``notes`` what was left out.
    """

    profile: Profile
    text: str
    report: SourceReport
    colleagues: tuple[str, ...]
    sure: Mapping[str, str]
    notes: tuple[str, ...]


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
    quoting: Quoting = "doubled",
    sheet: str | None = None,
    known: Mapping[str, Collection[str]] | None = None,
    system: Profile | None = None,
    agents: Agents | None = None,
) -> Proposal:
    """Return a profile for a transactions export seen for the first time.

    ``columns`` adds to or overrides what is recognised ({field: column}, or {field: "Datum+Uhrzeit"} where the time of
    day stands apart), ``dates`` is the order of date columns that no cell decides.
    ``system`` is the profile of the system that made the export: it says what cells cannot, such as units and zones.
    Raises FileFaults where a required column or the order of started_at stays unknown.
    """
    how = nullcontext() if encoding else encoding_is_said("--encoding cp1252")
    said = columns or {}
    with how, open_source(connection, paths, encoding, quoting=quoting, sheet=sheet) as source:
        known_as = _recognised(source, system, said)
        notes = list(known_as.notes)
        body: dict[str, Any] = {"id": id, "version": "1", "owner": owner, "from": today.isoformat()}
        body |= {"encoding": encoding} if encoding else {}
        body |= {"quoting": quoting} if quoting != "doubled" else {}
        body |= _read_as(source, known_as, system, (system and system.time_zone) or time_zone.key, dates, notes)
        profile = Profile.model_validate(body)
        described = report(Typed(source, profile, time_zone), known or {}, agents)
        sure = {field: _why(field, system, known_as.by_system, said) for field in body["columns"]}
        for field, others in also_fitting(described.left_out, body["columns"]).items():
            sure[field] += f"; may also be {', '.join(others)}"
        return Proposal(
            profile, profile_text(body, notes), described, _colleagues(connection, profile), sure, tuple(notes)
        )


class _Recognised(NamedTuple):
    """{field: column}, {field: column of its time of day}, {field: setting} as the system names it, and what was left out."""

    columns: Mapping[str, str]
    times: Mapping[str, str]
    by_system: Mapping[str, Mapping[str, Any]]
    notes: Sequence[str]

    @property
    def read(self) -> list[str]:
        """The columns that are read."""
        return [*self.columns.values(), *self.times.values()]


def _recognised(source: Source, system: Profile | None, said: Mapping[str, str]) -> _Recognised:
    """Return which column of a source is which field. Raises FileFaults."""
    stated, absent = fitted(system, source.header) if system else NOTHING
    by_system = {field: setting["column"] for field, setting in stated.items()}
    known_as = {**_free(matched(source.header), by_system), **by_system, **said}
    found = {field: known_as[field] for field in FIELDS["transactions"] if field in known_as}
    nested = [
        field for field in found if found[field] in source.nested and field not in {*REQUIRED["transactions"], *said}
    ]
    notes = [f"{field} is left out: '{found.pop(field)}' holds lists or records" for field in nested]
    notes += [f"the export has no column for {field}" for field in absent]
    _require(source, found)
    _refuse_emotion(source, found)
    times = _apart(source, found)
    source.check(list(dict.fromkeys([*found.values(), *times.values()])))
    if "started_at" not in said and (pair := _day_and_time(source, found["started_at"])):
        found["started_at"], times["started_at"] = pair
    return _Recognised(found, times, stated, notes)


def _read_as(
    source: Source, known_as: _Recognised, system: Profile | None, zone: str, dates: str | None, notes: list[str]
) -> dict[str, Any]:
    """Return the part of a profile that says how cells are read; ``notes`` gets what is left out."""
    missing = _missing(source, known_as.read)
    missing += [word for word in (system.missing if system else ()) if word and word not in missing]
    found = known_as.columns
    decimal = decimal_of(source, [found[field] for field in (*IN_SECONDS, *AS_SAID) if field in found], notes)
    settings: dict[str, dict[str, Any]] = {}
    for field, column in found.items():
        stated = known_as.by_system.get(field, {})
        hints = stated if column == stated.get("column") else {}
        setting = column_settings(source, field, column, missing, dates, notes, hints, decimal)
        if setting is not None:
            time = {"time": known_as.times[field]} if field in known_as.times else {}
            settings[field] = {"column": column, **time, **setting}
    read_as: dict[str, Any] = {"decimal": decimal} if decimal != "." else {}
    read_as |= {"time_zone": zone, "missing": ["", *missing], "columns": settings}
    if (system and system.grain) or _repeats(source, found["transaction"]):
        keep = system.grain.keep if system and system.grain else "last"
        read_as["grain"] = {"one_per": "transaction", "keep": keep}
    return read_as


def _why(field: str, system: Profile | None, by_system: Collection[str], said: Mapping[str, str]) -> str:
    if field in said:
        return "as you said"
    return f"as {system.id} names it" if system and field in by_system else "by its name"


def _free(recognised: Mapping[str, str], stated: Mapping[str, str]) -> dict[str, str]:
    """Return what was recognised by name of the columns that the system does not use otherwise."""
    return {field: column for field, column in recognised.items() if column not in stated.values()}


def _require(source: Source, found: Mapping[str, str]) -> None:
    path = shown(source.files[0].path)
    above = "" if found else "; where a title stands above the names of the columns, take out the lines above these"
    faults = [
        Fault(
            "field-unknown",
            f"no column was recognised as {field}",
            path,
            1,
            help=f"name it: --column {field}=COLUMN; the columns are: {', '.join(source.header)}{above}",
        )
        for field in REQUIRED["transactions"]
        if field not in found
    ]
    if faults:
        raise FileFaults(faults)


def _refuse_emotion(source: Source, found: Mapping[str, str]) -> None:
    """Refuse columns that were named by hand and hold what a program guesses of a colleague's emotion."""
    path = shown(source.files[0].path)
    faults = [
        Fault(RULE, f"{field}: '{column}' is refused: {WHY}", path, 1, help=f"leave the column out; {INSTEAD}")
        for field, column in found.items()
        if column_claims_emotion(column)
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


def _repeats(source: Source, column: str) -> bool:
    records, ids = source.connection.execute(
        f"SELECT count(c0), count(DISTINCT trim(c0)) FROM ({source.select([column])})"
    ).fetchall()[0]
    return bool(ids < records)
