"""How ``qacli summarise trend`` asks and shows: a line for each course on a terminal, every point elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.commands.options import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.commands.context import Context
    from qacli.prepare.period import Cadence
    from qacli.understand.facts import Selection
    from qacli.understand.patterns.courses import Course, Of

SHORT = ("subject", "card", "n", "start", "latest", "low", "high", "course", "verdict")
"""low and high are the limits of the latest period."""


def show_trend(context: Context, asked: Selection, of: Of, every: Cadence, splits: Sequence[str]) -> None:
    """Show the courses of a part of the desk. Raises NothingOfThatName."""
    from qacli.understand.facts import refuse_unknown
    from qacli.understand.patterns.trends import by_trend

    view = context.workspace.view()
    refuse_unknown(view, asked)
    found, courses = by_trend(view, asked, of, every, [day(split) for split in splits])
    beside = {"statement": found.statement, "notes": list(found.notes)}
    if context.for_people:
        context.show("summary-trend", SHORT, [_line(each, context.plain) for each in courses], found.title, beside)
    else:
        columns = list(found.frame.columns)
        context.show("summary-trend", columns, found.frame.values.tolist(), found.title, beside)
        context.tell(found.statement)
    for note in found.notes:
        context.tell(note)


def _line(course: Course, plain: bool) -> tuple[object, ...]:
    """Return a course as one line: the latest limits, and its points as blocks on one scale with them."""
    from qacli.commands.sparkline import sparkline
    from qacli.understand.patterns.trends import verdict

    chart = course.chart
    scale = 100 if course.measure == "failed" else 1
    values = [None if point.value is None else scale * point.value for point in chart.points]
    there = [value for value in values if value is not None]
    limits = [chart.lower[-1] if chart.lower else None, chart.upper[-1] if chart.upper else None]
    return (
        course.subject,
        course.card,
        course.n,
        there[0] if there else None,
        there[-1] if there else None,
        *(None if limit is None else scale * limit for limit in limits),
        sparkline(values, plain=plain),
        verdict(course),
    )
