"""Two crossed factors by least squares: what a rater adds to a score beside whom the score is about.

Raters who rated different people cannot be compared by their means. Where people were rated by several raters, directly or
along a chain of others, the model value = person + rater tells the two apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats.intervals import FLAT, named, require_confidence, require_finite, t_quantile

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


class RaterEffect(NamedTuple):
    """What one rater adds, in the unit of the values, beside the mean of all raters; ``p`` is of a difference from 0."""

    estimate: float
    low: float
    high: float
    n: int
    p: float


class Crossed(NamedTuple):
    """Effects by rater; empty where the model cannot be fitted, and ``method`` says why.

    ``groups`` are the raters that people in common hold together: one group where the model holds. ``free`` are the
    degrees of freedom that are left. ``covariance`` has that of the effects of each two raters, of one with itself too.
    """

    effects: Mapping[Hashable, RaterEffect]
    groups: Sequence[Sequence[Hashable]]
    n: int
    free: int
    method: str
    covariance: Mapping[tuple[Hashable, Hashable], float] = MappingProxyType({})


def crossed_effects(
    values: Sequence[float], people: Sequence[Hashable], raters: Sequence[Hashable], confidence: float = 0.95
) -> Crossed:
    """Return what each rater adds to a value, by ordinary least squares of value on person and rater.

    Effects add up to 0 over the raters. Limits are Student's t, one rater at a time. Undefined with one rater, where no
    chain of people connects all raters, and where nothing is left to estimate the error from. Source: Searle (1971),
    Linear Models, chapter 7 (two-way crossed, unbalanced, no interaction). Raises ValueError for lists of unequal length.
    """
    require_confidence(confidence)
    require_finite(values)
    rows = list(zip(values, people, raters, strict=True))
    names = sorted(set(raters), key=str)
    groups = connected(people, raters)
    free = len(rows) - len(set(people)) - len(names) + 1
    if len(names) < 2:
        return Crossed({}, groups, len(rows), free, "undefined: it takes two raters")
    if len(groups) > 1:
        return Crossed({}, groups, len(rows), free, "undefined: not all raters are connected by people in common")
    if free < 1:
        return Crossed({}, groups, len(rows), free, "undefined: nobody was rated often enough to tell the error")
    effects, matrix = _fitted(rows, names, free)
    if matrix is None:
        return Crossed({}, groups, len(rows), free, "no interval: the model fits every value, there is no variation")
    from scipy.stats import t as student

    reach = t_quantile((1 + confidence) / 2, free)
    counts = {name: list(raters).count(name) for name in names}
    spread = [sqrt(matrix[at][at]) for at in range(len(names))]
    covariance = {(one, other): matrix[at][to] for at, one in enumerate(names) for to, other in enumerate(names)}
    found = {
        name: RaterEffect(
            effect,
            effect - reach * se,
            effect + reach * se,
            counts[name],
            float(2 * student.sf(abs(effect) / se, free)),
        )
        for name, effect, se in zip(names, effects, spread, strict=True)
    }
    method = named("least squares, value = person + rater", confidence)
    return Crossed(MappingProxyType(found), groups, len(rows), free, method, MappingProxyType(covariance))


def _fitted(
    rows: Sequence[tuple[float, Hashable, Hashable]], names: Sequence[Hashable], free: int
) -> tuple[list[float], list[list[float]] | None]:
    """Return the effects of the raters and their covariances; None where nothing varies about the model.

    People are taken out first, by their means: what is left of the raters gives the same effects (Frisch and Waugh 1933).
    """
    import numpy as np

    place = {name: number for number, name in enumerate(names)}
    people = {person: number for number, person in enumerate(dict.fromkeys(person for _, person, _ in rows))}
    of = np.array([people[person] for _, person, _ in rows])
    size = np.bincount(of).astype(float)
    y = np.array([value for value, _, _ in rows], dtype=float)
    x = np.zeros((len(rows), len(names)))
    x[np.arange(len(rows)), [place[rater] for _, _, rater in rows]] = 1.0
    means = np.zeros((len(people), len(names)))
    np.add.at(means, of, x)
    x -= (means / size[:, None])[of]
    y -= (np.bincount(of, weights=y) / size)[of]
    # where all are connected only what is the same for all raters is lost: with that put back it can be inverted
    same = np.full((len(names), len(names)), 1 / len(names))
    inverse = np.linalg.inv(x.T @ x + same) - same
    effects = inverse @ x.T @ y
    error = float(((y - x @ effects) ** 2).sum()) / free
    if error <= FLAT:
        return [float(each) for each in effects], None
    return [float(each) for each in effects], [[float(each) for each in row] for row in error * inverse]


def connected(people: Sequence[Hashable], raters: Sequence[Hashable]) -> list[list[Hashable]]:
    """Return the raters in groups that people in common hold together, each in order of name, the largest first."""
    leader: dict[tuple[str, Hashable], tuple[str, Hashable]] = {}

    def root(node: tuple[str, Hashable]) -> tuple[str, Hashable]:
        while leader.setdefault(node, node) != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for person, rater in zip(people, raters, strict=True):
        leader[root(("person", person))] = root(("rater", rater))
    groups: dict[tuple[str, Hashable], list[Hashable]] = {}
    for rater in sorted(set(raters), key=str):
        groups.setdefault(root(("rater", rater)), []).append(rater)
    return sorted(groups.values(), key=lambda group: (-len(group), str(group[0])))
