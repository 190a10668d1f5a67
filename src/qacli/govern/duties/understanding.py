"""Duties of understanding: looks to be taken, watches to be answered, questions to be closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from qacli.govern.duties.duty import DAY, Duty
from qacli.model import View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.prepare.period import last_whole, period_of
from qacli.understand.kpis.questions import due_by
from qacli.understand.kpis.questions import standings as asked
from qacli.understand.patterns.answering import all_scored, answered, draws_for, owner_of
from qacli.understand.patterns.finding import Look, on_watch
from qacli.understand.patterns.raising import window


def questions(view: View, _: date) -> Iterator[Duty]:
    """Each question about a KPI that nobody has closed, for who is to find out."""
    for each in asked(view):
        if each.closed_on is None:
            name, day = each.question.id, due_by(view, each)
            words, how = f"question {name} has been open for {each.age} days", f"kpi answer {name}"
            yield Duty(f"question/{name}", day, "question", name, each.question.owner, words, how, each.question.kpi)


def looks(view: View, until: date) -> Iterator[Duty]:
    """The look at the routine samples of the quarter before each month's end, once what was drawn is to be scored."""
    done = {row.period for row in view.current(Look)}
    scored = {observation.item for observation in view.current(Observation)}
    days = [item.day for item in view.current(Item) if item.purpose == "routine" and item.id in scored]
    owner = next((frame.owner for frame in view.definitions("frame") if frame.purpose == "routine"), "")
    allowed = timedelta(days=view.settings.thresholds.score_within)
    month = last_whole("month", view.now.date())
    while month.last + allowed < until:
        first, last = window(month)
        if month.key not in done and any(first <= day <= last for day in days):
            words, how = f"look for what stands out up to {last}", f"finding look --period {month.key}"
            yield Duty(f"look/{month.key}", month.last + allowed + DAY, "look", month.key, owner, words, how)
        month = period_of("month", month.last + DAY)


def watches(view: View, _: date) -> Iterator[Duty]:
    """Each finding on watch: fresh checks are to be drawn for it, and once all of them are scored it is answered."""
    allowed = timedelta(days=view.settings.thresholds.score_within)
    for finding in on_watch(view):
        drawn = [draw for draw in draws_for(view, finding.id) if not answered(view, finding.id, draw)]
        raised = finding.at.astimezone(view.now.tzinfo).date() if finding.at else view.now.date()
        if not drawn:
            words, how = f"{finding.id} is on watch: fresh checks are to be drawn", f"sample confirm {finding.id}"
            key = f"watch/{finding.id}/{len(draws_for(view, finding.id)) + 1}"
            yield Duty(key, raised + allowed, "watch", finding.id, owner_of(view, finding), words, how)
        elif all_scored(view, drawn[0]):
            words = f"{finding.id} can be answered by {drawn[0]}"
            yield Duty(f"settle/{finding.id}/{drawn[0]}", raised, "settle", finding.id, "", words, "finding settle")
