"""What happens to a score once it is added up: baseline, ceiling, deductions, caps, floor, and what sets it to 0.

In this order, and each only where the card says so: the baseline is added; a score above 100 is cut to 100; every
failed critical of a class that deducts takes its points off; a class that caps leaves at most its cap; the floor
(the minimum, and 0 in any case) holds against all of these; a class that zeroes makes the score 0 whatever the floor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from qacli.monitor.observing.observation import CLASSES
from qacli.prepare.scorecards.scale import plain
from qacli.prepare.scorecards.scoring_policy import Cap, Deduct, Effect, Scoring

WORDS = MappingProxyType(
    {"apart": "told apart from the score", "zero": "sets the score to 0", "zero_section": "sets its section to 0"}
)
"""What a failed critical does, by the word of its card."""


class Step(NamedTuple):
    """One thing that was done to a sum: in words, and the score after it (0 to 100, above with an open cap)."""

    words: str
    score: Fraction


def effects(policy: Scoring, failed: Mapping[str, Sequence[str]], reached: Fraction) -> Iterator[Step]:
    """Yield what changes a sum of points, in order; nothing where it stands as it is.

    ``failed`` holds the failed critical criteria by class.
    """
    for step in _all(policy, failed, reached):
        if step.score != reached or step.words.startswith("set to 0"):
            yield step
        reached = step.score


def _all(policy: Scoring, failed: Mapping[str, Sequence[str]], reached: Fraction) -> Iterator[Step]:
    reached += Fraction(policy.baseline)
    yield Step(f"plus the baseline of {plain(policy.baseline)}", reached)
    if policy.cap == "at_100":
        reached = min(reached, Fraction(100))
        yield Step("cut to 100", reached)
    for kind, effect in _of_failed(policy, failed):
        if isinstance(effect, Deduct):
            for name in failed[kind]:
                reached -= Fraction(effect.deduct)
                yield Step(f"less {plain(effect.deduct)} for {name}", reached)
    for kind, effect in _of_failed(policy, failed):
        if isinstance(effect, Cap):
            reached = min(reached, Fraction(effect.cap))
            yield Step(f"at most {plain(effect.cap)} because of {', '.join(failed[kind])}", reached)
    reached = max(reached, Fraction(policy.minimum))
    yield Step(f"not below {plain(policy.minimum)}", reached)
    zeroing = [name for kind, effect in _of_failed(policy, failed) if effect == "zero" for name in failed[kind]]
    if zeroing:
        yield Step(f"set to 0 by {', '.join(zeroing)}", Fraction(0))


def _of_failed(policy: Scoring, failed: Mapping[str, Sequence[str]]) -> list[tuple[str, Effect]]:
    return [(kind, policy.critical.of(kind)) for kind in CLASSES if failed[kind]]


def effect_in_words(effect: Effect, weighs: bool = False) -> str:
    """Return what a failed critical does, as a half sentence: sets the score to 0. ``weighs``: it carries weight."""
    if isinstance(effect, Cap):
        return f"caps the score at {plain(effect.cap)}"
    if isinstance(effect, Deduct):
        return f"takes {plain(effect.deduct)} off the score"
    return "counts by its weight only" if weighs and effect == "apart" else WORDS[effect]
