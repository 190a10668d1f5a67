"""Scores apart from who gave them: what each evaluator adds is taken out, where colleagues in common let it be told."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats import Interval, crossed_effects
from qacli.stats.intervals import t_quantile
from qacli.understand.estimates import scored

if TYPE_CHECKING:
    import pandas as pd

    from qacli.understand.estimates import Policy

DISPUTE = "dispute"
"""How a score was entered that somebody decided in a dispute: it is nobody's own judgement."""


class Adjusted(NamedTuple):
    """Scores by item less what their evaluator adds. Empty where that cannot be told, and ``reason`` says why.

    ``evaluators`` says whose each score is, empty for one that a dispute decided; ``covariance`` how sure the parts of each
    two evaluators are together, on ``free`` degrees of freedom. It is empty where nothing was taken out.
    """

    scores: Mapping[str, float]
    evaluators: Mapping[str, str]
    covariance: Mapping[tuple[str, str], float]
    free: int
    reason: str

    @property
    def taken_out(self) -> list[str]:
        """The evaluators whose part was taken out of the scores."""
        return sorted({name for name, _ in self.covariance})

    def widened(self, found: Interval, shares: Mapping[str, float], confidence: float) -> Interval:
        """Return an interval of adjusted scores with what is not known of their evaluators added to it.

        ``shares`` says how much of the mean is of whose scores. What one evaluator is found to add hangs on what the
        others are: two who score the same people are unsure in the same way, or cancel out.
        """
        if found.low is None or found.high is None or found.estimate is None or not self.covariance:
            return found
        known = {name: share for name, share in shares.items() if share}
        parts = sum(a * b * self.covariance[one, other] for one, a in known.items() for other, b in known.items())
        reach = sqrt(
            ((found.high - found.low) / 2) ** 2 + max(parts, 0.0) * t_quantile((1 + confidence) / 2, self.free) ** 2
        )
        return found._replace(low=found.estimate - reach, high=found.estimate + reach)


def adjusted_scores(observed: pd.DataFrame, policy: Policy) -> Adjusted:
    """Return the scores of one card version, one row per observation, apart from their evaluators.

    Least squares of score on colleague and evaluator (``crossed_effects``). One evaluator adds the same to all: nothing
    is taken out then. Nor is it of what a dispute decided, which tells nothing of an evaluator either.
    """
    values = scored(observed, policy)
    rows = observed[observed["item"].isin(set(values))]
    whose = rows["evaluator"].astype(str).where(rows["entered"] != DISPUTE, "")
    names = dict(zip(rows["item"], whose, strict=True))
    items = [item for item in values if names[item]]
    if len({names[item] for item in items}) <= 1:
        return Adjusted(values, names, {}, 0, "")
    people = dict(zip(rows["item"], rows["colleague"], strict=True))
    fitted = crossed_effects(
        [values[item] for item in items],
        [people[item] for item in items],
        [names[item] for item in items],
        policy.confidence,
    )
    if not fitted.effects:
        return Adjusted({}, names, {}, 0, fitted.method)
    covariance = {(str(one), str(other)): each for (one, other), each in fitted.covariance.items()}
    added = {str(name): effect.estimate for name, effect in fitted.effects.items()}
    scores = {item: score - added.get(names[item], 0.0) for item, score in values.items()}
    return Adjusted(scores, names, covariance, fitted.free, "")
