"""The diary of observing: every check that was planned, what became of it, and what was not looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.observing.excuse import excuses, scoring_of
from qacli.monitor.observing.observation import Observation, Session
from qacli.monitor.sampling.draw import Item, Replacement
from qacli.monitor.sampling.sharing import Assignment
from qacli.monitor.sampling.spot import Visit, visits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from qacli.model import View

DONE, DONE_LATE, WATCHED, DUE, LATE, MISSED, REPLACED = (
    "done",
    "done late",
    "watched",
    "due",
    "late",
    "missed",
    "replaced",
)
STATES = (DONE, DONE_LATE, WATCHED, DUE, LATE, MISSED, REPLACED)
"""Scored in time or not, watched and not scored yet, to come, overdue, not done for a reason, or another in its place."""
OBSERVED = (DONE, DONE_LATE, WATCHED)
UNSTATED = "not stated"
NON_ROUTINE = "non-routine"


class Entry(NamedTuple):
    """One check: an item of a sample, or an unannounced check that ended in none. ``session`` is how it was watched.

    ``due`` is the last day to score it; ``why`` says why it was not done, or another took its place.
    """

    check: str
    day: date | None
    kind: str
    channel: str
    colleague: str
    observer: str
    state: str
    due: date | None
    on: date | None
    why: str
    session: Session | None
    technique: str

    @property
    def transaction_kind(self) -> str:
        """Routine or non-routine, as the observer said; nobody said it of what was scored without a session."""
        return (self.session.transaction_kind if self.session else "") or UNSTATED


def diary(view: View) -> list[Entry]:
    """Return every check that was drawn or chosen, in order of its day. What others must not know yet is left out."""
    entries = [*_of_items(view), *_of_visits(view)]
    return sorted(entries, key=lambda each: (each.day or date.max, each.check))


def _of_items(view: View) -> Iterator[Entry]:
    zone, today = view.now.tzinfo, view.now.date()
    allowed = timedelta(days=view.settings.thresholds.score_within)
    scored = {row.item: row.at.astimezone(zone).date() for row in reversed(view.current(Observation)) if row.at}
    watched = {row.item: row for row in view.current(Session)}
    excused, given = excuses(view), {row.item: row.evaluator for row in view.current(Assignment)}
    replaced = {row.item: row for row in view.rows(Replacement)}
    in_force = {item.id for item in view.current(Item)}
    for item in view.rows(Item):
        if item.id not in in_force and item.id not in replaced:
            continue
        drawn = (item.at or view.now).astimezone(zone).date()
        session, excuse, due = watched.get(item.id), excused.get(scoring_of(item.id)), drawn + allowed
        on, why = scored.get(item.id), ""
        if item.id not in in_force:
            state, why = REPLACED, replaced[item.id].cause
        elif on:
            state = DONE if on <= due else DONE_LATE
        elif excuse:
            state, why = MISSED, excuse.reason.text
        else:
            state = LATE if today > due else WATCHED if session else DUE
        yield Entry(
            item.id,
            item.day,
            session.kind if session else "spot" if item.purpose == "spot" else "routine",
            item.channel,
            item.colleague,
            given.get(item.id, item.evaluator),
            state,
            due,
            on,
            why,
            session,
            session.technique.partition("@")[0] if session else "",
        )


def _of_visits(view: View) -> Iterator[Entry]:
    """Yield the unannounced checks that ended in no transaction, or are still open."""
    excused = excuses(view)
    for each in visits(view):
        excuse = excused.get(f"spot/{each.check.id}")
        if each.event and each.event.event == "done":
            continue  # its item is in the diary
        why = each.event.words.text if each.event else excuse.reason.text if excuse else ""
        yield _of_visit(view, each, why)


def _of_visit(view: View, each: Visit, why: str) -> Entry:
    check, hidden = each.check, each.hidden_from(view)
    ends = check.ends.astimezone(view.now.tzinfo).date()
    colleague = check.block if not hidden and check.block in view.people else ""
    channel = "" if hidden or colleague else check.block
    state = MISSED if why else LATE if view.now > check.ends + timedelta(days=1) else DUE
    day = None if hidden else ends
    return Entry(check.id, day, "spot", channel, colleague, check.evaluator, state, day, None, why, None, "")


class Line(NamedTuple):
    """How many checks of a group are in which state."""

    group: str
    planned: int
    states: Mapping[str, int]


GROUPS: Mapping[str, Callable[[Entry], str]] = MappingProxyType(
    {
        "kind": lambda each: each.kind,
        "transaction-kind": lambda each: each.transaction_kind,
        "channel": lambda each: each.channel,
        "colleague": lambda each: each.colleague,
        "observer": lambda each: each.observer,
        "technique": lambda each: each.technique,
        "week": lambda each: _week(each.day),
    }
)


def _week(day: date | None) -> str:
    return f"{day.isocalendar().year}-W{day.isocalendar().week:02}" if day else ""


def counted(entries: Iterable[Entry], by: str) -> list[Line]:
    """Return how many checks of each group are in which state, in order of the groups' names."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in entries:
        found[GROUPS[by](each) or UNSTATED][each.state] += 1
    return [Line(group, states.total(), states) for group, states in sorted(found.items())]


def gaps(entries: Collection[Entry], handles: Mapping[str, Collection[str]], channels: int) -> Iterator[str]:
    """Yield what was not looked at, one sentence each.

    ``handles`` says on which channels each colleague worked; of whom works on ``channels`` or more, so many are to be
    observed.
    """
    seen: dict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        if each.colleague:
            seen[each.colleague] += [each] if each.state in OBSERVED else []
    usual = sorted(who for who, each in seen.items() if not any(e.transaction_kind == NON_ROUTINE for e in each))
    if usual:
        yield f"no non-routine transaction observed of {len(usual)} of {len(seen)} colleagues: {', '.join(usual)}"
    for who, worked in sorted(handles.items()):
        looked_at = {each.channel for each in seen.get(who, ())} & set(worked)
        if len(worked) >= channels > len(looked_at):
            missing = ", ".join(sorted(set(worked) - looked_at))
            yield f"{who} works on {len(worked)} channels and was observed on {len(looked_at)}: not on {missing}"


def minutes(session: Session | None) -> int | None:
    """Return how many minutes a session took; None where nobody said."""
    if not session or not session.started or not session.ended:
        return None
    return round((session.ended - session.started).total_seconds() / 60)
