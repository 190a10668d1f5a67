"""Sums over transactions become a figure with its interval, by the method that fits its kind."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from qacli.stats import Interval, nps, wilson
from qacli.understand.kpis.control import Kind


class Sums(NamedTuple):
    """What a formula adds up: n contacts; x and its squares; for a ratio y, its squares and the products.

    ``up`` and ``down`` count those that add 1 and take 1 away. ``quantiles`` are the quantile and the two values that
    bound it, None where so few bound nothing. ``held`` could not be known yet.
    """

    n: int
    held: int = 0
    x: float = 0.0
    xx: float = 0.0
    y: float = 0.0
    yy: float = 0.0
    xy: float = 0.0
    up: int = 0
    down: int = 0
    quantiles: tuple[float, float | None, float | None] | None = None


class Figure(NamedTuple):
    """A figure in the unit of its KPI. ``num`` over ``den`` (times the scale) is its value, where it is such a one.

    None is what is not defined; ``method`` names the interval, or says why there is none.
    """

    num: float | None
    den: float
    n: int
    value: float | None
    low: float | None
    high: float | None
    se: float | None
    held: int
    method: str


def figure(kind: Kind, sums: Sums, scale: float = 100.0, confidence: float = 0.95) -> Figure:
    """Return the figure of some sums. ``scale`` is what a share is multiplied by: 100 for per cent, 1000 for per mille.

    Shares: Wilson. Means: t. Indices such as NPS: adjusted Wald. Ratios of sums: Taylor's linear form. Quantiles: order
    statistics. The contacts count as a sample of what the process does, so that even all of them have an interval.
    """
    if not sums.n:
        return Figure(None, 0.0, 0, None, None, None, None, sums.held, "no contacts" if not sums.held else NOT_YET)
    if kind == "mean":
        return _mean(sums, confidence)
    if kind == "quantile":
        return _quantile(sums, confidence)
    return {"share": _share, "index": _index, "ratio": _ratio}[kind](sums, scale, confidence)


NOT_YET = "not yet knowable"


def _share(sums: Sums, scale: float, confidence: float) -> Figure:
    found = wilson(round(sums.x), sums.n, confidence)
    p = sums.x / sums.n
    return _of(sums.x, sums, found, scale, scale * sqrt(p * (1 - p) / sums.n))


def _index(sums: Sums, scale: float, confidence: float) -> Figure:
    found = nps(sums.up, sums.n - sums.up - sums.down, sums.down, confidence)
    return _of(sums.up - sums.down, sums, found, scale / 100, found.se)


def _mean(sums: Sums, confidence: float) -> Figure:
    mean = sums.x / sums.n
    squares = max(sums.xx - sums.n * mean**2, 0.0)
    se = sqrt(squares / (sums.n - 1) / sums.n) if sums.n > 1 else None
    found = _around(mean, se, sums.n, confidence, "t")
    return _of(sums.x, sums, found, 1.0, se)


def _ratio(sums: Sums, scale: float, confidence: float) -> Figure:
    if sums.y <= 0:
        return Figure(sums.x, sums.y, sums.n, None, None, None, None, sums.held, "no time to divide by")
    ratio = sums.x / sums.y
    squares = max(sums.xx - 2 * ratio * sums.xy + ratio**2 * sums.yy, 0.0)
    se = sqrt(squares * sums.n / (sums.n - 1)) / sums.y if sums.n > 1 else None
    found = _around(ratio, se, sums.n, confidence, "Taylor")
    made = _of(sums.x, sums, found, scale, None if se is None else scale * se)
    return made._replace(den=sums.y)


def _quantile(sums: Sums, confidence: float) -> Figure:
    value, low, high = sums.quantiles or (None, None, None)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    if low is None or high is None:
        return Figure(None, float(sums.n), sums.n, value, None, None, None, sums.held, "no interval: too few contacts")
    method = f"order statistics {100 * confidence:g}%"
    return Figure(None, float(sums.n), sums.n, value, low, high, (high - low) / 2 / z, sums.held, method)


def _around(estimate: float, se: float | None, n: int, confidence: float, method: str) -> Interval:
    from qacli.stats.intervals import around

    if se is None:
        return Interval(estimate, None, None, n, "no interval: one contact")
    found = around(estimate, se, n, n - 1, confidence)
    return found if found.low is None else found._replace(method=f"{method} {100 * confidence:g}%")


def _of(num: float, sums: Sums, found: Interval, scale: float, se: float | None) -> Figure:
    value, low, high = (None if each is None else scale * each for each in found[:3])
    return Figure(float(num), float(sums.n), sums.n, value, low, high, se, sums.held, found.method)
