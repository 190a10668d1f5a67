"""Agreement of many raters: Fleiss, Krippendorff, intraclass correlation, agreement on one category, and its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import permutations, product
from math import sqrt
from statistics import NormalDist, fmean
from typing import Literal, NamedTuple

from qacli.stats.agreement import Table
from qacli.stats.intervals import FLAT, Interval, named, require_confidence

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Form = Literal["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]
LANDIS_KOCH = (
    ("almost perfect", 0.8),
    ("substantial", 0.6),
    ("moderate", 0.4),
    ("fair", 0.2),
    ("slight", 0.0),
    ("poor", -1.0),
)
"""Labels of Landis and Koch (1977), Biometrics 33:159-174, each with where it begins."""
SURE = 0.95
SAME = "undefined: every rating is the same"
NOT_TWICE = "undefined: nothing was rated by two people"


def fleiss_kappa(table: Table) -> Interval:
    """Return Fleiss' kappa from counts, units in rows and categories in columns; every unit has the same raters.

    Source: Fleiss (1971), Psychological Bulletin 76:378-382. There is no interval: its error holds only where chance
    alone agrees. Raises ValueError where units have unequal numbers of raters, or fewer than two.
    """
    raters = {sum(unit) for unit in table}
    if len(raters) > 1 or min(raters, default=2) < 2:
        raise ValueError("Fleiss' kappa takes two raters or more, and as many for each unit.")
    if not table:
        return Interval(None, None, None, 0, NOT_TWICE)
    n, each = len(table), raters.pop()
    by_chance = sum((sum(column) / (n * each)) ** 2 for column in zip(*table, strict=True))
    if 1 - by_chance <= FLAT:
        return Interval(None, None, None, n, SAME)
    observed = fmean(sum(count * (count - 1) for count in unit) / (each * (each - 1)) for unit in table)
    return Interval((observed - by_chance) / (1 - by_chance), None, None, n, "Fleiss' kappa; no interval")


def krippendorff_alpha(ratings: Sequence[Sequence[float | None]], level: Level = "nominal") -> Interval:
    """Return Krippendorff's alpha for units in rows and raters in columns; None is no rating, and gaps are no harm.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. There is no interval. Undefined with no
    unit rated twice, or where every rating of such a unit is the same.
    """
    twice = [rated for unit in ratings if len(rated := [value for value in unit if value is not None]) > 1]
    if not twice:
        return Interval(None, None, None, 0, NOT_TWICE)
    counts = Counter(value for unit in twice for value in unit)
    if len(counts) == 1:
        return Interval(None, None, None, len(twice), SAME)
    distance = {(one, other): _distance(one, other, counts, level) for one, other in product(counts, repeat=2)}
    seen = sum(sum(distance[pair] for pair in permutations(unit, 2)) / (len(unit) - 1) for unit in twice)
    by_chance = sum(counts[one] * counts[other] * far for (one, other), far in distance.items())
    alpha = 1 - (counts.total() - 1) * seen / by_chance
    return Interval(alpha, None, None, len(twice), f"alpha ({level}); no interval")


def _distance(one: float, other: float, counts: Counter[float], level: Level) -> float:
    """Return Krippendorff's squared difference of two values; an ordinal one counts the values that lie between."""
    match level:
        case "nominal":
            return float(one != other)
        case "interval":
            return (one - other) ** 2
        case "ratio":
            return ((one - other) / (one + other)) ** 2 if one + other else 0.0
    low, high = sorted((one, other))
    between = sum(count for value, count in counts.items() if low <= value <= high)
    return (between - (counts[low] + counts[high]) / 2) ** 2


class _Squares(NamedTuple):
    """Mean squares of a table of units and raters: between units, within them, between raters, of the rest."""

    units: float
    within: float
    raters: float
    rest: float


def icc(ratings: Sequence[Sequence[float]], form: Form = "2,1", confidence: float = 0.95) -> Interval:
    """Return an intraclass correlation for units in rows and raters in columns, without gaps.

    2,1 asks whether raters give the same numbers, and these raters stand for others; 3,1 whether they only rank alike;
    1,1 is for units that different raters rated. With k it is of the mean of all raters. Source: Shrout and Fleiss
    (1979), Psychological Bulletin 86:420-428. Undefined under two units or raters, or without variation.
    Raises ValueError where a rating is missing.
    """
    require_confidence(confidence)
    n, k = len(ratings), len(ratings[0]) if ratings else 0
    if any(len(unit) != k for unit in ratings):
        raise ValueError("An intraclass correlation takes a rating by every rater of every unit.")
    if n < 2 or k < 2:
        return Interval(None, None, None, n, "undefined: it takes two units and two raters")
    found = _squares(ratings)
    if found.units + found.within <= FLAT:
        return Interval(None, None, None, n, SAME)
    kind = form[0]
    error = found.within if kind == "1" else found.rest
    between = k * (found.raters - found.rest) / n if kind == "2" else 0.0
    single = (found.units - error) / (found.units + (k - 1) * error + between)
    name = f"ICC({form})"
    if error <= FLAT:
        return Interval(_of_mean(single, k, form), None, None, n, f"{name}; no interval: no variation")
    limits = (
        _limits_2(found, single, n, k, confidence) if kind == "2" else _limits(found, error, n, k, kind, confidence)
    )
    low, high = (_of_mean(limit, k, form) for limit in limits)
    return Interval(_of_mean(single, k, form), low, high, n, named(name, confidence))


