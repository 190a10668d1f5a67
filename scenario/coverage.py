"""Do intervals hold what they promise? Coverage, by counting every outcome where that can be done, else by simulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb
from typing import NamedTuple

import judging
import numpy as np
import pandas as pd
from plan import parameters, planted

from qacli.stats import Interval, benjamini_hochberg, clopper_pearson, count_test, t_interval, wilson
from qacli.understand.estimates import Policy, plain_mean, score_cells

SIZES = (5, 10, 20, 50)
SHARES = tuple(round(0.5 + 0.001 * step, 3) for step in range(491))
"""Shares of what is met, from .5 to .99, at which coverage is computed."""
CONTACTS = 20_000
COLLEAGUES, OBSERVED, MET = 40, 5, 0.9


class Covered(NamedTuple):
    """How often an interval holds the truth: on average over the shares, and at the share where it does least often."""

    n: int
    mean: float
    least: float
    at: float


def of_shares(interval: Callable[[int, int], Interval], n: int, shares: Sequence[float] = SHARES) -> Covered:
    """Return the coverage of an interval for a share, exactly: every count that ``n`` can give, with its chance."""
    limits = [
        (found.low or 0.0, 1.0 if found.high is None else found.high) for k in range(n + 1) if (found := interval(k, n))
    ]
    covered = [
        sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k, (low, high) in enumerate(limits) if low <= p <= high)
        for p in shares
    ]
    least = min(range(len(shares)), key=covered.__getitem__)
    return Covered(n, sum(covered) / len(covered), covered[least], shares[least])


def of_proportions(n: int) -> tuple[Covered, Covered]:
    """Return the coverage of the intervals of Wilson and of Clopper and Pearson."""
    return of_shares(wilson, n), of_shares(clopper_pearson, n)


def populations(seed: int = 1) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Return scores of many calls, without what criticals do to them: of ordinary colleagues, of good ones, of all."""
    plant = planted(seed, truths=False)
    draw = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "agent": np.repeat(["A01", "A02", "A03", "A04"], CONTACTS // 4),
            "day": pd.Timestamp(parameters()["first_day"]),
            "reason": "card",
            "settled": draw.standard_normal(CONTACTS),
            "first_response_s": 20,
        }
    )
    inside = judging.seen(rows, "phone", plant, draw)
    found = {}
    for name, better in (
        ("ordinary scores, 72 on average", 0),
        ("high scores, skewed", 18),
        ("very high, at the top", 27),
    ):
        raised = inside._replace(values=np.where(inside.values > 0, inside.values + better, 0.0))
        by = np.full(CONTACTS, "p_ev1", object)
        found[name] = judging.scores(judging.read(raised, by, plant, draw))[0]
    return found


def of_means(scores: np.ndarray[tuple[int], np.dtype[np.float64]], n: int, samples: int, seed: int = 2) -> float:
    """Return how often the t interval of ``n`` scores holds their mean; where it gives none, it does not hold it."""
    draw, truth, held = np.random.default_rng([seed, n]), float(scores.mean()), 0
    for sample in scores[draw.integers(len(scores), size=(samples, n))].tolist():
        found = t_interval(sample)
        held += found.low is not None and found.high is not None and found.low <= truth <= found.high
    return held / samples


def withheld(n: int) -> bool:
    """Return whether summaries keep the mean of so few scores to themselves."""
    cells = score_cells({str(place): 70.0 + place for place in range(n)}, plain_mean, Policy(5, 0.95, {}, {}))
    return cells["mean"] is None and cells["low"] is None


def months(number: int, seed: int = 3, q: float = 0.05) -> tuple[int, int]:
    """Return in how many months of identical colleagues somebody is flagged: at p below .05 alone, and among all looks.

    Each of forty colleagues has five evaluations a month, of which nine in ten meet the standard. Each is held against
    the others by the exact test.
    """
    draw = np.random.default_rng(seed)
    alone = together = 0
    for failed in draw.binomial(OBSERVED, 1 - MET, size=(number, COLLEAGUES)).tolist():
        total = sum(failed)
        ps = [count_test([(COLLEAGUES * OBSERVED, total, OBSERVED)], k).high for k in failed]
        alone += min(ps) < q
        together += any(benjamini_hochberg(ps, q).rejected)
    return alone, together
