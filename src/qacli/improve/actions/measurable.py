"""M: a metric that exists, a baseline that was worked out with its n and interval, a target in range and direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.files.numbers import short
from qacli.improve.actions.course import course_of
from qacli.improve.actions.verdict import FAILED, HELD, Part
from qacli.model import QacliError, View
from qacli.understand.patterns.finding import Finding
from qacli.understand.targets.target import Place, agreed, in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qacli.improve.actions.course import Course
    from qacli.improve.actions.draft import Draft


def measured(view: View, draft: Draft, until: date) -> tuple[Course | None, str]:
    """Return the course of the metric up to a day, or why there is none."""
    metric = draft.metric
    if not metric.kpi and not metric.criterion:
        return None, "no metric: name a KPI with its variant, or a criterion"
    if metric.kpi and metric.criterion:
        return None, f"two metrics, {metric.kpi} and {metric.criterion}: one action moves one"
    if metric.cut == "colleague":
        return None, f"a figure of {metric.slice} alone: what one person learns is coaching, qacli plan propose"
    if metric.by not in {"", "day", "week", "month"}:
        return None, f"by '{metric.by}' there are no figures: day, week or month"
    try:
        return course_of(view, metric, until, _since(view, draft)), ""
    except QacliError as none:
        return None, f"{none.message.rstrip('.')}: {none.help}" if none.help else none.message


def _since(view: View, draft: Draft) -> date | None:
    """Return from which day on a fault has been there, by the finding that an action answers; None where nobody knows."""
    for row in view.current(Finding):
        if row.id == draft.finding and row.criterion == draft.metric.criterion:
            return row.since
    return None


def measurable(view: View, draft: Draft, course: Course | None, why: str) -> Iterator[Part]:
    """Yield what can and cannot be measured about an action."""
    if draft.baseline:
        yield Part(FAILED, f"a baseline of {draft.baseline} is typed: it is worked out, take the line out")
    if course is None:
        yield Part(FAILED, why)
    else:
        yield from _baseline(view, course)
    if not draft.target:
        yield Part(FAILED, "no target: say where the figure is to be")
    elif draft.target_value is None:
        yield Part(FAILED, f"the target '{draft.target}' is not a number")
    elif course and course.start:
        yield from _target(course, draft.target_value)
        yield from _agreed(view, draft, course, draft.target_value)


def _baseline(view: View, course: Course) -> Iterator[Part]:
    start, minimum = course.start, view.settings.thresholds.minimum_n
    if start is None:
        yield Part(FAILED, f"no figure of {course.words} is complete yet: there is nothing to start from")
        return
    words = f"baseline {course.show(start.value)} ({course.words}, {start.period}, n {start.n:,})"
    if start.low is None or start.high is None:
        yield Part(FAILED, f"{words} has no interval: record how many are behind it, num and den")
    elif start.n < minimum:
        yield Part(FAILED, f"{words} rests on fewer than {minimum}")
    else:
        later = f", {course.skipped} later not all known yet" if course.skipped else ""
        yield Part(
            HELD, f"{words[:-1]}, {short(start.low)} to {short(start.high)}) computed from {start.source}{later}"
        )


def _target(course: Course, target: float) -> Iterator[Part]:
    start = course.start
    if start is None:
        return
    low, high = course.lowest, course.highest
    if (low is not None and target < low) or (high is not None and target > high):
        ends = " to ".join(short(end) for end in (low, high) if end is not None) + " or above" * (high is None)
        yield Part(FAILED, f"a target of {short(target)} lies outside what {course.words} can be: {ends}")
    elif course.sign * (target - start.value) <= 0:
        worse = "below" if course.sign > 0 else "above"
        yield Part(
            FAILED,
            f"a target of {short(target)} is no step: {course.better} is better, and it is {worse} {short(start.value)}",
        )
    else:
        yield Part(HELD, f"target {course.show(target)}, {course.step(abs(target - start.value))} for the better")


def _agreed(view: View, draft: Draft, course: Course, target: float) -> Iterator[Part]:
    """Yield how a step stands to the target that was agreed for the day due; nothing where there is none."""
    due = draft.day("due")
    row = in_force(agreed(view), Place(*course.series[:4]), due) if course.series and due else None
    if row:
        reaches = "reaches" if course.sign * (target - row.new) >= 0 else "falls short of"
        yield Part(HELD, f"it {reaches} the agreed target of {course.show(row.new)}")
