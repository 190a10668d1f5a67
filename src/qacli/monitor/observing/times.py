"""When a session was: its clock times, against each other, against the transaction and against the observer's others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from qacli.model import Refusal, View
from qacli.monitor.observing.observation import Session
from qacli.monitor.sampling.draw import Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.monitor.observing.watched import Watched
    from qacli.prepare.frames.technique import Technique

FASTEST = 2
"""So many times as fast as it was spoken can a recording still be followed. Our setting, no source gives one."""
SLOWEST = 4
"""So many times as long as the transaction took may looking at it take, and ROOM on top: pauses, hearing again."""
ROOM = timedelta(hours=1)
LONGEST = timedelta(hours=12)
"""Nobody observes one transaction for longer in one go, however long it took."""
ON_ARRIVAL = timedelta(minutes=10)
"""So shortly before the beginning an unannounced observer says that they are there."""
SPOKEN = "voice"


class TimesWrong(Refusal, rule="times-wrong"):
    """Clock times of a session that cannot be. All that is wrong with them is told at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(f"{'; '.join(problems)}.", help="correct --started, --ended or --told-at")


class ImplausibleLength(Refusal, rule="implausible-length"):
    """What was observed cannot have been observed whole in that time, or nobody takes that long over it."""

    def __init__(self, problem: str, help: str) -> None:  # noqa: A002
        super().__init__(f"{problem}.", help=help)


class Overlap(Refusal, rule="overlapping-sessions"):
    """One observer, two live transactions at the same time."""

    def __init__(self, observer: str, other: Session) -> None:
        super().__init__(
            f"{observer} was watching {other.item} live at that time ({other.id}).",
            help="correct the times, or name the technique that was really used",
        )


def refuse_times(view: View, item: Item, watched: Watched, technique: Technique) -> None:
    """Refuse the times of a session. Raises TimesWrong, ImplausibleLength, Overlap."""
    if wrong := list(_wrong(view, watched, technique)):
        raise TimesWrong(wrong)
    _refuse_length(item, watched, technique)
    if technique.live and watched.started:
        refuse_overlap(view, item, watched.shopper or view.actor, watched.started, watched.ended)


def _wrong(view: View, watched: Watched, technique: Technique) -> Iterator[str]:
    started, ended = watched.started, watched.ended
    if ended and not started:
        yield "the session has an end, but no start"
    if started and ended and ended <= started:
        yield f"the session ends at {ended:%H:%M}, not after it started at {started:%H:%M}"
    if technique.live and not started and not ended:
        yield f"a {technique.id} session needs the time at which it started"
    yield from (
        f"{time:%Y-%m-%d %H:%M} is still to come"
        for time in (started, ended, watched.told_at)
        if time and time > view.now + timedelta(minutes=1)
    )
    if watched.told_at and watched.told_at <= view.now and technique.live:
        yield from _told(watched, watched.told_at)


def _told(watched: Watched, told: datetime) -> Iterator[str]:
    """Yield what is wrong with when the colleague was told that somebody watches; a recording watches nobody."""
    started = watched.started
    if not started:
        return
    if watched.kind == "routine" and told > started:
        yield f"a planned session is announced before it starts at {started:%H:%M}, not at {told:%H:%M}"
    elif watched.kind == "spot" and started - told > ON_ARRIVAL:
        yield f"an unannounced check that starts at {started:%H:%M} is not told at {told:%H:%M}, ahead of it"


def _refuse_length(item: Item, watched: Watched, technique: Technique) -> None:
    """Raise ImplausibleLength where a session took far less or far more time than its transaction."""
    if not (watched.started and watched.ended):
        return
    took = watched.ended - watched.started
    lasted = timedelta(seconds=item.seconds) if item.seconds else None
    listened = not technique.live and SPOKEN in technique.sees_on(item.channel)
    if lasted and listened and not watched.partly and took * FASTEST < lasted:
        raise ImplausibleLength(
            f"{item.id} lasted {in_minutes(lasted)} and cannot have been heard whole in {in_minutes(took)}",
            "correct --started or --ended; if only a part was heard, say so: --partly",
        )
    if took > LONGEST or (lasted and took > lasted * SLOWEST + ROOM):
        than = f", which lasted {in_minutes(lasted)}" if lasted else ""
        raise ImplausibleLength(
            f"nobody takes {in_minutes(took)} over {item.id}{than}",
            "correct --started or --ended, or leave out --ended",
        )


def refuse_overlap(view: View, item: Item, observer: str, started: datetime, ended: datetime | None) -> None:
    """Raise Overlap where an observer was watching another transaction live at that time, of whichever day or draw.

    A session without an end lasted as long as its transaction, where the source knows that.
    """
    until = ended or _lasting(item, started)
    items = {each.id: each for each in view.rows(Item)}
    for other in view.current(Session):
        if observer_of(other) != observer or not other.started or not view.look_up("technique", other.technique).live:
            continue
        end = other.ended or _lasting(items.get(other.item), other.started)
        if started == other.started or (started < end and other.started < until):
            raise Overlap(observer, other)


def observer_of(session: Session) -> str:
    """Return who watched: the shopper of a test visit, else whoever recorded the session."""
    return session.shopper or session.by


def _lasting(item: Item | None, started: datetime) -> datetime:
    return started + timedelta(seconds=item.seconds or 0) if item else started


def beside_the_point(item: Item, watched: Watched, technique: Technique) -> str:
    """Return what to tell where a live session was at a time at which its transaction did not happen; else empty."""
    if not (technique.live and watched.started):
        return ""
    ends, until = _lasting(item, item.started_at) + ROOM, watched.ended or watched.started
    if item.started_at - ROOM <= until and watched.started <= ends:
        return ""
    was = item.started_at.astimezone(watched.started.tzinfo or UTC)
    return (
        f"{item.id} was watched live at {watched.started:%H:%M on %d %b}, and its source has it at {was:%H:%M on %d %b}: "
        "correct one of them, or name the technique that was really used"
    )


def in_minutes(took: timedelta) -> str:
    """Return a length in words: 41 s, 6 min 12 s, 2 h 5 min."""
    seconds = round(took.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0) + [f"{rest} s"] * (not hours and rest > 0)
    return " ".join(parts) or "0 s"
