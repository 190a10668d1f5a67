"""``summarise trend``: courses as a table of every point, and each course in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.draw import Draw, Exclusion
from qacli.prepare.event import candidates
from qacli.prepare.period import Cadence, in_words
from qacli.understand.facts import Selection, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.patterns.charting import FEWEST
from qacli.understand.patterns.courses import DEPENDENT, Course, Of, Shift, courses
from qacli.understand.summary import Summary, framed, policy_of

if TYPE_CHECKING:
    from datetime import date

    from qacli.model import View
    from qacli.prepare.event import Event

COLUMNS = (
    "subject",
    "card",
    "measure",
    "period",
    "first",
    "last",
    "phase",
    "n",
    "failed",
    "value",
    "lower",
    "center",
    "upper",
    "signal",
    "noted",
    "note",
)
TEXTS = ("subject", "card", "measure", "period", "first", "last", "phase", "signal", "noted", "note")
FEW = 3
RULES = (
    "limits: shares p chart, exact for the binomial where n is small, means XmR; signals are points beyond the limits and "
    "nine in a row on one side; of means also a slow drift (EWMA); a stable course gives one point in about 240 by chance"
)


class Trends(NamedTuple):
    """A summary of courses, and the courses themselves."""

    summary: Summary
    courses: list[Course]


def by_trend(
    view: View, selection: Selection, of: Of = "desk", every: Cadence = "week", splits: Sequence[date] = ()
) -> Trends:
    """Return every point of the courses of a desk, its teams, channels, colleagues or criteria, with limits and signals.

    Values and limits are 0 to 100: means of scores, or per cent failed.
    """
    made = courses(view, selection, of, every, splits)
    found = sample(view, selection)
    policy = policy_of(view, found)
    events: Sequence[Event] = view.definitions("event")
    rows = [row for each in made for row in _rows(each)]
    notes = [
        *notes_of(found, policy),
        f"in each {every}; under {policy.minimum_n} evaluations a point is shown, and is neither limit nor signal",
        RULES,
        f"courses looked at: {len(made)}; trends and changes stand out with all of them counted (Benjamini-Hochberg, 5 %)",
        *_empty(view, made),
        *_near(made, events),
    ]
    lines = [f"{name_of(each)}: {verdict(each)}" for each in made]
    frame = framed(rows, COLUMNS, ("n",), TEXTS)
    title = f"{'Criteria' if of == 'criterion' else 'Scores'} by {every}"
    return Trends(Summary(title, frame, notes, "qacli.summary-trend/1", "; ".join(lines) or NOTHING), made)


def trend(view: View, selection: Selection) -> Summary:
    """Return the courses of the whole desk by week."""
    return by_trend(view, selection).summary


def name_of(course: Course) -> str:
    """Return what a course is of, with its card where that is not said by it."""
    return f"{course.subject} of {course.card}" if course.measure == "failed" else f"{course.subject}, {course.card}"


def verdict(course: Course) -> str:
    """Return in words what stands out of a course, or why nothing can be told."""
    if all(method.startswith("no ") for method in course.chart.methods) and not course.shift:
        return course.chart.methods[-1]
    return "; ".join(_standing_out(course)) or "nothing beyond chance"


def _standing_out(course: Course) -> Iterator[str]:
    points = course.chart.points
    alarms = [f"{points[each.at].key} {each.words}" for each in course.chart.alarms]
    if alarms:
        more = f" and {len(alarms) - FEW} more" if len(alarms) > FEW else ""
        yield ", ".join(alarms[:FEW]) + more
    if noted := [f"{points[each.at].key} in {each.noted}" for each in course.chart.signals if each.noted]:
        yield f"noted, no alarm: {', '.join(noted[:FEW])}"
    if course.shift:
        yield _changed(course.shift, course.measure)
    slope = course.slope
    if course.adjusted is not None and course.adjusted <= 0.05 and slope.estimate:
        scale = 100 if course.measure == "failed" else 1
        low, high = sorted(abs(scale * (value or 0)) for value in (slope.low, slope.high))
        way = "rising" if slope.estimate > 0 else "falling"
        yield f"{way} by {abs(scale * slope.estimate):.1f} a period ({low:.1f} to {high:.1f}, {slope.method})"
    if not course.shift and course.follows is not None and course.follows > DEPENDENT and len(points) >= FEWEST:
        yield "each period follows the one before: no trend test"


def _changed(shift: Shift, measure: str) -> str:
    until = f" to {in_words(shift.until)}" if shift.until else ""
    between = (
        f" (between {in_words(shift.since_low)} and {in_words(shift.since_high)})"
        if shift.since_low != shift.since_high
        else ""
    )
    what = "more failed from" if measure == "failed" else f"{'higher' if shift.higher else 'lower'} from"
    return f"{what} {in_words(shift.since)}{until}{between}, {shift.method}"


def _near(made: Sequence[Course], events: Sequence[Event]) -> Iterator[str]:
    """Yield the nearest known event of each change."""
    for course in made:
        if course.shift:
            near = candidates(events, course.shift.since)
            told = near[0].in_words() if near else "none within three weeks"
            yield f"{name_of(course)}: nearest known event: {told}"


def _empty(view: View, made: Sequence[Course]) -> Iterator[str]:
    """Yield the periods in which nothing was observed, with what their draws left out: a gap is no zero."""
    empty = {(point.key, point.first, point.last) for each in made for point in each.chart.points if not point.n}
    for key, first, last in sorted(empty):
        names = [name_of(each) for each in made if any(p.key == key and not p.n for p in each.chart.points)]
        whose = f"{', '.join(names[:FEW])}{', ...' if len(names) > FEW else ''}"
        yield f"{key} not observed in {whose}{left_out(view, first, last)}"


def left_out(view: View, first: date, last: date) -> str:
    """Return what the draws of some days left out of the population, with reasons; empty where they left out nothing."""
    draws = {draw.id for draw in view.rows(Draw) if first <= draw.last and draw.first <= last}
    counts: Counter[str] = Counter()
    for row in view.rows(Exclusion):
        if row.draw in draws:
            counts[row.reason] += row.transactions
    told = ", ".join(f"{n:,} {reason}" for reason, n in counts.most_common(FEW))
    return f"; left out of its draws: {told}" if told else "" if draws else "; nothing was drawn"


def _rows(course: Course) -> Iterator[dict[str, object]]:
    chart, scale = course.chart, 100 if course.measure == "failed" else 1
    signals = {at: [each for each in chart.signals if each.at == at] for at in range(len(chart.points))}
    for at, point in enumerate(chart.points):
        limits = (point.value, chart.lower[at], chart.center[at], chart.upper[at])
        value, lower, center, upper = (None if each is None else scale * each for each in limits)
        yield {
            "subject": course.subject,
            "card": course.card,
            "measure": "mean" if course.measure == "mean" else "percent failed",
            "period": point.key,
            "first": point.first.isoformat(),
            "last": point.last.isoformat(),
            "phase": point.phase,
            "n": point.n,
            "failed": point.failed,
            "value": value,
            "lower": lower,
            "center": center,
            "upper": upper,
            "signal": ", ".join(each.words for each in signals[at] if not each.noted),
            "noted": ", ".join(f"{each.words}: {each.noted}" for each in signals[at] if each.noted),
            "note": "nothing observed" if not point.n else "too few" if point.too_few else "",
        }
