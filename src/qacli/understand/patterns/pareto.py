"""Pareto of faults: which criteria most faults are of, what usually lies behind them, and whether a colleague can change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.understand.facts import Selection, ratings, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.patterns.rises import by_colleague, without_bonus
from qacli.understand.patterns.spread import spread_of
from qacli.understand.summary import Summary, framed, method_note, policy_of
from qacli.understand.weighting import strata_of, weighted_share

if TYPE_CHECKING:
    import pandas as pd

    from qacli.model import View

MOST = 12
"""Criteria that have a bar of their own; the rest is one, and stands last."""
ENOUGH = 30
"""Faults under which nothing is said of the few that make most of them."""
COLUMNS = (
    "criterion",
    "scorecard",
    "critical",
    "failed",
    "faults_share",
    "so_far_share",
    "n",
    "share",
    "low",
    "high",
    "controllable",
    "causes",
    "spread",
)
TEXTS = ("criterion", "scorecard", "critical", "controllable", "causes", "spread")


class Bar(NamedTuple):
    """The faults of one criterion: how many, and their part of all faults, weighted by the design (0 to 1)."""

    criterion: str
    scorecard: str
    failed: int
    part: float


def bars(rated: pd.DataFrame) -> list[Bar]:
    """Return the criteria that were failed, most faults first, each fault counting with the weight of its item.

    ``rated`` has a row per rating: scorecard, criterion, met, weight; a weight that is missing counts 1.
    """
    failed = rated[rated["met"].notna() & (rated["met"].fillna(True).astype(bool) == False)]  # noqa: E712 - element-wise
    weights = failed["weight"].astype(float).fillna(1.0)
    total = float(weights.sum())
    sums = weights.groupby([failed["scorecard"], failed["criterion"]], sort=True).agg(["size", "sum"])
    found = [Bar(str(name), str(card), int(n), float(w) / total) for (card, name), n, w in sums.itertuples()]
    return sorted(found, key=lambda bar: (-bar.part, bar.scorecard, bar.criterion))


def by_fault(view: View, selection: Selection) -> Summary:
    """Return the criteria that were failed, most faults first: their part of all faults and of the evaluations affected.

    ``faults_share`` and ``so_far_share`` are parts of all faults; ``share`` of the evaluations with this card that have
    the fault. All are weighted by the design.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    strata = strata_of(found)
    rated = without_bonus(ratings(view, selection), policy.bonus)
    made = bars(rated)
    rows: list[dict[str, object]] = []
    for bar in made[:MOST]:
        ours = rated[(rated["scorecard"] == bar.scorecard) & (rated["criterion"] == bar.criterion)]
        with_fault = set(ours.loc[ours["met"].notna() & ~ours["met"].fillna(True).astype(bool), "item"])
        items = found.observed.loc[found.observed["scorecard"] == bar.scorecard, "item"]
        affected = weighted_share(strata, {item: item in with_fault for item in items}, policy.confidence)
        criterion = view.definition("scorecard", bar.scorecard).criterion(bar.criterion)
        rows.append(
            {
                **bar._asdict(),
                "critical": "" if criterion.critical == "none" else criterion.critical,
                "faults_share": bar.part,
                "n": len(items),
                "share": affected.estimate,
                "low": affected.low,
                "high": affected.high,
                "controllable": criterion.controllable,
                "causes": "; ".join(criterion.causes),
                "spread": spread_of(by_colleague(ours[ours["met"].notna()]), looks=len(made)).verdict,
            }
        )
    rows += _others(made[MOST:])
    so_far = 0.0
    for row in rows:
        so_far += float(row["faults_share"])  # type: ignore[arg-type]
        row["so_far_share"] = so_far
    notes = [
        *notes_of(found, policy),
        method_note(policy),
        "percent: of all transactions with the scorecard; of those to which a criterion applied: qacli summarise criterion",
        "criticals are told by their class: a list of many small faults must not hide a great one",
        "causes and controllable are what the scorecard says beforehand; nobody looked into these faults for it",
    ]
    frame = framed([_shown(row) for row in rows], COLUMNS, ("n", "failed"), TEXTS)
    return Summary("Faults", frame, notes, "qacli.summary-fault/1", _statement(made, rated))


def _others(rest: Sequence[Bar]) -> list[dict[str, object]]:
    if not rest:
        return []
    failed, part = sum(bar.failed for bar in rest), sum(bar.part for bar in rest)
    return [
        {"criterion": f"other ({len(rest)} criteria)", "scorecard": "", "failed": failed, "faults_share": part, "n": 0}
    ]


def _shown(row: Mapping[str, object]) -> dict[str, object]:
    return {name: row.get(name, "" if name in TEXTS else None) for name in COLUMNS}


def _statement(made: Sequence[Bar], rated: pd.DataFrame) -> str:
    """Return how few criteria make most of the faults, where they are enough to say so."""
    if rated.empty:
        return NOTHING
    total = sum(bar.failed for bar in made)
    if not total:
        return "no criterion was failed"
    if total < ENOUGH:
        return f"{total} faults of {len(made)} criteria: too few to say which of them make most"
    few, part = 0, 0.0
    while part < 0.5:
        part += made[few].part
        few += 1
    judged = rated[["scorecard", "criterion"]].drop_duplicates()
    names = ", ".join(f"{bar.criterion} of {bar.scorecard}" for bar in made[:few])
    return f"{few} of {len(judged)} criteria {'makes' if few == 1 else 'make'} {part:.0%} of the {total} faults (weighted): {names}"
