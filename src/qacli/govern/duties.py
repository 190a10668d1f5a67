"""Duties: what monitoring work falls due on which day, whose it is, and which measure it serves.

A duty has a natural key. It is worked out from what is agreed and recorded, so that however often, late or many times at
once somebody looks, there is one record for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from qacli.govern.privacy import open_requests
from qacli.improve.coaching import plans
from qacli.improve.feedback import due as open_feedback
from qacli.improve.feedback import events
from qacli.model import Change, Row, View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.designs.registry import DESIGNS
from qacli.monitor.sampling.draw import Draw, Item
from qacli.prepare.approval import approval
from qacli.prepare.frames.frame import Frame
from qacli.prepare.notices.notice import ALL, Notice
from qacli.prepare.period import Period, last_whole, period_of

DAY = timedelta(days=1)


class Duty(NamedTuple):
    """One thing to be done. ``key`` is the same whoever works it out; ``due`` is its day, ``command`` what does it,
    ``serves`` the measures that it serves.
    """

    key: str
    due: date
    kind: str
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
    """Return every duty not yet done that falls due up to a day, the oldest first."""
    found = [duty for work in DUTIES for duty in work(view, until)]
    return sorted((duty for duty in found if duty.due <= until), key=lambda duty: (duty.due, duty.kind, duty.key))


def draws(view: View, until: date) -> Iterator[Duty]:
    """Each whole period of each agreed frame, from the last one that was over when it was agreed."""
    drawn = {(draw.frame.partition("@")[0], draw.period) for draw in view.current(Draw)}
    for frame in view.definitions("frame"):
        agreed = approval(view, "frame", frame)
        if not agreed or not agreed.at or frame.design not in DESIGNS:
            continue
        for period in periods(frame, agreed.at.astimezone(view.now.tzinfo).date(), until):
            if (frame.id, period.key) not in drawn:
                yield Duty(
                    f"draw/{frame.id}/{period.key}",
                    period.last + DAY,
                    "draw",
                    frame.id,
                    frame.owner,
                    f"draw {frame.id} of {period.key}",
                    f"qacli sample draw {frame.id} --period {period.key}",
                    serves(view, frame),
                )


def periods(frame: Frame, agreed_on: date, until: date) -> Iterator[Period]:
    """Yield the periods of a frame that are over before a day ends, oldest first. They are local days: clocks that
    change move none of them."""
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
    for item in view.current(Item):
        if item.id not in scored and item.at:
            due = item.at.astimezone(view.now.tzinfo).date() + allowed
            words, how = f"{item.id} of {item.day} is to be scored", f"qacli score {item.id}"
            yield Duty(f"score/{item.id}", due, "score", item.id, item.evaluator, words, how)


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
            if item.review_by and (item.to is None or item.to >= view.now.date()):
                words = f"{kind} {item.reference} is to be reviewed by {item.review_by}"
                key = f"review/{kind}/{item.reference}/{item.review_by}"
                yield Duty(key, item.review_by, "review", item.reference, item.owner, words)


REVIEWED = ("scorecard", "scale", "frame", "procedure", "notice")
DUTIES: tuple[Callable[[View, date], Iterator[Duty]], ...] = (
    draws,
    observations,
    feedback,
    coaching,
    requests,
    notices,
    reviews,
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
