"""What changed of a criterion: before, during and after some days, and what must be said beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from qacli.prepare.event import candidates
from qacli.prepare.period import in_words, period_of
from qacli.stats import Interval, newcombe, wilson
from qacli.understand.facts import FACTS, Selection, ratings, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.patterns.claim import RISE, Claim, Place
from qacli.understand.patterns.finding import standings
from qacli.understand.patterns.looking import standing_out
from qacli.understand.patterns.raising import criticals
from qacli.understand.patterns.rises import by_colleague, by_place, rise_of, without_bonus
from qacli.understand.patterns.spread import Spread, spread_of
from qacli.understand.patterns.trends import left_out
from qacli.understand.summary import Summary, framed, policy_of

if TYPE_CHECKING:
    import pandas as pd

    from qacli.model import View

Verdict = Literal["better", "worse", "back", "cannot tell"]
MARGIN = 0.05
"""Within so much of the share before it, what came after is back where it was."""
DAY = timedelta(days=1)
LONGEST = timedelta(weeks=26)
"""How far back changes are sought."""
HOW = (
    "shares as counted, Wilson; differences to the phase before, Newcombe",
    "the days were declared, not found in the data; each interval is of its row alone, and many rows show some by chance",
)
AT_PLACE = f"""
SELECT f.day, f.colleague, r.met FROM ({FACTS}) AS f JOIN ratings AS r ON r.observation = f.observation
WHERE f.counted AND f.selected AND f.by_chance AND f.of_purpose AND f.scorecard = $7 AND r.criterion = $8
      AND r.met IS NOT NULL AND f.day >= $9
"""
COLUMNS = (
    "criterion",
    "scorecard",
    "channel",
    "phase",
    "first",
    "last",
    "n",
    "failed",
    "share",
    "low",
    "high",
    "difference_share",
    "difference_low",
    "difference_high",
    "verdict",
    "spread",
)
TEXTS = ("criterion", "scorecard", "channel", "phase", "first", "last", "verdict", "spread")


class Phase(NamedTuple):
    """How many failed in some days, both included."""

    first: date
    last: date
    failed: int
    n: int

    def in_words(self) -> str:
        """Return the share with its n and Wilson's interval."""
        share = wilson(self.failed, self.n)
        if share.estimate is None or share.low is None or share.high is None:
            return "nothing observed"
        return f"{self.failed} of {self.n} ({share.estimate:.0%}, {100 * share.low:.0f} to {100 * share.high:.0f})"


class Phases(NamedTuple):
    """A criterion before, during and after some days; None where there are no such days.

    ``during_less_before``, ``after_less_during`` and ``after_less_before`` are differences of shares with the interval of
    Newcombe, and ``verdict`` says what they allow: ``change`` of the first, ``mended`` of the second, ``back`` of the third.
    """

    before: Phase | None
    during: Phase
    after: Phase | None
    change: Verdict
    mended: Verdict
    back: Verdict
    spread: Spread


def phases_of(
    rows: pd.DataFrame,
    first: date,
    last: date,
    since: date | None,
    until: date | None,
    confidence: float = 0.95,
    looks: int = 1,
) -> Phases:
    """Return the phases of one criterion, of applicable ratings: day, met, colleague. The days need not be found in them."""
    begun, ended = since or first, until or last
    before = _phase(rows, first, begun - DAY) if begun > first else None
    during = _phase(rows, begun, ended)
    after = _phase(rows, ended + DAY, last) if ended < last else None
    inside = rows[(rows["day"].dt.date >= begun) & (rows["day"].dt.date <= ended)]
    known = (before.failed, before.n) if before and before.n else None
    return Phases(
        before,
        during,
        after,
        _verdict(difference(during, before, confidence)),
        _verdict(difference(after, during, confidence)),
        _back(difference(after, before, confidence)),
        spread_of(by_colleague(inside), known, looks),
    )


