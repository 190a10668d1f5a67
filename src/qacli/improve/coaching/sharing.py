"""Whose fault it is: what fails in many hands alike is mended in the process, not in one person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from qacli.improve.coaching.needing import Need
from qacli.model import Command, Hint, Refusal, View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.stats import count_test, wilson
from qacli.understand.facts import Selection, ratings
from qacli.understand.patterns.claim import APART, RISE
from qacli.understand.patterns.finding import CONFIRMED, OPEN, Finding, standings
from qacli.understand.patterns.raising import WEEKS
from qacli.understand.patterns.rises import by_colleague, rises
from qacli.understand.patterns.spread import ALPHA, FEWEST, Spread, spread_of

if TYPE_CHECKING:
    import pandas as pd

COMMON = 0.2
"""What surely fails more often than this among the others too is no matter of one person; set by no source. Below it, a skill
that everybody misses now and then would count as a shared fault, and nobody could be coached in it."""
MORE = 0.05
"""Chance under which a colleague fails it more often than the others, who fail it too."""
BACK, AFTER = timedelta(weeks=WEEKS), timedelta(weeks=4)


class SharedFault(Refusal, rule="shared-fault"):
    """Coaching one person does not mend what fails in everybody's hands."""

    def __init__(self, criterion: str, spread: Spread, start: str) -> None:
        super().__init__(
            f"{criterion} fails across {spread.colleagues_failed} of {spread.colleagues} colleagues: "
            "coaching one person will not mend it.",
            help=Hint("start: ", Command(f"cause open {start}")),
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
    if need.finding and need.finding.finding.kind == APART and need.finding.status == CONFIRMED:
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
    if spread:
        raise SharedFault(criterion, spread, criterion)


def spread_on(
    view: View, criterion: str, scorecard: str, channel: str, day: date, colleague: str = ""
) -> Spread | None:
    """Return how a fault of many hands around a day is spread over colleagues, in the routine samples; None where it is none.

    Looked at are, of 13 weeks that end four weeks after the day or today: the stretch in which the criterion was failed more
    often, if the day lies in it; the four weeks up to the day; and all days outside the stretch. The last two count only
    where it is failed often among the others too, and no more often by the colleague than by them.
    """
    last = min(day + AFTER, view.now.date())
    first = last - BACK + timedelta(days=1)
    rows = ratings(view, Selection(first, last, channel=channel))
    rows = rows[(rows["criterion"] == criterion) & (rows["scorecard"] == scorecard) & rows["met"].notna()]
    if rows.empty:
        return None
    claim = rises(rows, first, last)[0]
    # one criterion is asked about, not hundreds: one test
    found = claim.p is not None and claim.p < ALPHA
    since, until = claim.since or first, claim.until or last
    looked = [claim.spread] if found and since <= day <= until else []
    looked.append(_common(rows[_days(rows, day - AFTER + timedelta(days=1), day)], colleague))
    looked.append(_common(rows[~_days(rows, since, until)] if found else rows, colleague))
    return next((each for each in looked if each and each.verdict == "process"), None)


def _common(rows: pd.DataFrame, colleague: str) -> Spread | None:
    """Return how failures are spread; None where the others seldom fail, or the colleague fails more often than they do."""
    counts = dict(by_colleague(rows)) if len(rows) else {}
    k, n = counts.get(colleague, (0, 0))
    failed, of = sum(each for each, _ in counts.values()), sum(each for _, each in counts.values())
    share = wilson(failed - k, of - n)
    if share.low is None or share.low <= COMMON or (n and count_test([(of, failed, n)], k).high < MORE):
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
