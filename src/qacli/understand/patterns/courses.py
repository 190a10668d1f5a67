"""Courses: scores and failures over weeks or months of the desk, a team, a channel, a colleague or a criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import isnan
from typing import TYPE_CHECKING, Literal, NamedTuple

from qacli.prepare.period import Cadence, period_of
from qacli.stats import (
    Interval,
    SignificanceTest,
    autocorrelation,
    benjamini_hochberg,
    dated_shift,
    mann_kendall,
    pettitt,
    theil_sen,
)
from qacli.understand.facts import Sample, Selection, ratings, sample
from qacli.understand.patterns.charting import Charted, Point, charted
from qacli.understand.patterns.raising import with_scores
from qacli.understand.patterns.rises import rises, without_bonus
from qacli.understand.summary import NOT_STATED, policy_of
from qacli.understand.weighting import Strata, strata_of, weighted_mean

if TYPE_CHECKING:
    import pandas as pd

    from qacli.model import View
    from qacli.prepare.event import Event
    from qacli.understand.estimates import Policy

Of = Literal["desk", "team", "channel", "colleague", "criterion"]
DEPENDENT = 0.2
"""Correlation of one period with the next from which a trend test finds trends that are not there."""
ALPHA = 0.05
DAY = timedelta(days=1)
LONGEST = timedelta(weeks=26)


class Shift(NamedTuple):
    """A change of level: its first day, and the days between which that lies (95 %); ``until`` where it was mended.
    ``higher`` says in which direction.

    ``p`` is that of this course alone, ``adjusted`` for all courses together.
    """

    since: date
    since_low: date
    since_high: date
    until: date | None
    p: float
    method: str
    higher: bool
    adjusted: float = 1.0


class Course(NamedTuple):
    """One course: what it is of, its chart, its slope per period, and whether a trend or a change stands out.

    ``measure`` is ``mean`` (0 to 100) or ``failed`` (a share). ``trend`` has no p where periods follow each other
    (``follows``, the correlation of each with the next, above .2): then it would be too small. ``adjusted`` is its p for all
    courses together.
    """

    subject: str
    card: str
    measure: Literal["mean", "failed"]
    n: int
    chart: Charted
    slope: Interval
    trend: SignificanceTest
    follows: float | None
    adjusted: float | None
    shift: Shift | None


def courses(
    view: View, selection: Selection, of: Of = "desk", every: Cadence = "week", splits: Sequence[date] = ()
) -> list[Course]:
    """Return the courses of each group on each card, in order of their names.

    Versions of a card, and the days before and after a declared change, are phases with limits of their own. Means of a
    part of the desk are weighted by the design; a colleague's, and counts, are as they are.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    events: Sequence[Event] = view.definitions("event")
    made = list(
        _of_criteria(view, selection, policy, events, every, splits)
        if of == "criterion"
        else _of_scores(found, policy, of, events, every, splits)
    )
    return adjusted(made)


def adjusted(made: Sequence[Course]) -> list[Course]:
    """Return courses with the p of their trends and changes for all of them together; what then is chance is dropped."""
    trends = benjamini_hochberg([each.trend.p for each in made], ALPHA).adjusted
    shifts = benjamini_hochberg([each.shift.p if each.shift else None for each in made], ALPHA).adjusted
    return [
        each._replace(
            adjusted=trend,
            shift=each.shift._replace(adjusted=shift) if each.shift and shift is not None and shift <= ALPHA else None,
        )
        for each, trend, shift in zip(made, trends, shifts, strict=True)
    ]


def _of_scores(
    found: Sample, policy: Policy, of: Of, events: Sequence[Event], every: Cadence, splits: Sequence[date]
) -> Iterator[Course]:
    rows = with_scores(found.observed, policy)
    rows = rows.assign(desk="desk", team=rows["team"].replace("", NOT_STATED), card=_card_of(rows))
    strata = strata_of(found) if of != "colleague" else None
    for (subject, card), ours in rows.groupby([of, "card"], sort=True):
        channel = str(ours["channel"].iloc[0]) if ours["channel"].nunique() == 1 else ""
        points = means(ours, every, splits, policy.minimum_n, strata)
        chart = charted(points, events, channel)
        scored = ours[ours["score"].notna()].sort_values(["day", "item"], kind="stable")
        yield course(str(subject), str(card), "mean", len(scored), chart, _shift_of_means(scored))


def _of_criteria(
    view: View, selection: Selection, policy: Policy, events: Sequence[Event], every: Cadence, splits: Sequence[date]
) -> Iterator[Course]:
    rated = ratings(view, selection)
    rated = without_bonus(rated, policy.bonus)
    rated = rated.assign(card=_card_of(rated))
    for (card, criterion), ours in rated[rated["met"].notna()].groupby(["card", "criterion"], sort=True):
        channel = str(ours["channel"].iloc[0]) if ours["channel"].nunique() == 1 else ""
        chart = charted(shares(ours, every, splits, policy.minimum_n), events, channel)
        yield course(str(criterion), str(card), "failed", len(ours), chart, _shift_of_shares(ours))


