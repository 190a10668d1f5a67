"""Many tests at once: which of them stand when some would look striking by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import isnan
from typing import NamedTuple


class Adjusted(NamedTuple):
    """For each p in its place: whether it is rejected, and p as adjusted (None where there was none)."""

    rejected: tuple[bool, ...]
    adjusted: tuple[float | None, ...]


def benjamini_hochberg(ps: Sequence[float | None], q: float = 0.05, families: Sequence[str] | None = None) -> Adjusted:
    """Return which tests are rejected while of all rejected at most a share ``q`` is expected to be false.

    Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57:289-300. None and NaN stand for a test that was not made: it
    counts for nothing. With ``families``, the name of one for each test, every family gets the same part of ``q``
    however many tests it holds: p is divided by a weight, and the weights have a mean of 1 (Genovese, Roeder and
    Wasserman 2006, Biometrika 93:509-524). Raises ValueError for what is no probability.
    """
    if not 0 < q < 1:
        raise ValueError(f"A share of {q} is none: give a number between 0 and 1, such as 0.05.")
    given = [(p, at) for at, p in enumerate(ps) if p is not None and not isnan(p)]
    if any(not 0 <= p <= 1 for p, _ in given):
        raise ValueError("A p value lies between 0 and 1.")
    made = sorted(_weighed(given, families) if families else given)
    adjusted: list[float | None] = [None] * len(ps)
    least = 1.0
    for rank, (p, at) in reversed(list(enumerate(made, 1))):
        least = min(least, p * len(made) / rank)
        adjusted[at] = least
    return Adjusted(tuple(p is not None and p <= q for p in adjusted), tuple(adjusted))


def _weighed(given: Sequence[tuple[float, int]], families: Sequence[str]) -> list[tuple[float, int]]:
    """Return each p over the weight of its family: all tests over families times the tests of this one."""
    sizes = Counter(families[at] for _, at in given)
    return [(p * len(sizes) * sizes[families[at]] / len(given), at) for p, at in given]
