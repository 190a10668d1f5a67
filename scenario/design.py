"""What the design of the samples allows: how often what is planted can be found at all, worked out without the detectors."""

from __future__ import annotations

from collections.abc import Iterator
from math import atanh
from statistics import NormalDist
from typing import Any, NamedTuple

import judging
import numpy as np
import pandas as pd
from harbour import Quarter, generate
from plan import Planted, days, parameters, planted
from sampling import LINK, ROUTINE, evaluators, why_not
from traffic import open_days

from qacli.prepare.settings import Thresholds
from qacli.stats import count_test, scan
from qacli.understand.comparing.link import MARGIN
from qacli.understand.patterns.claim import RISE
from qacli.understand.patterns.looking import LEVEL

Array = np.ndarray[Any, Any]
TESTED = 5
"""A criterion with fewer failures is not looked at: ``qacli.stats.scan``."""


class Allowed(NamedTuple):
    """How often a fault is found, 0 to 1: by a test that is told its days, and by one that has to seek them."""

    rounds: int
    told: float
    sought: float
    level: float


def fault(rounds: int, *, redraw: bool, first: int) -> Allowed:
    """Return how often the failing criterion is found among all criteria; ``level`` is the middle of its own levels.

    That depends on how much it can tell beside the other critical criteria, which share half of the error rate.
    """
    draw = np.random.default_rng(first)
    told = sought = 0
    levels = []
    for seed in range(first, first + rounds):
        plant = planted(seed, redraw=redraw)
        failed, rated = _by_week(plant, draw)
        levels.append(_level(plant, sum(failed), sum(rated), draw))
        told += _when_told(plant, failed, rated) <= levels[-1]
        found = scan(failed, rated)
        sought += found.p is not None and found.p <= levels[-1]
    return Allowed(rounds, told / rounds, sought / rounds, float(np.median(levels)))


def _by_week(plant: Planted, draw: np.random.Generator) -> tuple[list[int], list[int]]:
    """Return how often the failing criterion is failed in each week, and how often it is rated."""
    weeks = open_days().reshape(-1, 7)
    rates = (plant.failure_rate(days()).reshape(-1, 7) * weeks).sum(axis=1) / weeks.sum(axis=1)
    rated = draw.binomial(_sizes(plant.channel), _applies(plant.criterion))
    return draw.binomial(rated, rates).tolist(), rated.tolist()


def _sizes(channel: str) -> Array:
    """Return how many contacts of a channel are looked at in each week: none where there was no notice."""
    told = np.zeros(len(days()), bool)
    for notice in parameters()["notices"]:
        if notice["channel"] == channel:
            told |= (days() >= np.datetime64(notice["from"])) & (days() <= np.datetime64(notice["to"]))
    held: Array = told.reshape(-1, 7).any(axis=1) * parameters()["channels"][channel]["sampled"]
    return held


def _applies(topic: str) -> float:
    return 1 - float(parameters()["judging"]["not_applicable"].get(topic, 0))


def _level(plant: Planted, failed: int, rated: int, draw: np.random.Generator) -> float:
    """Return the level at which the failing criterion is tested: its share, by information, of the half for criticals."""
    mine = failed * (rated - failed) / rated
    whole = mine + sum(_information(plant, draw))
    return LEVEL[RISE] / 2 * mine / whole


def _information(plant: Planted, draw: np.random.Generator) -> Iterator[float]:
    """Yield the information of each other critical criterion that fails often enough to be looked at."""
    rates = parameters()["judging"]["fail"]
    for channel in parameters()["channels"]:
        for criterion in judging.card_of(channel).criteria():
            if criterion.critical == "none" or criterion.id == plant.failing:
                continue
            topic = criterion.id.partition("-")[2]
            shares = parameters()["judging"]["not_applicable"]
            never = criterion.not_applicable == "never"
            n = int(draw.binomial(_sizes(channel).sum(), 1.0 if never else 1 - shares.get(topic, shares["any"])))
            k = int(draw.binomial(n, rates.get(topic, rates["any"])))
            if min(k, n - k) >= TESTED:
                yield k * (n - k) / n


