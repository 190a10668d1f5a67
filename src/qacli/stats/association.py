"""Association of two measures of the same transactions. It never says what causes what."""

from __future__ import annotations

from collections.abc import Sequence
from math import atanh, sqrt, tanh
from statistics import NormalDist

from qacli.stats.intervals import Interval, named, require_confidence, require_finite

FEWEST = 10


def spearman(x: Sequence[float], y: Sequence[float], confidence: float = 0.95, worth: float | None = None) -> Interval:
    """Return the rank correlation with the interval of Bonett and Wright (2000), Psychometrika 65:23-28.

    tanh(atanh r ± z·sqrt((1+r²/2)/(n-3))). ``worth`` is how many independent pairs they are worth, where each follows the
    one before. None under 10 pairs, or where one side does not vary. Raises ValueError.
    """
    from scipy.stats import spearmanr

    require_confidence(confidence)
    if len(x) != len(y):
        raise ValueError(f"{len(x)} and {len(y)} values make no pairs.")
    require_finite([*x, *y])
    n = len(x)
    if n < FEWEST:
        return Interval(None, None, None, n, f"no correlation under {FEWEST} pairs")
    if len(set(x)) == 1 or len(set(y)) == 1:
        return Interval(None, None, None, n, "no correlation: no variation")
    r = float(spearmanr(x, y).statistic)
    if abs(r) >= 1 - 1e-12:
        return Interval(r, None, None, n, "no interval: the same order throughout")
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt((1 + r * r / 2) / (max(4.0, min(n, worth or n)) - 3))
    return Interval(r, tanh(atanh(r) - reach), tanh(atanh(r) + reach), n, named("Bonett-Wright", confidence))
