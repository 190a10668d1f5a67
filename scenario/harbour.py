"""A whole quarter under one seed: contacts, surveys, complaints, goodwill, draws, observations and ratings as frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import judging
import numpy as np
import pandas as pd
import sampling
import traffic
import voices
from plan import Planted, parameters, person
from sampling import LINK, SPOT, Taken

from qacli.monitor.observing.observation import CLASSES

Array = np.ndarray[Any, Any]
STAMP = "example"


class Quarter(NamedTuple):
    """What happened and what was recorded. ``contacts`` are in order of time; ``taken`` are the draws.

    ``observations`` has a row for each observation, by ``item``; ``ratings`` a row for each criterion of each.
    """

    plant: Planted
    contacts: pd.DataFrame
    taken: Sequence[Taken]
    items: pd.DataFrame
    observations: pd.DataFrame
    ratings: pd.DataFrame

    def stream(self, number: int) -> np.random.Generator:
        """Return numbers of this quarter that nothing else is made of."""
        return np.random.default_rng([self.plant.seed, number])


def generate(plant: Planted) -> Quarter:
    """Return the quarter of a seed: the same seed gives the same quarter."""
    rows = traffic.contacts(plant)
    rows["txn_id"] = [f"hv{300000 + place}" for place in range(len(rows))]
    rows = voices.complained(voices.surveyed(rows, plant), plant)
    taken = sampling.taken(rows)
    items = _items(rows, plant, taken)
    draw = np.random.default_rng([plant.seed, 12])
    observations, ratings = observed(rows, plant, items, draw)
    return Quarter(plant, rows, taken, items, observations, ratings)


def _items(rows: pd.DataFrame, plant: Planted, taken: Sequence[Taken]) -> pd.DataFrame:
    """Return one row per picked contact: its place, draw, purpose, chance, scorecard and evaluator."""
    place = np.concatenate([np.asarray(each.rows, int) for each in taken])
    many = [len(each.rows) for each in taken]
    found = pd.DataFrame(
        {
            "row": place,
            "draw": np.repeat(np.arange(len(taken)), many),
            "purpose": np.repeat([each.purpose for each in taken], many),
            "probability": np.repeat([each.probability or np.nan for each in taken], many),
            "channel": rows["channel"].to_numpy()[place],
        }
    )
    found["evaluator"] = ""
    for purpose, mine in found.groupby("purpose"):
        found.loc[mine.index, "evaluator"] = sampling.evaluators(rows, plant, mine["row"].to_numpy(), str(purpose))
    return found


def observed(
    rows: pd.DataFrame, plant: Planted, items: pd.DataFrame, draw: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return observations and ratings of some items; both carry the index of the item as ``item``."""
    observations, ratings = [], []
    for channel in parameters()["channels"]:
        mine = items[items["channel"] == channel]
        if mine.empty:
            continue
        by = mine["evaluator"].to_numpy()
        given = judging.read(judging.seen(rows.iloc[mine["row"]], channel, plant, draw), by, plant, draw)
        observations.append(_observations(mine, given, rows))
        ratings.append(_ratings(mine, given))
    return (
        pd.concat(observations).sort_values("item", ignore_index=True),
        pd.concat(ratings).sort_values("item", kind="stable", ignore_index=True),
    )


def _observations(items: pd.DataFrame, given: judging.Read, rows: pd.DataFrame) -> pd.DataFrame:
    score, applied = judging.scores(given)
    days = rows["day"].to_numpy()[items["row"]]
    return pd.DataFrame(
        {
            "item": items.index,
            "by": items["evaluator"].to_numpy(),
            "week": (days - np.datetime64(parameters()["first_day"])) // np.timedelta64(7, "D"),
            "scorecard": given.card.reference,
            "score": np.round(score, 6),
            "applicable_weight": applied,
            **{name: judging.failed(given, name) for name in CLASSES},
        }
    )


def _ratings(items: pd.DataFrame, given: judging.Read) -> pd.DataFrame:
    criteria = list(given.card.criteria())
    n, k = given.answers.shape
    return pd.DataFrame(
        {
            "item": np.repeat(items.index, k),
            "place": np.tile(np.arange(1, k + 1), n),
            "criterion": np.tile([each.id for each in criteria], n),
            "answer": given.answers.ravel(),
            "met": given.met.ravel(),
            "value": given.values.ravel(),
            "weight": np.tile([float(each.weight) for each in criteria], n),
        }
    )


def fresh(
    quarter: Quarter, number: int, *, colleague: str = "", channel: str = "", since: Any = None, seed: int = 0
) -> pd.DataFrame:
    """Return the places of contacts that no sample holds, by chance: what a confirmation check looks at."""
    rows, draw = quarter.contacts, np.random.default_rng([quarter.plant.seed, 13, seed])
    free = (sampling.why_not(rows) == "") & ~np.isin(np.arange(len(rows)), quarter.items["row"])
    if colleague:
        free &= (rows["agent"].map(person) == colleague).to_numpy()
    if channel:
        free &= (rows["channel"] == channel).to_numpy()
    if since is not None:
        free &= (rows["day"] >= pd.Timestamp(since)).to_numpy()
    place = np.sort(draw.choice(np.flatnonzero(free), number, replace=False))
    found = pd.DataFrame({"row": place, "purpose": SPOT, "channel": rows["channel"].to_numpy()[place]})
    found["evaluator"] = sampling.evaluators(rows, quarter.plant, place, f"{SPOT} {seed}")
    return found


class Calibrated(NamedTuple):
    """One calibration: the items (index of ``Quarter.items``), and what each scorer gave them."""

    items: Sequence[int]
    given: Mapping[str, judging.Read]


def calibrated(quarter: Quarter) -> list[Calibrated]:
    """Return what every evaluator and, last, the expert gave the items of each calibration, one every two weeks."""
    plan, plant = parameters()["calibration"], quarter.plant
    items = quarter.items[(quarter.items["channel"] == "phone") & (quarter.items["purpose"] != LINK)]
    draw = np.random.default_rng([plant.seed, 14])
    found = []
    for session in range(plan["sessions"]):
        before = np.datetime64(parameters()["first_day"]) + np.timedelta64(14 * (session + 1), "D")
        known = items[quarter.contacts["day"].to_numpy()[items["row"]] < before]
        mine = known.iloc[np.sort(draw.choice(len(known), plan["items"], replace=False))]
        inside = judging.seen(quarter.contacts.iloc[mine["row"]], "phone", plant, draw)
        given = {
            scorer: judging.read(inside, np.full(len(mine), scorer, object), plant, draw)
            for scorer in (*plant.bias, plan["expert"])
        }
        found.append(Calibrated(list(mine.index), given))
    return found
