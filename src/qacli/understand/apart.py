"""What lets people and teams be compared: means apart from evaluators, shrunk means, ranks only where they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.understand.adjusting import Adjusted, adjusted_scores
from qacli.understand.estimates import Policy, scored
from qacli.understand.reliability import NOTHING, Reliability, Told, reliability_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from qacli.stats import Interval
    from qacli.understand.facts import Sample

COMPARED = ("colleague", "team")
"""Groups that people compare with each other: for them means stand apart from evaluators too."""
ADJUSTED = ("adjusted", "adjusted_low", "adjusted_high")


def adjusted_by_card(found: Sample, policy: Policy) -> dict[str, Adjusted]:
    """Return the scores of each card version apart from their evaluators."""
    return {str(card): adjusted_scores(rows, policy) for card, rows in found.observed.groupby("scorecard", sort=True)}


def adjusted_cells(
    observed: pd.DataFrame,
    apart: Adjusted | None,
    mean: Callable[[Mapping[str, float], float], Interval],
    policy: Policy,
) -> dict[str, object]:
    """Return the mean apart from evaluators with its limits; nothing under the least n or where they cannot be told."""
    values = {item: apart.scores[item] for item in observed["item"] if item in apart.scores} if apart else {}
    if not apart or len(values) < policy.minimum_n:
        return dict.fromkeys(ADJUSTED)
    whose = {name: {item: float(apart.evaluators[item] == name) for item in values} for name in apart.taken_out}
    shares = {name: mean(each, policy.confidence).estimate or 0.0 for name, each in whose.items()}
    found = apart.widened(mean(values, policy.confidence), shares, policy.confidence)
    return dict(zip(ADJUSTED, (found.estimate, found.low, found.high), strict=True))


def comparable(found: Sample, policy: Policy) -> list[str]:
    """Return what must be said of comparing people or teams whose work was judged by several evaluators."""
    notes = []
    for card, apart in adjusted_by_card(found, policy).items():
        if not apart.scores and apart.reason:
            notes.append(f"{card}: not adjusted for evaluators, so means also tell who judged whom: {apart.reason}")
        elif apart.taken_out:
            notes.append(
                f"adjusted, {card}: apart from what each of {len(apart.taken_out)} evaluators adds (least squares on colleagues in "
                "common); compare these, for a mean also tells who judged whom"
            )
    return notes


def with_reliability(frame: pd.DataFrame, found: Sample, policy: Policy) -> tuple[pd.DataFrame, list[str]]:
    """Return scores by colleague with shrunk means, reliability and ranks, and why nobody is ranked, by card."""
    import pandas as pd

    known = {str(card): _reliability(rows, policy) for card, rows in found.observed.groupby("scorecard", sort=True)}
    reasons = [_ranking(card, each) for card, each in known.items()]
    told = [
        known[card].told.get(name, NOTHING) if card in known else NOTHING
        for card, name in zip(frame["scorecard"], frame["colleague"], strict=True)
    ]
    columns = pd.DataFrame(told, columns=list(Told._fields), index=frame.index, dtype="float64")
    ranks = [float("nan") if each.rank is None else each.rank for each in told]
    columns["rank"] = pd.Series(ranks, index=frame.index, dtype="object")  # a place is whole: never 11.0
    return frame.join(columns), reasons


def _ranking(card: str, found: Reliability) -> str:
    """Return why nobody is ranked, or what the ranks are of and how sure they are."""
    if found.reason:
        return f"nobody is ranked on {card}: {found.reason}"
    least = min(each.reliability or 0.0 for each in found.told.values())
    return f"rank on {card}: by the shrunk mean, 1 the highest; the least reliability is {least:.2f}"


def _reliability(rows: pd.DataFrame, policy: Policy) -> Reliability:
    apart = adjusted_scores(rows, policy)
    own = apart.scores or scored(rows, policy)
    person_of = dict(zip(rows["item"], rows["colleague"].astype(str), strict=True))
    scores: dict[str, list[float]] = {name: [] for name in sorted(set(person_of.values()))}
    for item, score in own.items():
        scores[person_of[item]].append(score)
    return reliability_of(scores, policy.minimum_n, apart.reason)
