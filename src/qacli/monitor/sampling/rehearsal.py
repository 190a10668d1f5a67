"""Rehearsing: the eligible transactions of a period, drawn again and again on paper by any design, with other seeds.

What is drawn here is recorded nowhere. The designs are those of real draws, so what comes out is what they do.
"""

from __future__ import annotations

import hashlib
from bisect import bisect
from collections import defaultdict
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

from qacli.engine.ranks import key, rank_sql
from qacli.monitor.sampling.designs.design import Found
from qacli.monitor.sampling.designs.registry import design_of
from qacli.monitor.sampling.designs.systematic import places
from qacli.monitor.sampling.eligibility import judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from qacli.monitor.sampling.eligibility import Ground
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.period import Period
    from qacli.sources.population import Population

SIDES = ("channel", "team", "reason", "colleague", "weekday", "day", "hour", "duration")
"""By what transactions are told apart. Duration is the quarter of all in which one lies."""
MOST = 50_000
"""So many transactions are drawn from on paper; of more, so many by rank stand for all."""
WORK = 1_000_000
"""So many ranks are worked out for one comparison: few transactions are drawn more often than many."""
TIMES = 100


class Stage(NamedTuple):
    """The eligible transactions of a period: ids, the group of each on every side, its stratum in every design.

    ``eligible`` counts all, ``held`` those of each stratum; the lists hold all, or those that stand for them. ``along`` are
    their places in the order of a design that has one.
    """

    eligible: int
    ids: Sequence[str]
    groups: Mapping[str, Sequence[str]]
    strata: Mapping[str, Sequence[str]]
    held: Mapping[str, Mapping[str, int]]
    along: Mapping[str, Sequence[int]]

    @property
    def times(self) -> int:
        """How often it is drawn from."""
        return max(10, min(TIMES, WORK // max(1, len(self.ids))))


Drawn = dict[int, float]
"""One sample on paper: the place of each transaction in its stage, and its weight."""


def staged(
    population: Population, frames: Mapping[str, Frame], period: Period, ground: Ground, zone: ZoneInfo, seed: str
) -> Stage:
    """Return the eligible transactions of a period with their strata in each of some frames over one population.

    One pass over the source, whatever the number of designs.
    """
    some = next(iter(frames.values()))
    query, parameters = judged(population, some, period, ground)
    strata = {name: f"CAST({design_of(frame).stratum(frame)} AS VARCHAR)" for name, frame in frames.items()}
    orders = {name: order(frame) for name, frame in frames.items() if (order := design_of(frame).order)}
    extra = [f"{sql} AS s{place}" for place, sql in enumerate(strata.values())]
    extra += [f"row_number() OVER (ORDER BY {sql}, id) AS o{place}" for place, sql in enumerate(orders.values())]
    connection = population.connection
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE eligible AS
        SELECT id, started_at, local_date, channel, team, reason, colleague, seconds, {", ".join(extra)}
        FROM ({query}) WHERE why = ''""",
        parameters,
    )
    held = {
        name: dict(connection.execute(f"SELECT s{place}, count(*) FROM eligible GROUP BY 1").fetchall())
        for place, name in enumerate(strata)
    }
    (eligible,) = connection.execute("SELECT count(*) FROM eligible").fetchone() or (0,)
    some_only = f"ORDER BY {rank_sql(seed, 'id')} LIMIT {MOST}" if eligible > MOST else "ORDER BY id"
    rows = connection.execute(f"SELECT * FROM eligible {some_only}").fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * (8 + len(extra))
    ordered = columns[8 + len(strata) :]
    return Stage(
        int(eligible),
        columns[0],
        _groups(columns, zone),
        dict(zip(strata, columns[8:], strict=False)),
        held,
        {name: sorted(range(len(rows)), key=key.__getitem__) for name, key in zip(orders, ordered, strict=True)},
    )


def _groups(columns: Sequence[Sequence[object]], zone: ZoneInfo) -> dict[str, list[str]]:
    from datetime import UTC

    _, started, days, channel, team, reason, colleague, seconds = columns[:8]
    known = sorted(float(each) for each in seconds if each is not None)  # type: ignore[arg-type]
    cuts = quantiles(known, n=4) if len(known) > 1 else []
    hours = [each.replace(tzinfo=UTC).astimezone(zone) for each in started]  # type: ignore[attr-defined]
    return {
        "channel": [str(each or "(none)") for each in channel],
        "team": [str(each or "(none)") for each in team],
        "reason": [str(each or "(none)") for each in reason],
        "colleague": [str(each) for each in colleague],
        "weekday": [f"{each:%A}" for each in days],
        "day": [str(each) for each in days],
        "hour": [f"{each:%H}" for each in hours],
        "duration": ["(none)" if each is None else str(bisect(cuts, float(each))) for each in seconds],  # type: ignore[arg-type]
    }


def rehearsals(stage: Stage, frames: Mapping[str, Frame], seed: str) -> Iterator[dict[str, Drawn]]:
    """Yield what each frame would draw, each time with another seed; the same seed gives the same."""
    for time in range(stage.times):
        again = f"{seed}/rehearsal {time}"
        order = _order(stage.ids, again)
        yield {name: _draw(stage, name, frame, order, again) for name, frame in frames.items()}


def _order(ids: Sequence[str], seed: str) -> list[int]:
    """Return the places of ids in order of rank, as ``rank`` gives it."""
    before = hashlib.sha256(key(seed).encode())
    ranks = []
    for id_ in ids:
        each = before.copy()
        each.update(id_.encode())
        ranks.append(each.digest())
    return sorted(range(len(ids)), key=ranks.__getitem__)


def _draw(stage: Stage, name: str, frame: Frame, order: Sequence[int], seed: str) -> Drawn:
    """Return one sample of one design: the first by rank of each stratum, as many as the design takes."""
    design, of = design_of(frame), stage.strata[name]
    if along := stage.along.get(name):
        (share,) = design.shares(frame, Found(stage.held[name], {}, seed)).values()
        return {along[place]: 1 / share.probability for place in places(len(along), min(share.drawn, len(along)), seed)}
    most = design.most(frame, lambda: stage.eligible)
    ranked: dict[str, list[int]] = defaultdict(list)
    for place in order:
        listed = ranked[of[place]]
        if len(listed) < most:
            listed.append(place)
    ids = {stratum: [stage.ids[place] for place in places] for stratum, places in ranked.items()}
    shares = design.shares(frame, Found(stage.held[name], ids, seed))
    return {
        place: 1 / share.probability for stratum, share in shares.items() for place in ranked[stratum][: share.drawn]
    }