def course(
    subject: str, card: str, measure: Literal["mean", "failed"], n: int, chart: Charted, shift: Shift | None
) -> Course:
    """Return a course with its slope and its test for a trend over the last phase, which alone compares like with like."""
    phase = chart.points[-1].phase if chart.points else ""
    values = [p.value for p in chart.points if p.phase == phase and p.value is not None and not p.too_few]
    follows = autocorrelation(values) if len(values) > 1 else None
    trend = mann_kendall(values)
    if trend.p is not None and follows is not None and follows > DEPENDENT:
        trend = trend._replace(p=None, method="autocorrelated, p not shown")
    return Course(subject, card, measure, n, chart, theil_sen(values), trend, follows, None, shift)


def means(
    rows: pd.DataFrame, every: Cadence, splits: Sequence[date], minimum_n: int, strata: Strata | None = None
) -> list[Point]:
    """Return the mean score of each period and phase, weighted by the design where ``strata`` are given.

    ``rows`` has a row per observation: item, day, scorecard, score. Periods without any stand as gaps.
    """
    points = []
    for key, first, last, phase, ours in _periods(rows, every, splits):
        values = {
            str(item): float(score) for item, score in zip(ours["item"], ours["score"], strict=True) if not isnan(score)
        }
        mean = sum(values.values()) / len(values) if values else None
        if strata and values:
            mean = weighted_mean(strata, values, 0.95).estimate
        points.append(Point(key, first, last, len(values), mean, phase, None, len(values) < minimum_n))
    return points


def shares(rows: pd.DataFrame, every: Cadence, splits: Sequence[date], minimum_n: int) -> list[Point]:
    """Return the share that failed in each period and phase; ``rows`` has a row per applicable rating: day, scorecard, met."""
    points = []
    for key, first, last, phase, ours in _periods(rows, every, splits):
        n, failed = len(ours), int((~ours["met"].astype(bool)).sum())
        points.append(Point(key, first, last, n, failed / n if n else None, phase, failed, n < minimum_n))
    return points


def _periods(
    rows: pd.DataFrame, every: Cadence, splits: Sequence[date]
) -> Iterator[tuple[str, date, date, str, pd.DataFrame]]:
    """Yield each period from the first to the last with rows, in parts where a phase ends within it, with its rows."""
    if rows.empty:
        return
    days = rows["day"].dt.date
    phases = rows["scorecard"].astype(str) + [_since(day, splits) for day in days]
    order = list(dict.fromkeys(phases.loc[days.sort_values(kind="stable").index]))
    period = period_of(every, days.min())
    at = order[0]
    while period.first <= days.max():
        inside = (days >= period.first) & (days <= period.last)
        there = [phase for phase in order if (inside & (phases == phase)).any()]
        for phase in there or [at]:
            yield period.key, period.first, period.last, phase, rows[inside & (phases == phase)]
            at = phase
        period = period_of(every, period.last + DAY)


def _since(day: date, splits: Sequence[date]) -> str:
    passed = [split for split in splits if split <= day]
    return f" since {max(passed)}" if passed else ""


def _card_of(rows: pd.DataFrame) -> pd.Series[str]:
    """Return the card of each row without its version."""
    found: pd.Series[str] = rows["scorecard"].astype(str).str.partition("@")[0] if len(rows) else rows["scorecard"]
    return found


def _shift_of_means(scored: pd.DataFrame) -> Shift | None:
    """Return one change of level in the scores as they follow each other, if Pettitt's test finds it; one card version."""
    if scored["scorecard"].nunique() != 1:
        return None
    values = scored["score"].astype(float).tolist()
    test = pettitt(values)
    if test.p is None or test.p > ALPHA:
        return None
    days = scored["day"].dt.date.tolist()
    at, low, high = dated_shift(values)
    higher = sum(values[at:]) / (len(values) - at) > sum(values[:at]) / at
    return Shift(days[at], days[low], days[high], None, test.p, "Pettitt", higher)


def _shift_of_shares(rows: pd.DataFrame) -> Shift | None:
    """Return the stretch of weeks of the last half year in which more failed, if the scan finds it; one card version."""
    if rows["scorecard"].nunique() != 1:
        return None
    last = period_of("week", rows["day"].dt.date.max()).last
    first = max(period_of("week", rows["day"].dt.date.min()).first, last - LONGEST + DAY)
    rows = rows[rows["day"].dt.date >= first]
    found = rises(rows.assign(channel=""), first, last)[0]
    if found.p is None or found.p > ALPHA or found.since is None:
        return None
    return Shift(
        found.since,
        found.since_low or found.since,
        found.since_high or found.since,
        found.until,
        found.p,
        found.method,
        True,
    )
