"""Duties of governing: cases, repeated failures, causes, requests about data, notices that end, definitions to be reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from qacli.govern.causes.cause import searches
from qacli.govern.duties.duty import DAY, Duty
from qacli.govern.escalating.case import cases, local_day
from qacli.govern.escalating.ladder import in_words as ladder_in_words
from qacli.govern.escalating.ladder import reached, standings
from qacli.govern.privacy import open_requests
from qacli.govern.voice.feedback import heard
from qacli.model import View
from qacli.prepare.notices.notice import ALL, Notice
from qacli.prepare.reviewing import review_due


def escalations(view: View, _: date) -> Iterator[Duty]:
    """Each clock of each open case whose work is not done, by the day on which it runs out."""
    for each in cases(view):
        row = each.escalation
        for clock in each.running():
            due, until = local_day(view, clock.due), clock.due.astimezone(view.now.tzinfo)
            hour = f", by {until:%H:%M}" if until.time() < LAST_MINUTE else ""
            words = f"{row.id} ({row.trigger.partition('@')[0]}, risk {row.risk}) is to be {CLOCKS[clock.clock]}{hour}"
            key, how = f"escalation/{row.id}/{clock.clock}", f"escalate {clock.clock} {row.id}"
            yield Duty(key, due, "escalation", row.id, each.holder, words, how)


LAST_MINUTE = time(23, 59)
CLOCKS = {"take": "taken in hand", "acknowledge": "acknowledged to the customer", "close": "decided and answered"}


def repeated(view: View, _: date) -> Iterator[Duty]:
    """Each step of a ladder that failures have reached, and each that is on record and not done."""
    for row in reached(view):
        key = f"ladder/{row.ladder.partition('@')[0]}/{row.colleague}/{row.last}"
        how = "escalate ladder --record"
        yield Duty(key, row.last, "ladder", row.colleague, row.owner, ladder_in_words(row), how)
    for each in standings(view):
        if not each.end:
            row = each.row
            how = f"escalate done {row.id}"
            yield Duty(f"ladder/{row.id}", row.due, "ladder", row.id, row.owner, ladder_in_words(row), how)


def causes(view: View, _: date) -> Iterator[Duty]:
    """Each search without an end cause after the days in which questions are answered, and each fix to be judged."""
    allowed = timedelta(days=view.settings.thresholds.answer_within)
    for each in searches(view):
        row = each.cause
        if not each.ends and row.at:
            words, how = f"the cause of {row.source} is to be found", f"cause why {row.id}"
            yield Duty(f"cause/{row.id}", local_day(view, row.at) + allowed, "cause", row.id, row.owner, words, how)
        for fix in each.fixes:
            if not each.verdict_of(fix.id):
                owner = next((who for who in (row.owner, row.by) if who != fix.owner), "")
                words = f"{fix.id} of {row.source} is to be judged by new data, not by {fix.owner}"
                how = f"cause verify {fix.id}"
                yield Duty(f"cause/{fix.id}", fix.last + DAY, "cause", fix.id, owner, words, how)


def requests(view: View, _: date) -> Iterator[Duty]:
    """Each request about personal data, by the day on which its deadline ends."""
    for each in open_requests(view):
        request = each.request
        words, how = f"{request.kind} request {request.id} is to be answered", "privacy access"
        yield Duty(f"request/{request.id}/{each.due}", each.due, "request", request.id, request.by, words, how)


def remarks(view: View, _: date) -> Iterator[Duty]:
    """Each remark that may be a complaint, by the end of its triage."""
    for each in heard(view):
        row = each.feedback
        if each.triage_open and row.triage_by:
            words, how = f"{row.id} may be a complaint and is to be triaged", f"voice triage {row.id}"
            yield Duty(f"triage/{row.id}", row.triage_by, "triage", row.id, row.by, words, how)


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
                how = f"frame review {item.id}" if kind == "frame" else ""
                yield Duty(
                    f"review/{kind}/{item.reference}/{due}", due, "review", item.reference, item.owner, words, how
                )


REVIEWED = ("scorecard", "scale", "frame", "procedure", "notice", "kpi", "benchmark", "trigger", "ladder", "cause")
