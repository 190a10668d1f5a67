"""The trial of both scales before they were used: two evaluators rate the same old chats, chosen so that they differ."""

from __future__ import annotations

from bank import uniform

CHATS = 20
SCORERS = ("p_ev1", "p_ev2")
FACTS = ("ch-idv", "ch-correct", "ch-record")
SKILLS = ("ch-check", "ch-own", "ch-tone", "ch-steps")
FAULTY, MISSED = 0.3, 0.06
"""How many of the chosen chats fail a fact, and how often a scorer misses which it is."""
OFF_BY_ONE = 0.18
"""How often a scorer gives a skill the next point."""


def ratings(seed: int) -> list[list[str]]:
    """Return the lines of the trial: transaction, scorer, criterion, point."""
    return [
        [f"trial-{number:02}", scorer, criterion, _fact(seed, number, scorer, criterion)]
        for number in range(1, CHATS + 1)
        for scorer in SCORERS
        for criterion in FACTS
    ] + [
        [f"trial-{number:02}", scorer, criterion, _skill(seed, number, scorer, criterion)]
        for number in range(1, CHATS + 1)
        for scorer in SCORERS
        for criterion in SKILLS
    ]


def _fact(seed: int, number: int, scorer: str, criterion: str) -> str:
    fails = uniform(seed, "trial", number, criterion) < FAULTY
    missed = uniform(seed, "trial", number, criterion, scorer) < MISSED
    return "not_met" if fails != missed else "met"


def _skill(seed: int, number: int, scorer: str, criterion: str) -> str:
    point = 1 + int(5 * uniform(seed, "trial", number, criterion))
    chance = uniform(seed, "trial", number, criterion, scorer)
    off = -1 if chance < OFF_BY_ONE / 2 else 1 if chance < OFF_BY_ONE else 0
    return str(min(5, max(1, point + off)))
