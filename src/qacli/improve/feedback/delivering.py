"""Delivering feedback: once the colleague has had the evidence long enough, in the order that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from qacli.files.text import one_line
from qacli.improve.feedback.items import Items, rows_of
from qacli.improve.feedback.preparing import Meeting, earliest, too_early
from qacli.improve.feedback.sheet import (
    DELIVERED,
    Feedback,
    FeedbackEvent,
    OwnFeedback,
    events,
    invitations,
    own_view,
    refuse_before,
    sheet_of,
    watched_in,
)
from qacli.model import Change, Command, Hint, Refusal, Row, View
from qacli.monitor.observing.observation import Observation
from qacli.prepare.period import in_words


class DeliveryToCome(Refusal, rule="future-delivery"):
    """What has not happened yet is not recorded."""

    def __init__(self, feedback: str, held: Meeting) -> None:
        what = "hour" if held.starts else "day"
        super().__init__(
            f"{feedback} cannot have been delivered {held.in_words}: that {what} is still to come.",
            help="record it once it has happened",
        )


class LeadTime(Refusal, rule="lead-time"):
    """Who is to talk about their work has seen it before."""

    def __init__(self, feedback: str, held: Meeting, from_: datetime, hours: int) -> None:
        super().__init__(
            f"{feedback} {held.in_words} comes before the colleague has had the evidence for {hours} hours.",
            help=f"deliver it from {from_:%H:%M} on {in_words(from_.date())}; the hours: feedback: {{lead_hours: ...}} in "
            "qacli.yaml",
        )


class CorrectedSince(Refusal, rule="corrected-since"):
    """Nobody is told what no longer stands."""

    def __init__(self, sheet: Feedback, gone: Sequence[str]) -> None:
        super().__init__(
            f"{sheet.id} rests on what was withdrawn or replaced since it was prepared: {', '.join(gone)}.",
            help=Hint(
                "take it back: ",
                Command(f'feedback withdraw {sheet.id} --reason "..."'),
                "; and prepare it from what stands",
            ),
        )


def deliver(
    view: View, feedback: str, on: date, means: str, given: Items | None = None, starts: datetime | None = None
) -> Change:
    """Record that the colleague was given the feedback, with its items; one that was is a finding and makes no row.

    Without items the points go as they were prepared.
    Raises NoSuchRow, OwnFeedback, DeliveryToCome, BeforeObservation, LeadTime, CorrectedSince, and what ``items.rows_of``
    refuses.
    """
    sheet, held = sheet_of(view, feedback), Meeting(on, starts)
    if view.actor == sheet.colleague:
        raise OwnFeedback(sheet.colleague, f"deliver {feedback} to themselves")
    if held.on > view.now.date() or (held.starts and held.starts > view.now):
        raise DeliveryToCome(feedback, held)
    refuse_before(view, watched_in(view, sheet), held.on)
    if done := events(view, feedback, DELIVERED):
        return Change(findings=[f"{feedback} was delivered on {in_words(done[0].on)}: nothing to do"])
    invited = invitations(view, feedback)
    from_ = earliest(view, sheet)
    if too_early(held, from_):
        raise LeadTime(feedback, held, from_, invited[0].lead_hours if invited else view.settings.feedback.lead_hours)
    stand = {row.id for row in view.current(Observation)}
    if gone := [each for each in sheet.observations.split() if each not in stand]:
        raise CorrectedSince(sheet, gone)
    rows: list[Row] = [*rows_of(view, sheet, given).rows] if given else []
    event = FeedbackEvent(feedback=feedback, kind=DELIVERED, on=held.on, starts=held.starts, means=one_line(means))
    findings = []
    if not own_view(view, feedback):
        findings.append(f"{sheet.colleague} entered no self-assessment before the scores opened; the sheet says so")
    return Change([event, *rows], findings)
