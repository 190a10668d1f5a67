"""Evaluators by what they scored: raw means, which mostly tell whose work they saw, beside their own part in the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.stats import crossed_effects, guarded, holm, t_interval
from qacli.understand.adjusting import DISPUTE
from qacli.understand.estimates import scored
from qacli.understand.facts import Selection, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.summary import Summary, framed, policy_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from qacli.model import View
    from qacli.stats import Crossed
    from qacli.understand.estimates import Policy

COLUMNS = (
    "evaluator", "scorecard", "n", "colleagues", "mean", "low", "high", "raw", "adjusted", "adjusted_low", "adjusted_high",
    "p", "verdict", "note",
)  # fmt: skip
TEXTS = ("evaluator", "scorecard", "verdict", "note")
ALL_CARDS = "all cards"
"""In place of a card: all of them side by side, each colleague compared with themselves on the same card only."""
RAW = "raw: compares evaluators only if transactions were assigned to them by chance; else it tells whose work they saw"
ADJUSTED = (
    "adjusted: from the mean of these evaluators, by least squares, score = colleague + evaluator, t, confidence {:g} %, p "
    "adjusted for as many evaluators and scorecards; one who is lenient makes the others seem strict, and what else differs, as reason or "
    "channel, stays in it: calibrate with an expert to be sure"
)


def by_evaluator(view: View, selection: Selection) -> Summary:
    """Return per evaluator and scorecard version the raw mean, and the difference from all evaluators raw and adjusted.

    ``raw`` is the evaluator's mean less the mean of the evaluators' means; ``adjusted`` the same after the colleagues
    are taken out, by least squares of score on colleague and evaluator; of several cards also over all of them. The
    verdict holds for all evaluators on all scorecards together (Holm 1979). What was decided in a
    dispute is nobody's own judgement.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    own = found.observed[found.observed["entered"] != DISPUTE]
    rows: list[dict[str, Any]] = []
    said: list[str] = []
    tables: list[pd.DataFrame] = []
    for card, observed in own.groupby("scorecard", sort=True):
        values = scored(observed, policy)
        table = observed[observed["item"].isin(values)].assign(value=lambda each: each["item"].map(values))  # noqa: B023
        if table.empty:
            continue
        tables.append(table.assign(person=table["colleague"]))
        made, unfitted = _of_table(str(card), tables[-1], policy)
        rows, said = [*rows, *made], [*said, *unfitted]
    if len(tables) > 1:
        made, unfitted = _of_table(ALL_CARDS, _side_by_side(tables), policy)
        rows, said = [*rows, *made], [*said, *unfitted]
    decided = len(found.observed) - len(own)
    frame = framed(list(_together(rows, policy)), COLUMNS, ("n", "colleagues"), TEXTS)
    notes = [
        *notes_of(found, policy),
        *([f"decided in a dispute, so nobody's own judgement, in no figure: {decided}"] if decided else []),
        RAW,
        ADJUSTED.format(100 * policy.confidence),
        *said,
    ]
    return Summary("Evaluators by what they scored", frame, notes, "qacli.summary-evaluators/1", _statement(frame))


def _of_table(card: str, table: pd.DataFrame, policy: Policy) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows of one card, or of all, and why nothing is adjusted there."""
    fitted = crossed_effects(list(table["value"]), list(table["person"]), list(table["evaluator"]), policy.confidence)
    return list(_rows(card, table, fitted, policy)), list(_unfitted(card, fitted))


def _side_by_side(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the scores of all cards; a colleague on another card is another person, so that nothing is compared across."""
    import pandas as pd

    both = pd.concat(tables)
    return both.assign(person=both["colleague"] + " " + both["scorecard"])


def _rows(card: str, table: pd.DataFrame, fitted: Crossed, policy: Policy) -> Iterator[dict[str, Any]]:
    groups = {str(name): group for name, group in table.groupby("evaluator", sort=True)}
    whole = sum(group["value"].mean() for group in groups.values()) / len(groups)
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
        if not few and card != ALL_CARDS:  # a raw mean over several cards compares what is not alike
            cells |= {"mean": raw.estimate, "low": raw.low, "high": raw.high, "raw": group["value"].mean() - whole}
        effect = None if few else fitted.effects.get(name)
        if effect:
            limits = {"adjusted_low": effect.low, "adjusted_high": effect.high}
            cells |= {"adjusted": effect.estimate, **limits, "p": effect.p}
        yield cells


def _together(rows: Sequence[dict[str, Any]], policy: Policy) -> Iterator[dict[str, Any]]:
    """Yield the rows with p for all looks together, and the verdict that follows from it."""
    alpha = guarded(1 - policy.confidence)
    for row, p in zip(rows, holm([row.get("p") for row in rows], alpha).adjusted, strict=True):
        sure = p is not None and p <= alpha
        yield row | {"p": p} | ({"verdict": "more lenient" if row["adjusted"] > 0 else "stricter"} if sure else {})


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
    single = frame[frame["scorecard"] != ALL_CARDS]
    told = frame[frame["scorecard"] == ALL_CARDS] if len(single) < len(frame) else frame
    sure = told[told["verdict"].isin(["more lenient", "stricter"])]
    listed = [
        f"{row.evaluator} {row.adjusted:+.1f} ({row.adjusted_low:+.1f} to {row.adjusted_high:+.1f})"
        for row in sure.itertuples()
    ]
    differ = (
        f"differ from the others on the same colleagues: {', '.join(listed)}" if listed else "no difference is sure"
    )
    return f"{int(single['n'].sum())} observations by {frame['evaluator'].nunique()} evaluators; {differ}"
