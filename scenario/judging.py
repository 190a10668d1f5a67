"""What evaluators see in a contact: an answer for each criterion of its card, by what is planted in it.

A criterion on a scale of points has a value of its own for each contact, from the colleague's ability that day, what all
criteria of the contact share, and chance. An evaluator reads it with a leaning and an error of their own, and the reading
is rounded up or down to a point by chance, the same for all evaluators: so a leaning of 7 points stays 7 on average.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from plan import Planted, agents, parameters, team_of

from qacli.files import yaml
from qacli.files.validate import validate
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard
from qacli.workspace.shipped import shipped

Array = np.ndarray[Any, Any]
NA = "na"


class Seen(NamedTuple):
    """What is in some contacts of one channel, before anybody reads it: values, what applies, and the common rounding.

    Each is an array with a row for each contact and a column for each criterion; ``values`` are 0 to 100.
    """

    card: Scorecard
    values: Array
    applies: Array
    rounding: Array


class Read(NamedTuple):
    """What one evaluator, or several, gave: points as the card's scales spell them, NA where one does not apply."""

    card: Scorecard
    answers: Array
    values: Array
    met: Array


@cache
def card_of(channel: str) -> Scorecard:
    """Return the shipped scorecard of a channel."""
    path = shipped("scorecards") / "scorecards" / f"{parameters()['channels'][channel]['card']}.yaml"
    return validate(yaml.read(path, path.name), Scorecard)


@cache
def scale_of(reference: str) -> Scale:
    """Return a shipped scale."""
    path = shipped("scorecards") / "scales" / f"{reference.partition('@')[0]}.yaml"
    return validate(yaml.read(path, path.name), Scale)


def abilities(plant: Planted) -> Mapping[str, float]:
    """Return how far each colleague lies from the level of all, in points; in each team that adds up to nothing.

    Without truths all are alike.
    """
    draw, judging = np.random.default_rng([plant.seed, 10]), parameters()["judging"]
    if not plant.truths:
        return dict.fromkeys(agents(), 0.0)
    found = dict(zip(agents(), judging["between"] * draw.standard_normal(len(agents())), strict=True))
    odd, rare = parameters()["decoys"]["D1"]["colleague"], parameters()["decoys"]["D2"]["colleague"]
    for team in parameters()["teams"]:
        steady = [name for name in agents() if team_of(name) == team and name not in (odd, rare)]
        mean = sum(found[name] for name in steady) / len(steady)
        found |= {name: found[name] - mean for name in steady}
    return found | {odd: 0.0, rare: 0.0}


def seen(rows: pd.DataFrame, channel: str, plant: Planted, draw: np.random.Generator) -> Seen:
    """Return what is in contacts of one channel. ``rows`` are contacts with ``settled`` and ``first_response_s``."""
    card = card_of(channel)
    criteria = list(card.criteria())
    shared = _level(rows, plant) + parameters()["judging"]["contact"] * draw.standard_normal(len(rows))
    values = np.column_stack([_values(each, rows, shared, channel, plant, draw) for each in criteria])
    applies = np.column_stack([_applies(each, rows, draw) for each in criteria])
    return Seen(card, values, applies, draw.random(values.shape))


def read(found: Seen, by: Array, plant: Planted, draw: np.random.Generator) -> Read:
    """Return what the evaluators ``by``, one for each contact, answer. Who is not named in the plan has no leaning."""
    lean = np.array([plant.bias.get(name, 0.0) for name in by])
    columns = [
        _point(criterion, found.values[:, at], found.applies[:, at], found.rounding[:, at], lean, draw)
        for at, criterion in enumerate(found.card.criteria())
    ]
    answers, values, met = (np.column_stack(list(each)) for each in zip(*columns, strict=True))
    return Read(found.card, answers, values, met)


def _level(rows: pd.DataFrame, plant: Planted) -> Array:
    """Return the ability behind each contact: the colleague's own, what they lose by the week, and the harder reasons."""
    ability, odd = abilities(plant), parameters()["decoys"]["D1"]
    weeks = ((rows["day"] - pd.Timestamp(parameters()["first_day"])).dt.days / 7).to_numpy()
    level = parameters()["judging"]["level"] + rows["agent"].map(ability).to_numpy(float)
    level += np.where(rows["agent"] == plant.colleague, plant.slope * weeks, 0.0)
    level += np.where(
        (rows["agent"] == odd["colleague"]) & (rows["reason"] == odd["reason"]), odd["reason_effect"], 0.0
    )
    rare = parameters()["decoys"]["D2"]
    found: Array = np.where(rows["agent"] == rare["colleague"], rare["level"] + 20, level)
    return found


