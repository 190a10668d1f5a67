"""Summaries of observations by colleague, team, channel, reason and for the desk. No figure without its n."""

from __future__ import annotations

from functools import partial
from math import inf, isnan
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.observing.observation import CLASSES
from qacli.understand.apart import ADJUSTED, COMPARED, adjusted_by_card, adjusted_cells, comparable, with_reliability
from qacli.understand.estimates import Policy, critical_cells, plain_mean, plain_share, score_cells, scored
from qacli.understand.facts import Sample, Selection, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.weighting import strata_of, weight_notes, weighted_mean, weighted_share

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import pandas as pd

    from qacli.model import View
    from qacli.stats import Interval

NOT_STATED = "not stated"
UNTOUCHED = ("apart", "zero")
"""Effects of a failed critical that leave a score as it was, or leave none to speak of."""
COUNTS = ("drawn", "observed", "n")
NUMBERS = ("mean", "low", "high", "minimum", "maximum")
CRITICALS = tuple(f"{name}{part}" for name in CLASSES for part in ("", "_share", "_low", "_high"))
SCORE_COLUMNS = ("scorecard", *COUNTS, *NUMBERS, "verdict", *CRITICALS, "method", "note")


class Summary(NamedTuple):
    """A table with what must be said beside it.

    Scores and their limits are 0 to 100, shares and theirs 0 to 1, unrounded; what is undefined is NaN, and ``verdict``
    or ``note`` says why. ``schema`` names the columns, ``statement`` is the summary in one sentence.
    """

    title: str
    frame: pd.DataFrame
    notes: Sequence[str]
    schema: str
    statement: str


