"""Staffing: the fewest people that hold a promise to customers, the rota that brings them, and evaluators' time."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from qacli.stats.queueing import Queue, erlang_a, erlang_c

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 100_000
"""More people than any desk has: beyond it a promise counts as one that nobody can hold."""
ROUNDING = 1e-9


class OutOfReach(ValueError):
    """No number of people holds a promise."""


def fewest_for_wait(load: float, aht: float, target: float, level: float, busy: float = 1.0) -> int:
    """Return the fewest people who answer the share ``level`` within ``target``, none busier than ``busy``, by Erlang C.

    ``aht`` and ``target`` are in one unit of time, ``load`` in Erlangs. Raises ValueError, OutOfReach.
    """
    return _fewest(load, busy, lambda people: _level(erlang_c(load, people, aht, target)) >= level)


def fewest_for_abandoned(load: float, aht: float, patience: float, most: float, busy: float = 1.0) -> int:
    """Return the fewest people with whom at most the share ``most`` gives up, none busier than ``busy``, by Erlang A.

    ``patience`` is the mean time after which a customer gives up, in the unit of ``aht``. Raises ValueError, OutOfReach.
    """
    return _fewest(load, busy, lambda people: (erlang_a(load, people, patience, aht).abandoned or 0.0) <= most)


def rostered(people: int, shrinkage: float) -> int:
    """Return how many are on the rota so that ``people`` are at work; ``shrinkage`` is the share of paid time away from it.

    Raises ValueError.
    """
    return ceil(people / _present(shrinkage) - ROUNDING)


def at_work(rota: int, shrinkage: float) -> int:
    """Return how many of a rota are at work. Raises ValueError."""
    return floor(rota * _present(shrinkage) + ROUNDING)


def evaluations_in(hours: float, minutes: float, shrinkage: float = 0.0, other: float = 0.0) -> int:
    """Return how many evaluations of some minutes fit into paid hours.

    hours * (1 - shrinkage) * (1 - other) * 60 / minutes, whole ones only; ``other`` is the share of the time at work that
    goes to calibration, disputes and feedback. Raises ValueError.
    """
    if hours < 0 or minutes <= 0:
        raise ValueError("Hours are not below 0, minutes for each evaluation above 0.")
    return floor(hours * _present(shrinkage) * _present(other) * 60 / minutes + ROUNDING)


def minutes_each(handle: float, listen: float, write_up: float) -> float:
    """Return the minutes of one evaluation: the contact, heard ``listen`` times over with stops, and writing it up."""
    return handle * listen + write_up


def _fewest(load: float, busy: float, holds: Callable[[int], bool]) -> int:
    if not 0 < busy <= 1:
        raise ValueError("People are busy for a share of their time above 0 and up to 1.")
    low = max(1, ceil(load / busy - ROUNDING))
    high = low
    while not holds(high):
        if high >= MOST:
            raise OutOfReach(f"Not even {MOST:,} people hold that.")
        low, high = high + 1, min(2 * high, MOST)
    while low < high:  # whoever is added never makes anybody wait longer
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _level(queue: Queue) -> float:
    return -1.0 if queue.service_level is None else queue.service_level


def _present(away: float) -> float:
    if not 0 <= away < 1:
        raise ValueError("Time away from the work is a share from 0 to below 1.")
    return 1 - away