def _values(
    criterion: Criterion, rows: pd.DataFrame, shared: Array, channel: str, plant: Planted, draw: np.random.Generator
) -> Array:
    topic = _topic(criterion)
    if criterion.scale.startswith("binary@"):
        rate = np.full(len(rows), parameters()["judging"]["fail"].get(topic, parameters()["judging"]["fail"]["any"]))
        if criterion.id == plant.failing:
            rate = plant.failure_rate(rows["day"].to_numpy().astype("datetime64[D]"))
        return np.where(draw.random(len(rows)) < rate, 0.0, 100.0)
    if criterion.scale.startswith("number100@"):
        promise = parameters()["chat_reply"]["promise"]
        late = rows["first_response_s"].to_numpy() / promise - 1
        return (
            np.clip(100 * (1 - late), 0, 100)
            if channel == "chat"
            else np.clip(93 + 12 * draw.standard_normal(len(rows)), 0, 100)
        )
    own = rows["settled"].to_numpy() if criterion.id == plant.linked else draw.standard_normal(len(rows))
    lean = rows["agent"].map(_leanings(plant, criterion.id)).to_numpy(float)
    found: Array = shared + lean + parameters()["judging"]["criterion"] * own
    return found


def _leanings(plant: Planted, criterion: str) -> Mapping[str, float]:
    if not plant.truths:
        return dict.fromkeys(agents(), 0.0)
    draw = np.random.default_rng([plant.seed, 11, *criterion.encode()])
    return dict(zip(agents(), parameters()["judging"]["lean"] * draw.standard_normal(len(agents())), strict=True))


def _applies(criterion: Criterion, rows: pd.DataFrame, draw: np.random.Generator) -> Array:
    if criterion.not_applicable == "never":
        return np.ones(len(rows), bool)
    shares = parameters()["judging"]["not_applicable"]
    found: Array = draw.random(len(rows)) >= shares.get(_topic(criterion), shares["any"])
    return found


def _point(
    criterion: Criterion, value: Array, applies: Array, rounding: Array, lean: Array, draw: np.random.Generator
) -> tuple[Array, Array, Array]:
    """Return answers, their values (NaN where not applicable) and whether they meet the standard (0, 1 or NaN)."""
    scale = scale_of(criterion.scale)
    if scale.kind == "ordinal":
        grid = np.array([float(point.value) for point in scale.points])
        judged = value + lean + parameters()["judging"]["reading"] * draw.standard_normal(len(value))
        at = np.clip(np.searchsorted(grid, judged, "right") - 1, 0, len(grid) - 2)
        step = np.clip((judged - grid[at]) / (grid[at + 1] - grid[at]), 0, 1)
        at = at + (rounding < step)
        names = np.array([point.point for point in scale.points], object)
        answer, value, met = names[at], grid[at], grid[at] >= float(scale.value(scale.met_at))
    elif scale.kind == "binary":
        met = value > 0
        answer = np.where(met, "met", "not_met").astype(object)
    else:
        value = np.round(value)
        answer, met = value.astype(int).astype(str).astype(object), value >= float(scale.met_at)
    return (
        np.where(applies, answer, NA),
        np.where(applies, value, np.nan),
        np.where(applies, met.astype(float), np.nan),
    )


def scores(found: Read) -> tuple[Array, Array]:
    """Return for each contact its score, 0 to 100, and the weight that applied, as the card computes them.

    The shipped cards take what does not apply out, tell criticals apart and give no bonus.
    """
    weight = np.array([float(each.weight) for each in found.card.criteria()])
    counting = np.where(np.isnan(found.values), 0.0, weight)
    applied = counting.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (np.nan_to_num(found.values) * counting).sum(axis=1) / applied, applied


def failed(found: Read, critical: str) -> Array:
    """Return how many criticals of a class each contact failed."""
    mine = np.array([each.critical == critical for each in found.card.criteria()])
    count: Array = (found.met[:, mine] == 0).sum(axis=1)
    return count


def _topic(criterion: Criterion) -> str:
    return criterion.id.partition("-")[2]
