"""Which criteria fail most: counts of the sample, their part of all failures, in how many hands, and what may lie behind."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from qacli.reports.charts.bars import Bar, pareto
from qacli.reports.dashboard.content import Content, Part, Said, counted
from qacli.understand.patterns.pareto import ENOUGH, by_fault

if TYPE_CHECKING:
    import pandas as pd

HALF = 0.5
CONTROLLABLE = {
    "yes": "a colleague can change it",
    "partly": "a colleague can change a part of it",
    "no": "no colleague can change it",
}
SPREAD = {"process": "many hands: process, not person", "person": "few hands: person, not process"}


def failures(content: Content) -> tuple[Part, list[Said]]:
    """Return the criteria that failed, most often first, and what there is to say of them."""
    frame = by_fault(content.view, content.selection).frame
    shown = frame[frame["n"] > 0]
    total, others = int(frame["failed"].sum()), int(frame.loc[frame["n"] == 0, "failed"].sum())
    heading, said = _found(shown, total)
    lead = (
        f"{counted(total, 'failure')} in {counted(len(content.found.observed), 'observation')}, {content.days}. Parts and shares "
        "are weighted by the design; a share is of the transactions with that scorecard. It says where, not why."
    )
    bars = [_bar(row) for row in shown.to_dict("records")]
    return Part("failures", heading, lead, pareto("criterion", bars, "failures", others)), said


def _found(shown: pd.DataFrame, total: int) -> tuple[str, list[Said]]:
    if not total:
        return "No criterion failed", []
    if total < ENOUGH:
        return f"Too few failures ({total}) to say which criteria make most of them", []
    few = next(place for place, part in enumerate(shown["so_far_share"], 1) if part >= HALF or place == len(shown))
    names = (
        " and ".join(str(name) for name in shown["criterion"].head(few))
        if few <= 2
        else counted(few, "criterion", "criteria")
    )
    part = shown["so_far_share"].iloc[few - 1]
    heading = f"{names} make{'s' * (few == 1)} {part:.0%} of all failures"
    return heading, [Said(30, f"{heading} (n {total:,}, weighted).")]


def _bar(row: Mapping[Hashable, Any]) -> Bar:
    share, low, high = (None if row[name] != row[name] else float(row[name]) for name in ("share", "low", "high"))
    about = [row["scorecard"], f"critical: {row['critical']}" if row["critical"] else "", SPREAD.get(row["spread"], "")]
    about.append(CONTROLLABLE.get(row["controllable"], ""))
    if row["causes"]:
        about.append(f"often behind it: {row['causes']}")
    note = "; ".join(part for part in about if part)
    part, n = float(row["faults_share"]), int(row["n"])
    return Bar(str(row["criterion"]), int(row["failed"]), part, n, share, low, high, note)
