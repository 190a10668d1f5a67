"""How often each criterion was not met, and by how many colleagues: a process fails in many hands, a person in two."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from qacli.monitor.observing.observation import NOT_ASKED
from qacli.understand.estimates import Policy
from qacli.understand.facts import Selection, ratings, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.patterns.changes import told_changes
from qacli.understand.patterns.rises import by_colleague
from qacli.understand.patterns.spread import spread_of
from qacli.understand.summary import Summary, framed, method_note, policy_of
from qacli.understand.weighting import Strata, strata_of, weighted_share

if TYPE_CHECKING:
    import pandas as pd

    from qacli.model import View

COLUMNS = (
    "criterion",
    "scorecard",
    "n",
    "failed",
    "share",
    "low",
    "high",
    "not_applicable",
    "not_asked",
    "colleagues_failed",
    "colleagues",
    "spread",
    "note",
)
WHOLE = ("n", "failed", "not_applicable", "not_asked", "colleagues_failed", "colleagues")


def by_criterion(view: View, selection: Selection) -> Summary:
    """Return per scorecard version and criterion, in the order of the card, how many failed of those it applied to.

    ``share``, ``low`` and ``high`` are weighted by the design, so ``share`` need not be ``failed / n``. A bonus is left
    out: not earning it is no failure.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    strata = strata_of(found)
    rated = ratings(view, selection)
    groups = rated.groupby(["scorecard", "criterion"], sort=False)
    judged = [rows for key, rows in groups if key not in policy.bonus]
    rows = sorted(
        (_row(rows, strata, policy, len(judged)) for rows in judged), key=lambda row: (row["scorecard"], row["place"])
    )
    frame = framed([_without_place(row) for row in rows], COLUMNS, WHOLE, ("criterion", "scorecard", "spread", "note"))
    notes = [
        *notes_of(found, policy),
        method_note(policy),
        "n: observations to which the criterion applied; failed: below its standard",
        "spread: whether failures look like process (in many hands) or person (in few); cannot tell where n is too small",
        *_bonus_note(policy),
        *told_changes(view, rated, selection, policy.bonus),
    ]
    return Summary("Criteria not met", frame, notes, "qacli.summary-criterion/1", _statement(frame))


def _row(rows: pd.DataFrame, strata: Strata, policy: Policy, looks: int) -> dict[str, object]:
    applicable = rows[rows["met"].notna()]
    failed = applicable[~applicable["met"].astype(bool)]
    values = {item: not met for item, met in zip(applicable["item"], applicable["met"], strict=True)}
    found = weighted_share(strata, values, policy.confidence)
    unasked = int((rows["answer"] == NOT_ASKED).sum())
    return {
        "criterion": rows["criterion"].iloc[0],
        "scorecard": rows["scorecard"].iloc[0],
        "n": len(applicable),
        "failed": len(failed),
        "share": found.estimate,
        "low": found.low,
        "high": found.high,
        "not_applicable": len(rows) - len(applicable) - unasked,
        "not_asked": unasked,
        "colleagues_failed": failed["colleague"].nunique(),
        "colleagues": applicable["colleague"].nunique(),
        "spread": spread_of(by_colleague(applicable), looks=looks).verdict if len(failed) else "",
        "note": _note(len(applicable), unasked, found.method if found.low is None else "", policy),
        "place": rows["place"].min(),
    }


def _note(n: int, unasked: int, reason: str, policy: Policy) -> str:
    hidden = f"not asked in {unasked}" if unasked else ""
    if not n:
        return "; ".join(part for part in ("never applicable", hidden) if part)
    few = "too few" if n < policy.minimum_n else ""
    return "; ".join(part for part in (few, reason, hidden) if part)


def _bonus_note(policy: Policy) -> list[str]:
    names = [f"{criterion} of {card}" for card, criterion in sorted(policy.bonus)]
    return [f"left out, because a bonus that is not earned is no failure: {', '.join(names)}"] if names else []


def _without_place(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "place"}


def _statement(frame: pd.DataFrame) -> str:
    """Return the criterion that most evaluations failed, as a share of those it applied to."""
    if frame.empty:
        return NOTHING
    failed = frame[frame["failed"] > 0]
    if failed.empty:
        return f"no criterion failed in {int(frame['n'].max())} evaluations"
    top = failed.sort_values(["share", "n"], ascending=False, kind="stable").iloc[0]
    limits = f", {top['low']:.0%} to {top['high']:.0%}" if not isnan(top["low"]) else ", no interval"
    return (
        f"most often not met: {top['criterion']} of {top['scorecard']}, {top['failed']} of {top['n']} "
        f"(weighted {top['share']:.0%}{limits}), by {top['colleagues_failed']} of {top['colleagues']} colleagues"
    )
