"""Charts of a process over time: what varies by chance, and what stands out of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from qacli.stats.intervals import FLAT, require_finite

D2 = 1.128
"""Expected range of two draws from a normal distribution, in standard deviations."""
RUN = 9
"""So many in a row on one side are no chance: rule 2 of Nelson (1984), Journal of Quality Technology 16:237-239."""


class Chart(NamedTuple):
    """Centre line and natural limits, None where there are none and ``method`` says why; places of the signals, from 0."""

    center: float | None
    lower: float | None
    upper: float | None
    signals: Sequence[int]
    method: str


def xmr(values: Sequence[float], minimum: int = 8) -> Chart:
    """Return the chart of individual values: mean plus and minus three sigma, from the mean moving range over 1.128.

    Signals lie beyond the limits, or end nine in a row on one side of the centre. Under ``minimum`` values, or where
    none differs, there are no limits. Source: NIST/SEMATECH Handbook of Statistical Methods, 6.3.2.2.
    """
    require_finite(values)
    if len(values) < minimum:
        center = fmean(values) if values else None
        return Chart(center, None, None, (), f"too few for limits: {len(values)} of {minimum}")
    center = fmean(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    reach = 3 * fmean(ranges) / D2
    if reach <= FLAT:
        return Chart(center, None, None, (), "no variation")
    beyond = [place for place, value in enumerate(values) if abs(value - center) > reach]
    signals = sorted({*beyond, *_runs(values, center)})
    return Chart(center, center - reach, center + reach, signals, "XmR")


def _runs(values: Sequence[float], center: float) -> list[int]:
    """Return the places at which nine or more in a row lie on one side of the centre."""
    sides = [(value > center) - (value < center) for value in values]
    found, length = [], 0
    for place, side in enumerate(sides):
        length = length + 1 if side and place and side == sides[place - 1] else bool(side)
        if length >= RUN:
            found.append(place)
    return found
