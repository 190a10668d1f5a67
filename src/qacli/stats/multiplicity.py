"""Many tests at once: which of them stand when some would look striking by chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import NamedTuple


class Adjusted(NamedTuple):
    """For each p in its place: whether it is rejected, and p as adjusted (None where there was none)."""

    rejected: tuple[bool, ...]
    adjusted: tuple[float | None, ...]


def benjamini_hochberg(ps: Sequence[float | None], q: float = 0.05) -> Adjusted:
    """Return which tests are rejected while of all rejected at most a share ``q`` is expected to be false.

    Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57:289-300. None and NaN stand for a test that was not made: it
    counts for nothing. Raises ValueError for what is no probability.
    """
    if not 0 < q < 1:
        raise ValueError(f"A share of {q} is none: give a number between 0 and 1, such as 0.05.")
    made = sorted((p, at) for at, p in enumerate(ps) if p is not None and not isnan(p))
    if any(not 0 <= p <= 1 for p, _ in made):
        raise ValueError("A p value lies between 0 and 1.")
    adjusted: list[float | None] = [None] * len(ps)
    least = 1.0
    for rank, (p, at) in reversed(list(enumerate(made, 1))):
        least = min(least, p * len(made) / rank)
        adjusted[at] = least
    return Adjusted(tuple(p is not None and p <= q for p in adjusted), tuple(adjusted))
