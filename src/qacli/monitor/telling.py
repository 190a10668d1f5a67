"""A score in one sentence: how much of what applied, what did not apply, and failed criticals apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from qacli.monitor.observation import CLASSES, NOT_APPLICABLE, Observation, Rating
from qacli.prepare.scale import plain
from qacli.prepare.scorecard import Scorecard


def rounded(number: Decimal, decimals: int) -> str:
    """Return a number for people, half up. Sums are never rounded, only what is shown."""
    return str(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def told(card: Scorecard, observation: Observation, ratings: Sequence[Rating]) -> str:
    """Return for example: o_4p: 84.6 of 100 on 92 of 100 weight (N/A: ph-hold); criticals: customer 0, ..."""
    unused = [rating.criterion for rating in ratings if rating.answer == NOT_APPLICABLE and rating.weight]
    without = f" (N/A: {', '.join(unused)})" if unused else ""
    return (
        f"{observation.id}: {score_in_words(card, observation)}{without}; "
        f"criticals: {criticals_in_words(card, observation, ratings)}"
    )


def sum_in_words(points: Sequence[Decimal], zeroed_by: Sequence[str]) -> str:
    """Return the points of a score as a sum that comes out as it is printed, and what then set it to 0."""
    total = sum(points, Decimal(0))
    decimals = next(
        (n for n in range(2, 6) if sum(Decimal(rounded(each, n)) for each in points) == Decimal(rounded(total, n))), 6
    )
    shown = " + ".join(rounded(each, decimals) for each in points) or "nothing"
    zeroed = f"; set to 0 by {', '.join(zeroed_by)}" if zeroed_by else ""
    return f"{shown} = {rounded(total, decimals)}{zeroed}"


def score_in_words(card: Scorecard, observation: Observation) -> str:
    """Return the score with the weight that it rests on."""
    if observation.score is None:
        return "no score: nothing that carries weight applied"
    return (
        f"{rounded(observation.score, card.scoring.rounding)} of 100 on {plain(observation.applicable_weight)} "
        f"of {plain(sum((each.weight for each in card.criteria()), Decimal(0)))} weight"
    )


def criticals_in_words(card: Scorecard, observation: Observation, ratings: Sequence[Rating]) -> str:
    """Return how many criticals of each class failed, and which, with their places."""
    return ", ".join(f"{each} {getattr(observation, each)}{_which(card, ratings, each)}" for each in CLASSES)


def _which(card: Scorecard, ratings: Sequence[Rating], kind: str) -> str:
    failed = [
        f"{rating.criterion} at {rating.offset}" if rating.offset else rating.criterion
        for rating in ratings
        if rating.met is False and card.criterion(rating.criterion).critical == kind
    ]
    return f" ({', '.join(failed)})" if failed else ""
