"""Duties of improving: feedback, plans, requests for resources and briefings that are not at their end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qacli.govern.duties.duty import DAY, Duty
from qacli.improve.briefing.brief import standings as briefed
from qacli.improve.cases.standing import awaited as cases_awaited
from qacli.improve.coaching import plans
from qacli.improve.feedback import due as open_feedback
from qacli.improve.feedback import events
from qacli.improve.resources.request import requests as asked_for
from qacli.model import View


def feedback(view: View, _: date) -> Iterator[Duty]:
    """Each feedback not delivered on its day."""
    for sheet in open_feedback(view):
        if not events(view, sheet.id, "delivered"):
            words, how = (
                f"feedback {sheet.id} for {sheet.colleague} is to be delivered",
                f"qacli feedback deliver {sheet.id}",
            )
            yield Duty(f"feedback/{sheet.id}", sheet.on, "feedback", sheet.id, sheet.by, words, how)


def coaching(view: View, _: date) -> Iterator[Duty]:
    """Each plan that is to be carried out, or its effect looked at."""
    for each in plans(view):
        plan = each.plan
        if each.status in {"proposed", "booked"}:
            words, how = f"plan {plan.id} for {plan.colleague} is to be done", f"qacli plan done {plan.id}"
            yield Duty(f"plan/{plan.id}/done", plan.due, "plan", plan.id, plan.owner, words, how)
        elif each.status == "done":
            words, how = f"plan {plan.id} for {plan.colleague} is to be reviewed", f"qacli plan review {plan.id}"
            yield Duty(f"plan/{plan.id}/review", plan.review_on, "plan", plan.id, plan.owner, words, how)


def resources(view: View, _: date) -> Iterator[Duty]:
    """Each request for resources that nobody has decided, by the day from which it is wanted."""
    for each in asked_for(view):
        if not each.decision:
            row = each.request
            words, how = f"{row.id}: {row.by} asks for {row.in_words}", f"qacli resource secure {row.id}"
            yield Duty(f"resource/{row.id}", row.wanted_from, "resource", row.id, row.asked_of, words, how)


def briefings(view: View, _: date) -> Iterator[Duty]:
    """Each person who was away when a team was briefed, each concern without an answer, each commitment without its end."""
    for each in briefed(view):
        made, last = each.briefing, max(each.told.values(), default=None)
        for row, due in each.open_since():
            words, how = f"{row.by} is to say how far {row.id} of {made.id} is", f"qacli brief progress {row.id}"
            yield Duty(f"briefing/{made.id}/{row.id}/progress", due, "briefing", made.id, row.by, words, how)
        if each.end or last is None:
            continue
        for person in each.waiting:
            words, how = f"{person} is to be told {made.id}", f"qacli brief deliver {made.id} --present {person}"
            yield Duty(f"briefing/{made.id}/{person}", last + DAY, "briefing", made.id, made.by, words, how)
        for row in each.unanswered:
            words, how = f"a concern about {made.id} is to be answered", f"qacli brief answer {row.id}"
            yield Duty(f"briefing/{made.id}/{row.id}", last + DAY, "briefing", made.id, made.by, words, how)


def cases(view: View, _: date) -> Iterator[Duty]:
    """Each business case that was drafted and not decided, by the day on which it asks for a decision."""
    for case, draft in cases_awaited(view):
        words, how = f"{case.owner} asks for a decision on {case.reference}", f"qacli case approve {case.id}"
        yield Duty(f"case/{draft.id}", case.ask.by, "case", case.id, case.ask.of, words, how)
