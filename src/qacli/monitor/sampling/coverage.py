"""Coverage: what of the whole population a frame looks at, and whether what was scored stands for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qacli.monitor.sampling.draw import Item
    from qacli.prepare.frames.frame import Frame
    from qacli.sources.population import Population

NONE = "(none)"
SIDES: Mapping[str, str] = MappingProxyType(
    {"channel": "channel", "team": "team", "reason": "reason", "weekday": "strftime(local_date, '%A')"}
)
"""By what a population is compared with a sample: the SQL that tells it."""


class Group(NamedTuple):
    """One group of one side: its transactions that the frame is about, those that it is not, and the first of its days."""

    inside: int
    outside: int
    first: date


class Drift(NamedTuple):
    """A group of which more or less was scored than it has of the population, by more than chance.

    ``share`` and ``scored`` are parts of 1, the second weighted as drawn; ``n`` is how many were scored in all.
    """

    side: str
    group: str
    share: float
    scored: float
    n: int


def groups(population: Population, frame: Frame, first: date, last: date) -> dict[str, dict[str, Group]]:
    """Return the groups of each side over some days, in one pass over the population."""
    inside, parameters = _inside(frame)
    columns = ", ".join(f"coalesce({sql}, '{NONE}') AS {side}" for side, sql in SIDES.items())
    sets = ", ".join(f"({side})" for side in SIDES)
    rows = population.connection.execute(
        f"""SELECT {", ".join(f"grouping({side})" for side in SIDES)}, coalesce({", ".join(SIDES)}),
               count(*) FILTER (inside), count(*) FILTER (NOT inside), min(local_date)
        FROM (SELECT {columns}, local_date, {inside} AS inside FROM population WHERE local_date BETWEEN ? AND ?)
        GROUP BY GROUPING SETS ({sets})""",
        [*parameters, first, last],
    ).fetchall()
    found: dict[str, dict[str, Group]] = {side: {} for side in SIDES}
    for *absent, group, looked_at, not_looked_at, since in rows:
        side = list(SIDES)[absent.index(0)]
        found[side][str(group)] = Group(looked_at, not_looked_at, since)
    return found


def _inside(frame: Frame) -> tuple[str, list[object]]:
    """Return the condition that a transaction belongs to a frame's population, with its parameters."""
    asked = frame.population
    tests: list[str] = []
    parameters: list[object] = []
    for column, values in (("channel", asked.channel), ("team", asked.team), ("reason", asked.reason)):
        if values:
            tests.append(f"coalesce(list_contains(?::VARCHAR[], {column}), false)")
            parameters.append(list(values))
    if asked.minimum_seconds:
        tests.append("coalesce(seconds >= ?, false)")
        parameters.append(asked.minimum_seconds)
    return " AND ".join(tests) or "true", parameters


def drifts(known: Mapping[str, Mapping[str, Group]], items: Sequence[Item], confidence: float) -> list[Drift]:
    """Return the groups whose share of what was scored differs from their share of the population by more than chance.

    Items count with their weights, so that a stratum that is drawn more densely is no drift. A share lies outside Wilson's
    interval on the effective number (Kish 1965: (Σw)²/Σw²), widened so that ``confidence`` holds for all groups of a side
    together (Bonferroni). Items without a weight were chosen, and are left out.
    """
    weighted = [(item, item.weight) for item in items if item.weight]
    total = sum(weight for _, weight in weighted)
    if not total:
        return []
    effective = total**2 / sum(weight**2 for _, weight in weighted)
    found = []
    for side, there in known.items():
        whole = sum(group.inside for group in there.values())
        scored: Mapping[str, float] = defaultdict(float, _weights(side, weighted))
        wider = 1 - (1 - confidence) / max(1, sum(group.inside > 0 for group in there.values()))
        for name, group in there.items():
            if whole and group.inside:
                share, drawn = group.inside / whole, scored[name] / total
                limits = wilson(round(drawn * effective), round(effective), wider)
                if not (limits.low or 0) <= share <= (1 if limits.high is None else limits.high):
                    found.append(Drift(side, name, share, drawn, len(weighted)))
    return sorted(found, key=lambda each: (-round(abs(each.share - each.scored), 6), each.side, each.group))


def _weights(side: str, weighted: Sequence[tuple[Item, float]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for item, weight in weighted:
        group = f"{item.day:%A}" if side == "weekday" else getattr(item, side) or NONE
        found[group] += weight  # type: ignore[assignment]
    return found
