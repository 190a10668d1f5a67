"""Crossing: do evaluators share colleagues? Between those who share none, leniency cannot be told from skill."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qacli.monitor.sampling.assignment import Pair

SHOWN = 4
"""People of one group that a message names."""


class Group(NamedTuple):
    """Evaluators who are linked by colleagues whom they saw, directly or over others, in order of id."""

    evaluators: Sequence[str]
    colleagues: Sequence[str]


def groups(pairs: Iterable[Pair]) -> list[Group]:
    """Return the connected parts of the graph of evaluators and colleagues, the largest first.

    With one group the differences between evaluators can be estimated apart from those between colleagues; with
    several they cannot (Searle 1987, Linear Models for Unbalanced Data, section 5.3: connectedness).
    """
    found: list[tuple[set[str], set[str]]] = []
    for evaluator, colleague in sorted(set(pairs)):
        linked = [each for each in found if evaluator in each[0] or colleague in each[1]]
        found = [each for each in found if each not in linked]
        whole, *others = linked or [(set(), set())]
        whole[0].update({evaluator}, *(evaluators for evaluators, _ in others))
        whole[1].update({colleague}, *(colleagues for _, colleagues in others))
        found.append(whole)
    made = [Group(sorted(evaluators), sorted(colleagues)) for evaluators, colleagues in found]
    return sorted(made, key=lambda group: (-len(group.evaluators), group.evaluators))


def uncrossed(pairs: Iterable[Pair]) -> str:
    """Return what to say of evaluators who share no colleague; empty where all are linked."""
    found = groups(pairs)
    if len(found) < 2:
        return ""
    told = "; ".join(f"{_named(each.evaluators)} saw {_named(each.colleagues)}" for each in found)
    return (
        f"evaluators fall into {len(found)} groups that share no colleague ({told}): between the groups nobody can "
        "tell a lenient evaluator from a skilled colleague"
    )


def _named(people: Sequence[str]) -> str:
    more = f" and {len(people) - SHOWN} more" if len(people) > SHOWN else ""
    return ", ".join(people[:SHOWN]) + more
