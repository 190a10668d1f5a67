"""A score in one sentence: how much of what applied, whether it passes, what did not apply, failed criticals apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from qacli.monitor.observing.observation import CLASSES, NOT_APPLICABLE, NOT_ASKED, Observation, Rating
from qacli.monitor.scoring import weighting
from qacli.prepare.scorecards.scale import plain
from qacli.prepare.scorecards.scorecard import Scorecard


def rounded(number: Decimal, decimals: int) -> str:
    """Return a number for people, half up. Sums are never rounded, only what is shown."""
    return str(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def told(card: Scorecard, observation: Observation, ratings: Sequence[Rating]) -> str:
    """Return for example: o_4p: 84.6 of 100 on 92 of 100 weight (N/A: ph-hold); criticals: customer 0, ..."""
    unused = [rating.criterion for rating in ratings if rating.answer == NOT_APPLICABLE and rating.weight]
    hidden = [rating.criterion for rating in ratings if rating.answer == NOT_ASKED]
    left_out = [f"{what}: {', '.join(names)}" for what, names in (("N/A", unused), ("not asked", hidden)) if names]
    without = f" ({'; '.join(left_out)})" if left_out else ""
    return (
        f"{observation.id}: {score_in_words(card, observation)}{without}; "
        f"criticals: {criticals_in_words(card, observation, ratings)}"
    )


def sum_in_words(points: Sequence[Decimal], steps: Sequence[tuple[str, Decimal]]) -> str:
    """Return the points of a score as a sum that comes out as it is printed, and what was then done to it."""
    total = sum(points, Decimal(0))
    decimals = next(
        (n for n in range(2, 6) if sum(Decimal(rounded(each, n)) for each in points) == Decimal(rounded(total, n))), 6
    )
    shown = " + ".join(rounded(each, decimals) for each in points) or "nothing"
    then = "".join(
        f"; {words}{f' = {rounded(after, decimals)}' if words.startswith(('plus', 'less')) else ''}"
        for words, after in steps
    )
    return f"{shown} = {rounded(total, decimals)}{then}"


def rounding_in_words(card: Scorecard, score: Decimal) -> str:
    """Return how a score is recorded, and how it is rounded where it is shown."""
    decimals = card.scoring.rounding
    places = f"{decimals} decimal{'s' * (decimals != 1)}"
    return f"recorded as {plain(score)}; shown with {places}, half up: {rounded(score, decimals)}"


def score_in_words(card: Scorecard, observation: Observation) -> str:
    """Return the score with the weight that it rests on, and whether it passes and its band where the card has them."""
    if observation.score is None:
        return "no score: nothing that carries weight applied"
    unit = "points" if card.scoring.mode == "points" else "weight"
    return (
        f"{rounded(observation.score, card.scoring.rounding)} of 100 on {plain(observation.applicable_weight)} "
        f"of {plain(weighting.decimal(weighting.total(card)))} {unit}{_verdict(card, observation)}"
    )


def _verdict(card: Scorecard, observation: Observation) -> str:
    """Return whether a score passes and the name of its band, for example: , fail (pass mark 85), Needs support."""
    policy = card.scoring
    critical = sum(getattr(observation, kind) for kind in CLASSES)
    passed, band = policy.passed(observation.score, bool(critical)), policy.band(observation.score)
    parts = [band] if band else []
    if passed is not None and policy.pass_mark is not None and observation.score is not None:
        why = [f"pass mark {plain(policy.pass_mark)}"]
        if not passed and observation.score >= policy.pass_mark:
            why.append(f"failed criticals {critical}")
        elif not passed and Decimal(rounded(observation.score, policy.rounding)) >= policy.pass_mark:
            why.append(f"unrounded {plain(observation.score)}")
        parts.insert(0, f"{'pass' if passed else 'fail'} ({'; '.join(why)})")
    return "".join(f", {part}" for part in parts)


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