def by_colleague(view: View, selection: Selection) -> Summary:
    """Return scores and failed criticals per colleague and scorecard version, in order of person ids.

    A colleague's figures are of the evaluations as they are: t interval for the mean, Wilson for shares. ``shrunk`` and
    ``reliability`` say how far means can be told apart; ``rank`` is empty unless they can, for every colleague.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    frame = _scores(found, "colleague", policy, plain_mean, plain_share)
    frame, reasons = with_reliability(frame, found, policy)
    notes = [
        *notes_of(found, policy),
        *_averages(found, policy),
        f"mean: t interval, each evaluation counting the same; shares of criticals: Wilson; {_confidence(policy)}",
        f"under {policy.minimum_n} evaluations there is no mean: the least and the greatest score, and too few",
        *_leaning(found),
        *comparable(found, policy),
        "shrunk: drawn towards the mean of all as far as chance explains the difference (empirical Bayes)",
        "in order of person ids, not of scores",
        *reasons,
    ]
    return Summary("Scores by colleague", frame, notes, "qacli.summary-colleague/1", _colleague_statement(frame))


def _leaning(found: Sample) -> list[str]:
    if "risk-weighted" not in set(found.observed["design"]):
        return []
    return ["drawn with unequal chances: a colleague's figures lean towards what carries risk, and are not the desk's"]


def _averages(found: Sample, policy: Policy) -> Iterator[str]:
    """Yield the internal quality score of Zendesk QA for each card with its profile.

    Source: Zendesk QA help, IQS: the plain mean of the scores of all reviews, those of 0 among them.
    """
    rows = found.observed[found.observed["score"].notna()]
    for card, scores in rows[rows["scorecard"].isin(policy.averaged)].groupby("scorecard", sort=True)["score"]:
        n = len(scores)
        if n < policy.minimum_n:
            yield f"{card}: no internal quality score (IQS): too few reviews, {n} of the {policy.minimum_n} that are needed"
            continue
        zeros = int((scores == 0).sum())
        yield f"{card}: internal quality score (IQS) {scores.mean():.2f}, the plain mean of {n} reviews, {zeros} of them 0"


def by_team(view: View, selection: Selection) -> Summary:
    """Return scores and failed criticals per team and scorecard version, weighted by the design."""
    return _weighted(view, selection, "team")


def by_channel(view: View, selection: Selection) -> Summary:
    """Return scores and failed criticals per channel and scorecard version, weighted by the design."""
    return _weighted(view, selection, "channel")


def by_reason(view: View, selection: Selection) -> Summary:
    """Return scores and failed criticals per contact reason and scorecard version, weighted by the design."""
    return _weighted(view, selection, "reason")


def desk(view: View, selection: Selection) -> Summary:
    """Return scores and failed criticals of the whole desk per scorecard version, weighted by the design."""
    return _weighted(view, selection, "desk")


def policy_of(view: View, found: Sample) -> Policy:
    """Return the thresholds of the workspace and what the scorecards of a sample do with criticals and bonus."""
    return policy_for(view, set(found.observed["scorecard"]))


def policy_for(view: View, scorecards: Collection[str]) -> Policy:
    """Return the same for scorecards by their references."""
    thresholds = view.settings.thresholds
    cards = {ref: view.definition("scorecard", ref) for ref in sorted(scorecards)}
    effects = {ref: {name: card.scoring.critical.of(name) for name in CLASSES} for ref, card in cards.items()}
    return Policy(
        thresholds.minimum_n,
        thresholds.confidence / 100,
        {ref: [name for name, effect in each.items() if effect == "zero"] for ref, each in effects.items()},
        {ref: [name for name, effect in each.items() if effect not in UNTOUCHED] for ref, each in effects.items()},
        {ref for ref, card in cards.items() if card.scoring.cap == "none"},
        {(ref, criterion.id) for ref, card in cards.items() for criterion in card.criteria() if criterion.bonus},
        {ref for ref, card in cards.items() if card.scoring.profile == "zendesk-qa"},
    )


def weighted_shares(found: Sample) -> Callable[[Mapping[str, bool], float], Interval]:
    """Return how the share of a sample that is true is estimated under its design."""
    return partial(weighted_share, strata_of(found))


def method_note(policy: Policy) -> str:
    """Return how weighted shares get their limits."""
    return (
        f"shares weighted by the design: Korn-Graubard, and Wilson on n where none or all failed; {_confidence(policy)}"
    )


def _weighted(view: View, selection: Selection, key: str) -> Summary:
    found = sample(view, selection)
    policy = policy_of(view, found)
    strata = strata_of(found)
    frame = _scores(found, key, policy, partial(weighted_mean, strata), partial(weighted_share, strata))
    notes = [
        *notes_of(found, policy),
        *_averages(found, policy),
        *weight_notes(strata),
        f"mean: weighted, with the t interval of a ratio; {method_note(policy)}",
        *(comparable(found, policy) if key in COMPARED else ()),
    ]
    return Summary(
        f"Scores by {key}" if key != "desk" else "Scores of the desk",
        frame,
        notes,
        f"qacli.summary-{key}/1",
        _weighted_statement(frame, key),
    )


def _scores(
    found: Sample,
    key: str,
    policy: Policy,
    mean: Callable[[Mapping[str, float], float], Interval],
    share: Callable[[Mapping[str, bool], float], Interval],
) -> pd.DataFrame:
    """Return one row per group and scorecard version, in order of their names."""
    rows = []
    apart = adjusted_by_card(found, policy) if key in COMPARED else {}
    drawn = found.drawn if not found.observed.empty else found.observed
    drawn = drawn.assign(
        desk="all", reason=drawn["reason"].replace("", NOT_STATED), team=drawn["team"].replace("", NOT_STATED)
    )
    for (name, card), items in drawn.groupby([key, "scorecard"], sort=True):
        observed = items[items["counted"]]
        rows.append(
            {
                key: name,
                "scorecard": card,
                "drawn": len(items),
                "observed": len(observed),
                **score_cells(scored(observed, policy), mean, policy, inf if card in policy.uncapped else 100.0),
                **critical_cells(observed, share, policy.confidence),
                **(adjusted_cells(observed, apart.get(str(card)), mean, policy) if key in COMPARED else {}),
            }
        )
    columns = (key, *SCORE_COLUMNS, *(ADJUSTED if key in COMPARED else ()))
    return framed(rows, columns, (*COUNTS, *CLASSES), ("verdict", "method", "note", key, "scorecard"))


def framed(
    rows: Sequence[Mapping[str, object]], columns: Sequence[str], whole: Sequence[str], texts: Sequence[str]
) -> pd.DataFrame:
    """Return rows as a frame whose columns have the same types however many rows there are."""
    import pandas as pd

    types = {column: "int64" if column in whole else "object" if column in texts else "float64" for column in columns}
    return pd.DataFrame([dict(row) for row in rows], columns=list(columns)).astype(types)


def _confidence(policy: Policy) -> str:
    return f"confidence {100 * policy.confidence:g} %"


def _colleague_statement(frame: pd.DataFrame) -> str:
    if frame.empty:
        return NOTHING
    enough = frame.loc[~frame["verdict"].isin(["too few", "no evaluations"]), "colleague"].nunique()
    people = frame["colleague"].nunique()
    observed = int(frame["observed"].sum())
    what = f"{observed} observation{'s' * (observed != 1)} of {people} colleague{'s' * (people != 1)}"
    return f"{what}; enough for a mean: {enough} of {people}"


def _weighted_statement(frame: pd.DataFrame, key: str) -> str:
    if frame.empty:
        return NOTHING
    return "; ".join(
        f"{getattr(row, key) if key != 'desk' else 'desk'}, {row.scorecard}: {_in_words(row)}"
        for row in frame.itertuples()
    )


def _in_words(row: object) -> str:
    n, mean, low, high, verdict = (getattr(row, name) for name in ("n", "mean", "low", "high", "verdict"))
    if verdict in {"too few", "no evaluations"}:
        return f"{verdict} (n {n})"
    limits = f"{low:.1f} to {high:.1f}" if verdict == "interval" else "no interval"
    return f"mean {mean:.1f} ({limits}, n {n}){_apart(row)}"


def _apart(row: object) -> str:
    """Return the mean apart from evaluators, where several judged and it differs."""
    adjusted, low, high = (getattr(row, name, None) for name in ADJUSTED)
    if adjusted is None or isnan(adjusted) or abs(adjusted - row.mean) < 0.05:  # type: ignore[attr-defined]
        return ""
    limits = "no interval" if low is None or high is None or isnan(low) else f"{low:.1f} to {high:.1f}"
    return f", apart from evaluators {adjusted:.1f} ({limits})"
