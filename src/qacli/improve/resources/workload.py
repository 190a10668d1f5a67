"""Evaluators' workload: how many evaluations the hours hold, and what so many can tell."""

from __future__ import annotations

from typing import NamedTuple

from qacli.files.numbers import plain, short
from qacli.model import Command, Hint, Refusal
from qacli.stats import Interval, evaluations_in, wilson

GOOD = 0.9
"""A share of met criteria at which it is shown how far an estimate reaches."""


class Workload(NamedTuple):
    """``fits`` evaluations in the hours, ``each`` per colleague; how sure a share near 90 % then is, None where nothing fits.

    ``spare`` is the hours that are left over by a plan, or by what fits where there is none.
    """

    fits: int
    each: int
    per_colleague: Interval | None
    in_all: Interval | None
    needed: float | None
    spare: float


def hours_told(hours: float) -> str:
    """Return hours in words, to a tenth."""
    return f"{plain(round(hours, 1))} h"


class BeyondHours(Refusal, rule="beyond-hours"):
    """A plan that nobody has time for is done late, badly or on paper."""

    def __init__(self, plan: int, minutes: float, needed: float, hours: float, fits: int) -> None:
        super().__init__(
            f"{plan:,} evaluations of {short(minutes)} min need {hours_told(needed)}; there are {hours_told(hours)}.",
            help=Hint(f"{fits:,} fit; or find the other {hours_told(needed - hours)}: ", Command("resource request")),
        )


def workload(
    hours: float, minutes: float, colleagues: int, plan: int | None = None, shrinkage: float = 0.0, other: float = 0.0
) -> Workload:
    """Return what evaluators' paid hours hold. ``shrinkage`` and ``other`` are shares of them that go elsewhere.

    Raises BeyondHours for a plan that takes more, ValueError for hours, minutes or shares that are none.
    """
    fits = evaluations_in(hours, minutes, shrinkage, other)
    at_work = hours * (1 - shrinkage) * (1 - other)
    needed = None if plan is None else plan * minutes / 60
    if plan is not None and needed is not None and plan > fits:
        raise BeyondHours(plan, minutes, needed, at_work, fits)
    each = fits // colleagues if colleagues else 0
    return Workload(
        fits, each, _tells(each), _tells(fits), needed, at_work - (fits * minutes / 60 if needed is None else needed)
    )


def _tells(n: int) -> Interval | None:
    return wilson(round(GOOD * n), n) if n else None
