"""Charts that remember: small steady drifts which no single point shows."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from qacli.stats.intervals import require_finite


class Ewma(NamedTuple):
    """An exponentially weighted moving average with its limits at each point; ``signals`` are places from 0."""

    center: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    signals: tuple[int, ...]
    averages: tuple[float, ...]


class Cusum(NamedTuple):
    """Sums of what lies above and below a target, in standard deviations; ``signals`` are places from 0."""

    target: float
    limit: float
    above: tuple[float, ...]
    below: tuple[float, ...]
    signals: tuple[int, ...]


def ewma(values: Sequence[float], mean: float, sigma: float, lam: float = 0.1, limit: float = 2.7) -> Ewma:
    """Return the moving average that gives the newest value the weight ``lam`` (Roberts 1959).

    ``mean`` and ``sigma`` are those of a baseline. Limits are the exact ones, which widen with each point:
    mean ± limit·sigma·sqrt(lam/(2-lam)·(1-(1-lam)^2i)); Montgomery, section 9.2. Raises ValueError.
    """
    _require_baseline(values, sigma)
    if not 0 < lam <= 1 or limit <= 0:
        raise ValueError(f"A weight of {lam} with a limit of {limit} is none: 0 < lam <= 1, limit > 0.")
    averages, reaches, last = [], [], mean
    for place, value in enumerate(values, 1):
        last = lam * value + (1 - lam) * last
        averages.append(last)
        reaches.append(limit * sigma * sqrt(lam / (2 - lam) * (1 - (1 - lam) ** (2 * place))))
    return Ewma(
        mean,
        tuple(mean - reach for reach in reaches),
        tuple(mean + reach for reach in reaches),
        tuple(at for at, (each, reach) in enumerate(zip(averages, reaches, strict=True)) if abs(each - mean) > reach),
        tuple(averages),
    )


def cusum(values: Sequence[float], target: float, sigma: float, k: float = 0.5, h: float = 5) -> Cusum:
    """Return the tabular cumulative sums of Page (1954); Montgomery, section 9.1.

    ``k`` is half the shift worth finding and ``h`` the limit, both in units of ``sigma``. Sums go on after a signal.
    Raises ValueError.
    """
    _require_baseline(values, sigma)
    if k < 0 or h <= 0:
        raise ValueError(f"An allowance of {k} with a limit of {h} is none: k >= 0, h > 0.")
    above, below = [0.0], [0.0]
    for value in values:
        z = (value - target) / sigma
        above.append(max(0.0, above[-1] + z - k))
        below.append(max(0.0, below[-1] - z - k))
    signals = [at for at, sums in enumerate(zip(above[1:], below[1:], strict=True)) if max(sums) > h]
    return Cusum(target, h, tuple(above[1:]), tuple(below[1:]), tuple(signals))


def _require_baseline(values: Sequence[float], sigma: float) -> None:
    require_finite(values)
    if sigma <= 0:
        raise ValueError(f"A baseline with a standard deviation of {sigma} shows no drift: it must be above 0.")
