"""The parameters of the quarter, and what is planted in it under one seed: as written, drawn anew, or left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

FILE = Path(__file__).parent / "harbour-vale.yaml"
WEEK = timedelta(days=7)


@cache
def parameters() -> Mapping[str, Any]:
    """Return what harbour-vale.yaml says."""
    found: Mapping[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


class Planted(NamedTuple):
    """What one quarter holds. Where truths are left out every rate is as before, and every slope, bias and link is 0.

    ``rates`` are those of the failing criterion before, during and after the fault, the last two as before where there
    is none; ``bias`` is in points of 100 by evaluator, ``latent`` the correlation behind the linked criterion.
    """

    seed: int
    truths: bool
    channel: str
    criterion: str
    release: date
    repair: date
    rates: tuple[float, float, float]
    colleague: str
    slope: float
    evaluator: str
    flattered: str
    bias: Mapping[str, float]
    linked: str
    not_linked: str
    latent: float
    team: str
    cut: date
    shorter: float
    first_contact: float
    top2: Mapping[str, float]
    complaints: Mapping[str, float]
    best: float
    target: int

    @property
    def failing(self) -> str:
        """The failing criterion as its card names it."""
        return f"{parameters()['channels'][self.channel]['prefix']}-{self.criterion}"

    def failure_rate(self, days: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return the rate of the failing criterion on each of some days (datetime64)."""
        before, during, after = self.rates
        since = np.where(days < np.datetime64(self.repair), during, after)
        return np.where(days < np.datetime64(self.release), before, since)


def planted(seed: int, *, redraw: bool = False, truths: bool = True) -> Planted:
    """Return what is planted under a seed. With ``redraw`` week, channel, criterion and colleague are drawn anew."""
    found = parameters()["truths"]
    draw = np.random.default_rng([seed, 1]) if redraw else None
    t1, t2, t3, t4, t5, t6, t11 = (_drawn(found[f"T{number}"], draw) for number in (*range(1, 7), 11))
    first: date = parameters()["first_day"]
    # a release on the Tuesday of its week, a repair on a Monday
    release = first + (t1["release_week"] - 1) * WEEK + timedelta(days=1) if "release_week" in t1 else t1["release"]
    rates = t1["rates"]
    base = rates["before"]
    quiet = {"Y": t6["top2"]["others"], "others": t6["top2"]["others"]}
    even = {"Y": t6["complaints"]["others"], "others": t6["complaints"]["others"]}
    return Planted(
        seed,
        truths,
        t1["channel"],
        t1["criterion"],
        release,
        release - timedelta(days=release.weekday()) + t1["weeks"] * WEEK,
        (base, rates["during"], rates["after"]) if truths else (base, base, base),
        t2["colleague"],
        t2["slope"] if truths else 0.0,
        t3["evaluator"],
        t3["team"],
        parameters()["evaluators"] if truths else dict.fromkeys(parameters()["evaluators"], 0.0),
        t4["linked"],
        t4["not_linked"],
        t4["latent"] if truths else 0.0,
        t5["team"],
        first + (t5["from_week"] - 1) * WEEK if "from_week" in t5 else t5["from"],
        t5["shorter"] if truths else 0.0,
        t5["first_contact"] if truths else parameters()["first_contact"],
        t6["top2"] if truths else quiet,
        t6["complaints"] if truths else even,
        t11["best"],
        t11["target"],
    )


def _drawn(truth: Mapping[str, Any], draw: np.random.Generator | None) -> dict[str, Any]:
    """Return a truth with one of any_of for each of its names; as it is written without a draw."""
    if draw is None:
        return dict(truth)
    return {**truth, **{name: values[draw.integers(len(values))] for name, values in truth.get("any_of", {}).items()}}


def agents() -> list[str]:
    """Return the agent ids in order."""
    return [f"A{number:02}" for number in range(1, 25)]


def team_of(agent: str) -> str:
    """Return the team of an agent."""
    teams: Mapping[str, Sequence[str]] = parameters()["teams"]
    return next(team for team, (first, last) in teams.items() if first <= agent <= last)


def person(agent: str) -> str:
    """Return the person id behind an agent id."""
    return f"p_{agent.lower()}"


def days() -> np.ndarray[Any, Any]:
    """Return every day of the quarter (datetime64)."""
    first = np.datetime64(parameters()["first_day"])
    return first + np.arange(7 * parameters()["weeks"])
