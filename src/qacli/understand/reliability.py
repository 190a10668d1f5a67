"""How far the means of colleagues can be told apart: shrunk means, their reliability, and a rank only where it means something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import variance
from typing import NamedTuple

from qacli.stats import Shrunk, shrink

TELLING = 0.7
"""Reliability that every colleague of a list needs before anybody is ranked."""


class Told(NamedTuple):
    """What can be told of one colleague beside the mean: None where nothing can."""

    shrunk: float | None
    reliability: float | None
    rank: int | None


NOTHING = Told(None, None, None)


class Reliability(NamedTuple):
    """What can be told of each colleague, and why nobody is ranked; ``reason`` is empty where they are."""

    told: Mapping[str, Told]
    reason: str


def reliability_of(scores: Mapping[str, Sequence[float]], minimum_n: int, unequal: str = "") -> Reliability:
    """Return the shrunk mean and the reliability of each colleague with ``minimum_n`` scores, and ranks where they hold.

    ``scores`` are those on one version of one card, apart from their evaluators; ``unequal`` says why they are not. Nobody
    is ranked unless they are, and every colleague has enough scores and a reliability of .7, also without the one who
    differs most: else a rank would tell chance, one outlier, or the evaluator.
    """
    enough = {name: list(values) for name, values in scores.items() if len(values) >= max(2, minimum_n)}
    nothing = dict.fromkeys(scores, NOTHING)
    found = _shrunk(enough)
    if not found.estimates:
        return Reliability(nothing, found.method or "fewer than two colleagues")
    told = {
        name: Told(estimate, b, None)
        for name, estimate, b in zip(enough, found.estimates, found.reliability, strict=True)
    }
    farthest = max(told, key=lambda name: abs((told[name].shrunk or 0) - (found.mean or 0)))
    others = _shrunk({name: values for name, values in enough.items() if name != farthest})
    least = min(*found.reliability, *others.reliability)
    reason = _unranked(scores, enough, least, unequal, minimum_n)
    if not reason:
        order = sorted(told, key=lambda name: -(told[name].shrunk or 0))
        told = {name: told[name]._replace(rank=order.index(name) + 1) for name in told}
    return Reliability(nothing | told, reason)


def _shrunk(scores: Mapping[str, Sequence[float]]) -> Shrunk:
    means = [sum(values) / len(values) for values in scores.values()]
    return shrink(means, [variance(values) for values in scores.values()], [len(values) for values in scores.values()])


def _unranked(
    scores: Mapping[str, Sequence[float]], enough: Mapping[str, object], least: float, unequal: str, minimum_n: int
) -> str:
    if len(enough) < len(scores):
        return f"{len(scores) - len(enough)} of {len(scores)} colleagues have fewer than {minimum_n} scores"
    if least < TELLING:
        return f"the least reliability is {least:.2f}, under {TELLING}: most of the differences may be chance"
    return f"not adjusted for evaluators, {unequal}" if unequal else ""
