"""Which criteria fail most: counts of the sample, shares of what was asked, and in how many hands."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

from qacli.reports.charts.bars import Bar, pareto
from qacli.reports.dashboard.content import Content, Part, Said, counted
from qacli.understand.criteria import by_criterion

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 10
FEWEST = 30
"""No sentence about the vital few under so many failures."""
HALF = 0.5


def failures(content: Content) -> tuple[Part, list[Said]]:
    """Return the criteria that failed, most often first, and what there is to say of them."""
    frame = by_criterion(content.view, content.selection).frame
    failed = frame[frame["failed"] > 0].sort_values(["failed", "share"], ascending=False, kind="stable")
    total, shown = int(failed["failed"].sum()), failed.head(SHOWN)
    heading, said = _found(shown, total, int(frame["n"].sum()))
    bars = [_bar(row) for row in shown.to_dict("records")]
    lead = (
        f"{counted(total, 'rating')} not met of {int(frame['n'].sum()):,} asked, {content.days}. Bars count the sample; "
        "shares are of all transactions, weighted by the design."
    )
    left = total - int(shown["failed"].sum())
    return Part("failures", heading, lead, pareto("criterion", bars, "failures", left)), said


def _found(shown: pd.DataFrame, total: int, n: int) -> tuple[str, list[Said]]:
    if not total:
        return ("No rating has been made" if not n else "No criterion failed"), []
    if total < FEWEST:
        return f"Too few failures ({total}) to say which criteria make most of them", []
    running = 0
    for place, count in enumerate(shown["failed"], 1):
        running += int(count)
        if running >= HALF * total or place == len(shown):
            break
    names = (
        " and ".join(str(name) for name in shown["criterion"].head(place))
        if place <= 2
        else counted(place, "criterion", "criteria")
    )
    heading = f"{names} make{'s' * (place == 1)} {running / total:.0%} of all failures"
    return heading, [Said(30, f"{heading} ({running} of {total}); a count says where failures are, not why.")]


def _bar(row: Mapping[Hashable, Any]) -> Bar:
    low, high = (None if isnan(row[name]) else float(row[name]) for name in ("low", "high"))
    hands = f"{row['colleagues_failed']} of {row['colleagues']} colleagues"
    return Bar(str(row["criterion"]), int(row["failed"]), int(row["n"]), low, high, f"{row['scorecard']}, {hands}")
