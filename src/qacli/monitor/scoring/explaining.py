"""The rules behind a score, as ``qacli explain`` prints them: the policy of the card, and what became of each section."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType

from qacli.monitor.observing.observation import CLASSES
from qacli.monitor.scoring.effects import effect_in_words
from qacli.monitor.scoring.score import Score
from qacli.monitor.scoring.telling import rounded
from qacli.prepare.scorecards.scale import plain
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.prepare.scorecards.scoring_policy import Scoring

WORDS = {
    ("mode", "points"): "weights are points",
    ("section_weights", "share"): "each section is a percentage of the score",
    ("section_weights", "multiply"): "the points of each section are multiplied by its weight",
    ("critical_weight", "counted"): "criticals carry weight",
    ("critical_below", "half"): "a critical fails below half of its worth",
    ("critical_below", "best"): "a critical fails below the best answer",
    ("cap", "none"): "bonus may take the score above 100",
}
NOT_APPLICABLE = MappingProxyType(
    {
        "exclude": "what does not apply leaves its weight to the rest",
        "full": "what does not apply counts as met in full",
        "zero": "what does not apply counts as nothing",
    }
)


def policy_in_words(card: Scorecard) -> list[str]:
    """Return the policy of a card in lines: how the sum is made, then whatever its author or profile set besides."""
    policy = card.scoring
    first = (
        f"N/A policy of {card.reference}: {policy.not_applicable} ({NOT_APPLICABLE[policy.not_applicable]}); weight used "
        "is the share of 100 that a criterion has then; points = weight used x value / 100"
    )
    more = [words for (name, value), words in WORDS.items() if getattr(policy, name) == value] + list(_numbers(policy))
    profile = f" (profile {policy.profile})" if policy.profile else ""
    return [first, f"policy{profile}: {'; '.join(more)}"] if more else [first]


def _numbers(policy: Scoring) -> Iterator[str]:
    for kind in CLASSES:
        if policy.critical.of(kind) != "apart":
            yield f"a failed {kind}-critical {effect_in_words(policy.critical.of(kind))}"
    if policy.baseline:
        yield f"baseline {plain(policy.baseline)}"
    if policy.minimum:
        yield f"minimum {plain(policy.minimum)}"


def parts_in_words(card: Scorecard, found: Score) -> list[str]:
    """Return a line per section where sections have weights, or where one was set to 0."""
    if found.score is None or (
        card.scoring.section_weights == "none" and not any(part.zeroed_by for part in found.parts)
    ):
        return []
    return [
        f"section {part.section}: {_shown(part.points)} points of {_shown(part.applied)}"
        + (f", set to 0 by {', '.join(part.zeroed_by)}" if part.zeroed_by else "")
        for part in found.parts
        if part.applied or part.points or part.zeroed_by
    ]


def _shown(number: Decimal) -> str:
    return rounded(number, 2)