def _when_told(plant: Planted, failed: list[int], rated: list[int]) -> float:
    """Return the chance, by Fisher's exact test, of the failures in the weeks of the fault, were these known beforehand."""
    begun, ended = ((day - parameters()["first_day"]).days // 7 for day in (plant.release, plant.repair))
    inside = slice(begun, ended)
    return count_test([(sum(rated), sum(failed), sum(rated[inside]))], sum(failed[inside])).high


class Chance(NamedTuple):
    """What an estimate is expected to be, its standard error, and how often it then comes out as planted, 0 to 1.

    Each is the mean over some quarters.
    """

    quarters: int
    expected: float
    error: float
    chance: float


def gap(quarters: int, *, redraw: bool, first: int) -> Chance:
    """Return how often the gap of the flattered team, apart from evaluators, can lie within the tolerance of T3.

    The gap of all calls of a quarter, were every one scored, is what is estimated; its error is that of least squares
    with the sample that was drawn, s² c'(X'X)⁻¹c. It is not 0: other truths move the teams that it is compared with.
    """
    within = parameters()["truths"]["T3"]["adjusted_gap"]
    found = []
    for seed in range(first, first + quarters):
        quarter = generate(planted(seed, redraw=redraw))
        calls = _scored(quarter, "phone")
        drawn = quarter.items[(quarter.items["purpose"] == ROUTINE) & (quarter.items["channel"] == "phone")]
        names, marks = _model(calls)
        effects, *_ = np.linalg.lstsq(marks, calls["score"].to_numpy(), rcond=None)
        noise = float(((calls["score"].to_numpy() - marks @ effects) ** 2).mean())
        sample = calls.loc[drawn["row"]]
        _, taken = _model(sample, names)
        asked = _contrast(sample, taken, quarter.plant.flattered, len(names[0]))
        error = (noise * float(asked @ np.linalg.pinv(taken.T @ taken) @ asked)) ** 0.5
        found.append(_within(float(asked @ effects), error, within))
    return _mean(found)


def steady(quarters: int, *, redraw: bool, first: int) -> Chance:
    """Return how often the quality of the team whose calls get shorter can be shown to be steady (T5).

    Its change is shown to be within the tolerance where all of Welch's limits are. What it is, and how much scores vary, all
    contacts of a quarter tell, were every one scored; how many are, the plan.
    """
    margin = float(Thresholds().calibration_tolerance)
    found = []
    for seed in range(first, first + quarters):
        quarter = generate(planted(seed, redraw=redraw))
        drawn = quarter.items[quarter.items["purpose"] == ROUTINE]["row"]
        scores = pd.concat(_scored(quarter, channel) for channel in parameters()["channels"])
        ours = scores[scores["team"] == quarter.plant.team]
        taken = ours[ours.index.isin(drawn)]
        sides = []
        for side in (True, False):
            all_, some = (rows[(rows["day"] < pd.Timestamp(quarter.plant.cut)) == side] for rows in (ours, taken))
            shares = some.groupby("channel").size() / len(some)
            by_channel = all_.groupby("channel")["score"]
            mean = float((shares * by_channel.mean()).sum())
            inside = float((shares * by_channel.var()).sum())
            between = float((shares * (by_channel.mean() - mean) ** 2).sum())
            sides.append((mean, inside / len(some), (inside + between) / len(some)))
        (before, own, told), (after, own_after, told_after) = sides
        reach = 1.97 * (told + told_after) ** 0.5
        found.append(_within(after - before, (own + own_after) ** 0.5, max(0.0, margin - reach)))
    return _mean(found)


def unlinked(quarters: int, *, redraw: bool, first: int) -> Chance:
    """Return how often a criterion that has nothing to do with satisfaction can be shown not to be linked (T4).

    That takes both limits within the margin; its pairs are counted, and the limits are those of Bonett and Wright (2000,
    Psychometrika 65:23-28) at a correlation of 0, on the scale of Fisher's z.
    """
    found = []
    for seed in range(first, first + quarters):
        quarter = generate(planted(seed, redraw=redraw))
        asked = quarter.items.index[quarter.items["purpose"] == LINK]
        rated = quarter.ratings[quarter.ratings["criterion"] == quarter.plant.not_linked]
        pairs = int(rated[rated["item"].isin(asked)]["met"].notna().sum())
        error = (pairs - 3) ** -0.5
        found.append(_within(0.0, error, max(0.0, atanh(MARGIN) - NormalDist().inv_cdf(0.975) * error)))
    return _mean(found)


def _scored(quarter: Quarter, channel: str) -> pd.DataFrame:
    """Return every contact of a channel that may be looked at, with the score that its evaluator would give it."""
    rows = quarter.contacts
    place = np.flatnonzero((rows["channel"] == channel).to_numpy() & (why_not(rows) == ""))
    by = evaluators(rows, quarter.plant, place, ROUTINE)
    draw = quarter.stream(31)
    given = judging.read(judging.seen(rows.iloc[place], channel, quarter.plant, draw), by, quarter.plant, draw)
    score, _ = judging.scores(given)
    return rows.iloc[place][["day", "channel", "agent", "team"]].assign(evaluator=by, score=score)


def _model(rows: pd.DataFrame, names: tuple[list[str], list[str]] | None = None) -> tuple[Any, Array]:
    """Return the names of colleagues and evaluators, and which of them each score is of."""
    names = names or (sorted(rows["agent"].unique()), sorted(rows["evaluator"].unique()))
    marks = [
        rows[column].to_numpy()[:, None] == np.array(each)[None]
        for column, each in zip(("agent", "evaluator"), names, strict=True)
    ]
    return names, np.hstack(marks).astype(float)


def _contrast(sample: pd.DataFrame, marks: Array, team: str, people: int) -> Array:
    """Return the mean of a team less that of the two others, each apart from evaluators, as a sum of the effects."""
    teams = sorted(sample["team"].unique())
    found = np.zeros(marks.shape[1])
    for each in teams:
        part = marks[(sample["team"] == each).to_numpy()].mean(axis=0)
        found += part * (1.0 if each == team else -1 / (len(teams) - 1))
    found[people:] = 0.0
    return found


def _within(expected: float, error: float, limit: float) -> tuple[float, float, float]:
    normal = NormalDist(expected, error)
    return expected, error, normal.cdf(limit) - normal.cdf(-limit)


def _mean(found: list[tuple[float, float, float]]) -> Chance:
    expected, error, chance = np.mean(found, axis=0)
    return Chance(len(found), float(expected), float(error), float(chance))
