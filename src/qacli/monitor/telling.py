"""A score in one sentence: how much of what applied, what did not apply, and failed criticals apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from qacli.monitor.observation import NOT_APPLICABLE, Observation, Rating
from qacli.monitor.scoring import CLASSES
from qacli.prepare.scorecard import Scorecard


def rounded(number: Decimal, decimals: int) -> str:
    """Return a number for people, half up. Sums are never rounded, only what is shown."""
    return str(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def told(card: Scorecard, observation: Observation, ratings: Sequence[Rating]) -> str:
    """Return for example: o_4p: 84.6 of 100 on 92 of 100 weight (N/A: ph-hold); criticals: customer 0, ..."""
    if observation.score is None:
        score = "no score: nothing on the card applied"
    else:
        score = (
            f"{rounded(observation.score, card.scoring.rounding)} of 100 on {observation.applicable_weight} "
            f"of 100 weight"
        )
    unused = [rating.criterion for rating in ratings if rating.answer == NOT_APPLICABLE and rating.weight]
    if unused:
        score += f" (N/A: {', '.join(unused)})"
    parts = [f"{each} {getattr(observation, each)}{_which(card, ratings, each)}" for each in CLASSES]
    return f"{observation.id}: {score}; criticals: {', '.join(parts)}"


def _which(card: Scorecard, ratings: Sequence[Rating], kind: str) -> str:
    failed = [
        f"{rating.criterion} at {rating.offset}" if rating.offset else rating.criterion
        for rating in ratings
        if rating.met is False and card.criterion(rating.criterion).critical == kind
    ]
    return f" ({', '.join(failed)})" if failed else ""
