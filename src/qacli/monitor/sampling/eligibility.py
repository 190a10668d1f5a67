"""Eligibility: which transactions may be observed, decided for each by its day, channel, colleague and customer.

What decides is data: spans of days per channel, person and customer, joined once. The first reason that applies is
the one that counts, in the order of REASONS.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal
from qacli.engine.ranks import normal
from qacli.engine.remote import Remote
from qacli.files.schema import ANY
from qacli.prepare.frames.frame import Population as Asked
from qacli.prepare.notices.notice import (
    ALL,
    DAY,
    Acknowledgement,
    Cover,
    Notice,
    Span,
    acknowledged_periods,
    cover_of,
    customer_periods,
    everybody_told,
    merged_periods,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qacli.engine.remote import Engine
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.people import People
    from qacli.prepare.period import Period
    from qacli.sources.population import Population

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "notice-gap": "n.key IS NULL",
        "opt-out": "o.key IS NOT NULL",
        "no-colleague": "p.colleague IS NULL",
        "unknown-colleague": "k.person IS NULL",
        "no-acknowledgement": "NOT k.told",
        "already-sampled": "s.id IS NOT NULL",
        "no-scorecard": "n.card IS NULL",
    }
)
"""Reason: the SQL that tells it. Tables: population p, notices with the card of their channel n, opt-outs o, colleagues
with whether they were told k, samples before s."""


OTHER = ""
"""How the small tables call every channel that nobody names."""


@dataclass(frozen=True)
class Ground:
    """What decides eligibility, as it stood when a sample is drawn. ``notices`` are those that count, see proved."""

    notices: Sequence[Notice]
    acknowledgements: Sequence[Acknowledgement]
    people: People
    opt_outs: Sequence[Span]
    sampled: Sequence[str]
    source: str

    def told_customers(self, channels: Iterable[str]) -> list[Span]:
        """Return the days on which customers of a channel had been told."""
        return customer_periods(self.notices, channels)

    def staff(self, cover: Cover) -> list[tuple[str, Cover, str, bool, date, date]]:
        """Return which agent id of the source meant whom, and whether they had been told (and acknowledged it), by days."""
        told: dict[str, list[Span]] = {}
        for span in acknowledged_periods(self.notices, self.acknowledgements, self.people.ids(), cover):
            told.setdefault(span.key, []).append(span)
        return [
            (source_id, cover, person, knew, first, last)
            for source_id, person, from_, to in self.known_as()
            for first, last, knew in _pieces(from_, to, told.get(person, ()))
        ]

    def anybody(self, cover: Cover) -> list[tuple[str, Cover, str, bool, date, date]]:
        """Return the same of an export that names no colleague: nobody in particular was told when everybody was."""
        told = everybody_told(self.notices, self.acknowledgements, self.people.ids(), cover)
        return [("", cover, "", knew, first, last) for first, last, knew in _pieces(date.min, date.max, told)]

    def known_as(self) -> list[tuple[str, str, date, date]]:
        """Return which agent id of the source meant which person from when to when; no day twice."""
        return known_as(self.people, self.source)


def known_as(people: People, source: str) -> list[tuple[str, str, date, date]]:
    """Return which agent id of a source meant which person from when to when; no day twice."""
    spans: dict[str, list[Span]] = {}
    for line in people:
        if line.source_id and line.source in {"", source}:
            spans.setdefault(line.person, []).append(Span(normal(line.source_id), line.from_, line.to))
    return [
        (span.key, person, span.from_, span.to) for person, found in spans.items() for span in merged_periods(found)
    ]


class OfColleague(Asked):
    """The population of a question, which may be about one colleague; no frame picks people."""

    colleague: str = ""


class Verdict(NamedTuple):
    """Why one transaction may not be observed; ``span`` are the days around it to which that applies."""

    reason: str
    first: date
    last: date


def prepare_tables(population: Population, ground: Ground, frame: Frame, period: Period) -> None:
    """Write what decides eligibility in a period into small tables beside the population."""
    engine, channels = population.engine, [*named_channels(frame, ground.notices), OTHER]
    told = ((span.key, frame.card_for(span.key), span.from_, span.to) for span in ground.told_customers(channels))
    _write(engine, "notices", "key VARCHAR, card VARCHAR", told, period)
    _write(engine, "opted_out", "key VARCHAR", merged_periods(ground.opt_outs), period)
    of_whom = ground.staff if population.names_colleagues else ground.anybody
    staff = (row for cover in sorted(set(covers(frame, channels).values())) for row in of_whom(cover))
    _write(engine, "staff", "source_id VARCHAR, cover VARCHAR, person VARCHAR, told BOOLEAN", staff, period)
    write_table(engine, "sampled", "id VARCHAR", [(id_,) for id_ in sorted(set(ground.sampled))])


def _write(engine: Engine, name: str, columns: str, rows: Iterable[Sequence[Any]], period: Period) -> None:
    """Write the rows whose last two cells are days from and to that touch a period: fewer are found faster."""
    touching = [row for row in rows if row[-2] <= period.last and row[-1] >= period.first]
    write_table(engine, name, f"{columns}, from_ DATE, to_ DATE", touching)


def covers(frame: Frame, channels: Iterable[str]) -> dict[str, Cover]:
    """Return what colleagues must have been told of, for what the frame does on each channel."""
    return {channel: cover_of(frame.technique_for(channel)) for channel in channels}


def named_channels(frame: Frame, notices: Iterable[Notice]) -> list[str]:
    """Return the channels that a frame or a notice treats by name; all others are treated alike."""
    named = {*frame.scorecards, *frame.technique, *(notice.channel for notice in notices)}
    return sorted(named - {ANY, ALL})


def _pieces(first: date, last: date, told: Iterable[Span]) -> Iterator[tuple[date, date, bool]]:
    """Yield the days from first to last in parts that lie wholly within or wholly outside what was told, in order."""
    at = first
    for span in told:
        if span.to < at or span.from_ > last:
            continue
        if span.from_ > at:
            yield at, span.from_ - DAY, False
        yield max(span.from_, at), min(span.to, last), True
        if span.to >= last:
            return
        at = span.to + DAY
    yield at, last, False


def write_table(connection: Engine, name: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Write rows into a small table of the connection; ``columns`` is ``name TYPE, name TYPE``."""
    if isinstance(connection, Remote):
        connection.table(name, columns, rows)
        return
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    lists = list(map(list, zip(*rows, strict=True)))
    if lists:
        types = [column.split()[1] for column in columns.split(", ")]
        values = ", ".join(f"unnest(?::{kind}[])" for kind in types)
        connection.execute(f"INSERT INTO {name} SELECT {values}", lists)


