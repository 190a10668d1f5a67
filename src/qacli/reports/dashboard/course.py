"""Courses as pictures: the score of the desk, and the criteria whose failures changed, with known events beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from qacli.prepare.event import disturbances
from qacli.prepare.period import Period
from qacli.reports.charts.control import BEYOND, RUN, ControlChart, Mark, Point, control_chart
from qacli.reports.dashboard.content import Content, Part, Said, counted
from qacli.understand.patterns.courses import courses
from qacli.understand.patterns.trends import verdict

if TYPE_CHECKING:
    from datetime import date

    from qacli.prepare.event import Event
    from qacli.prepare.period import Cadence
    from qacli.understand.patterns.charting import Charted
    from qacli.understand.patterns.courses import Course

MOST_WEEKS = 27
"""Longer courses are told by month."""
MOST_CRITERIA = 2
"""So many criteria have a picture of their own."""
MOST_EVENTS = 6


def cadence(content: Content) -> Cadence:
    """Return by what courses are told."""
    long = content.first and content.last and (content.last - content.first).days >= 7 * MOST_WEEKS
    return "month" if long else "week"


def of_desk(content: Content) -> list[Course]:
    """Return the course of the mean score by scorecard, the one with the most observations first."""
    return sorted(courses(content.view, content.selection, "desk", cadence(content)), key=lambda each: -each.n)


def first_to_look_at(desk: Sequence[Course]) -> list[Course]:
    """Return courses with a change or a signal first, else as they stand."""
    return sorted(desk, key=lambda each: not (each.chart.alarms or each.shift))


def of_criteria(content: Content, raised: Collection[tuple[str, str]]) -> list[Course]:
    """Return the courses of the ``raised`` (card, criterion), the surest change first.

    A change that is sure by itself but was not raised among all looks is no heading of this page.
    """
    found = courses(content.view, content.selection, "criterion", cadence(content))
    chosen = [each for each in found if (each.card, each.subject) in raised]
    order = sorted(chosen, key=lambda each: each.shift.p if each.shift else 1)
    return order[:MOST_CRITERIA]


def picture(content: Content, course: Course, name: str) -> Part:
    """Return one course as a section."""
    by = cadence(content)
    events = _events(content, course)
    failed = course.measure == "failed"
    what = (
        f"Share of observations that failed {course.subject}, {course.card}" if failed else f"Mean score, {course.card}"
    )
    weighted = "counts of the sample" if failed else "weighted by the design"
    methods = "; ".join(dict.fromkeys(course.chart.methods))
    lead = f"{what}, by {by}: n {course.n:,}, {weighted}. {methods}."
    points = list(_points(course, by))
    marks = _marks(course.chart, events)
    heading = _heading(course, by)
    description = f"{what}. {counted(len(points), by)}; {verdict(course)}."
    words = "more failed than on the other days" if failed else "another level than before"
    unit, decimals = ("%", 0) if failed else ("", 1)
    chart = ControlChart(name, heading, description, unit, points, marks, decimals, _stretch(course), words)
    return Part(name, heading, lead, control_chart(chart))


def _stretch(course: Course) -> tuple[int, int] | None:
    """Return the first and last period of a change of level; None where there is none."""
    shift, points = course.shift, course.chart.points
    if shift is None:
        return None
    inside = [
        at
        for at, each in enumerate(points)
        if each.last >= shift.since and (not shift.until or each.first <= shift.until)
    ]
    return (inside[0], inside[-1]) if inside else None


def said(content: Content, desk: Sequence[Course]) -> Iterator[Said]:
    """Yield a sentence for each scorecard whose score left its limits or changed its level."""
    by = cadence(content)
    for each in desk:
        if each.chart.alarms or each.shift:
            when = ", ".join(_label(each.chart.points[at].first, by) for at in _beyond(each.chart))
            yield Said(
                50, f"{_heading(each, by)}{f' ({by} of {when})' if when and not each.shift else ''}, n {each.n:,}."
            )


def _label(day: date, by: str) -> str:
    return f"{day.day} {day:%b}" if by == "week" else f"{day:%b %y}"


def _heading(course: Course, by: str) -> str:
    subject = f"{course.subject} ({course.card})" if course.measure == "failed" else f"Score of {course.card}"
    if course.shift:
        until = course.shift.until
        first = course.shift.since
        days = Period("", first, until).describe() if until else f"{first.day} {first:%B %Y}"
        if course.measure == "failed":
            return f"{subject} fails more often {'from ' if not until else ''}{days}"
        return f"{subject} lies {'higher' if course.shift.higher else 'lower'} {'from ' if not until else ''}{days}"
    beyond = _beyond(course.chart)
    if beyond:
        lie = "lies" if len(beyond) == 1 else "lie"
        return f"{subject}: {counted(len(beyond), by)} {lie} {_way(course.chart, beyond)} what chance explains"
    if course.chart.alarms:
        return f"{subject} keeps to one side longer than chance explains"
    if all(method.startswith("no ") for method in course.chart.methods):
        return f"{subject}: too few {by}s to tell a change from ordinary variation"
    return f"{subject}: nothing beyond ordinary variation"


def _beyond(chart: Charted) -> list[int]:
    return sorted({each.at for each in chart.alarms if each.words.endswith("its limits")})


def _way(chart: Charted, places: Sequence[int]) -> str:
    above = [(chart.points[at].value or 0) > (chart.center[at] or 0) for at in places]
    return "above" if all(above) else "below" if not any(above) else "above or below"


def _points(course: Course, by: str) -> Iterator[Point]:
    chart, scale = course.chart, 100 if course.measure == "failed" else 1
    beyond = _beyond(chart)
    for at, point in enumerate(chart.points):
        value, center, lower, upper = (
            None if each is None else scale * each
            for each in (point.value, chart.center[at], chart.lower[at], chart.upper[at])
        )
        mine = [each for each in chart.signals if each.at == at]
        signal = BEYOND if at in beyond else RUN if any(not each.noted for each in mine) else ""
        label = _label(point.first, by)
        yield Point(
            label,
            value,
            point.n,
            center,
            lower,
            upper,
            point.phase,
            signal,
            "; ".join(_said(point.n, point.too_few, mine)),
        )


def _said(n: int, too_few: bool, signals: Sequence[object]) -> Iterator[str]:
    if not n:
        yield "nothing observed"
    elif too_few:
        yield "too few: shown, and not judged"
    for each in signals:
        noted, words = getattr(each, "noted", ""), getattr(each, "words", "")
        yield f"{words}, noted: {noted}" if noted else words


def _events(content: Content, course: Course) -> list[Event]:
    """Return the known events of the days charted that may have touched them, in order."""
    points = course.chart.points
    if not points:
        return []
    first, last = points[0].first, points[-1].last
    rows = content.found.observed
    rows = rows[rows["scorecard"].str.partition("@")[0] == course.card]
    channel = str(rows["channel"].iloc[0]) if rows["channel"].nunique() == 1 else ""
    known: Sequence[Event] = content.view.definitions("event")
    here = [event for event in known if event.touches(channel) and first <= event.from_ <= last]
    here += [event for event in disturbances(known, first, last, channel) if event not in here]
    return sorted(here, key=lambda event: (event.from_, event.id))[:MOST_EVENTS]


def _marks(chart: Charted, events: Sequence[Event]) -> list[Mark]:
    return [
        Mark(next((at for at, point in enumerate(chart.points) if event.from_ <= point.last), 0), _told(event))
        for event in events
    ]


def _told(event: Event) -> str:
    days = (
        Period("", event.from_, event.to).describe()
        if event.to and event.kind == "disturbance"
        else f"{event.from_.day} {event.from_:%B %Y}"
    )
    kind = "a known disturbance" if event.kind == "disturbance" else "a candidate, not a cause"
    return f"{days}: {event.what} ({event.id}; {kind})"
