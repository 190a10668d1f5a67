"""Eligibility: which transactions may be observed, decided for each by its day, channel, colleague and customer.

What decides is data: spans of days per channel, person and customer, joined once. The first reason that applies is
the one that counts, in the order of REASONS.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.engine.ranks import normal
from qacli.engine.remote import Remote
from qacli.prepare.notices.notice import (
    Acknowledgement,
    Notice,
    Span,
    acknowledged_periods,
    cover_of,
    customer_periods,
    merged_periods,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
        "no-acknowledgement": "a.key IS NULL",
        "already-sampled": "s.id IS NOT NULL",
        "no-scorecard": "c.channel IS NULL",
    }
)
"""Reason: the SQL that tells it. Tables: population p, notices n, opt-outs o, colleagues k, acknowledgements a,
samples before s, scorecards c."""


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

    def told_colleagues(self, technique: str) -> list[Span]:
        """Return the days on which a colleague had been told, and had acknowledged where that is asked."""
        return acknowledged_periods(self.notices, self.acknowledgements, self.people.ids(), cover_of(technique))

    def known_as(self) -> list[tuple[str, str, date, date]]:
        """Return which agent id of the source meant which person from when to when; no day twice."""
        spans: dict[str, list[Span]] = {}
        for line in self.people:
            if line.source_id and line.source in {"", self.source}:
                spans.setdefault(line.person, []).append(Span(normal(line.source_id), line.from_, line.to))
        return [
            (span.key, person, span.from_, span.to) for person, found in spans.items() for span in merged_periods(found)
        ]


class Verdict(NamedTuple):
    """Why one transaction may not be observed; ``span`` are the days around it to which that applies."""

    reason: str
    first: date
    last: date


def prepare_tables(population: Population, ground: Ground, frame: Frame) -> None:
    """Write what decides eligibility into small tables beside the population."""
    connection, channels = population.connection, population.channels
    cards = [(channel, frame.card_for(channel)) for channel in channels if frame.card_for(channel)]
    write_table(connection, "notices", "key VARCHAR, from_ DATE, to_ DATE", ground.told_customers(channels))
    told = [(span.key, name, span.from_, span.to) for name in channels for span in _told(ground, frame, name)]
    write_table(connection, "acknowledged", "key VARCHAR, channel VARCHAR, from_ DATE, to_ DATE", told)
    write_table(connection, "opted_out", "key VARCHAR, from_ DATE, to_ DATE", merged_periods(ground.opt_outs))
    write_table(connection, "colleagues", "source_id VARCHAR, person VARCHAR, from_ DATE, to_ DATE", ground.known_as())
    write_table(connection, "sampled", "id VARCHAR", [(id_,) for id_ in sorted(set(ground.sampled))])
    write_table(connection, "cards", "channel VARCHAR, card VARCHAR", cards)


def _told(ground: Ground, frame: Frame, channel: str) -> list[Span]:
    """Return the days on which colleagues had been told of what the frame does on a channel."""
    return ground.told_colleagues(frame.technique_for(channel))


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


def classified(frame: Frame, period: Period) -> tuple[str, list[object]]:
    """Return a query, with its parameters, over the frame's population: each transaction with ``why`` it is left out.

    ``why`` is empty where it is eligible. The population stands first, so that it is the probe side of every join.
    """
    cases = " ".join(f"WHEN {test} THEN '{reason}'" for reason, test in REASONS.items())
    where, parameters = _population(frame, period)
    return (
        f"""
        SELECT p.id, p.started_at, p.local_date, p.channel, p.team, p.reason, p.queue, p.seconds, k.person AS colleague,
               c.card, CASE {cases} ELSE '' END AS why
        FROM population AS p
        LEFT JOIN notices AS n ON n.key = p.channel AND p.local_date BETWEEN n.from_ AND n.to_
        LEFT JOIN opted_out AS o ON o.key = p.customer AND p.local_date BETWEEN o.from_ AND o.to_
        LEFT JOIN colleagues AS k ON k.source_id = p.colleague AND p.local_date BETWEEN k.from_ AND k.to_
        LEFT JOIN acknowledged AS a ON a.key = k.person AND a.channel = p.channel
            AND p.local_date BETWEEN a.from_ AND a.to_
        LEFT JOIN sampled AS s ON s.id = p.id
        LEFT JOIN cards AS c ON c.channel = p.channel
        WHERE {where}""",
        parameters,
    )


def _population(frame: Frame, period: Period) -> tuple[str, list[object]]:
    """Return the conditions that make the frame's population, with their parameters."""
    asked = frame.population
    tests = ["p.local_date BETWEEN ? AND ?"]
    parameters: list[object] = [period.first, period.last]
    for column, values in (("channel", asked.channel), ("team", asked.team), ("reason", asked.reason)):
        if values:
            tests.append(f"list_contains(?::VARCHAR[], p.{column})")
            parameters.append(list(values))
    if asked.minimum_seconds:
        tests.append("p.seconds >= ?")
        parameters.append(asked.minimum_seconds)
    return " AND ".join(tests), parameters
