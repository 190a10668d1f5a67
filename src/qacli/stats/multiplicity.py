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
    _require(q)
    made = sorted(_made(ps))
    adjusted: list[float | None] = [None] * len(ps)
    least = 1.0
    for rank, (p, at) in reversed(list(enumerate(made, 1))):
        least = min(least, p * len(made) / rank)
        adjusted[at] = least
    return Adjusted(tuple(p is not None and p <= q for p in adjusted), tuple(adjusted))


def holm(
    ps: Sequence[float | None],
    alpha: float = 0.05,
    families: Sequence[str] | None = None,
    weights: Sequence[float] | None = None,
) -> Adjusted:
    """Return which tests are rejected while the chance that any of them is rejected falsely is at most ``alpha``.

    Holm (1979), Scandinavian Journal of Statistics 6:65-70, which takes weights. It holds whatever the tests
    have to do with each other, and however many of the other claims are true; ``benjamini_hochberg`` lets the more false
    ones through the more true ones there are. None and NaN stand for a test that was not made. Every family gets the same
    part of ``alpha`` however many tests it holds, and shares it out in proportion to the weights, which are above 0 and
    must not depend on the p values. Raises ValueError for what is no probability or no weight.
    """
    _require(alpha)
    given = _made(ps)
    if weights is not None and any(weights[at] <= 0 for _, at in given):
        raise ValueError("A weight is above 0.")
    plain = [(1.0 if weights is None else weights[at], families[at] if families else "") for _, at in given]
    totals: dict[str, float] = {}
    for weight, family in plain:
        totals[family] = totals.get(family, 0.0) + weight
    parts = [weight / totals[family] / len(totals) for weight, family in plain]
    adjusted: list[float | None] = [None] * len(ps)
    most, left = 0.0, 1.0
    for (p, at), part in sorted(zip(given, parts, strict=True), key=lambda each: each[0][0] / each[1]):
        most = max(most, min(1.0, p / part * max(part, left)))
        adjusted[at] = most
        left -= part
    return Adjusted(tuple(p is not None and p <= alpha for p in adjusted), tuple(adjusted))


def guarded(error: float) -> float:
    """Return the level at which tests are made where an error rate is promised: four fifths of it.

    A test at 5 % exactly would be seen above 5 % in every second trial of it. With a guard band the promise can be shown
    to be kept with some hundreds of cases (JCGM 106:2012, 8.3.2). Raises ValueError.
    """
    _require(error)
    return 0.8 * error


def _require(q: float) -> None:
    if not 0 < q < 1:
        raise ValueError(f"A share of {q} is none: give a number between 0 and 1, such as 0.05.")


def _made(ps: Sequence[float | None]) -> list[tuple[float, int]]:
    """Return each test that was made, with its place."""
    given = [(p, at) for at, p in enumerate(ps) if p is not None and not isnan(p)]
    if any(not 0 <= p <= 1 for p, _ in given):
        raise ValueError("A p value lies between 0 and 1.")
    return given
