"""A sample beside its population: does it look like it, and who could not be drawn at all.

Chance alone makes every sample differ from its population, so a difference is marked only where a draw of this design
would give as large a one rarely; how rarely is said for the table as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.designs.registry import design_of
from qacli.monitor.sampling.draw import Item
from qacli.monitor.sampling.eligibility import judged, write_table
from qacli.monitor.sampling.lost import against
from qacli.sources.zones import to_local_sql
from qacli.stats import Interval, count_test, wilson

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from qacli.engine.remote import Engine
    from qacli.model import View
    from qacli.monitor.sampling.ranking import Basis
    from qacli.sources.population import Population

HOURS = (6, 9, 12, 15, 18, 21)
MINUTES = (1, 3, 5, 10, 20)
NONE = "(none)"


def _bands(value: str, limits: Sequence[int], unit: int, words: str) -> str:
    """Return the SQL that names the band of a value; their names sort as they follow each other."""
    edges = [0, *limits]
    cases = [
        f"WHEN {value} < {limit * unit} THEN '{start:02} to {limit:02}{words}'"
        for start, limit in zip(edges, limits, strict=False)
    ]
    return f"CASE WHEN {value} IS NULL THEN '{NONE}' {' '.join(cases)} ELSE '{limits[-1]:02} and more{words}' END"


TRAITS: Mapping[str, str] = MappingProxyType(
    {
        "channel": f"coalesce(channel, '{NONE}')",
        "team": f"coalesce(team, '{NONE}')",
        "reason": f"coalesce(reason, '{NONE}')",
        "weekday": "['1 Mon', '2 Tue', '3 Wed', '4 Thu', '5 Fri', '6 Sat', '7 Sun'][isodow(local_date)]",
        "hour": _bands("hour", (*HOURS,), 1, " h"),
        "length": _bands("seconds", MINUTES, 60, " min"),
    }
)
"""What a sample is compared by: the SQL of the part to which a transaction belongs."""
LOST_BY = ("channel", "team", "reason", "length")
LOST_TO = ("notice-gap", "opt-out")


class Part(NamedTuple):
    """One part of the population beside the same part of the sample.

    ``share`` and ``sampled`` are parts of 1, the sample's by its weights; ``expected`` is how many a draw of this design
    gives on average, ``chance`` the probability of a count at least as far out. None where it is undefined.
    """

    trait: str
    part: str
    eligible: int
    share: float
    drawn: int
    sampled: float | None
    expected: float | None
    chance: float | None
    marked: bool


class Loss(NamedTuple):
    """What one reason takes from one part of the population; ``share`` with Wilson's interval, parts of 1."""

    reason: str
    trait: str
    part: str
    transactions: int
    lost: int
    share: Interval
    others: float | None
    verdict: str


def balance(view: View, basis: Basis, population: Population, zone: ZoneInfo, confidence: float) -> list[Part]:
    """Return the parts of the population beside those of the sample as it is in force.

    A part is marked where a count as far out would come up anywhere in the table with a probability below
    1 - ``confidence`` (Bonferroni). Without equal chances within the strata nothing is marked.
    """
    items = [item.transaction for item in view.current(Item, draw=basis.draw.id)]
    connection = _counted(basis, population, zone, items)
    rows = connection.execute(
        " UNION ALL ".join(
            f"SELECT '{trait}', \"{trait}\", stratum, sum(n)::BIGINT, sum(drawn)::BIGINT FROM cells WHERE why = '' GROUP BY ALL"
            for trait in TRAITS
        )
    ).fetchall()
    strata = {
        stratum: (held, drawn)
        for stratum, held, drawn in connection.execute(
            "SELECT stratum, sum(n)::BIGINT, sum(drawn)::BIGINT FROM cells WHERE why = '' GROUP BY 1"
        ).fetchall()
    }
    parts: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    for trait, part, stratum, held, drawn in rows:
        parts.setdefault((trait, part), {})[stratum] = (held, drawn)
    order = list(TRAITS)
    found = [
        _part(*name, parts[name], strata) for name in sorted(parts, key=lambda name: (order.index(name[0]), name[1]))
    ]
    asked = sum(part.chance is not None and len(strata) > 0 for part in found)
    level = (1 - confidence) / max(1, asked)
    return [part._replace(marked=part.chance is not None and part.chance < level) for part in found]


