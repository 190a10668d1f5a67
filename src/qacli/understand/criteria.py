"""How often each criterion was not met, and by how many colleagues: a process fails in many hands, a person in two."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from qacli.understand.estimates import Policy
from qacli.understand.facts import Selection
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.patterns.changes import told_changes
from qacli.understand.patterns.rises import by_hand, without_bonus
from qacli.understand.patterns.spread import spread_of
from qacli.understand.summary import Summary, framed, method_note, policy_for
from qacli.understand.tallies import ratings_of, tally
from qacli.understand.weighting import Key, Strata, parts_of, tallied_share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    found, rated = tally(view, selection), ratings_of(view, selection)
    policy = policy_for(view, set(found.observed["scorecard"]))
    strata = parts_of(found)
    judged = without_bonus(rated.cells, policy.bonus)
    cells, hands = _by_criterion(judged), _by_criterion(rated.hands)
    order = {ref: [each.id for each in view.definition("scorecard", ref).criteria()] for ref in policy.zeroing}
    keys = sorted(cells, key=lambda key: _place(order, *key))
    rows = [_row(key, cells[key], hands[key], strata, policy, len(keys)) for key in keys]
    frame = framed(rows, COLUMNS, WHOLE, ("criterion", "scorecard", "spread", "note"))
    notes = [
        *notes_of(found, policy),
        method_note(policy),
        "n: observations to which the criterion applied; failed: below its standard",
        "spread: whether failures look like process (in many hands) or person (in few); cannot tell where n is too small",
        *_bonus_note(policy),
        *told_changes(view, judged, selection),
    ]
    return Summary("Criteria not met", frame, notes, "qacli.summary-criterion/1", _statement(frame))


def _by_criterion(counts: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    return {(str(card), str(name)): rows for (card, name), rows in counts.groupby(["scorecard", "criterion"])}


def _place(order: Mapping[str, Sequence[str]], card: str, criterion: str) -> tuple[str, int, str]:
    """Return where a criterion stands: on its card, or behind all of it."""
    known = order[card]
    return card, known.index(criterion) if criterion in known else len(known), criterion


def _row(
    key: tuple[str, str], cells: pd.DataFrame, hands: pd.DataFrame, strata: Strata, policy: Policy, looks: int
) -> dict[str, object]:
    card, criterion = key
    rated, n, failed, unasked = (int(cells[name].sum()) for name in ("rated", "n", "failed", "not_asked"))
    found = tallied_share(strata, _tallies(cells), policy.confidence)
    return {
        "criterion": criterion,
        "scorecard": card,
        "n": n,
        "failed": failed,
        "share": found.estimate,
        "low": found.low,
        "high": found.high,
        "not_applicable": rated - n - unasked,
        "not_asked": unasked,
        "colleagues_failed": int((hands["failed"] > 0).sum()),
        "colleagues": int((hands["n"] > 0).sum()),
        "spread": spread_of(by_hand(hands), looks=looks).verdict if failed else "",
        "note": _note(n, unasked, found.method if found.low is None else "", policy),
    }


def _tallies(cells: pd.DataFrame) -> Mapping[Key, Mapping[float, int]]:
    """Return how many failed and met in each group that was drawn alike."""
    groups = cells.fillna({"chance": 0.0}).groupby(["draw", "stratum", "chance"])[["failed", "n"]].sum()
    return {
        key: {1.0: int(failed), 0.0: int(n - failed)}
        for key, failed, n in zip(groups.index, groups["failed"], groups["n"], strict=True)
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
