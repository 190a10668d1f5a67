"""What a design is: how it parts a population, and how many of each part it takes with what chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from qacli.monitor.sampling.designs.aims import by_strata, most_by_strata
from qacli.prepare.frames.frame import Frame

ALL = "all"
"""The one stratum of a design that has no strata."""


class Found(NamedTuple):
    """What one pass over a population found: how many each stratum holds, and its first ids in order of rank.

    ``seed`` is that of the draw: what else is left to chance has its rank by it too.
    """

    eligible: Mapping[str, int]
    ids: Mapping[str, Sequence[str]]
    seed: str


class Share(NamedTuple):
    """What a stratum gives: how many were asked of it, how many are drawn, and the chance that each of its had."""

    asked: int
    drawn: int
    probability: float

    @property
    def weight(self) -> float:
        """How many each stands for: one over the chance, to the last digit where that is a quotient of counts."""
        return _one_over(self.probability)


@lru_cache(maxsize=1 << 12)
def _one_over(probability: float) -> float:
    return float(1 / Fraction(probability).limit_denominator(10**9))


class Design(NamedTuple):
    """A design. It takes, of every stratum, the first by rank; or, where it has an ``order``, some along that.

    ``stratum`` returns the SQL that names the stratum of a transaction, ``most`` how many of one stratum the design can
    take out of so many transactions, which costs a pass to count, ``shares`` what each stratum gives, ``order`` the SQL to order by.
    """

    stratum: Callable[[Frame], str]
    most: Callable[[Frame, Callable[[], int]], int]
    shares: Callable[[Frame, Found], dict[str, Share]]
    order: Callable[[Frame], str] | None = None


def size_of(frame: Frame, eligible: int) -> int:
    """Return how many a frame asks for in all where so many are eligible."""
    return frame.size.asked(eligible) if frame.size and eligible else 0


def most_of(frame: Frame, transactions: Callable[[], int]) -> int:
    """Return at least as many as a frame can ask for in all; ``transactions`` is only called where that decides."""
    if frame.size is None:
        return 0
    if by_strata(frame):
        return most_by_strata(frame)
    return frame.size.most(0 if frame.size.aim == "n" else transactions())


def even(asked: int, eligible: int) -> Share:
    """Return the share of a stratum of which so many are asked, all with the same chance."""
    drawn = min(asked, eligible)
    return Share(asked, drawn, drawn / eligible)


def of_all(_: Frame) -> str:
    """Return the SQL of the stratum where there is only one."""
    return f"'{ALL}'"


def column(name: str) -> str:
    """Return the SQL of strata by a column that may be empty."""
    return f"coalesce({name}, '(none)')"
