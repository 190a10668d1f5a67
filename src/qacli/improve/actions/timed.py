"""T: start, review and due in order, on working days, within the horizon, and late enough for figures to be known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qacli.improve.actions.course import DAY, Course, Every
from qacli.improve.actions.verdict import FAILED, HELD, Part
from qacli.model import View
from qacli.prepare.period import in_words, parse_period, period_of
from qacli.prepare.workdays import working_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.improve.actions.draft import Draft
    from qacli.improve.actions.smart import Smart
    from qacli.prepare.period import Period

NAMES = ("start", "review", "due")


def timed(view: View, draft: Draft, course: Course | None, rules: Smart, today: date) -> Iterator[Part]:
    """Yield what is and is not right about the days of an action that is written on a day."""
    days = {name: draft.day(name) for name in NAMES}
    for name, day in days.items():
        text = getattr(draft, name)
        if day is None:
            yield Part(FAILED, f"{name} '{text}' is no day: write 2026-07-24" if text else f"no {name}")
        elif (open_ := working_day(day, view.settings.nation)) != day:
            yield Part(FAILED, f"{name} on {in_words(day)} is no working day: the next is {in_words(open_)}")
    start, review, due = days.values()
    if start and start < today:
        yield Part(FAILED, f"it starts on {in_words(start)}, and that day has passed")
    if not (start and review and due):
        return
    if not start < review < due:
        yield Part(FAILED, f"start, review and due are {start}, {review}, {due}: they come one after the other")
        return
    yield from _horizon(start, due, rules)
    if course:
        yield from _mature(course, start, review, due)


def _horizon(start: date, due: date, rules: Smart) -> Iterator[Part]:
    days = (due - start).days
    if not rules.least_days <= days <= rules.most_days:
        yield Part(
            FAILED, f"{days} days from start to due: between {rules.least_days} and {rules.most_days} are asked for"
        )
    else:
        yield Part(HELD, f"{days / 7:.2g} weeks, working days, start before review before due")


def _mature(course: Course, start: date, review: date, due: date) -> Iterator[Part]:
    first = next_whole(course.every, start)
    known = first.last + (course.matures + 1) * DAY
    why = f" ({course.because})" if course.because else ""
    if review < known:
        words = f"review on {in_words(review)} comes before {first.key}, the first whole {course.every}, is known"
        yield Part(FAILED, f"{words} on {in_words(known)}{why}")
        return
    yield Part(HELD, f"{first.key} is known by the review, {judging(course, start, due).key} by the day due{why}")


def judging(course: Course, start: date, due: date) -> Period:
    """Return the last whole period since the start that is known by the day due; at least the first."""
    found = next_whole(course.every, start)
    while (following := next_whole(course.every, found.last + DAY)).last + (course.matures + 1) * DAY <= due:
        found = following
    return found


def next_whole(every: Every, day: date) -> Period:
    """Return the first period that begins on a day or after."""
    if every == "day":
        return parse_period(str(day))
    found = period_of(every, day)
    return found if found.first == day else period_of(every, found.last + DAY)
