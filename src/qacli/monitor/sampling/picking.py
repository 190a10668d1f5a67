"""Picking: the exclusion waterfall and the rows that a design takes, in one pass over the population."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.ranks import rank_sql
from qacli.model import Refusal
from qacli.monitor.sampling.designs.design import Found, Share
from qacli.monitor.sampling.designs.registry import DESIGNS
from qacli.monitor.sampling.eligibility import REASONS, Ground, classified, prepare_tables

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.period import Period
    from qacli.sources.population import Population


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


class DrawsTimes(Refusal, rule="frame-draws-times"):
    """A frame of unannounced checks asks nothing of an export."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            f"{frame.reference} draws times of unannounced checks, not transactions of an export.",
            help="its checks: qacli spot list --all",
        )


def pick(population: Population, frame: Frame, period: Period, seed: str, ground: Ground) -> Picks:
    """Count the exclusion waterfall and pick the sample in one pass over the population.

    Raises DrawsTimes, FloorTooHigh, SpreadUnknown.
    """
    if frame.design not in DESIGNS:
        raise DrawsTimes(frame)
    design = DESIGNS[frame.design]
    prepare_tables(population, ground, frame)
    query, parameters = classified(frame, period)
    found = population.connection.execute(
        f"""
        WITH classified AS ({query})
        SELECT why, CASE WHEN why = '' THEN {design.stratum(frame)} END AS stratum, count(*) AS n,
               CASE WHEN why = '' THEN arg_min({{'id': id, 'started_at': started_at, 'day': local_date,
                   'channel': channel, 'team': team, 'colleague': colleague, 'reason': reason, 'seconds': seconds,
                   'card': card}}, {rank_sql(seed, "id")}, {design.most(frame, population.transactions)}) END AS picked
        FROM classified GROUP BY 1, 2 ORDER BY 1, 2""",
        parameters,
    ).fetchall()
    excluded = {reason: n for reason in REASONS for why, _, n, _ in found if why == reason}
    eligible = {stratum: n for why, stratum, n, _ in found if why == ""}
    ranked = {stratum: picked for why, stratum, _, picked in found if why == ""}
    ids = {stratum: [row["id"] for row in rows] for stratum, rows in ranked.items()}
    sizes = design.shares(frame, Found(eligible, ids, seed))
    rows = {stratum: picked[: sizes[stratum].drawn] for stratum, picked in ranked.items()}
    return Picks(excluded, eligible, sizes, rows, ranked)
