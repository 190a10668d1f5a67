"""Recording a session: how one transaction was watched, and what was noted while watching."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from qacli.model import Change, Refusal, Row, View, Words, ref
from qacli.monitor.observing.answers import OFFSET, IncompleteForm, Lack
from qacli.monitor.observing.evaluation import card_of
from qacli.monitor.observing.observable import refuse_unobservable
from qacli.monitor.observing.observation import Note, Session
from qacli.monitor.observing.perceived import refuse_of_no_use
from qacli.monitor.sampling.draw import Item
from qacli.prepare.frames.technique import Technique


class TimesWrong(Refusal, rule="times-wrong"):
    """Clock times of a session that cannot be."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}.", help="correct --started, --ended or --told-at")


class Overlap(Refusal, rule="overlapping-sessions"):
    """One observer, two live transactions at the same time."""

    def __init__(self, observer: str, other: Session) -> None:
        super().__init__(
            f"{observer} was watching {other.item} live at that time ({other.id}).",
            help="correct the times, or name the technique that was really used",
        )


class Watched(NamedTuple):
    """How an item was watched. ``technique`` is its id, or id@version; times are aware; ``comfort`` is the colleague's
    own 1 to 5."""

    item: str
    technique: str
    kind: Literal["routine", "spot"]
    transaction_kind: Literal["routine", "non-routine"]
    told_at: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    intervened: bool = False
    comfort: int | None = None


class Noted(NamedTuple):
    """One note: criterion, time from the start, + or -, what was seen or heard."""

    criterion: str
    offset: str
    polarity: str
    fact: str


def record(view: View, watched: Watched, notes: Sequence[Noted], opted_out: Collection[str] = ()) -> Change:
    """Record a session with its notes.

    Raises TimesWrong, Overlap, IncompleteForm, NoSuchDefinition, TechniqueBlind, and as refuse_unobservable.
    """
    item = view.one(Item, watched.item)
    technique: Technique = view.definition("technique", watched.technique)
    refuse_unobservable(view, item, opted_out, technique.id)
    refuse_of_no_use(view, item, technique)
    _refuse_times(view, watched, technique)
    lacks = _lacks(view, item, technique, notes)
    if lacks:
        raise IncompleteForm({item.id: lacks})
    session = Session(**watched._replace(technique=technique.reference)._asdict())
    rows: list[Row] = [session]
    rows += [
        Note(
            session=ref(session),
            criterion=note.criterion,
            offset=note.offset,
            polarity=note.polarity,
            fact=Words(note.fact.strip()),
        )
        for note in notes
    ]
    return Change(rows)


def _refuse_times(view: View, watched: Watched, technique: Technique) -> None:
    started, ended, told = watched.started, watched.ended, watched.told_at
    if ended and not started:
        raise TimesWrong("the session has an end, but no start")
    if started and ended and ended <= started:
        raise TimesWrong(f"the session ends at {ended:%H:%M}, not after it started at {started:%H:%M}")
    if technique.live and not started:
        raise TimesWrong(f"a {technique.id} session needs the time at which it started")
    for time in (started, ended, told):
        if time and time > view.now + timedelta(minutes=1):
            raise TimesWrong(f"{time:%Y-%m-%d %H:%M} is still to come")
    if not technique.live or not started:
        return
    end = ended or started
    for other in view.current(Session):
        if other.by != view.actor or not other.started or not view.look_up("technique", other.technique).live:
            continue
        if started == other.started or (started < (other.ended or other.started) and other.started < end):
            raise Overlap(view.actor, other)


def _lacks(view: View, item: Item, technique: Technique, notes: Sequence[Noted]) -> list[Lack]:
    known = {criterion.id: criterion for criterion in card_of(view, item).criteria()}
    found = []
    for note in notes:
        if note.criterion not in known:
            found.append(Lack("unknown-criterion", note.criterion, f"not on {item.scorecard}"))
        elif hidden := technique.hidden(known[note.criterion], item.channel):
            hides = f"it needs {', '.join(hidden)}, and {technique.id} gives none on {item.channel}"
            found.append(Lack("technique-blind", note.criterion, hides))
        if note.polarity not in {"+", "-"}:
            found.append(Lack("polarity", note.criterion, f"'{note.polarity}' is neither + nor -"))
        if note.offset and not OFFSET.fullmatch(note.offset):
            found.append(Lack("bad-offset", note.criterion, f"'{note.offset}' is no time from the start: write 02:41"))
        if not note.fact.strip():
            found.append(Lack("empty-note", note.criterion, "say what was seen or heard"))
    return found