def _part(trait: str, part: str, inside: Mapping[str, tuple[int, int]], strata: Mapping[str, tuple[int, int]]) -> Part:
    everything = sum(held for held, _ in strata.values())
    covered = sum(held for held, drawn in strata.values() if drawn)
    held, drawn = sum(n for n, _ in inside.values()), sum(k for _, k in inside.values())
    weighted = sum(k * strata[name][0] / strata[name][1] for name, (_, k) in inside.items() if strata[name][1])
    groups = [(strata[name][0], n, strata[name][1]) for name, (n, _) in inside.items() if strata[name][1]]
    found = count_test(groups, drawn) if groups else None
    return Part(
        trait,
        part,
        held,
        held / everything,
        drawn,
        weighted / covered if covered else None,
        found.expected if found else None,
        found.two_sided if found else None,
        marked=False,
    )


def losses(basis: Basis, population: Population, zone: ZoneInfo, confidence: float, minimum: int) -> list[Loss]:
    """Return what days without a notice and opting out take from each part of the frame's population.

    A part is compared with all others as in ``lost``: its interval is widened so that ``confidence`` holds for the table.
    Opting out is counted among those who had been told.
    """
    connection = _counted(basis, population, zone, [])
    rows = connection.execute(
        " UNION ALL ".join(
            f"SELECT '{trait}', \"{trait}\", sum(n)::BIGINT, "
            + ", ".join(f"coalesce(sum(n) FILTER (why = '{reason}'), 0)::BIGINT" for reason in LOST_TO)
            + " FROM cells GROUP BY ALL"
            for trait in LOST_BY
        )
    ).fetchall()
    wider = 1 - (1 - confidence) / max(1, 2 * len(rows))
    found = []
    for place, reason in enumerate(LOST_TO):
        for trait in LOST_BY:
            parts = sorted(
                (part, _told(counts, place), counts[1 + place]) for name, part, *counts in rows if name == trait
            )
            found += _losses(reason, trait, parts, wider, confidence, minimum)
    return found


def _told(counts: Sequence[int], place: int) -> int:
    """Return how many transactions a reason could take: those that an earlier reason had not taken."""
    return counts[0] - sum(counts[1 : 1 + place])


def _losses(
    reason: str, trait: str, parts: Sequence[tuple[str, int, int]], wider: float, confidence: float, minimum: int
) -> list[Loss]:
    everything, out = sum(n for _, n, _ in parts), sum(k for *_, k in parts)
    if not out:
        return []
    return [
        Loss(
            reason,
            trait,
            part,
            n,
            k,
            wilson(k, n, confidence),
            (out - k) / (everything - n) if everything > n else None,
            against(k, n, out - k, everything - n, wider, minimum, LOST_WORDS[reason]),
        )
        for part, n, k in parts
    ]


LOST_WORDS: Mapping[str, str] = MappingProxyType({"notice-gap": "is lost", "opt-out": "opts out"})


def _counted(basis: Basis, population: Population, zone: ZoneInfo, sampled: Sequence[str]) -> Engine:
    """Count the frame's population by reason, stratum and every trait into the table ``cells``."""
    connection = population.connection
    write_table(connection, "in_sample", "id VARCHAR", [(id_,) for id_ in sampled])
    query, parameters = judged(population, basis.frame, basis.period, basis.ground)
    local = to_local_sql("started_at", zone, basis.period.first.year - 1, basis.period.last.year + 1)
    traits = ", ".join(f'{sql} AS "{trait}"' for trait, sql in TRAITS.items())
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE cells AS
        WITH classified AS ({query}), timed AS (SELECT *, hour({local}) AS hour FROM classified)
        SELECT why, CASE WHEN why = '' THEN {design_of(basis.frame).stratum(basis.frame)} END AS stratum,
               {traits}, count(*) AS n, count(s.id) AS drawn
        FROM timed LEFT JOIN in_sample AS s ON s.id = timed.id GROUP BY ALL""",
        parameters,
    )
    return connection