def difference(one: Phase | None, other: Phase | None, confidence: float) -> Interval:
    """Return one share less the other; undefined where a phase is missing or empty."""
    if not one or not other:
        return Interval(None, None, None, 0, "nothing to compare with")
    return newcombe(one.failed, one.n, other.failed, other.n, confidence)


def _verdict(found: Interval) -> Verdict:
    if found.low is None or found.high is None:
        return "cannot tell"
    return "worse" if found.low > 0 else "better" if found.high < 0 else "cannot tell"


def _back(found: Interval) -> Verdict:
    if found.low is None or found.high is None:
        return "cannot tell"
    return "back" if found.high <= MARGIN else "worse" if found.low > MARGIN else "cannot tell"


def _phase(rows: pd.DataFrame, first: date, last: date) -> Phase:
    days = rows["day"].dt.date
    inside = rows[(days >= first) & (days <= last)]
    return Phase(first, last, int((~inside["met"].astype(bool)).sum()), len(inside))


def by_change(view: View, selection: Selection, since: date, until: date | None) -> Summary:
    """Return each criterion before, during and after declared days, each phase with its share and its difference.

    The difference is that to the phase before it; ``verdict`` says what its interval allows. Shares are as counted.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    rated = judged(ratings(view, selection), policy.bonus)
    first, last = _span(rated, selection)
    rows: list[dict[str, object]] = []
    places = list(by_place(rated))
    for place, ours in places:
        made = phases_of(ours, first, last, since, until, policy.confidence, len(places))
        rows += _rows(place._asdict(), made, policy.confidence)
    worse = [f"{row['criterion']} of {row['scorecard']}" for row in rows if row["verdict"] == "worse"]
    notes = [
        *notes_of(found, policy),
        f"phases: before {in_words(since)}, {'since' if until is None else f'until {in_words(until)}, after'}",
        *HOW,
    ]
    statement = f"worse since {in_words(since)}: {', '.join(worse)}" if worse else "no criterion is shown to be worse"
    frame = framed(rows, COLUMNS, ("n", "failed"), TEXTS)
    return Summary("Criteria before and after", frame, notes, "qacli.summary-change/1", statement if rows else NOTHING)


def _rows(place: dict[str, str], made: Phases, confidence: float) -> Iterator[dict[str, object]]:
    named = (("before", made.before, None), ("during", made.during, made.before), ("after", made.after, made.during))
    for name, phase, earlier in named:
        if phase is None:
            continue
        share = wilson(phase.failed, phase.n, confidence)
        apart = difference(phase, earlier, confidence)
        yield {
            **place,
            "phase": name,
            "first": phase.first.isoformat(),
            "last": phase.last.isoformat(),
            "n": phase.n,
            "failed": phase.failed,
            "share": share.estimate,
            "low": share.low,
            "high": share.high,
            "difference_share": apart.estimate,
            "difference_low": apart.low,
            "difference_high": apart.high,
            "verdict": _verdict(apart) if earlier else "",
            "spread": made.spread.words if name == "during" else "",
        }


def judged(given: pd.DataFrame, bonus: Collection[tuple[str, str]]) -> pd.DataFrame:
    """Return the ratings that were applicable, without those of a bonus."""
    rated = without_bonus(given, bonus)
    return rated[rated["met"].notna()]


def _span(rated: pd.DataFrame, selection: Selection) -> tuple[date, date]:
    """Return the days of a selection; where it leaves them open, whole weeks with observations."""
    if rated.empty:
        return selection.from_ or date.min, selection.to or date.max
    days = rated["day"].dt.date
    return (selection.from_ or period_of("week", days.min()).first, selection.to or period_of("week", days.max()).last)


def changes(
    cells: pd.DataFrame,
    first: date,
    last: date,
    critical: set[tuple[str, str]],
    ratings_at: Callable[[Place], pd.DataFrame],
) -> list[tuple[Claim, Phases]]:
    """Return the criteria that were failed more often in a stretch of weeks, all criteria counted, with their phases.

    ``cells`` counts ratings by channel, scorecard, criterion and day: ``n`` and ``failed``; ``ratings_at`` returns the
    applicable ratings of one place, for those few that stand out.
    """
    days = cells[cells["n"] > 0]
    claims = [rise_of(place, rows, first, last) for place, rows in by_place(days)]
    found = []
    for claim in standing_out(claims, critical):
        rows = ratings_at(Place(claim.channel, claim.scorecard, claim.criterion))
        found.append((claim, phases_of(rows, first, last, claim.since, claim.until)))
    return found


def told_changes(view: View, cells: pd.DataFrame, selection: Selection) -> list[str]:
    """Return what is said of each criterion that changed, of the ratings of a selection: numbers, spread, events, watch.

    ``cells`` counts them, as ``tallies.ratings_of`` does. Changes are sought in the last half year of them.
    """
    if cells.empty or selection.purpose == "all":
        return []
    first, last = _span(cells, selection)
    first = max(first, last - LONGEST + DAY)
    recent = cells[cells["day"].dt.date >= first]
    found = changes(recent, first, last, criticals(view, recent), partial(_ratings_at, view, selection, first))
    return [line for claim, phases in found for line in _lines(view, claim, phases, cells)]


def _ratings_at(view: View, selection: Selection, first: date, place: Place) -> pd.DataFrame:
    """Return the applicable ratings of one place from a day on: day, colleague, met."""
    asked = selection._replace(channel=place.channel)
    found: pd.DataFrame = view.sql(
        AT_PLACE, [*asked.parameters(), place.scorecard, place.criterion, first], words=False
    )
    return found


def _lines(view: View, claim: Claim, phases: Phases, cells: pd.DataFrame) -> Iterator[str]:
    yield in_sentence(claim, phases)
    yield f"  {phases.spread.words}"
    if claim.since_low and claim.since_high and claim.since_low != claim.since_high:
        yield f"  began between {in_words(claim.since_low)} and {in_words(claim.since_high)} (95 %)"
    if claim.since:
        near = candidates(view.definitions("event"), claim.since, claim.channel)
        yield f"  nearest known event: {near[0].in_words() if near else 'none within three weeks'}"
    yield from _gaps(view, claim, phases, cells)
    yield f"  {_watch(view, claim)}"


def in_sentence(claim: Claim, phases: Phases) -> str:
    """Return a change as one sentence: during, before and after, each with n and interval, and what that allows."""
    during = phases.during
    said = f"{claim.criterion} ({claim.channel}) failed {during.in_words()}, {in_words(during.first)} to {in_words(during.last)}"
    if phases.before:
        said += f"; before {phases.before.in_words()}"
    if phases.after:
        mended = {"better": "better than during it"}.get(phases.mended, "not shown to be better")
        back = "back where it was" if phases.back == "back" else "not shown to be back where it was"
        said += f"; after {phases.after.in_words()}: {mended}{f', {back}' if phases.before else ''}"
    return said


def _gaps(view: View, claim: Claim, phases: Phases, cells: pd.DataFrame) -> Iterator[str]:
    """Yield the weeks during which nothing of the card was observed."""
    days = set(cells.loc[cells["scorecard"] == claim.scorecard, "day"].dt.date)
    week = period_of("week", phases.during.first)
    while week.first <= phases.during.last:
        if not any(week.first <= day <= week.last for day in days):
            yield f"  {week.key} not observed{left_out(view, week.first, week.last)}"
        week = period_of("week", week.last + DAY)


def _watch(view: View, claim: Claim) -> str:
    """Return how a change stands among the findings."""
    known = [each for each in standings(view) if each.finding.kind == RISE and each.finding.key == claim.key]
    if not known:
        return "no watch yet, so take it as a question: qacli finding look, or qacli run once the month is over"
    name, status = known[-1].finding.id, known[-1].status
    then = f": to confirm: qacli sample confirm {name}" if status == "watch" else f": qacli finding show {name}"
    return f"{status} {name}{then}"
