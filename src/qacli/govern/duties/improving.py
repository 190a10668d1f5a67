"""Duties of improving: feedback, plans, actions, requests for resources and briefings that are not at their end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from qacli.govern.duties.duty import DAY, Duty
from qacli.improve.actions.action import Standing
from qacli.improve.actions.action import standings as actions_of
from qacli.improve.briefing.brief import standings as briefed
from qacli.improve.cases.standing import awaited as cases_awaited
from qacli.improve.coaching.plan import plans
from qacli.improve.feedback.sheet import DECLINED, DELIVERED, REPLIED, age_in_days, events, held_on
from qacli.improve.feedback.sheet import due as open_feedback
from qacli.improve.resources.request import requests as asked_for
from qacli.model import View


def feedback(view: View, _: date) -> Iterator[Duty]:
    """Each feedback not delivered on the day of its talk, then each that its colleague has not answered in time."""
    within = timedelta(days=view.settings.feedback.answer_within)
    for sheet in open_feedback(view):
        told = events(view, sheet.id, DELIVERED)
        name, age = sheet.id, f"{age_in_days(view, sheet)} days old"
        if not told:
            words, how = f"feedback {name} for {sheet.colleague} is to be delivered", f"feedback deliver {name}"
            yield Duty(f"feedback/{name}", held_on(view, sheet), "feedback", name, sheet.by, f"{words}, {age}", how)
            continue
        replied = events(view, name, REPLIED) or events(view, name, DECLINED)
        what, how = ("acknowledged", "ack") if replied else ("answered", "reply")
        words, by = f"feedback {name} is to be {what}, {age}", told[0].on + within
        yield Duty(f"feedback/{name}/answer", by, "feedback", name, sheet.colleague, words, f"feedback {how} {name}")


def coaching(view: View, _: date) -> Iterator[Duty]:
    """Each plan that is to be carried out, or its effect looked at."""
    for each in plans(view):
        plan = each.plan
        if each.status in {"proposed", "booked"}:
            words = f"plan {plan.id} for {plan.colleague} is to be done"
            yield Duty(f"plan/{plan.id}/done", plan.due, "plan", plan.id, plan.owner, words, each.next)
        elif each.status == "done":
            words = f"the effect of plan {plan.id} for {plan.colleague} is to be looked at, and the plan closed"
            yield Duty(f"plan/{plan.id}/review", plan.review_on, "plan", plan.id, plan.owner, words, each.next)


def actions(view: View, _: date) -> Iterator[Duty]:
    """Each action that starts, is to be looked at on the way, or to be ended; by its author, because no owner ends their own."""
    zone = view.now.tzinfo
    for each in actions_of(view):
        row = each.action
        if each.end:
            continue
        if not each.said:
            words, how = f"{row.id} ({row.name}) starts: say what was done", f"plan progress {row.id} --words ..."
            yield Duty(f"action/{row.id}/start", row.start, "action", row.id, row.owner, words, how, _served(each))
        seen = max((made.at.astimezone(zone).date() for made in each.progress if made.at), default=date.min)
        if seen < row.review:
            words, how = f"{row.id} ({row.name}) is to be looked at on its way", f"plan progress {row.id}"
            yield Duty(f"action/{row.id}/review", row.review, "action", row.id, row.owner, words, how, _served(each))
        words = f"{row.id} ({row.name}) is due: somebody other than {row.owner} ends it"
        yield Duty(
            f"action/{row.id}/due", row.due, "action", row.id, row.by, words, f"plan close {row.id}", _served(each)
        )


def _served(each: Standing) -> str:
    return each.action.criterion or each.action.kpi.partition("@")[0]


def resources(view: View, _: date) -> Iterator[Duty]:
    """Each request for resources that nobody has decided, by the day from which it is wanted."""
    for each in asked_for(view):
        if not each.decision:
            row = each.request
            words, how = f"{row.id}: {row.by} asks for {row.in_words}", f"resource secure {row.id}"
            yield Duty(f"resource/{row.id}", row.wanted_from, "resource", row.id, row.asked_of, words, how)


def briefings(view: View, _: date) -> Iterator[Duty]:
    """Each person who was away when a team was briefed, each concern without an answer, each commitment without its end."""
    for each in briefed(view):
        made, last = each.briefing, max(each.told.values(), default=None)
        for row, due in each.open_since():
            words, how = f"{row.by} is to say how far {row.id} of {made.id} is", f"brief progress {row.id}"
            yield Duty(f"briefing/{made.id}/{row.id}/progress", due, "briefing", made.id, row.by, words, how)
        if each.end or last is None:
            continue
        for person in each.waiting:
            words, how = f"{person} is to be told {made.id}", f"brief deliver {made.id} --present {person}"
            yield Duty(f"briefing/{made.id}/{person}", last + DAY, "briefing", made.id, made.by, words, how)
        for row in each.unanswered:
            words, how = f"a concern about {made.id} is to be answered", f"brief answer {row.id}"
            yield Duty(f"briefing/{made.id}/{row.id}", last + DAY, "briefing", made.id, made.by, words, how)


def cases(view: View, _: date) -> Iterator[Duty]:
    """Each business case that was drafted and not decided, by the day on which it asks for a decision."""
    for case, draft in cases_awaited(view):
        words, how = f"{case.owner} asks for a decision on {case.reference}", f"case approve {case.id}"
        yield Duty(f"case/{draft.id}", case.ask.by, "case", case.id, case.ask.of, words, how)
