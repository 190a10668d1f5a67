"""The rules behind a score, as ``qacli explain`` prints them: the policy of the card, and what became of each section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType

from qacli.monitor.observing.observation import CLASSES
from qacli.monitor.scoring.effects import effect_in_words
from qacli.monitor.scoring.score import Score
from qacli.monitor.scoring.telling import rounded
from qacli.prepare.scorecards.scale import plain
from qacli.prepare.scorecards.scorecard import Scorecard

WORDS = {
    ("mode", "points"): "weights are points",
    ("section_weights", "share"): "each section is a percentage of the score",
    ("section_weights", "multiply"): "the points of each section are multiplied by its weight",
}
OF_CRITICALS = {
    ("critical_weight", "counted"): "criticals carry weight",
    ("critical_below", "half"): "a critical fails below half of its worth",
    ("critical_below", "best"): "a critical fails below the best answer",
}
NOT_APPLICABLE = MappingProxyType(
    {
        "exclude": "once what does not apply is left out",
        "full": "; what does not apply counts as met in full",
        "zero": "; what does not apply counts as nothing",
    }
)


def policy_in_words(card: Scorecard) -> list[str]:
    """Return the policy of a card in lines: how the sum is made, then whatever its author or profile set besides.

    What can make no difference on this card is left out.
    """
    policy = card.scoring
    share = f"weight used is the share of 100 that a criterion has {NOT_APPLICABLE[policy.not_applicable]}"
    first = (
        f"{share.replace(' ;', ';')} (not_applicable: {policy.not_applicable}); points = weight used x value / 100; "
        "value is what an answer is worth, 0 to 100"
    )
    words = {**WORDS, **(OF_CRITICALS if _classes(card) else {})}
    more = [said for (name, value), said in words.items() if getattr(policy, name) == value] + list(_numbers(card))
    profile = f", profile {policy.profile}" if policy.profile else ""
    return [first, f"policy of {card.reference}{profile}: {'; '.join(more)}"] if more else [first]


def _classes(card: Scorecard) -> list[str]:
    """Return the classes of criticals that a card has."""
    return [kind for kind in CLASSES if any(criterion.critical == kind for criterion in card.criteria())]


def _numbers(card: Scorecard) -> Iterator[str]:
    policy, effects = card.scoring, defaultdict(list)
    for kind in _classes(card):
        if policy.critical.of(kind) != "apart":
            effects[effect_in_words(policy.critical.of(kind))].append(f"{kind}-critical")
    for effect, kinds in effects.items():
        yield f"a failed {' or '.join(kinds)} {effect}"
    if policy.cap == "none" and any(criterion.bonus for criterion in card.criteria()):
        yield "bonus may take the score above 100"
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
