"""Duties: what monitoring work falls due on which day, whose it is, and which measure it serves.

A duty has a natural key. It is worked out from what is agreed and recorded, so that however often, late or many times at
once somebody looks, there is one record for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from qacli.govern.privacy import open_requests
from qacli.improve.briefing.brief import standings as briefed
from qacli.improve.coaching import plans
from qacli.improve.feedback import due as open_feedback
from qacli.improve.feedback import events
from qacli.improve.resources.request import requests as asked_for
from qacli.model import Change, Row, View
from qacli.monitor.calibrating.calibration import standings
from qacli.monitor.disputing.deciding import parts
from qacli.monitor.disputing.dispute import Standing, disputes
from qacli.monitor.observing.excuse import excuses, scoring_of
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import JUDGEMENT, Item
from qacli.monitor.sampling.drawing import planned
from qacli.monitor.sampling.sharing import held
from qacli.monitor.sampling.spot import TIMES, visits
from qacli.prepare.approval import approval
from qacli.prepare.frames.calendar import due_on
from qacli.prepare.frames.frame import Frame
from qacli.prepare.notices.notice import ALL, Notice
from qacli.prepare.period import Period, in_words, last_whole, parse_period, period_of
from qacli.prepare.reviewing import review_due
from qacli.understand.kpis.questions import due_by
from qacli.understand.kpis.questions import standings as asked
from qacli.understand.patterns.answering import all_scored, answered, draws_for, owner_of
from qacli.understand.patterns.finding import Look, on_watch
from qacli.understand.patterns.raising import window

DAY = timedelta(days=1)


Work = Literal[
    "draw",
    "score",
    "calibration",
    "dispute",
    "question",
    "spot",
    "feedback",
    "plan",
    "resource",
    "briefing",
    "request",
    "notice",
    "review",
    "look",
    "watch",
    "settle",
]
"""What kinds of work fall due."""


class Duty(NamedTuple):
    """One thing to be done. ``key`` is the same whoever works it out; ``due`` is its day, ``command`` what does it,
    ``serves`` the measures that it serves.
    """

    key: str
    due: date
    kind: Work
    subject: str
    owner: str
    words: str
    command: str = ""
    serves: str = ""


@dataclass(frozen=True, kw_only=True)
class Reminder(Row, table="reminders", letter="rm"):
    """An owner was told, once, of a duty that had fallen due."""

    duty: str
    owner: str
    due: date


def duties(view: View, until: date) -> list[Duty]:
    """Return every duty that is neither done nor excused and falls due up to a day, the oldest first."""
    excused = excuses(view)
    found = [duty for work in DUTIES for duty in work(view, until) if duty.key not in excused]
    return sorted((duty for duty in found if duty.due <= until), key=lambda duty: (duty.due, duty.kind, duty.key))


def due_by_key(view: View) -> dict[str, Duty]:
    """Return the duties that can be named today: what is due, and what is to be scored or reviewed later."""
    return {duty.key: duty for work in DUTIES for duty in work(view, view.now.date())}


def draws(view: View, until: date) -> Iterator[Duty]:
    """Each period of each agreed frame whose sample, or whose unannounced checks, are to be drawn."""
    drawn = {(draw.frame.partition("@")[0], draw.period) for draw in planned(view)}
    for frame, period, due in to_draw(view, until):
        if (frame.id, period.key) not in drawn:
            yield Duty(
                f"draw/{frame.id}/{period.key}",
                due,
                "draw",
                frame.id,
                frame.owner,
                f"draw {frame.id} of {period.key}",
                f"qacli sample draw {frame.id} --period {period.key}",
                serves(view, frame),
            )


def to_draw(view: View, until: date) -> list[tuple[Frame, Period, date]]:
    """Return each period of each agreed frame that is to be drawn by the end of a day, drawn or not, with its day.

    Of several versions that were agreed the newest answers for a period.
    """
    found: dict[tuple[str, str], tuple[Frame, Period, date]] = {}
    for frame in sorted(view.definitions("frame"), key=lambda frame: frame.newness):
        agreed = approval(view, "frame", frame)
        if agreed and agreed.at and frame.design != JUDGEMENT:
            agreed_on = agreed.at.astimezone(view.now.tzinfo).date()
            for period, due in draw_days(frame, agreed_on, until):
                found[frame.id, period.key] = (frame, period, due)
    return list(found.values())


def draw_days(frame: Frame, agreed_on: date, until: date) -> Iterator[tuple[Period, date]]:
    """Yield the periods of a frame that are to be drawn by the end of a day, each with the day on which it falls due.

    Transactions are drawn when their period is over, from the last one that was over when the frame was agreed; times of
    unannounced checks when it begins, from the one that had begun. Periods are local days: clocks that change move none.
    """
    if frame.design == TIMES:
        period = period_of(frame.cadence, max(agreed_on, frame.from_))
        while period.first <= until and (frame.to is None or period.first <= frame.to):
            yield period, max(due_on(frame, period), agreed_on)
            period = period_of(frame.cadence, period.last + DAY)
    else:
        yield from ((period, due_on(frame, period)) for period in periods(frame, agreed_on, until))


def periods(frame: Frame, agreed_on: date, until: date) -> Iterator[Period]:
    """Yield the periods of a frame that are over before a day ends, oldest first."""
    period = last_whole(frame.cadence, max(agreed_on, frame.from_))
    while period.last + DAY <= until and (frame.to is None or period.first <= frame.to):
        if period.last >= frame.from_:
            yield period
        period = period_of(frame.cadence, period.last + DAY)


def serves(view: View, frame: Frame) -> str:
    """Return the measures that the scorecards of a frame name, in order of name."""
    cards = {card.reference: card for card in view.definitions("scorecard")}
    named = [cards[card] for card in frame.scorecards.values() if card in cards]
    return " ".join(sorted({kpi for card in named for criterion in card.criteria() for kpi in criterion.kpis}))


def observations(view: View, _: date) -> Iterator[Duty]:
    """Each item drawn and not scored within the days that qacli.yaml allows."""
    allowed = timedelta(days=view.settings.thresholds.score_within)
    scored = {observation.item for observation in view.current(Observation)}
    for item in held(view):
        if item.id not in scored and item.at:
            due = item.at.astimezone(view.now.tzinfo).date() + allowed
            words, how = f"{item.id} of {item.day} is to be scored", f"qacli score {item.id}"
            yield Duty(scoring_of(item.id), due, "score", item.id, item.evaluator, words, how)


def checks(view: View, _: date) -> Iterator[Duty]:
    """Each unannounced check that is not closed. Of one that is to come, others learn the period, and neither time nor whom."""
    for each in visits(view):
        check = each.check
        if each.event:
            continue
        key, how = f"spot/{check.id}", f"qacli spot done {check.id} or qacli spot miss {check.id}"
        starts, ends = check.starts.astimezone(view.now.tzinfo), check.ends.astimezone(view.now.tzinfo)
        if each.hidden_from(view):
            last, words = parse_period(each.period).last, f"an unannounced check in {each.period} is to be made"
            yield Duty(key, last, "spot", check.id, check.evaluator, words)
        else:
            words = (
                f"unannounced check of {check.block} from {starts:%H:%M} to {ends:%H:%M} on {in_words(starts.date())}"
            )
            yield Duty(key, ends.date(), "spot", check.id, check.evaluator, words, how)


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
    """Each person who was away when a team was briefed, and each concern without an answer, from the day after."""
    for each in briefed(view):
        made, last = each.briefing, max(each.told.values(), default=None)
        if each.end or last is None:
            continue
        for person in each.waiting:
            words, how = f"{person} is to be told {made.id}", f"qacli brief deliver {made.id} --present {person}"
            yield Duty(f"briefing/{made.id}/{person}", last + DAY, "briefing", made.id, made.by, words, how)
        for row in each.unanswered:
            words, how = f"a concern about {made.id} is to be answered", f"qacli brief answer {row.id}"
            yield Duty(f"briefing/{made.id}/{row.id}", last + DAY, "briefing", made.id, made.by, words, how)


def requests(view: View, _: date) -> Iterator[Duty]:
    """Each request about personal data, by the day on which its deadline ends."""
    for each in open_requests(view):
        request = each.request
        words, how = f"{request.kind} request {request.id} is to be answered", "qacli privacy access"
        yield Duty(f"request/{request.id}/{each.due}", each.due, "request", request.id, request.by, words, how)


def notices(view: View, _: date) -> Iterator[Duty]:
    """Each notice that ends without another for the same audience and channel on the day after.

    Once it has ended and another is in force, the days between cannot be mended: qacli notice gaps tells them.
    """
    known: list[Notice] = list(view.definitions("notice"))
    today = view.now.date()
    for notice in known:
        days = [] if notice.to is None else [notice.to + DAY, max(notice.to + DAY, today)]
        if notice.to and not any(_covers(other, notice, day) for day in days for other in known):
            due = notice.to - timedelta(days=view.settings.thresholds.ahead)
            words = f"notice {notice.reference} ends on {notice.to}, and none follows for {notice.audience} on {notice.channel}"
            yield Duty(f"notice/{notice.reference}/{notice.to}", due, "notice", notice.reference, notice.owner, words)


def _covers(other: Notice, notice: Notice, day: date) -> bool:
    same = other.audience == notice.audience and other.channel in {notice.channel, ALL}
    return other is not notice and same and other.in_force(day)


def reviews(view: View, _: date) -> Iterator[Duty]:
    """Each definition by the day on which its owner is to look at it again."""
    for kind in REVIEWED:
        for item in view.definitions(kind):
            due = review_due(view, kind, item)
            if due and (item.to is None or item.to >= view.now.date()):
                words = f"{kind} {item.reference} is to be reviewed by {due}"
                how = f"qacli frame review {item.id}" if kind == "frame" else ""
                yield Duty(
                    f"review/{kind}/{item.reference}/{due}", due, "review", item.reference, item.owner, words, how
                )


def calibrations(view: View, _: date) -> Iterator[Duty]:
    """Each set of items that somebody is still to score in a calibration that has not been revealed."""
    for each in standings(view):
        for person in each.missing if each.state == "sealed" else ():
            session, due = each.calibration.id, each.calibration.due
            words, how = f"{session} is to be scored", f"qacli calibrate score {session}"
            yield Duty(f"calibration/{session}/{person}", due, "calibration", session, person, words, how)


def questions(view: View, _: date) -> Iterator[Duty]:
    """Each question about a KPI that nobody has closed, for who is to find out."""
    for each in asked(view):
        if each.closed_on is None:
            name, day = each.question.id, due_by(view, each)
            words, how = f"question {name} has been open for {each.age} days", f"qacli kpi answer {name}"
            yield Duty(f"question/{name}", day, "question", name, each.question.owner, words, how, each.question.kpi)


def open_disputes(view: View, _: date) -> Iterator[Duty]:
    """Each dispute that nobody has decided, for who may decide it."""
    for each in disputes(view):
        if not each.decision:
            name, observation = each.dispute.id, each.observation.id
            words, how = f"{name} on {observation} is to be decided", f"qacli dispute decide {name}"
            yield Duty(f"dispute/{name}", each.dispute.decide_by, "dispute", name, _reviewer(view, each), words, how)


def _reviewer(view: View, found: Standing) -> str:
    """Return the first who holds the role that decides disputes and has no part in one, else who owns its scorecard.

    Empty where nobody is left.
    """
    barred = {person for people in parts(view, found).values() for person in people}
    role = view.settings.agreement.get("dispute")
    owner = view.look_up("scorecard", found.observation.scorecard).owner
    asked = view.settings.roles.get(role, ()) if role else (owner,)
    return next((person for person in asked if person not in barred), "")


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
            words, how = f"look for what stands out up to {last}", f"qacli finding look --period {month.key}"
            yield Duty(f"look/{month.key}", month.last + allowed + DAY, "look", month.key, owner, words, how)
        month = period_of("month", month.last + DAY)


def watches(view: View, _: date) -> Iterator[Duty]:
    """Each finding on watch: fresh checks are to be drawn for it, and once all of them are scored it is answered."""
    allowed = timedelta(days=view.settings.thresholds.score_within)
    for finding in on_watch(view):
        drawn = [draw for draw in draws_for(view, finding.id) if not answered(view, finding.id, draw)]
        raised = finding.at.astimezone(view.now.tzinfo).date() if finding.at else view.now.date()
        if not drawn:
            words, how = f"{finding.id} is on watch: fresh checks are to be drawn", f"qacli sample confirm {finding.id}"
            key = f"watch/{finding.id}/{len(draws_for(view, finding.id)) + 1}"
            yield Duty(key, raised + allowed, "watch", finding.id, owner_of(view, finding), words, how)
        elif all_scored(view, drawn[0]):
            words = f"{finding.id} can be answered by {drawn[0]}"
            yield Duty(
                f"settle/{finding.id}/{drawn[0]}", raised, "settle", finding.id, "", words, "qacli finding settle"
            )


REVIEWED = ("scorecard", "scale", "frame", "procedure", "notice", "kpi", "benchmark")
DUTIES: tuple[Callable[[View, date], Iterator[Duty]], ...] = (
    draws,
    observations,
    calibrations,
    open_disputes,
    questions,
    checks,
    feedback,
    coaching,
    resources,
    briefings,
    requests,
    notices,
    reviews,
    looks,
    watches,
)


def remind(view: View, found: list[Duty]) -> Change:
    """Record that the owners of duties are told, once each; what was told before makes no row."""
    told = {reminder.duty for reminder in view.current(Reminder)}
    rows = [
        Reminder(duty=duty.key, owner=duty.owner, due=duty.due)
        for duty in {duty.key: duty for duty in found}.values()
        if duty.key not in told
    ]
    return Change(rows)
