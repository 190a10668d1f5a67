"""Duties of governing: requests about personal data, notices that end, definitions to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qacli.govern.duties.duty import DAY, Duty
from qacli.govern.privacy import open_requests
from qacli.govern.requirements.change import pack_of
from qacli.govern.requirements.consulting import standings
from qacli.govern.requirements.register import last_days
from qacli.govern.requirements.reviewing import look_due
from qacli.model import View
from qacli.prepare.notices.notice import ALL, Notice
from qacli.prepare.reviewing import review_due

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement


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


def requirements(view: View, _: date) -> Iterator[Duty]:
    """Each rule whose source is to be looked at again; of a rule the version in force, and those that are to come."""
    known: list[Requirement] = [each for each in view.definitions("requirement") if each.holds_in(view.settings.nation)]
    ends, today = last_days(known), view.now.date()
    for rule in known:
        if ends[rule.reference] >= today:
            due, how = look_due(view, rule), f"qacli require review {rule.reference}"
            words = f"the source of {rule.reference} is to be looked at by {due}: {rule.cited}"
            yield Duty(
                f"requirement/{rule.reference}/{due}", due, "requirement", rule.reference, rule.owner, words, how
            )


def consultations(view: View, _: date) -> Iterator[Duty]:
    """Each person who was asked and has not answered, each answer without a reply, each change that nobody has seen live."""
    for each in standings(view):
        row, pack = each.consultation, pack_of(view, each.consultation.id)
        for person in each.silent if not pack else ():
            words, how = f"{person} is asked by {row.id} what to change", f"qacli require say {row.id} --as {person}"
            yield Duty(f"consultation/{row.id}/{person}", row.answer_by, "consultation", row.id, person, words, how)
        for answer in each.unreplied:
            words, how = f"{answer.id} in {row.id} waits for a reply", f"qacli require reply {answer.id}"
            yield Duty(f"consultation/{row.id}/{answer.id}", row.answer_by, "consultation", row.id, row.by, words, how)
        for part in pack:
            change = part.change
            if part.state in {"waiting", "not live"}:
                words, how = (
                    f"{change.kind} {change.new} of {row.id} is to be seen live",
                    f"qacli require live {row.id}",
                )
                yield Duty(
                    f"consultation/{change.id}/live", change.live_on, "consultation", row.id, change.by, words, how
                )


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


REVIEWED = ("scorecard", "scale", "frame", "procedure", "notice", "kpi", "benchmark")
