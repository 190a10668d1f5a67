"""Colleagues whose scores fall over the weeks, apart from what all do: each colleague is one look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.stats import slopes
from qacli.understand.patterns.claim import FALL, WEEK, Claim, days_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd


def falls(
    observed: pd.DataFrame, first: date, stretches: Sequence[Claim] = (), confidence: float = 0.95
) -> list[Claim]:
    """Return one claim per colleague: points of 100 a week, 95 % limits, and the chance of so steep a fall.

    ``observed`` has a row per observation: day, colleague, channel, scorecard, evaluator, reason, score; those without a
    score are left out. What evaluator, card and reason add is taken out, and so is what all colleagues have in common: the
    ``stretches`` in which a criterion of a card was failed more often, and the slope that all share.
    """
    import numpy as np

    scored = observed[observed["score"].notna()]
    day = (days_of(scored) - np.datetime64(first)).astype(int)
    cards = scored["channel"].astype(str) + " " + scored["scorecard"].astype(str)
    for claim in stretches:
        low = 0 if claim.since is None else (claim.since - first).days
        high = np.inf if claim.until is None else (claim.until - first).days
        of_place = (scored["channel"] == claim.channel) & (scored["scorecard"] == claim.scorecard)
        cards = cards.where(~(of_place.to_numpy() & (day >= low) & (day <= high)), cards + " " + claim.criterion)
    found = slopes(
        scored["score"].astype(float).tolist(),
        (day / WEEK).tolist(),
        scored["colleague"].tolist(),
        [cards.tolist(), scored["evaluator"].tolist(), scored["reason"].tolist()],
        confidence,
    )
    return [
        Claim(
            FALL,
            each.n,
            each.method,
            colleague=each.group,
            effect=each.estimate,
            low=each.low,
            high=each.high,
            p=each.p,
        )
        for each in found
    ]
