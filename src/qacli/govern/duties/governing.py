"""Duties of governing: requests about personal data, notices that end, definitions to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from qacli.govern.duties.duty import DAY, Duty
from qacli.govern.privacy import open_requests
from qacli.govern.voice.feedback import COMPLAINT, NO_COMPLAINT, heard
from qacli.model import View
from qacli.prepare.notices.notice import ALL, Notice
from qacli.prepare.reviewing import review_due


def requests(view: View, _: date) -> Iterator[Duty]:
    """Each request about personal data, by the day on which its deadline ends."""
    for each in open_requests(view):
        request = each.request
        words, how = f"{request.kind} request {request.id} is to be answered", "qacli privacy access"
        yield Duty(f"request/{request.id}/{each.due}", each.due, "request", request.id, request.by, words, how)


def remarks(view: View, _: date) -> Iterator[Duty]:
    """Each remark that may be a complaint, by the end of its triage; each complaint, by the day of its answer."""
    for each in heard(view):
        row, complaint = each.feedback, each.link(COMPLAINT, NO_COMPLAINT)
        if each.triage_open and row.triage_by:
            words = f"{row.id} may be a complaint and is to be triaged"
            yield Duty(
                f"triage/{row.id}", row.triage_by, "triage", row.id, row.by, words, f"qacli voice triage {row.id}"
            )
        elif complaint and complaint.due and not each.closed:
            words, how = f"complaint {complaint.to or row.id} is to be answered", f"qacli voice link {row.id} --told"
            yield Duty(
                f"complaint/{row.id}/{complaint.due}", complaint.due, "complaint", row.id, complaint.by, words, how
            )


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


REVIEWED = ("scorecard", "scale", "frame", "procedure", "notice", "kpi", "benchmark")
