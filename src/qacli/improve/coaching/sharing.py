"""Whose fault it is: what fails in many hands alike is mended in the process, not in one person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from qacli.improve.coaching.needing import Need
from qacli.model import Refusal, View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.stats import count_test, wilson
from qacli.understand.facts import Selection, ratings
from qacli.understand.patterns.claim import APART as OF_ONE
from qacli.understand.patterns.claim import RISE
from qacli.understand.patterns.finding import CONFIRMED, OPEN, Finding, standings
from qacli.understand.patterns.looking import SURE_ENOUGH
from qacli.understand.patterns.raising import WEEKS
from qacli.understand.patterns.rises import by_colleague, rises
from qacli.understand.patterns.spread import FEWEST, Spread, spread_of

if TYPE_CHECKING:
    import pandas as pd

COMMON = 0.2
"""What surely fails more often than this among the others too is no matter of one person; set by no source. Below it, a skill
that everybody misses now and then would count as a shared fault, and nobody could be coached in it."""
APART = 0.05
"""Chance under which a colleague fails it more often than the others, who fail it too."""
BACK, AFTER = timedelta(weeks=WEEKS), timedelta(weeks=4)


class SharedFault(Refusal, rule="shared-fault"):
    """Coaching one person does not mend what fails in everybody's hands."""

    def __init__(self, criterion: str, spread: Spread, start: str) -> None:
        super().__init__(
            f"{criterion} fails across {spread.colleagues_failed} of {spread.colleagues} colleagues: "
            "coaching one person will not mend it.",
            help=f"start: qacli cause open {start}",
        )


def refuse_shared_finding(view: View, finding: Finding | None, criterion: str) -> None:
    """Raise SharedFault where what was put on watch is a fault of many hands."""
    if finding and finding.kind == RISE and finding.criterion == criterion and finding.spread == "process":
        raise SharedFault(criterion, _spread_in(view, finding), finding.id)


def refuse_shared(view: View, need: Need, colleague: str) -> None:
    """Raise SharedFault where a criterion fails in many hands: by what is on watch, else by the routine samples themselves.

    A colleague who was shown, by fresh checks, to fail it more often than the others may be coached whatever others do.
    """
    criterion, item = need.seen.criterion.id, need.item
    if need.finding and need.finding.finding.kind == OF_ONE and need.finding.status == CONFIRMED:
        return
    for each in standings(view):
        found = each.finding
        first, last = found.since or found.first, found.until or found.last
        if each.status in OPEN and found.channel == item.channel and first <= item.day <= last:
            refuse_shared_finding(view, found, criterion)
    if len({each.colleague for each in view.current(Item)}) < FEWEST:
        return
    scorecard = view.one(Observation, need.seen.rating.observation).scorecard
    spread = spread_on(view, criterion, scorecard, item.channel, item.day, colleague)
    if spread and spread.verdict == "process":
        raise SharedFault(criterion, spread, criterion)


def spread_on(
    view: View, criterion: str, scorecard: str, channel: str, day: date, colleague: str = ""
) -> Spread | None:
    """Return how the failures of a criterion are spread over colleagues around a day, in the routine samples; None where
    it is not common enough to ask.

    Where it was failed more often in some stretch of 13 weeks, that stretch and the rest are looked at apart. They end four
    weeks after the day, or today. What was always so is not asked of a colleague who fails it more often than the others.
    """
    last = min(day + AFTER, view.now.date())
    first = last - BACK + timedelta(days=1)
    rows = ratings(view, Selection(first, last, channel=channel))
    rows = rows[(rows["criterion"] == criterion) & (rows["scorecard"] == scorecard) & rows["met"].notna()]
    if rows.empty:
        return None
    claim = rises(rows, first, last)[0]
    if claim.p is not None and claim.p <= SURE_ENOUGH and claim.spread:
        inside = _days(rows, claim.since or first, claim.until or last)
        if (claim.since or first) <= day <= (claim.until or last):
            return claim.spread
        rows = rows[~inside]
    counts = dict(by_colleague(rows))
    k, n = counts.get(colleague, (0, 0))
    failed, of = sum(each for each, _ in counts.values()), sum(each for _, each in counts.values())
    share = wilson(failed - k, of - n)
    if share.low is None or share.low <= COMMON or (n and count_test([(of, failed, n)], k).high < APART):
        return None
    return spread_of(counts)


def _spread_in(view: View, finding: Finding) -> Spread:
    """Return how the failures that a finding is about are spread over colleagues."""
    rows = ratings(view, Selection(finding.first, finding.last, channel=finding.channel))
    rows = rows[
        (rows["criterion"] == finding.criterion) & (rows["scorecard"] == finding.scorecard) & rows["met"].notna()
    ]
    inside = _days(rows, finding.since or finding.first, finding.until or finding.last)
    return spread_of(by_colleague(rows[inside]))


def _days(rows: pd.DataFrame, first: date, last: date) -> pd.Series[bool]:
    inside: pd.Series[bool] = rows["day"].dt.date.between(first, last)
    return inside
