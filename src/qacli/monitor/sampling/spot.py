"""Unannounced checks: each ends in a transaction that was observed, or in why none was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, View, Words, ref
from qacli.monitor.observing.observable import OwnWork, refuse_untold
from qacli.monitor.sampling.draw import Draw, Item
from qacli.prepare.frames.visibility import channels_of
from qacli.prepare.period import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.prepare.frames.frame import Frame

TIMES = "times"
"""The design of a frame that draws times, not transactions of an export."""
GRACE = timedelta(minutes=15)
"""So much earlier or later than planned may what was observed have begun."""


@dataclass(frozen=True, kw_only=True)
class SpotCheck(Row, table="spot_checks", letter="sp", parent="draw"):
    """An unannounced check: when, whom or what it looks at, who makes it. Only who makes it is told before it is over."""

    draw: str
    starts: datetime
    ends: datetime
    block: str
    evaluator: str


@dataclass(frozen=True, kw_only=True)
class SpotEvent(Row, table="spot_events", letter="se"):
    """How a check ended: ``done`` with the item that was observed, or ``missed`` with the reason."""

    check: str
    event: str
    item: str
    words: Words


class Visit(NamedTuple):
    """A check with its frame, how it ended and when that was recorded; None while it is open."""

    check: SpotCheck
    frame: str  # id@version
    period: str
    event: SpotEvent | None

    def hidden_from(self, view: View) -> bool:
        """Return whether time and block are not told to the actor: it is to come, and another's."""
        return self.event is None and self.check.evaluator != view.actor and view.now < self.check.ends


class ClosedAlready(Refusal, rule="spot-closed"):
    """A check ends once."""

    def __init__(self, event: SpotEvent) -> None:
        super().__init__(
            f"{event.check} was closed by {event.by} as {event.event}.",
            help=Hint("the list: ", Command("spot list --all")),
        )


class NoReasonToMiss(Refusal, rule="spot-reason"):
    """Why a check was not made is what shows whether checks are made."""

    def __init__(self) -> None:
        super().__init__(
            "a check that was not made has a reason.", help='say it: --reason "no call came in that half hour"'
        )


class OutsideCheck(Refusal, rule="spot-time"):
    """What began at another time, or with somebody else, was not drawn at random."""

    def __init__(self, check: str, problem: str) -> None:
        super().__init__(
            f"{problem}, so it is not what {check} was drawn for.",
            help=Hint("close the check with the reason: ", Command(f'spot miss {check} --reason "..."')),
        )


class Seen(NamedTuple):
    """The transaction that a check looked at; ``started`` is aware."""

    transaction: str
    channel: str
    colleague: str
    started: datetime
    team: str = ""
    reason: str = ""


def visits(view: View) -> list[Visit]:
    """Return every check that was drawn, in order of time."""
    draws = {draw.id: draw for draw in view.current(Draw)}
    ended = {event.check: event for event in view.current(SpotEvent)}
    found = [
        Visit(check, draws[check.draw].frame, draws[check.draw].period, ended.get(check.id))
        for check in view.current(SpotCheck)
    ]
    return sorted(found, key=lambda each: (each.check.starts, each.check.id))


def done(view: View, check_id: str, seen: Seen) -> Change:
    """Record what a check looked at: an item of the actor's, to be recorded and scored as any other.

    Its chance of being drawn is unknown, so it has neither probability nor weight and is in no estimate. Raises
    ClosedAlready, OutsideCheck, OwnWork, and what refuse_untold raises.
    """
    check = _open(view, check_id)
    draw = view.one(Draw, check.draw)
    frame: Frame = view.definition("frame", draw.frame)
    if seen.colleague == view.actor:
        raise OwnWork(view.actor)
    for problem in _outside(view, check, frame, seen):
        raise OutsideCheck(check.id, problem)
    day = seen.started.astimezone(view.now.tzinfo).date()
    technique = frame.technique_for(seen.channel)
    refuse_untold(view, seen.transaction, seen.channel, seen.colleague, day, technique)
    item = Item(
        draw=draw.id,
        transaction=seen.transaction,
        started_at=seen.started.astimezone(UTC),
        day=day,
        channel=seen.channel,
        team=seen.team,
        colleague=seen.colleague,
        reason=seen.reason,
        seconds=None,
        stratum=check.block,
        purpose=draw.purpose,
        probability=None,
        weight=None,
        scorecard=frame.card_for(seen.channel) or "",
        evaluator=view.actor,
    )
    event = SpotEvent(check=check.id, event="done", item=ref(item), words=NO_WORDS)
    findings = [] if check.evaluator == view.actor else [f"{check.id} was {check.evaluator}'s"]
    return Change([item, event], findings)


def _outside(view: View, check: SpotCheck, frame: Frame, seen: Seen) -> Iterator[str]:
    """Yield why what was seen is not what a check was drawn for."""
    zone = view.now.tzinfo
    if not check.starts - GRACE <= seen.started <= check.ends + GRACE:
        planned, began = check.starts.astimezone(zone), seen.started.astimezone(zone)
        yield f"it began at {began:%H:%M} on {in_words(began.date())}, the check was for {planned:%H:%M} on {in_words(planned.date())}"
    if seen.started > view.now:
        yield "it is still to come"
    blocks = {seen.channel, seen.team, seen.colleague}
    if check.block not in blocks:
        yield f"it was {seen.colleague} on {seen.channel}, the check was for {check.block}"
    if seen.channel not in channels_of(frame, view.look_up):
        yield f"it was on {seen.channel}, which {frame.reference} does not look at"


def miss(view: View, check_id: str, reason: str) -> Change:
    """Record why a check was not made. Raises ClosedAlready, NoReasonToMiss."""
    check = _open(view, check_id)
    if not reason.strip():
        raise NoReasonToMiss
    return Change([SpotEvent(check=check.id, event="missed", item="", words=Words(reason.strip()))])


def _open(view: View, check_id: str) -> SpotCheck:
    check = view.one(SpotCheck, check_id)
    event = next(iter(view.current(SpotEvent, check=check.id)), None)
    if event:
        raise ClosedAlready(event)
    return check