def classified(frame: Frame, period: Period, channels: Sequence[str], also: str = "") -> tuple[str, list[object]]:
    """Return a query, with its parameters, over the frame's population: each transaction with ``why`` it is left out.

    ``why`` is empty where it is eligible; ``channels`` are named_channels. With ``also``, more columns to select, those
    outside the frame's population come too, their ``why`` NULL. The population stands first, so that it is the probe
    side of every join.
    """
    cases = " ".join(f"WHEN {test} THEN '{reason}'" for reason, test in REASONS.items())
    named = ", ".join(map(literal, channels)) or "NULL"
    where, parameters = _population(frame, period)
    if also:
        cases, where = f"WHEN NOT coalesce({where}, FALSE) THEN NULL {cases}", "TRUE"
    return (
        f"""
        SELECT p.id, p.started_at, p.local_date, p.channel, p.team, p.reason, p.queue, p.seconds, k.person AS colleague,
               n.card, CASE {cases} ELSE '' END AS why{also}
        FROM (SELECT *, CASE WHEN channel IN ({named}) THEN channel WHEN channel IS NOT NULL THEN '{OTHER}' END AS alike
              FROM population) AS p
        LEFT JOIN notices AS n ON n.key = p.alike AND p.local_date BETWEEN n.from_ AND n.to_
        LEFT JOIN opted_out AS o ON o.key = p.customer AND p.local_date BETWEEN o.from_ AND o.to_
        LEFT JOIN staff AS k ON k.source_id = p.colleague AND p.local_date BETWEEN k.from_ AND k.to_ {_covered(frame, channels)}
        LEFT JOIN sampled AS s ON s.id = p.id
        WHERE {where}""",
        parameters,
    )


def judged(population: Population, frame: Frame, period: Period, ground: Ground) -> tuple[str, list[object]]:
    """Return a query, with its parameters, over a frame's population as ``classified`` gives it, its tables written."""
    prepare_tables(population, ground, frame, period)
    return classified(frame, period, named_channels(frame, ground.notices))


def _covered(frame: Frame, channels: Sequence[str]) -> str:
    """Return the condition that finds what had to be told; nothing where that is the same on all channels."""
    asked = covers(frame, [*channels, OTHER])
    if len(set(asked.values())) == 1:
        return ""
    cases = " ".join(f"WHEN {literal(channel)} THEN {literal(cover)}" for channel, cover in asked.items())
    return f"AND k.cover = CASE p.alike {cases} END"


def _population(frame: Frame, period: Period) -> tuple[str, list[object]]:
    """Return the conditions that make the frame's population, with their parameters."""
    asked = frame.population
    tests = ["p.local_date BETWEEN ? AND ?"]
    parameters: list[object] = [period.first, period.last]
    for column, values in (("channel", asked.channel), ("team", asked.team), ("reason", asked.reason)):
        if values:
            tests.append(f"list_contains(?::VARCHAR[], p.{column})")
            parameters.append(list(values))
    if frame.purpose == "kpi-link":
        tests.append("p.satisfaction IS NOT NULL")
    if asked.minimum_seconds:
        tests.append("p.seconds >= ?")
        parameters.append(asked.minimum_seconds)
    if isinstance(asked, OfColleague) and asked.colleague:
        tests.append("k.person = ?")
        parameters.append(asked.colleague)
    return " AND ".join(tests), parameters
