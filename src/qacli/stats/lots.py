"""Plans of ISO 2859-1 (ANSI/ASQ Z1.4, MIL-STD-105E) for accepting a stream of lots: single sampling by attributes."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

AQLS = (0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.25, 0.4, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0)
"""Acceptable quality limits for which there are plans, in per cent nonconforming."""
LEVELS = ("I", "II", "III")
LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
"""The largest lot of each row of code letters; a last row has no end."""
CODE_LETTERS = ("AAB", "ABC", "BCD", "CDE", "CEF", "DFG", "EGH", "FHJ", "GJK", "HKL", "JLM", "KMN", "LNP", "MPQ", "NQR")
LETTERS = "ABCDEFGHJKLMNPQR"
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)


class LotPlan(NamedTuple):
    """Look at ``n`` of the lot and accept it if at most ``accept`` are nonconforming; ``letter`` is the code letter."""

    letter: str
    n: int
    accept: int


def lot_plan(lot: int, aql: float, level: str = "II", tightened: bool = False) -> LotPlan:
    """Return the plan for a lot of so many; where the plan asks for more than there are, all are looked at.

    The arrows of the master tables are followed. In the tables, acceptance numbers repeat along the diagonals of letters
    and limits, so they are written here as that rule; it gives every cell of tables II-A and II-B.
    Raises ValueError for an empty lot, and for a limit or level that the standard does not have.
    """
    if lot < 1:
        raise ValueError(f"A lot of {lot} holds nothing to sample.")
    if aql not in AQLS or level not in LEVELS:
        raise ValueError(f"ISO 2859-1 has no plan for limit {aql} at level {level}.")
    letter = CODE_LETTERS[bisect_left(LOTS, lot)][LEVELS.index(level)]
    n, accept = (_tightened if tightened else _normal)(LETTERS.index(letter), AQLS.index(aql))
    return LotPlan(letter, min(n, lot), accept)


def _normal(row: int, column: int) -> tuple[int, int]:
    diagonal = row + column
    if diagonal == 15:  # an arrow upwards, and from the first row downwards
        diagonal = 14 if row else 17
    elif diagonal == 16:
        diagonal = 17 if row < len(LETTERS) - 1 else 14
    diagonal = max(14, min(24, diagonal))
    return SIZES[diagonal - column], {14: 0, 17: 1, 18: 2, 19: 3, 20: 5, 21: 7, 22: 10, 23: 14, 24: 21}[diagonal]


def _tightened(row: int, column: int) -> tuple[int, int]:
    diagonal = max(15, min(24, row + column))
    if diagonal in {16, 17}:
        diagonal = 18 if 18 - column < len(SIZES) else 15
    elif (row, column) == (0, len(AQLS) - 1):
        diagonal = 18
    return SIZES[diagonal - column], {15: 0, 18: 1, 19: 2, 20: 3, 21: 5, 22: 8, 23: 12, 24: 18}[diagonal]
