"""Scores apart from who gave them: what each evaluator adds is taken out, where colleagues in common let it be told."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats import Interval, crossed_effects
from qacli.stats.intervals import t_quantile
from qacli.understand.estimates import scored

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from qacli.understand.estimates import Policy


class Adjusted(NamedTuple):
    """Scores by item less what their evaluator adds. Empty where that cannot be told, and ``reason`` says why.

    ``evaluators`` says whose each score is, ``errors`` how sure the part of each evaluator is, as a standard error.
    """

    scores: Mapping[str, float]
    evaluators: Mapping[str, str]
    errors: Mapping[str, float]
    reason: str

    def widened(self, found: Interval, items: Collection[str], confidence: float) -> Interval:
        """Return an interval of adjusted scores with what is not known of their evaluators added to it."""
        if found.low is None or found.high is None or found.estimate is None or not items:
            return found
        counts: dict[str, int] = {}
        for item in items:
            counts[self.evaluators[item]] = counts.get(self.evaluators[item], 0) + 1
        own = sum((n / len(items) * self.errors.get(name, 0.0)) ** 2 for name, n in counts.items())
        reach = sqrt(((found.high - found.low) / 2) ** 2 + own * t_quantile((1 + confidence) / 2, 1000) ** 2)
        return found._replace(low=found.estimate - reach, high=found.estimate + reach)


def adjusted_scores(observed: pd.DataFrame, policy: Policy) -> Adjusted:
    """Return the scores of one card version, one row per observation, apart from their evaluators.

    Least squares of score on colleague and evaluator (``crossed_effects``). One evaluator adds the same to all: nothing
    is taken out then.
    """
    values = scored(observed, policy)
    rows = observed[observed["item"].isin(set(values))]
    names = dict(zip(rows["item"], rows["evaluator"].astype(str), strict=True))
    if len(set(names.values())) == 1:
        return Adjusted(values, names, {}, "")
    people = dict(zip(rows["item"], rows["colleague"], strict=True))
    items = list(values)
    fitted = crossed_effects(
        [values[item] for item in items],
        [people[item] for item in items],
        [names[item] for item in items],
        policy.confidence,
    )
    if not fitted.effects:
        return Adjusted({}, names, {}, fitted.method)
    quantile = t_quantile((1 + policy.confidence) / 2, fitted.free)
    errors = {str(name): (each.high - each.low) / 2 / quantile for name, each in fitted.effects.items()}
    return Adjusted(
        {item: score - fitted.effects[names[item]].estimate for item, score in values.items()}, names, errors, ""
    )
