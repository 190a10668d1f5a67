"""Systematic sampling: every so many along an order, from a start left to chance."""

from __future__ import annotations

from fractions import Fraction


def fractional_interval(population: int, n: int, start: float) -> list[int]:
    """Return the places, from 0, of ``n`` units along an order of so many: floor((start + i)·N/n).

    ``start`` is a random number from 0 to below 1. The interval N/n is not rounded, so each unit has the chance n/N and
    exactly ``n`` are taken (Murthy 1967; Särndal, Swensson and Wretman 1992, section 3.4.2). The arithmetic is exact.
    Raises ValueError for a sample larger than the population, and for a start that is none.
    """
    if not 0 <= n <= population or not 0 <= start < 1:
        raise ValueError(f"No sample of {n} along {population} begins at {start}.")
    begin = Fraction(start)
    return [int((begin + i) * population / n) for i in range(n)]
