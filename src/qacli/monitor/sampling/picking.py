"""Picking: the exclusion waterfall and the rows that a design takes, in one pass over the population."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.ranks import rank_sql
from qacli.monitor.sampling.designs import DESIGNS
from qacli.monitor.sampling.eligibility import REASONS, Ground, classified, prepare_tables
from qacli.monitor.sampling.unnamed import refuse_unnamed

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.period import Period
    from qacli.sources.population import Population


class Picks(NamedTuple):
    """What a draw found: {reason: count}, {stratum: eligible}, {stratum: (asked, drawn)}, picked rows by stratum."""

    excluded: dict[str, int]
    eligible: dict[str, int]
    sizes: dict[str, tuple[int, int]]
    rows: dict[str, list[dict[str, Any]]]

    @property
    def population(self) -> int:
        return sum(self.excluded.values()) + sum(self.eligible.values())


def pick(population: Population, frame: Frame, period: Period, seed: str, ground: Ground) -> Picks:
    """Count the exclusion waterfall and pick the sample in one pass over the population. Raises FloorTooHigh, NoColleagues."""
    design = DESIGNS[frame.design]
    refuse_unnamed(population, frame, design.stratum(frame))
    prepare_tables(population, ground, frame)
    query, parameters = classified(frame, period)
    found = population.connection.execute(
        f"""
        WITH classified AS ({query})
        SELECT why, CASE WHEN why = '' THEN {design.stratum(frame)} END AS stratum, count(*) AS n,
               CASE WHEN why = '' THEN arg_min({{'id': id, 'started_at': started_at, 'day': local_date,
                   'channel': channel, 'team': team, 'colleague': colleague, 'reason': reason, 'seconds': seconds,
                   'card': card}}, {rank_sql(seed, "id")}, {design.most(frame)}) END AS picked
        FROM classified GROUP BY 1, 2 ORDER BY 1, 2""",
        parameters,
    ).fetchall()
    excluded = {reason: n for reason in REASONS for why, _, n, _ in found if why == reason}
    eligible = {stratum: n for why, stratum, n, _ in found if why == ""}
    sizes = design.sizes(frame, eligible)
    rows = {stratum: picked[: sizes[stratum][1]] for why, stratum, _, picked in found if why == ""}
    return Picks(excluded, eligible, sizes, rows)
