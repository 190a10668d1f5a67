"""Slopes of several people at once, apart from who judged what: least squares with a line for each person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from qacli.stats.intervals import require_finite, t_quantile
from qacli.stats.shrinkage import squeeze


class Slope(NamedTuple):
    """The change of one group for each unit of time, and how it lies apart from the others.

    ``estimate`` with ``low`` and ``high`` is its own slope; ``p`` the chance of one so far below that of the others,
    one-sided. ``level`` is its value at its mean time less that of all. None where its values give no slope.
    """

    group: str
    estimate: float | None
    low: float | None
    high: float | None
    n: int
    p: float | None
    method: str


FEWEST = 8


def slopes(
    values: Sequence[float],
    times: Sequence[float],
    groups: Sequence[str],
    nuisances: Sequence[Sequence[str]] = (),
    confidence: float = 0.95,
) -> list[Slope]:
    """Return the slope of each group, in order of name.

    ``nuisances`` are further factors, such as the evaluator, whose constant part is taken out. The residual variance of
    each group is drawn towards that of all (Smyth 2004, see ``squeeze``). A group of fewer than 8 values, or of one
    time, has none. Raises ValueError.
    """
    import numpy as np

    require_finite([*values, *times])
    y, t = np.asarray(values, dtype=float), np.asarray(times, dtype=float)
    names = sorted(set(groups))
    if not names:
        return []
    member = np.asarray([[group == name for name in names] for group in groups], dtype=float)
    ns = member.sum(axis=0)
    centred = member * (t[:, None] - (member * t[:, None]).sum(axis=0) / np.maximum(ns, 1))
    able = [at for at in range(len(names)) if ns[at] >= FEWEST and (centred[:, at] ** 2).sum() > 0]
    if not able:
        return [_none(name, int(n)) for name, n in zip(names, ns, strict=True)]
    design = np.hstack([centred[:, able], member, *(_dummies(factor) for factor in nuisances)])
    inverse = np.linalg.pinv(design.T @ design, hermitian=True)
    fitted = inverse @ design.T @ y
    free = member.T @ (1 - ((design @ inverse) * design).sum(axis=1))
    squares = member.T @ (y - design @ fitted) ** 2
    usable = [(at, place) for place, at in enumerate(able) if free[at] > 1 and squares[at] > 0]
    variances, dfs = squeeze([float(squares[at] / free[at]) for at, _ in usable], [float(free[at]) for at, _ in usable])
    errors = [variance * float(inverse[place, place]) for (_, place), variance in zip(usable, variances, strict=True)]
    found = {
        at: _Line(float(fitted[place]), error, df) for (at, place), error, df in zip(usable, errors, dfs, strict=True)
    }
    return [
        _slope(name, int(ns[at]), found[at], [line for other, line in found.items() if other != at], confidence)
        if at in found
        else _none(name, int(ns[at]))
        for at, name in enumerate(names)
    ]


class _Line(NamedTuple):
    slope: float
    variance: float
    df: float


def _slope(name: str, n: int, line: _Line, others: Sequence[_Line], confidence: float) -> Slope:
    """Return one slope with its interval, tested against the slope that the others share."""
    from scipy.special import stdtr

    weights = [1 / each.variance for each in others]
    shared = sum(w * each.slope for w, each in zip(weights, others, strict=True)) / sum(weights) if weights else 0.0
    apart = (line.slope - shared) / (line.variance + (1 / sum(weights) if weights else 0.0)) ** 0.5
    reach = t_quantile((1 + confidence) / 2, line.df) * line.variance**0.5
    method = "least squares, a line for each"
    return Slope(name, line.slope, line.slope - reach, line.slope + reach, n, float(stdtr(line.df, apart)), method)


def _none(name: str, n: int) -> Slope:
    reason = f"no slope under {FEWEST} values" if n < FEWEST else "no slope: no variation"
    return Slope(name, None, None, None, n, None, reason)


def _dummies(factor: Sequence[str]) -> Any:
    import numpy as np

    names = sorted(set(factor))
    return np.asarray([[each == name for name in names[1:]] for each in factor], dtype=float).reshape(len(factor), -1)


class LevelTest(NamedTuple):
    """How far one group's level lies from another's, with the one-sided ``p`` of being so far below; None: not known."""

    estimate: float | None
    low: float | None
    high: float | None
    n: int
    p: float | None
    method: str


def level_difference(
    values: Sequence[float],
    groups: Sequence[str],
    one: str,
    other: str,
    nuisances: Sequence[Sequence[str]] = (),
    confidence: float = 0.95,
) -> LevelTest:
    """Return the level of ``one`` group less that of ``other``, apart from constant parts of further factors.

    Least squares over all groups, whose residuals say how much values vary. Undefined where nothing joins the two, such
    as an evaluator who judged both, or where a group is empty. ``n`` counts the values of the two. Raises ValueError.
    """
    import numpy as np
    from scipy.special import stdtr

    require_finite(values)
    n = sum(group in {one, other} for group in groups)
    if one not in groups or other not in groups:
        return LevelTest(None, None, None, n, None, "undefined: no values in one of the groups")
    y = np.asarray(values, dtype=float)
    names = sorted(set(groups))
    member = np.asarray([[group == name for name in names] for group in groups], dtype=float)
    design = np.hstack([member, *(_dummies(factor) for factor in nuisances)])
    asked = np.zeros(design.shape[1])
    asked[names.index(one)], asked[names.index(other)] = 1.0, -1.0
    square = design.T @ design
    inverse = np.linalg.pinv(square, hermitian=True)
    free = len(y) - int(np.linalg.matrix_rank(design))
    if not np.allclose(square @ inverse @ asked, asked, atol=1e-8):
        return LevelTest(None, None, None, n, None, "undefined: nobody who judged the one judged the other")
    fitted = inverse @ design.T @ y
    squares = float(((y - design @ fitted) ** 2).sum())
    if free < 1 or not squares:
        return LevelTest(None, None, None, n, None, "undefined: no variation is left")
    error = (squares / free * float(asked @ inverse @ asked)) ** 0.5
    estimate = float(asked @ fitted)
    reach = t_quantile((1 + confidence) / 2, free) * error
    method = "least squares, apart from evaluator and card" if nuisances else "least squares"
    return LevelTest(estimate, estimate - reach, estimate + reach, n, float(stdtr(free, estimate / error)), method)
