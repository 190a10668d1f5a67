"""Before and after: what would have come anyway, and what changed more here than where nothing was done."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, floor, sqrt
from statistics import fmean, stdev
from typing import NamedTuple

from qacli.stats.intervals import FLAT, Interval, named, require_finite, t_quantile


class Regressed(NamedTuple):
    """What a further look at one unit would bring if nothing had changed.

    ``expected`` in the unit of the means; ``reliability`` (0 to 1) is the share of a difference that is no chance;
    ``variance`` that of the unit's true mean around ``expected``.
    """

    expected: float
    reliability: float
    variance: float


class Changed(NamedTuple):
    """A change from before to after: its mean, the standard error of it (None where unknown), and over how many units."""

    estimate: float
    se: float | None
    df: float
    n: int


def regression_to_the_mean(observed: float, mean: float, between: float, within: float, n: int) -> Regressed:
    """Return what follows a mean ``observed`` of ``n`` with no change at all: m + B·(y - m), B = τ²/(τ² + σ²/n).

    ``mean`` and ``between`` (τ², a variance) are those of the true means of all units, ``within`` (σ²) the variance of
    single values. Davis (1976), American Journal of Epidemiology 104:493-498; Barnett, van der Pols and Dobson (2005),
    International Journal of Epidemiology 34:215-220. Raises ValueError for n under 1 or a variance below 0.
    """
    require_finite([observed, mean, between, within])
    if n < 1 or between < 0 or within < 0:
        raise ValueError("A mean has an n of 1 or more, and variances of 0 or more.")
    error = within / n
    reliability = between / (between + error) if between + error else 0.0
    return Regressed(mean + reliability * (observed - mean), reliability, between * (1 - reliability))


def change_of(differences: Sequence[float]) -> Changed:
    """Return the mean of units' own differences; its error comes from how they differ. Raises ValueError for none."""
    require_finite(differences)
    if not differences:
        raise ValueError("There is no difference to average.")
    n = len(differences)
    return Changed(fmean(differences), stdev(differences) / sqrt(n) if n > 1 else None, n - 1, n)


def difference_in_differences(treated: Changed, others: Changed, confidence: float = 0.95) -> Interval:
    """Return the change of the treated less that of the others, with the interval of Welch (1947); ``n`` counts both.

    Card and Krueger (1994), American Economic Review 84:772-793, table 3. Both are independent, so that the squares of
    their errors add up. Where one of the errors is not known, or both are 0, there is no interval.
    """
    estimate, n = treated.estimate - others.estimate, treated.n + others.n
    parts = [(each.se**2, each.df) for each in (treated, others) if each.se is not None and each.df > 0]
    total = sum(part for part, _ in parts)
    if len(parts) < 2 or sqrt(total) <= FLAT * max(1.0, abs(estimate)):
        why = "no interval: one unit in one of the groups" if len(parts) < 2 else "no interval: no variation"
        return Interval(estimate, None, None, n, why)
    df = total**2 / sum(part**2 / free for part, free in parts)
    reach = t_quantile((1 + confidence) / 2, df) * sqrt(total)
    method = named("difference in differences, Welch", confidence)
    return Interval(estimate, estimate - reach, estimate + reach, n, method, sqrt(total))


class Beyond(NamedTuple):
    """How far one unit lies beyond what was to be expected of it: shares, 0 to 1.

    ``expected`` allows for regression to the mean and for what the others did meanwhile; ``estimate`` is observed less
    expected, with its limits, and ``p`` is two-sided. ``needed`` is how many of n have to be met to lie above the interval, None
    where not even all would do; ``method`` says how.
    """

    expected: float
    reliability: float
    estimate: float
    low: float
    high: float
    p: float
    needed: int | None
    n: int
    method: str


Counts = tuple[int, int]
"""How many were met, and of how many."""


def beyond_expected(
    before: Counts, after: Counts, others: Sequence[tuple[Counts, Counts]], confidence: float = 0.95
) -> Beyond:
    """Return how far the share met of one unit after lies beyond what its share before and the others lead to expect.

    Expected is m₂ + B·(y₁ - m₁): m₁ and m₂ are the means of the others before and after, y₁ the unit's own share before
    and B that of ``regression_to_the_mean``, with τ² of DerSimonian and Laird before: the mean of that of all units and that of
    the others alone, for whoever was chosen for standing out may be the reason why units seem to differ. The error adds up
    the binomial one of the share after, what is not known of the unit's true share, and that of the others' means;
    the degrees of freedom are those of Satterthwaite. Nothing in the error depends on the outcome of the unit itself, so
    that ``needed``, and by it the chance to find a rise, is fixed before it is seen. Raises ValueError for fewer than
    three others or an empty count.
    """
    from scipy.special import stdtr

    from qacli.stats.shrinkage import between_variance

    if len(others) < 3 or any(n < 1 for n in (before[1], after[1], *(n for both in others for _, n in both))):
        raise ValueError("Three others are compared with, and every count has an n of 1 or more.")
    firsts = [*(first for first, _ in others), before]
    within = _variance(firsts)
    shares, errors = [k / n for k, n in firsts], [within / n for _, n in firsts]
    between = fmean([between_variance(shares, errors), between_variance(shares[:-1], errors[:-1])])
    mean_before, mean_after = (fmean(both[at][0] / both[at][1] for both in others) for at in (0, 1))
    own = regression_to_the_mean(before[0] / before[1], mean_before, between, within, before[1])
    expected = min(1.0, max(0.0, own.expected + mean_after - mean_before))
    apart = [k2 / n2 - own.reliability * k1 / n1 for (k1, n1), (k2, n2) in others]
    parts = (
        (
            max(_variance([after for _, after in others]), expected * (1 - expected)) / after[1],
            sum(n for _, n in firsts),
        ),
        (own.variance, len(others)),
        (stdev(apart) ** 2 / len(others), len(others) - 1),
    )
    total = sum(part for part, _ in parts)
    df = total**2 / sum(part**2 / free for part, free in parts)
    reach = t_quantile((1 + confidence) / 2, df) * sqrt(total)
    estimate = after[0] / after[1] - expected
    least = floor((expected + reach) * after[1] + 1e-9) + 1
    return Beyond(
        expected,
        own.reliability,
        estimate,
        estimate - reach,
        estimate + reach,
        float(2 * stdtr(df, -abs(estimate) / sqrt(total))),
        least if least <= after[1] else None,
        after[1],
        named("observed less expected by regression to the mean, t", confidence),
    )


def _variance(counts: Sequence[Counts]) -> float:
    """Return the binomial variance of a single answer, drawn a little to the middle: nobody is sure of 0 or 1."""
    share = (sum(k for k, _ in counts) + 1) / (sum(n for _, n in counts) + 2)
    return share * (1 - share)


def chance_of_at_least(needed: int | None, n: int, share: float) -> float:
    """Return the chance that at least ``needed`` of ``n`` are met, each with a chance of ``share``; 0 where needed is None."""
    if needed is None:
        return 0.0
    return min(1.0, sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(needed, n + 1)))


def detectable_share(needed: int | None, n: int, power: float = 0.8) -> float | None:
    """Return the smallest true share that reaches ``needed`` of ``n`` with a chance of ``power``; None where none does.

    Exact, by bisection of the binomial, to a hundredth of a point.
    """
    if needed is None:
        return None
    low, high = 0.0, 1.0
    while high - low > 1e-4:
        middle = (low + high) / 2
        low, high = (low, middle) if chance_of_at_least(needed, n, middle) >= power else (middle, high)
    return high
