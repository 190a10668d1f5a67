"""Rules for runs on a control chart: patterns inside the limits that chance seldom makes.

Nelson, L. S. (1984), "The Shewhart Control Chart: Tests for Special Causes", Journal of Quality Technology 16:237-239.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

USUAL = (1, 2)


class Run(NamedTuple):
    """A rule that holds at a point: the number of the rule, the place of the last point from 0, and in words."""

    rule: int
    end: int
    words: str


class Rule(NamedTuple):
    """A pattern over the last ``length`` points, and what it is in words."""

    length: int
    holds: Callable[[Sequence[float]], bool]
    words: str


def run_rules(z: Sequence[float], rules: Sequence[int] = USUAL) -> tuple[Run, ...]:
    """Return each point at which one of Nelson's rules holds, in order of place.

    ``z`` are distances from the centre in standard deviations, on a chart with limits that are alike on both sides. More
    rules mean more false alarms: a stable process gives one in 370 points under rule 1, and about one in 92 under four
    rules of zones and runs together (Champ and Woodall 1987, Technometrics 29:393-399). Raises ValueError for a rule
    that there is not.
    """
    if strange := [rule for rule in rules if rule not in RULES]:
        raise ValueError(f"There is no rule {strange[0]}: choose from 1 to {max(RULES)}.")
    return tuple(
        Run(number, end, RULES[number].words)
        for end in range(len(z))
        for number in rules
        if end + 1 >= RULES[number].length and RULES[number].holds(z[end + 1 - RULES[number].length : end + 1])
    )


def _one_side(z: Sequence[float]) -> bool:
    return all(value > 0 for value in z) or all(value < 0 for value in z)


def _steady(z: Sequence[float]) -> bool:
    steps = [later - earlier for earlier, later in itertools.pairwise(z)]
    return _one_side(steps)


def _alternates(z: Sequence[float]) -> bool:
    steps = [later - earlier for earlier, later in itertools.pairwise(z)]
    return all(first * second < 0 for first, second in itertools.pairwise(steps))


def _most_beyond(zone: float, most: int) -> Callable[[Sequence[float]], bool]:
    def holds(z: Sequence[float]) -> bool:
        side = 1 if z[-1] > 0 else -1
        return side * z[-1] > zone and sum(side * value > zone for value in z) >= most

    return holds


RULES: Mapping[int, Rule] = MappingProxyType(
    {
        1: Rule(1, lambda z: abs(z[-1]) > 3, "beyond three standard deviations"),
        2: Rule(9, _one_side, "nine in a row on one side of the centre"),
        3: Rule(6, _steady, "six in a row rising, or falling"),
        4: Rule(14, _alternates, "fourteen in a row up and down in turn"),
        5: Rule(3, _most_beyond(2, 2), "two of three beyond two standard deviations on one side"),
        6: Rule(5, _most_beyond(1, 4), "four of five beyond one standard deviation on one side"),
        7: Rule(15, lambda z: all(abs(value) < 1 for value in z), "fifteen in a row within one standard deviation"),
        8: Rule(8, lambda z: all(abs(value) > 1 for value in z), "eight in a row, none within one standard deviation"),
    }
)
