"""Figures of a group of observations: weighted by the design for a part of the desk, plain for one colleague."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.monitor.observing.observation import CLASSES
from qacli.stats import Interval, t_interval, wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Sequence

    import pandas as pd


class Policy(NamedTuple):
    """How few evaluations are too few, the confidence as a proportion, and what the scorecards say.

    ``zeroing`` has per scorecard the classes of failed criticals that set a score to 0, ``lowering`` those that lower
    it otherwise; ``uncapped`` the scorecards whose scores may pass 100; ``bonus`` the criteria, with their scorecard,
    that only add; ``averaged`` the scorecards of the system that takes the mean of all scores, those of 0 among them.
    """

    minimum_n: int
    confidence: float
    zeroing: Mapping[str, Sequence[str]]
    lowering: Mapping[str, Sequence[str]]
    uncapped: Collection[str] = ()
    bonus: Collection[tuple[str, str]] = ()
    averaged: Collection[str] = ()


def plain_mean(values: Mapping[str, float], confidence: float) -> Interval:
    """Return the mean with a t interval, each evaluation counting the same."""
    return t_interval(list(values.values()), confidence)


def plain_share(values: Mapping[str, bool], confidence: float) -> Interval:
    """Return the share that is true with the interval of Wilson, each evaluation counting the same."""
    return wilson(sum(values.values()), len(values), confidence)


def scored(observed: pd.DataFrame, policy: Policy) -> dict[str, float]:
    """Return the score of each item that has one.

    A score that its card set to 0 for a failed critical is left out: such zeros are told as shares, and in a mean they
    would leave the t interval covering far less than it says.
    """
    return {
        row["item"]: float(row["score"])
        for row in observed[["item", "score", "scorecard", *CLASSES]].to_dict("records")
        if not isnan(row["score"]) and not zeroed(row, policy)
    }


def zeroed(row: Mapping[Hashable, Any], policy: Policy) -> bool:
    """Return whether the card set the score of an observation to 0 for a failed critical."""
    return any(row[name] > 0 for name in policy.zeroing.get(row["scorecard"], ()))


def lowered(row: Mapping[Hashable, Any], policy: Policy) -> bool:
    """Return whether a failed critical took something off the score of an observation, and left a score."""
    return not zeroed(row, policy) and any(row[name] > 0 for name in policy.lowering.get(row["scorecard"], ()))


def score_cells(
    values: Mapping[str, float],
    mean: Callable[[Mapping[str, float], float], Interval],
    policy: Policy,
    ceiling: float = 100.0,
) -> dict[str, object]:
    """Return n, mean, low, high (0 to 100), minimum, maximum, verdict, method and note of a group's scores.

    Under ``minimum_n`` there is no mean, only the least and the greatest, and the verdict is ``too few``. Limits stop
    at 0 and at ``ceiling``, beyond which no score of the card lies.
    """
    cells: dict[str, object] = {
        "n": len(values),
        "mean": None,
        "low": None,
        "high": None,
        "minimum": min(values.values(), default=None),
        "maximum": max(values.values(), default=None),
        "method": "",
        "note": "",
    }
    if len(values) < policy.minimum_n:
        note = f"fewer than {policy.minimum_n} evaluations" if values else ""
        return cells | {"verdict": "too few" if values else "no evaluations", "note": note}
    found = mean(values, policy.confidence)
    if found.low is None or found.high is None:
        return cells | {"mean": found.estimate, "verdict": "no interval", "note": found.method}
    return cells | {
        "mean": found.estimate,
        "low": max(found.low, 0.0),
        "high": min(found.high, ceiling),
        "verdict": "interval",
        "method": found.method,
    }


def critical_cells(
    observed: pd.DataFrame, share: Callable[[Mapping[str, bool], float], Interval], confidence: float
) -> dict[str, object]:
    """Return, per class, how many observations failed a critical of it, and their share with its limits (0 to 1)."""
    cells: dict[str, object] = {}
    for name in CLASSES:
        failed = dict(zip(observed["item"], (observed[name] > 0).tolist(), strict=True))
        found = share(failed, confidence)
        cells |= {
            name: sum(failed.values()),
            f"{name}_share": found.estimate,
            f"{name}_low": found.low,
            f"{name}_high": found.high,
        }
    return cells
