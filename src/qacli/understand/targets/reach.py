"""Is a target challenging and achievable: how often was it met, what does the process do, what do peers reach?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median, quantiles
from typing import Final, NamedTuple

from qacli.stats import shrink, wilson, xmr
from qacli.understand.kpis.verdict import Better, hit

TOO_EASY: Final = "too easy"
OUT_OF_REACH: Final = "out of reach"
SOUND: Final = "challenging and achievable"
TOO_FEW: Final = "too few periods"
FEWEST = 8
"""Periods under which a hit rate says too little to call a target easy or out of reach."""


class Band(NamedTuple):
    """The hit rates, in per cent, between which a target is both challenging and achievable."""

    low: float = 10.0
    high: float = 90.0


class Peer(NamedTuple):
    """Another team or colleague with the same measure: its mean, the variance of single contacts, and how many."""

    name: str
    mean: float
    variance: float | None
    n: int


class Tested(NamedTuple):
    """What a target is worth. ``share`` is the hit rate in per cent with Wilson's interval.

    ``center`` and the natural limits are those of an XmR chart over the same periods, None where it has none;
    ``process`` says where the target lies among them. ``best`` is the best peer by shrunk means. ``propose`` is what
    history suggests instead, with ``because``; None where the target is sound or too little is known.
    """

    hits: int
    periods: int
    share: float | None
    low: float | None
    high: float | None
    verdict: str
    center: float | None
    natural_low: float | None
    natural_high: float | None
    process: str
    best: Peer | None
    propose: float | None
    because: str
    alternatives: Mapping[str, float]


def assess(
    values: Sequence[float | None],
    target: float,
    better: Better,
    band: Band = Band(),  # noqa: B008 - a NamedTuple never changes
    peers: Sequence[Peer] = (),
) -> Tested:
    """Return the test of a target against the figures of past periods, oldest first; None is a period without one."""
    there = [value for value in values if value is not None]
    hits = sum(hit(value, target, better) for value in there)
    share = wilson(hits, len(there))
    chart = xmr(list(values))
    low, high = (next((each for each in side if each is not None), None) for side in (chart.lower, chart.upper))
    found = history(there, better, peers)
    verdict = _verdict(hits, len(there), band)
    wanted = {OUT_OF_REACH: "half", TOO_EASY: "one in four"}.get(verdict)
    because = f"it was met in {wanted} of the {len(there)} periods" if wanted and wanted in found else ""
    return Tested(
        hits,
        len(there),
        None if share.estimate is None else 100 * share.estimate,
        None if share.low is None else 100 * share.low,
        None if share.high is None else 100 * share.high,
        verdict,
        chart.center,
        low,
        high,
        _process(target, better, chart.center, low, high, bool(chart.signals)),
        _best(peers, better),
        found.get(wanted) if wanted else None,
        because,
        found,
    )


def history(values: Sequence[float], better: Better, peers: Sequence[Peer] = ()) -> dict[str, float]:
    """Return what past periods and peers suggest: figures that were met in half and in one of four periods.

    Of peers the middle and the best quarter of their shrunk means, where there are at least four: raw ones are pulled
    apart by chance. Empty under 8 periods.
    """
    if len(values) < FEWEST:
        return {}
    quarters = quantiles(values, n=4, method="inclusive")
    found = {"half": median(values), "one in four": quarters[2] if better == "higher" else quarters[0]}
    known = [peer for peer in peers if peer.n]
    shrunk = (
        shrink([p.mean for p in known], [p.variance for p in known], [p.n for p in known]).estimates if known else ()
    )
    if len(shrunk) >= 4:
        parts = quantiles(shrunk, n=4, method="inclusive")
        found["middle of peers"] = parts[1]
        found["best quarter of peers"] = parts[2] if better == "higher" else parts[0]
    return found


def _verdict(hits: int, periods: int, band: Band) -> str:
    if periods < FEWEST:
        return TOO_FEW
    share = 100 * hits / periods
    if share > band.high:
        return TOO_EASY
    return OUT_OF_REACH if share < band.low else SOUND


def _process(
    target: float, better: Better, center: float | None, low: float | None, high: float | None, unstable: bool
) -> str:
    if center is None or low is None or high is None:
        return "the limits of the process are not known"
    beyond = target > high if better == "higher" else target < low
    behind = target < low if better == "higher" else target > high
    words = "it lies inside what the process does by itself"
    if beyond:
        words = "not reachable without changing the process"
    elif behind:
        words = "it is met whatever happens, as long as the process stays as it is"
    return words + ("; the process is not stable, so read its limits with care" if unstable else "")


def _best(peers: Sequence[Peer], better: Better) -> Peer | None:
    known = [peer for peer in peers if peer.n]
    if not known:
        return None
    shrunk = shrink([p.mean for p in known], [p.variance for p in known], [p.n for p in known]).estimates
    means = shrunk or tuple(peer.mean for peer in known)
    pick = max if better == "higher" else min
    best = pick(range(len(known)), key=lambda at: means[at])
    return known[best]._replace(mean=means[best])
