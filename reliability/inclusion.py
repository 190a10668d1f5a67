"""Every design drawn thousands of times, each with another seed: is each transaction drawn as often as its record says?

The strata are named by the designs' own SQL, the numbers of each seed are those of every draw, and what is taken is what
the designs take. Only the one query over an export is left out: that it gives the first of each stratum by rank is tested
elsewhere, against a second draw.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from heapq import nsmallest
from math import inf, sqrt
from pathlib import Path
from statistics import NormalDist, fmean
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
for folder in ("src", "tests"):
    sys.path.insert(0, str(ROOT / folder))

import populations

from qacli.engine.connection import connect
from qacli.engine.ranks import number, rank
from qacli.monitor.sampling.designs.design import Design, Found
from qacli.monitor.sampling.designs.registry import design_of
from qacli.monitor.sampling.designs.systematic import places
from qacli.prepare.frames.frame import Frame
from qacli.prepare.frames.risk import RiskClass
from qacli.stats import Weighted, class_probabilities, design_mean, pareto_rank

CONFIDENCE = 0.99
"""With which all counts of all designs together stay within the bound, if the chances are as recorded."""
UNITS = 60
RISK = {
    "complaint": RiskClass(weight=5, reason=("complaint",)),
    "long-call": RiskClass(weight=2, channel=("phone",), minimum_seconds=600),
}


def frames() -> dict[str, Frame]:
    """Return a frame for each design and allocation, by a name for it."""
    asked: dict[str, dict[str, Any]] = {
        "simple, n": {"design": "simple", "size": 9},
        "simple, margin": {"design": "simple", "size": {"margin": 25}},
        "systematic by time": {"design": "systematic", "size": 9},
        "systematic by colleague": {"design": "systematic", "size": 7, "order_by": "colleague"},
        "proportional, floor": {"design": "proportional", "stratify_by": "channel", "size": 12, "floor": 3},
        "equal": {"design": "stratified", "stratify_by": "team", "size": 12, "allocation": "equal"},
        "equal, cap": {"design": "stratified", "stratify_by": "reason", "size": 20, "allocation": "equal", "cap": 5},
        "neyman": {
            "design": "stratified",
            "stratify_by": "channel",
            "size": 15,
            "allocation": "neyman",
            "spread": {"chat": 20, "any": 5},
        },
        "quota": {"design": "quota", "size": None, "per_colleague": 2},
        "two-stage, colleagues": {"design": "two-stage", "size": None, "clusters": 3, "per_cluster": 4},
        "two-stage, days": {"design": "two-stage", "size": None, "cluster_by": "day", "clusters": 4, "per_cluster": 2},
        "risk-weighted": {"design": "risk-weighted", "size": 12, "risk": RISK},
        "risk-weighted, some certain": {
            "design": "risk-weighted",
            "size": 20,
            "risk": {"complaint": RiskClass(weight=50, reason=("complaint",)), "long-call": RISK["long-call"]},
        },
    }
    return {name: populations.frame(**settings) for name, settings in asked.items()}


Along = Callable[[int, int, str], Sequence[int]]
"""Where along so many a systematic draw takes its n."""


def rounded(eligible: int, n: int, seed: str) -> list[int]:
    """Return the places of a faulty systematic draw: the interval rounded, as books for hand-work have it."""
    interval = eligible // n
    return [int(number(rank(seed, "start")) * interval) + i * interval for i in range(n)]


class Tried(NamedTuple):
    """How often each transaction was drawn, the chance that its record says, and how far apart they are at most.

    ``furthest`` is in standard errors of the count, ``bound`` what chance alone gives.
    """

    name: str
    draws: int
    drawn: dict[str, int]
    chances: dict[str, float]
    furthest: float
    bound: float

    @property
    def good(self) -> bool:
        return self.furthest <= self.bound


def rows() -> list[dict[str, Any]]:
    """Return a small population: colleagues of different business, two channels, few complaints."""
    found = []
    for n in range(UNITS):
        at = datetime.fromisoformat("2026-05-04T08:00") + timedelta(minutes=131 * n)
        found.append(
            {
                "id": f"T{n:03}",
                "started_at": at,
                "local_date": at.date(),
                "channel": "chat" if n % 4 == 1 else "phone",
                "team": ("north", "north", "south")[n % 3],
                "colleague": f"p_a{min(n % 11, n % 7):02}",
                "reason": "complaint" if n % 9 == 4 else ("card", "loan")[n % 2],
                "queue": "main",
                "seconds": 60 + 97 * n % 900,
            }
        )
    return found


def tried(name: str, frame: Frame, draws: int, along: Along = places) -> Tried:
    """Draw so many times and count. Raises ValueError where a transaction's recorded chance is not always the same."""
    design = design_of(frame)
    strata, order = _parted(design, frame)
    drawn: Counter[str] = Counter()
    chances: dict[str, float] = {}
    for turn in range(draws):
        seed = f"inclusion {turn}"
        for id_, chance in _draw(design, frame, strata, order, seed, along):
            drawn[id_] += 1
            if abs(chances.setdefault(id_, chance) - chance) > 1e-12:
                raise ValueError(f"{name}: {id_} is recorded with the chances {chances[id_]} and {chance}")
    apart = [_apart(drawn[id_] / draws, chance, draws) for id_, chance in chances.items()]
    apart += [inf for ids in strata.values() for id_ in ids if id_ not in chances]
    return Tried(name, draws, dict(drawn), chances, max(apart), bound())