def _squares(ratings: Sequence[Sequence[float]]) -> _Squares:
    n, k = len(ratings), len(ratings[0])
    mean = fmean(value for unit in ratings for value in unit)
    units = k * sum((fmean(unit) - mean) ** 2 for unit in ratings)
    raters = n * sum((fmean(column) - mean) ** 2 for column in zip(*ratings, strict=True))
    whole = sum((value - mean) ** 2 for unit in ratings for value in unit)
    within = max(whole - units, 0.0)
    rest = max(within - raters, 0.0)
    return _Squares(units / (n - 1), within / (n * (k - 1)), raters / (k - 1), rest / ((n - 1) * (k - 1)))


def _limits(found: _Squares, error: float, n: int, k: int, kind: str, confidence: float) -> tuple[float, float]:
    from scipy.stats import f

    free = n * (k - 1) if kind == "1" else (n - 1) * (k - 1)
    share, ratio = (1 + confidence) / 2, found.units / error
    low, high = ratio / f.ppf(share, n - 1, free), ratio * f.ppf(share, free, n - 1)
    return float((low - 1) / (low + k - 1)), float((high - 1) / (high + k - 1))


def _limits_2(found: _Squares, single: float, n: int, k: int, confidence: float) -> tuple[float, float]:
    """Return the limits of Shrout and Fleiss for absolute agreement, with Satterthwaite's degrees of freedom."""
    from scipy.stats import f

    ratio = found.raters / found.rest
    of_units = n * (1 + (k - 1) * single) - k * single
    free = (k - 1) * (n - 1) * (k * single * ratio + of_units) ** 2
    free /= (n - 1) * (k * single * ratio) ** 2 + of_units**2
    share, rest = (1 + confidence) / 2, k * found.raters + (k * n - k - n) * found.rest
    above, below = f.ppf(share, n - 1, free), f.ppf(share, free, n - 1)
    low = n * (found.units - above * found.rest) / (above * rest + n * found.units)
    high = n * (below * found.units - found.rest) / (rest + n * below * found.units)
    return float(low), float(high)


def _of_mean(single: float, k: int, form: Form) -> float:
    """Return a correlation as it is of one rater, or by Spearman and Brown of the mean of k."""
    return k * single / (1 + (k - 1) * single) if form.endswith("k") else single


def specific_agreement(ratings: Sequence[Sequence[Hashable | None]], category: Hashable) -> Interval:
    """Return how likely another rater gives ``category`` too, where one gave it: 2a/(2a+b+c) for two raters.

    Units in rows, raters in columns; ``n`` counts the units rated twice in which somebody gave it. There is no
    interval. Source: Cicchetti and Feinstein (1990), Journal of Clinical Epidemiology 43:551-558; for more raters the
    pairs of each unit count. Undefined where nobody gave it.
    """
    given = [[value for value in unit if value is not None] for unit in ratings]
    named_by = [(unit.count(category), len(unit)) for unit in given if len(unit) > 1 and category in unit]
    if not named_by:
        return Interval(None, None, None, 0, f"undefined: nobody gave {category}")
    agreeing = sum(count * (count - 1) for count, _ in named_by)
    return Interval(
        agreeing / sum(count * (raters - 1) for count, raters in named_by),
        None,
        None,
        len(named_by),
        f"agreement on {category}; no interval",
    )


class Benchmark(NamedTuple):
    """``label`` is the best that a coefficient reaches with a probability of 95%; ``cumulative`` the chance, 0 to 1, of
    each label or a better one, best first."""

    label: str
    cumulative: Sequence[float]


def benchmark(estimate: float, se: float) -> Benchmark:
    """Return the label of a coefficient by the scale of Landis and Koch, with its error counted in.

    Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition, chapter 6. With no error the label is that of
    the estimate itself. Raises ValueError for a coefficient outside -1 to 1.
    """
    if not -1 <= estimate <= 1 or se < 0:
        raise ValueError("A coefficient lies between -1 and 1, and its error is not negative.")
    if se <= sqrt(FLAT):
        reached = [1.0 if estimate >= low else 0.0 for _, low in LANDIS_KOCH]
    else:
        below = NormalDist(estimate, se).cdf
        whole = below(1) - below(-1)
        reached = [(below(1) - below(low)) / whole for _, low in LANDIS_KOCH]
    label = next(name for (name, _), chance in zip(LANDIS_KOCH, reached, strict=True) if chance >= SURE)
    return Benchmark(label, reached)
