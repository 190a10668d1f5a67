"""Preparing feedback: the points that observations show, and the invitation with the time that the colleague has for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from qacli.files.text import one_line
from qacli.improve.feedback.sheet import (
    DELIVERED,
    DEVELOPMENT,
    STRENGTH,
    Feedback,
    FeedbackPoint,
    Invitation,
    OwnFeedback,
    events,
    invitations,
    refuse_before,
    sheet_of,
    watched_in,
)
from qacli.improve.points import Seen, best, item_of, mixed, seen, worst
from qacli.model import Change, Command, Correction, Hint, Refusal, View, Words, ref
from qacli.monitor.observing.observation import Observation
from qacli.prepare.period import in_words


class Meeting(NamedTuple):
    """When and where the talk is to be; ``starts`` is None where no hour was named, ``place`` empty where no place was."""

    on: date
    starts: datetime | None = None
    place: str = ""

    @property
    def in_words(self) -> str:
        """The day, with its hour and place where they are known, for example: at 14:30 on 20 May 2026 in room 2."""
        hour = f"at {self.starts:%H:%M} " if self.starts else ""
        return f"{hour}on {in_words(self.on)}{f' in {self.place}' if self.place else ''}"

    @classmethod
    def of(cls, invitation: Invitation, zone: tzinfo | None) -> Meeting:
        """Return what an invitation invites to, by the clock of a zone."""
        starts = invitation.starts.astimezone(zone) if invitation.starts else None
        return cls(invitation.on, starts, invitation.place.text)


class OtherColleague(Refusal, rule="other-colleague"):
    """Nobody is given feedback on the work of another."""

    def __init__(self, colleague: str, others: Sequence[str]) -> None:
        super().__init__(
            f"not of {colleague}: {', '.join(others)}.",
            help="name only observations of the colleague who gets the feedback",
        )


class OverAlready(Refusal, rule="feedback-over"):
    """Nobody is invited to a talk that has been held."""

    def __init__(self, feedback: str, on: date) -> None:
        super().__init__(
            f"{feedback} was delivered on {in_words(on)}.",
            help=Hint("a further talk is a new one: ", Command("feedback prepare")),
        )


class NoReason(Refusal, rule="withdrawn-why"):
    """Whoever was invited hears why there is no talk."""

    def __init__(self, feedback: str) -> None:
        super().__init__(f"{feedback} is not withdrawn without a reason.", help='say why: --reason "..."')


def prepare(
    view: View,
    observations: Sequence[str],
    colleague: str,
    on: date,
    strengths: int = 3,
    developments: int = 2,
    *,
    strengths_first: bool = True,
    starts: datetime | None = None,
    place: str = "",
) -> Change:
    """Prepare feedback from observations in force, and invite: at most so many points of each kind, every failed critical.

    Points go by ``points.best`` and ``points.worst``. Where nothing met the standard no strength is made up. Feedback
    that stands already on exactly these observations is a finding and makes no row.
    Raises NoSuchRow, OtherColleague, OwnFeedback, BeforeObservation.
    """
    watched = _watched(view, observations, colleague, on)
    named = " ".join(observation.id for observation in watched)
    for sheet in view.current(Feedback):
        if sheet.colleague == colleague and set(sheet.observations.split()) == set(named.split()):
            moves = (
                "" if events(view, sheet.id, DELIVERED) else f"; another day or place: qacli feedback invite {sheet.id}"
            )
            return Change(findings=[f"{sheet.id} already gives feedback on {named}: nothing to do{moves}"])
    found = seen(view, watched)
    praise, work = best(found)[:strengths], worst(found)
    work = work[: max(developments, sum(each.critical for each in work))]
    head = Feedback(colleague=colleague, on=on, observations=named, strengths_first=strengths_first)
    kinds = [(STRENGTH, praise), (DEVELOPMENT, work)]
    points = [(kind, each) for kind, chosen in (kinds if strengths_first else reversed(kinds)) for each in chosen]
    rows = [
        FeedbackPoint(
            feedback=ref(head),
            position=position,
            kind=kind,
            observation=each.rating.observation,
            criterion=each.criterion.id,
            rating=each.rating.id,
        )
        for position, (kind, each) in enumerate(points, start=1)
    ]
    meeting = Meeting(on, starts, place)
    invitation = _invitation(ref(head), meeting, view.settings.feedback.lead_hours)
    findings = [*_findings(found, praise, work, developments), *_early(view.now, invitation, meeting)]
    return Change(rows=[head, *rows, invitation], findings=findings)


def invite(view: View, feedback: str, moved: tuple[date, datetime | None] | None, place: str = "") -> Change:
    """Record that the talk was moved to another day and hour, or place; what is not named stays as it was.

    The lead time counts from the first invitation, with which the evidence came. Nothing new is a finding and makes no row.
    Raises NoSuchRow, OwnFeedback, OverAlready, BeforeObservation.
    """
    sheet = sheet_of(view, feedback)
    if view.actor == sheet.colleague:
        raise OwnFeedback(sheet.colleague, f"invite themselves to {feedback}")
    if done := events(view, feedback, DELIVERED):
        raise OverAlready(feedback, done[0].on)
    before = invitations(view, feedback)
    last = Meeting.of(before[-1], view.now.tzinfo) if before else Meeting(sheet.on)
    on, starts = moved or (last.on, last.starts)
    meeting = Meeting(on, starts, place or last.place)
    refuse_before(view, watched_in(view, sheet), meeting.on)
    new = _invitation(feedback, meeting, before[0].lead_hours if before else view.settings.feedback.lead_hours)
    if before and _same(before[-1], new):
        return Change(findings=[f"{feedback} stands so already: nothing to do"])
    first = (before[0].at if before else None) or view.now
    return Change([new], list(_early(first, new, meeting)))


def withdraw(view: View, feedback: str, reason: str) -> Change:
    """Take back a sheet that nobody was given yet, with its points and invitation; the record of it stays.

    Raises NoSuchRow, OwnFeedback, OverAlready, NoReason.
    """
    sheet = sheet_of(view, feedback)
    if view.actor == sheet.colleague:
        raise OwnFeedback(sheet.colleague, f"withdraw {feedback}")
    if done := events(view, feedback, DELIVERED):
        raise OverAlready(feedback, done[0].on)
    why = one_line(reason)
    if not why:
        raise NoReason(feedback)
    return Change([Correction(kind="feedback", old=feedback, new="", reason=Words(why), authority=view.actor)])


def _invitation(feedback: str, meeting: Meeting, lead_hours: int) -> Invitation:
    place = one_line(meeting.place)
    return Invitation(
        feedback=feedback,
        on=meeting.on,
        starts=meeting.starts,
        place=Words(place),
        private=bool(place),
        lead_hours=lead_hours,
    )


def _same(one: Invitation, other: Invitation) -> bool:
    return (one.on, one.starts, one.place.text) == (other.on, other.starts, other.place.text)


def earliest(view: View, sheet: Feedback) -> datetime:
    """Return when a feedback may be delivered at the earliest: the lead time after its first invitation."""
    first = next(iter(invitations(view, sheet.id)), None)
    invited, hours = (first.at, first.lead_hours) if first else (sheet.at, view.settings.feedback.lead_hours)
    return (invited or view.now).astimezone(view.now.tzinfo) + timedelta(hours=hours)


def too_early(held: Meeting, from_: datetime) -> bool:
    """Return whether a talk comes before a time; where its hour is not known its day decides."""
    return held.starts < from_ if held.starts else held.on < from_.date()


def _early(invited: datetime, invitation: Invitation, meeting: Meeting) -> Iterator[str]:
    from_ = invited.astimezone(meeting.starts.tzinfo if meeting.starts else invited.tzinfo)
    from_ += timedelta(hours=invitation.lead_hours)
    if too_early(meeting, from_):
        yield (
            f"the colleague has {invitation.lead_hours} hours with the evidence: deliver it from {from_:%H:%M} on "
            f"{in_words(from_.date())}, and move the talk: qacli feedback invite"
        )
    if not invitation.private:
        yield "no private place was named; the sheet says so: --place"


def _watched(view: View, ids: Sequence[str], colleague: str, on: date) -> list[Observation]:
    watched = [view.one(Observation, each) for each in dict.fromkeys(ids)]
    others = [f"{each.id} ({whose})" for each in watched if (whose := item_of(view, each).colleague) != colleague]
    if others:
        raise OtherColleague(colleague, others)
    if view.actor == colleague:
        raise OwnFeedback(colleague, "prepare feedback to themselves")
    refuse_before(view, watched, on)
    return watched


def _findings(found: Sequence[Seen], praise: Sequence[Seen], work: Sequence[Seen], developments: int) -> Iterator[str]:
    if not found:
        yield "no criterion applied in these observations; the sheet says so"
    elif not any(each.rating.met for each in found):
        yield "nothing met the standard in these observations; the sheet says so"
    elif all(each.rating.met for each in found):
        yield "every criterion that applied met the standard; the sheet says so"
    both = sorted(mixed(found))
    if both:
        yield f"met in one observation and not in another, and the sheet says both: {', '.join(both)}"
    bare = [each.criterion.id for each in praise if not each.rating.evidence]
    if bare:
        yield f"no evidence was recorded for {', '.join(bare)}; tell it in your own words or leave it out"
    if len(work) > developments:
        yield f"{len(work)} failed criticals; all are on the sheet, although {developments} points were asked for"
    left = len(worst(found)) - len(work)
    if left:
        yield f"{left} more below the standard; the sheet names them and keeps to {len(work)}"