def bound() -> float:
    """Return how many standard errors a count may be off, for all transactions and designs together (Bonferroni)."""
    return NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / (2 * UNITS * len(frames())))


def _parted(design: Design, frame: Frame) -> tuple[dict[str, list[str]], list[str]]:
    """Return the ids of each stratum, and all ids in the order of the design, by the SQL of the design."""
    population = rows()
    with connect() as connection:
        types = {str: "VARCHAR", int: "INTEGER", datetime: "TIMESTAMP", date: "DATE"}
        columns = ", ".join(f"{name} {types[type(value)]}" for name, value in population[0].items())
        connection.execute(f"CREATE TEMP TABLE classified ({columns})")
        marks = ", ".join("?" * len(population[0]))
        connection.executemany(f"INSERT INTO classified VALUES ({marks})", [list(row.values()) for row in population])
        order = design.order(frame) if design.order else "id"
        named = connection.execute(
            f"SELECT id, {design.stratum(frame)} FROM classified ORDER BY {order}, id"
        ).fetchall()
    strata: dict[str, list[str]] = {}
    for id_, stratum in named:
        strata.setdefault(stratum, []).append(id_)
    return strata, [id_ for id_, _ in named]


def _draw(
    design: Design, frame: Frame, strata: dict[str, list[str]], order: Sequence[str], seed: str, along: Along
) -> list[tuple[str, float]]:
    """Return what one draw takes, each with its recorded chance."""
    ranks = {id_: rank(seed, id_) for id_ in order}
    ranked = {stratum: sorted(ids, key=ranks.__getitem__) for stratum, ids in strata.items()}
    eligible = {stratum: len(ids) for stratum, ids in strata.items()}
    shares = design.shares(frame, Found(eligible, ranked, seed))
    if design.order:
        (share,) = shares.values()
        return [(order[place], share.probability) for place in along(len(order), share.drawn, seed)]
    return [(id_, share.probability) for stratum, share in shares.items() for id_ in ranked[stratum][: share.drawn]]


def _apart(seen: float, chance: float, draws: int) -> float:
    """Return how far a share lies from a chance, in standard errors; a certain one must always be drawn."""
    error = sqrt(chance * (1 - chance) / draws)
    return abs(seen - chance) / error if error else (0.0 if seen == chance else inf)


def missed(n: int, units: int, draws: int) -> float:
    """Return how often 95 % limits from so many Pareto draws of ``n`` miss the mean of scores that rise with the risk."""
    chance = random.Random(1)
    sizes = {str(unit): (1, float(1 + unit % 5)) for unit in range(units)}
    truth = {unit: 60 + 3 * size + chance.gauss(0, 5) for unit, (_, size) in sizes.items()}
    chances, mean, outside = class_probabilities(sizes, n), fmean(truth.values()), 0
    for turn in range(draws):
        order = {unit: pareto_rank(number(rank(f"limits {turn}", unit)), chances[unit]) for unit in sizes}
        taken = nsmallest(n, sizes, key=order.__getitem__)
        found = design_mean([Weighted([chances[unit] for unit in taken], [truth[unit] for unit in taken])])
        outside += not (found.low or 0) <= mean <= (found.high or 0)
    return outside / draws
