"""Agreement of people who rated the same things, corrected for what chance alone would give.

A percentage alone misleads where nearly everything passes: two raters who never look agree most of the time. Cohen's
kappa misleads the other way there (Feinstein and Cicchetti 1990); Gwet's coefficient does neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from math import comb, sqrt
from statistics import NormalDist
from typing import Literal, NamedTuple

from qacli.stats.intervals import FLAT, Interval, named, require_confidence, t_quantile, wilson

Weights = Literal["nominal", "linear", "ordinal", "quadratic"]
Table = Sequence[Sequence[int]]


class Agreement(NamedTuple):
    """A coefficient of agreement with its limits: 1 is full agreement, 0 what chance would give.

    ``n`` counts the units that two or more raters rated. ``observed`` is the weighted share of agreeing pairs before
    the correction for chance, 0 to 1. ``estimate`` is None where it is undefined, and ``method`` says why.
    """

    estimate: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    se: float | None = None
    observed: float | None = None


def gwet_ac(
    ratings: Sequence[Sequence[Hashable | None]],
    categories: Sequence[Hashable],
    weights: Weights = "nominal",
    confidence: float = 0.95,
    groups: Sequence[Hashable] | None = None,
) -> Agreement:
    """Return Gwet's AC1 (nominal weights) or AC2 for units in rows and raters in columns; None is no rating.

    ``categories`` are all that the scale has, in order, used or not. The interval is Gwet's, with Student's t: the
    units are the sample, the raters stay. With ``groups``, one per unit, units of a group count as one draw, as parts
    of one conversation are. Undefined with no unit rated twice, or where every rating is the same.
    Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition, chapters 4 and 5.
    Raises ValueError for a rating outside the categories.
    """
    require_confidence(confidence)
    counts = [_counts(unit, categories) for unit in ratings]
    rated = [unit for unit in counts if sum(unit)]
    twice = sum(sum(unit) > 1 for unit in rated)
    if not twice:
        return Agreement(None, None, None, 0, "undefined: nothing was rated by two people")
    used = [sum(column) > 0 for column in zip(*rated, strict=True)]
    if sum(used) == 1:
        return Agreement(None, None, None, twice, "undefined: every rating is the same", observed=1.0)
    matrix = _matrix(len(categories), weights)
    each = [_pairs(unit, matrix) for unit in rated]
    share = [sum(unit[k] / sum(unit) for unit in rated) / len(rated) for k in range(len(categories))]
    spread = sum(map(sum, matrix)) / (len(categories) * (len(categories) - 1))
    by_chance = spread * sum(p * (1 - p) for p in share)
    observed = sum(each) / twice
    estimate = (observed - by_chance) / (1 - by_chance)
    chances = [spread * sum(n * (1 - p) for n, p in zip(unit, share, strict=True)) / sum(unit) for unit in rated]
    parts = [
        len(rated) / twice * (pairs - by_chance * (sum(unit) > 1)) / (1 - by_chance)
        - 2 * (1 - estimate) * (chance - by_chance) / (1 - by_chance)
        for unit, pairs, chance in zip(rated, each, chances, strict=True)
    ]
    whose = [group for group, unit in zip(groups or range(len(counts)), counts, strict=True) if sum(unit)]
    name = "AC1" if weights == "nominal" else f"AC2 ({weights} weights)"
    return _around(estimate, _error(parts, estimate, whose), len(set(whose)), twice, observed, name, confidence)


def cohen_kappa(table: Table, weights: Weights | None = None, confidence: float = 0.95) -> Interval:
    """Return Cohen's kappa of two raters, weighted or not, from their square table of counts.

    The interval is the large-sample one of Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72:323-327.
    Undefined where both used one and the same category only. Raises ValueError unless the table is square.
    """
    require_confidence(confidence)
    n = _total(table)
    if n == 0:
        return Interval(None, None, None, 0, "undefined: nothing was rated by two people")
    size = range(len(table))
    matrix = _matrix(len(table), weights or "nominal")
    rows = [sum(row) / n for row in table]
    columns = [sum(column) / n for column in zip(*table, strict=True)]
    by_chance = sum(matrix[k][j] * rows[k] * columns[j] for k in size for j in size)
    if 1 - by_chance <= FLAT:
        return Interval(None, None, None, n, "undefined: every rating is the same")
    observed = sum(matrix[k][j] * table[k][j] / n for k in size for j in size)
    estimate = (observed - by_chance) / (1 - by_chance)
    of_row = [sum(matrix[k][j] * columns[j] for j in size) for k in size]
    of_column = [sum(matrix[k][j] * rows[k] for k in size) for j in size]
    squares = sum(
        table[k][j] / n * (matrix[k][j] - (1 - estimate) * (of_row[k] + of_column[j])) ** 2 for k in size for j in size
    )
    variance = (squares - (observed - 2 * (1 - estimate) * by_chance) ** 2) / (n * (1 - by_chance) ** 2)
    name = f"kappa ({weights} weights)" if weights and weights != "nominal" else "kappa"
    if variance <= FLAT:
        return Interval(estimate, None, None, n, f"{name}; no interval: no variation", 0.0)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(variance)
    return Interval(
        estimate, max(-1.0, estimate - reach), min(1.0, estimate + reach), n, named(name, confidence), sqrt(variance)
    )


def percent_agreement(table: Table, confidence: float = 0.95) -> Interval:
    """Return the share, 0 to 1, of units that two raters put into the same category, with Wilson's interval.

    Raises ValueError unless the table is square.
    """
    n = _total(table)
    return wilson(sum(table[k][k] for k in range(len(table))), n, confidence)


def _total(table: Table) -> int:
    if any(len(row) != len(table) for row in table):
        raise ValueError("A table of two raters is square: one row and one column for each category.")
    return sum(map(sum, table))


def _counts(unit: Sequence[Hashable | None], categories: Sequence[Hashable]) -> list[int]:
    given = [rating for rating in unit if rating is not None]
    unknown = [rating for rating in given if rating not in categories]
    if unknown:
        raise ValueError(f"{unknown[0]} is not among the categories.")
    return [given.count(category) for category in categories]


def _matrix(size: int, weights: Weights) -> list[list[float]]:
    """Return how far two categories agree: 1 on the diagonal, less the further apart they stand.

    Ordinal weights count the pairs of categories from one to the other, and not how far apart they stand (Gwet 2014,
    section 3.5).
    """
    if size < 2:
        raise ValueError("Agreement takes at least two categories.")
    if weights == "ordinal":
        most = comb(size, 2)
        return [[1 - comb(abs(k - j) + 1, 2) / most if k != j else 1.0 for j in range(size)] for k in range(size)]
    power = {"nominal": 0, "linear": 1, "quadratic": 2}[weights]
    return [[1.0 if k == j else 1 - (abs(k - j) / (size - 1)) ** power for j in range(size)] for k in range(size)]


def _pairs(unit: Sequence[int], matrix: Sequence[Sequence[float]]) -> float:
    """Return the weighted share of the pairs of raters of one unit that agree; 0 for a unit rated once."""
    raters = sum(unit)
    if raters < 2:
        return 0.0
    agreeing = sum(
        n * (sum(weight * m for weight, m in zip(row, unit, strict=True)) - 1)
        for n, row in zip(unit, matrix, strict=True)
    )
    return agreeing / (raters * (raters - 1))


def _error(parts: Sequence[float], estimate: float, groups: Sequence[Hashable]) -> float:
    """Return the standard error of the mean of ``parts`` where groups, not units, were drawn."""
    sums: dict[Hashable, float] = defaultdict(float)
    for part, group in zip(parts, groups, strict=True):
        sums[group] += part - estimate
    if len(sums) < 2:
        return 0.0
    return sqrt(len(sums) / (len(sums) - 1) * sum(total**2 for total in sums.values())) / len(parts)


def _around(estimate: float, se: float, draws: int, n: int, observed: float, name: str, confidence: float) -> Agreement:
    if se <= FLAT:
        return Agreement(estimate, None, None, n, f"{name}; no interval: no variation", 0.0, observed)
    reach = t_quantile((1 + confidence) / 2, draws - 1) * se
    low, high = max(-1.0, estimate - reach), min(1.0, estimate + reach)
    return Agreement(estimate, low, high, n, named(name, confidence), se, observed)
