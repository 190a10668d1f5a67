"""Evaluators by what they scored: raw means, which mostly tell whose work they saw, beside their own part in the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.stats import benjamini_hochberg, crossed_effects, t_interval
from qacli.understand.estimates import scored
from qacli.understand.facts import Selection, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.summary import Summary, framed, policy_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from qacli.model import View
    from qacli.stats import Crossed
    from qacli.understand.estimates import Policy

COLUMNS = (
    "evaluator", "scorecard", "n", "colleagues", "mean", "low", "high", "raw", "adjusted", "adjusted_low", "adjusted_high",
    "p", "verdict", "note",
)  # fmt: skip
TEXTS = ("evaluator", "scorecard", "verdict", "note")
DISPUTE = "dispute"
RAW = "raw: compares evaluators only if transactions were assigned to them by chance; else it tells whose work they saw"
ADJUSTED = (
    "adjusted: from the mean of these evaluators, by least squares, score = colleague + evaluator, t, confidence {:g} %, p "
    "adjusted for as many evaluators; one who is lenient makes the others seem strict, and what else differs, as reason or "
    "channel, stays in it: calibrate with an expert to be sure"
)


def by_evaluator(view: View, selection: Selection) -> Summary:
    """Return per evaluator and scorecard version the raw mean, and the difference from all evaluators raw and adjusted.

    ``raw`` is the evaluator's mean less the mean of the evaluators' means; ``adjusted`` the same after the colleagues
    are taken out, by least squares of score on colleague and evaluator. The verdict holds for all evaluators of a
    scorecard together (Benjamini and Hochberg 1995). What was decided in a dispute is nobody's own judgement.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    own = found.observed[found.observed["entered"] != DISPUTE]
    rows, said = [], []
    for card, observed in own.groupby("scorecard", sort=True):
        values = scored(observed, policy)
        table = observed[observed["item"].isin(values)].assign(value=lambda each: each["item"].map(values))  # noqa: B023
        if table.empty:
            continue
        fitted = crossed_effects(
            list(table["value"]), list(table["colleague"]), list(table["evaluator"]), policy.confidence
        )
        rows += list(_rows(str(card), table, fitted, policy))
        said += list(_unfitted(str(card), fitted))
    decided = len(found.observed) - len(own)
    frame = framed(rows, COLUMNS, ("n", "colleagues"), TEXTS)
    notes = [
        *notes_of(found, policy),
        *([f"decided in a dispute, so nobody's own judgement, in no figure: {decided}"] if decided else []),
        RAW,
        ADJUSTED.format(100 * policy.confidence),
        *said,
    ]
    return Summary("Evaluators by what they scored", frame, notes, "qacli.summary-evaluators/1", _statement(frame))


def _rows(card: str, table: pd.DataFrame, fitted: Crossed, policy: Policy) -> Iterator[dict[str, Any]]:
    groups = {str(name): group for name, group in table.groupby("evaluator", sort=True)}
    whole = sum(group["value"].mean() for group in groups.values()) / len(groups)
    told = [name for name in groups if name in fitted.effects and len(groups[name]) >= policy.minimum_n]
    adjusted = benjamini_hochberg([fitted.effects[name].p for name in told], 1 - policy.confidence).adjusted
    ps = dict(zip(told, adjusted, strict=True))
    for name, group in groups.items():
        few = len(group) < policy.minimum_n
        raw = t_interval(list(group["value"]), policy.confidence)
        cells: dict[str, Any] = {
            "evaluator": name,
            "scorecard": card,
            "n": len(group),
            "colleagues": group["colleague"].nunique(),
            "verdict": "too few" if few else "cannot tell",
            "note": f"fewer than {policy.minimum_n} evaluations" if few else "",
        }
        if not few:
            cells |= {"mean": raw.estimate, "low": raw.low, "high": raw.high, "raw": group["value"].mean() - whole}
        if name in ps:
            cells |= _adjusted(name, fitted, ps, policy)
        yield cells


def _adjusted(name: str, fitted: Crossed, ps: Mapping[str, float | None], policy: Policy) -> dict[str, Any]:
    effect, p = fitted.effects[name], ps[name]
    sure = p is not None and p <= 1 - policy.confidence
    return {
        "adjusted": effect.estimate,
        "adjusted_low": effect.low,
        "adjusted_high": effect.high,
        "p": p,
        "verdict": ("more lenient" if effect.estimate > 0 else "stricter") if sure else "cannot tell",
    }


def _unfitted(card: str, fitted: Crossed) -> Iterator[str]:
    """Yield why nothing is adjusted for one scorecard; which evaluators nobody connects."""
    if fitted.effects:
        return
    groups = " | ".join(", ".join(map(str, group)) for group in fitted.groups)
    apart = f": {groups}; have colleagues scored by evaluators of both sides" if len(fitted.groups) > 1 else ""
    yield f"{card}, not adjusted, {fitted.method}{apart}"


def _statement(frame: pd.DataFrame) -> str:
    if frame.empty:
        return NOTHING
    sure = frame[frame["verdict"].isin(["more lenient", "stricter"])]
    listed = [
        f"{row.evaluator} {row.adjusted:+.1f} ({row.adjusted_low:+.1f} to {row.adjusted_high:+.1f})"
        for row in sure.itertuples()
    ]
    differ = (
        f"differ from the others on the same colleagues: {', '.join(listed)}" if listed else "no difference is sure"
    )
    return f"{int(frame['n'].sum())} observations by {frame['evaluator'].nunique()} evaluators; {differ}"
