"""Which contacts are looked at: the plan's routine samples, unannounced checks and surveyed calls, week by week.

The routine samples and the checks are what ``qacli sample draw`` takes from the same export with the same frames: the
same order, the same start, the same ranks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from plan import Planted, parameters

from qacli.engine.ranks import rank
from qacli.monitor.sampling.designs.systematic import places

Array = np.ndarray[Any, Any]
ROUTINE, SPOT, LINK = "routine", "spot", "kpi-link"
CHECKS, ANSWERED = "spot-checks", "csat-link"


class Taken(NamedTuple):
    """One draw: ``rows`` are positions of the picked contacts; ``eligible`` and ``excluded`` count the others.

    ``probability`` is None where nothing could be drawn.
    """

    frame: str
    design: str
    purpose: str
    channel: str
    first: date
    last: date
    seed: str
    rows: Sequence[int]
    eligible: int
    excluded: Mapping[str, int]
    probability: float | None

    @property
    def period(self) -> str:
        """The week as frames spell it."""
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02}"


def frame_of(channel: str) -> str:
    """Return the frame of a channel's routine sample."""
    return f"routine-{channel}"


def why_not(rows: pd.DataFrame) -> Array:
    """Return for each contact why it may not be observed: the first reason that applies, empty where it may."""
    day, found = rows["day"].to_numpy(), np.zeros(len(rows), bool)
    told = found.copy()
    for notice in parameters()["notices"]:
        told |= (
            (rows["channel"].to_numpy() == notice["channel"])
            & (day >= np.datetime64(notice["from"]))
            & (day <= np.datetime64(notice["to"]))
        )
    agent = rows["agent"].to_numpy()
    knows = ~np.isin(agent, parameters()["never_acknowledged"])
    for name, since in parameters()["acknowledged"].items():
        knows &= (agent != name) | (day >= np.datetime64(since))
    # in the order in which a draw counts them
    cases = (~told, rows["opted_out"].to_numpy(), agent == "", ~knows)
    return np.select(cases, ["notice-gap", "opt-out", "no-colleague", "no-acknowledgement"], "")


def taken(rows: pd.DataFrame) -> list[Taken]:
    """Return every draw of the quarter, in the order in which they were made."""
    why = why_not(rows)
    found: list[Taken] = []
    used: set[int] = set()
    for week in range(parameters()["weeks"]):
        first = parameters()["first_day"] + timedelta(weeks=week)
        days = rows["day"].to_numpy()
        of_week = np.flatnonzero((days >= np.datetime64(first)) & (days < np.datetime64(first + timedelta(days=7))))
        made = [*_routine(rows, why, of_week, first)]
        used.update(at for each in made for at in each.rows)
        made.append(_checks(rows, why, of_week, first, used))
        used.update(made[-1].rows)
        made.append(_linked(rows, why, of_week, first, used))
        used.update(made[-1].rows)
        found += [each for each in made if len(each.rows)]
    return found


def _routine(rows: pd.DataFrame, why: Array, of_week: Array, first: date) -> Iterator[Taken]:
    agent, second, day = (rows[name].to_numpy() for name in ("agent", "second", "day"))
    for channel, settings in parameters()["channels"].items():
        mine = of_week[rows["channel"].to_numpy()[of_week] == channel]
        eligible = mine[why[mine] == ""]
        seed = seed_of(frame_of(channel), first)
        order = np.lexsort((rows["txn_id"].to_numpy()[eligible], second[eligible], day[eligible], agent[eligible]))
        n = min(settings["sampled"], len(eligible))
        picked = eligible[order[places(len(eligible), n, seed)]] if n else []
        chance = n / len(eligible) if n else None
        excluded = _counted(why[mine])
        yield Taken(
            frame_of(channel), "systematic", ROUTINE, channel, first, _end(first), seed, [*picked], len(eligible),
            excluded, chance,
        )  # fmt: skip


def _checks(rows: pd.DataFrame, why: Array, of_week: Array, first: date, used: set[int]) -> Taken:
    """Calls and chats, at any time."""
    mine = of_week[np.isin(rows["channel"].to_numpy()[of_week], ("phone", "chat"))]
    return _simple(CHECKS, SPOT, rows, why, mine, first, used, parameters()["spot_per_week"])


def _linked(rows: pd.DataFrame, why: Array, of_week: Array, first: date, used: set[int]) -> Taken:
    """Calls with an answer to the survey."""
    channel, answered = rows["channel"].to_numpy(), rows["csat"].notna().to_numpy()
    mine = of_week[(channel[of_week] == "phone") & answered[of_week]]
    return _simple(ANSWERED, LINK, rows, why, mine, first, used, parameters()["link_per_week"])


def _simple(
    frame: str, purpose: str, rows: pd.DataFrame, why: Array, mine: Array, first: date, used: set[int], size: int
) -> Taken:
    """Return the first of some contacts by rank that no other draw took."""
    free = [int(at) for at in mine if why[at] == "" and at not in used]
    seed, ids = seed_of(frame, first), rows["txn_id"].to_numpy()
    picked = sorted(free, key=lambda at: (rank(seed, str(ids[at])), ids[at]))[:size]
    excluded = _counted(why[mine]) | {"already-sampled": int(sum(why[at] == "" and at in used for at in mine))}
    chance = len(picked) / len(free) if free else None
    return Taken(frame, "simple", purpose, "", first, _end(first), seed, picked, len(free), excluded, chance)


def seed_of(frame: str, first: date) -> str:
    """Return the seed of a week's draw, made of the frame's own as qacli makes it."""
    year, week, _ = first.isocalendar()
    return f"harbour {frame} 2026/{frame}/{year}-W{week:02}"


def _end(first: date) -> date:
    return first + timedelta(days=6)


def _counted(why: Array) -> dict[str, int]:
    names, counts = np.unique(why[why != ""].astype(str), return_counts=True)
    return dict(zip(names.tolist(), counts.tolist(), strict=True))


def evaluators(rows: pd.DataFrame, plant: Planted, picked: Array, purpose: str) -> Array:
    """Return who scores each picked contact: the lenient one most of one team; one colleague's go to a strict one."""
    found, odd = parameters(), parameters()["decoys"]["D1"]
    draw = np.random.default_rng([plant.seed, 9, len(purpose), len(picked)])
    names = list(found["evaluators"])
    theirs = {name: odd["share"] if name == odd["evaluator"] else (1 - odd["share"]) / 2 for name in names}
    chances = np.tile([found["others_by"][name] for name in names], (len(picked), 1))
    chances[rows["team"].to_numpy()[picked] == plant.flattered] = [found["flattered_by"][name] for name in names]
    chances[rows["agent"].to_numpy()[picked] == odd["colleague"]] = [theirs[name] for name in names]
    at = (draw.random(len(picked))[:, None] > np.cumsum(chances, axis=1)).sum(axis=1)
    found_by: Array = np.array(names, object)[np.minimum(at, len(names) - 1)]
    return found_by
