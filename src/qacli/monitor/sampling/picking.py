"""Picking: the exclusion waterfall and the rows that a design takes, in one pass over the population."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.ranks import rank_sql
from qacli.monitor.sampling.designs.design import Found, Share
from qacli.monitor.sampling.designs.registry import design_of
from qacli.monitor.sampling.designs.systematic import places
from qacli.monitor.sampling.eligibility import REASONS, Ground, classified, named_channels, prepare_tables
from qacli.monitor.sampling.unnamed import refuse_unnamed
from qacli.sources.population import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.period import Period
    from qacli.sources.population import Population


ROW = """{'id': id, 'started_at': started_at, 'day': local_date, 'channel': channel, 'team': team,
    'colleague': colleague, 'reason': reason, 'seconds': seconds, 'card': card}"""
"""What is kept of a picked transaction."""


class Picks(NamedTuple):
    """What a draw found: {reason: count}, {stratum: eligible}, what each gives, and picked rows by stratum.

    ``ranked`` are the first rows of each stratum in order of rank, taken or not.
    """

    excluded: dict[str, int]
    eligible: dict[str, int]
    sizes: dict[str, Share]
    rows: dict[str, list[dict[str, Any]]]
    ranked: dict[str, list[dict[str, Any]]]

    @property
    def population(self) -> int:
        return sum(self.excluded.values()) + sum(self.eligible.values())


def pick(population: Population, frame: Frame, period: Period, seed: str, ground: Ground) -> Picks:
    """Count the exclusion waterfall and pick the sample in one pass over the population.

    Raises DrawsTimes, FloorTooHigh, SpreadUnknown, NotByChance, NoColleagues.
    """
    design = design_of(frame)
    refuse_unnamed(population, frame, design.stratum(frame))
    most = design.most(frame, lambda: population.transactions)
    prepare_tables(population, ground, frame, period)
    rows_of, parameters = partial(_rows, frame, period, ground), classified(frame, period, ())[1]
    query = f"""
        SELECT why, CASE WHEN why = '' THEN {design.stratum(frame)} END AS stratum, count(*) AS n,
               CASE WHEN why = '' THEN arg_min({ROW}, {rank_sql(seed, "id")}, {most}) END AS picked
        FROM classified WHERE why IS NOT NULL GROUP BY 1, 2"""
    found = population.ask(Question(rows_of, query, parameters))
    found.sort(key=lambda row: (row[0], row[1] or ""))
    excluded = {reason: n for reason in REASONS for why, _, n, _ in found if why == reason}
    eligible = {stratum: n for why, stratum, n, _ in found if why == ""}
    ranked = {stratum: picked for why, stratum, _, picked in found if why == ""}
    ids = {stratum: [row["id"] for row in rows] for stratum, rows in ranked.items()}
    sizes = design.shares(frame, Found(eligible, ids, seed))
    if design.order:
        rows = _along(population, design.order(frame), rows_of(""), parameters, seed, sizes)
    else:
        rows = {stratum: picked[: sizes[stratum].drawn] for stratum, picked in ranked.items()}
    return Picks(excluded, eligible, sizes, rows, ranked)


def _rows(frame: Frame, period: Period, ground: Ground, also: str) -> str:
    return classified(frame, period, named_channels(frame, ground.notices), also)[0]


def _along(
    population: Population, order: str, query: str, parameters: list[object], seed: str, sizes: Mapping[str, Share]
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows at the places of a systematic draw along an order of the eligible, in two more passes."""
    (stratum, share), *_ = sizes.items() or [("", Share(0, 0, 0.0))]
    if not share.drawn:
        return {}
    at = places(round(share.drawn / share.probability), share.drawn, seed)
    # only what is ordered is carried through the sort; the few rows are fetched by their ids
    found = population.connection.execute(
        f"""
        WITH classified AS ({query}), placed AS (
            SELECT id, row_number() OVER (ORDER BY {order}, id) - 1 AS place FROM classified WHERE why = '')
        SELECT id FROM placed WHERE list_contains(?::BIGINT[], place) ORDER BY place""",
        [*parameters, at],
    ).fetchall()
    ids = [id_ for (id_,) in found]
    rows = population.connection.execute(
        f"WITH classified AS ({query}) SELECT {ROW} FROM classified WHERE list_contains(?::VARCHAR[], id)",
        [*parameters, ids],
    ).fetchall()
    by_id = {row["id"]: row for (row,) in rows}
    return {stratum: [by_id[id_] for id_ in ids]}
