"""Recording a session: how one transaction was watched, and what was noted while watching."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from qacli.model import Change, Row, View, Words, ref
from qacli.monitor.observing.answers import IncompleteForm, Lack, personal, wrong_time
from qacli.monitor.observing.evaluation import card_of
from qacli.monitor.observing.observable import refuse_unobservable
from qacli.monitor.observing.observation import Note, Session
from qacli.monitor.observing.perceived import refuse_of_no_use
from qacli.monitor.observing.position import position_of
from qacli.monitor.observing.times import beside_the_point, refuse_times
from qacli.monitor.observing.visit import refuse_visit
from qacli.monitor.observing.watched import Watched
from qacli.monitor.sampling.draw import Item
from qacli.prepare.frames.technique import Technique
from qacli.prepare.scorecards.scorecard import Criterion


class Noted(NamedTuple):
    """One note: criterion (empty for the whole), time from the start, + or -, what was seen or heard, what it led to."""

    criterion: str
    offset: str
    polarity: str
    fact: str
    impact: str = ""


def record(view: View, watched: Watched, notes: Sequence[Noted], opted_out: Collection[str] = ()) -> Change:
    """Record a session with its notes.

    Raises IncompleteForm, PositionWrong, NoSuchDefinition, TechniqueBlind, what refuse_times and refuse_visit raise, and
    as refuse_unobservable.
    """
    item = view.one(Item, watched.item)
    technique: Technique = view.definition("technique", watched.technique)
    refuse_unobservable(view, item, opted_out, technique.id)
    refuse_of_no_use(view, item, technique)
    refuse_visit(view, item, watched, technique)
    refuse_times(view, item, watched, technique)
    position = position_of(watched.position, technique, item.channel)
    lacks = note_lacks(view, item, technique, notes)
    if lacks:
        raise IncompleteForm({item.id: lacks})
    whole = watched._replace(technique=technique.reference, position=position)._asdict()
    session = Session(**{**whole, "scenario": Words(watched.scenario.strip())})
    rows: list[Row] = [session]
    rows += [
        Note(
            session=ref(session),
            criterion=note.criterion,
            offset=note.offset,
            polarity=note.polarity,
            fact=Words(note.fact.strip()),
            impact=Words(note.impact.strip()),
        )
        for note in notes
    ]
    told = beside_the_point(item, watched, technique)
    return Change(rows, [told] if told else [])


def note_lacks(view: View, item: Item, technique: Technique | None, notes: Sequence[Noted]) -> list[Lack]:
    """Return what is wrong with notes about an item. ``technique`` is how it was watched, None where that is not said."""
    known = {criterion.id: criterion for criterion in card_of(view, item).criteria()}
    return [
        Lack(rule, note.criterion or f"note {number}", message)
        for number, note in enumerate(notes, 1)
        for rule, message in _wrong(note, item, technique, known)
    ]


def _wrong(
    note: Noted, item: Item, technique: Technique | None, known: Mapping[str, Criterion]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one note, a rule and what to do each; a note without a criterion is about the whole."""
    if note.criterion and note.criterion not in known:
        yield "unknown-criterion", f"not on {item.scorecard}"
    elif technique and note.criterion and (hidden := technique.hidden(known[note.criterion], item.channel)):
        yield "technique-blind", f"it needs {', '.join(hidden)}, and {technique.id} gives none on {item.channel}"
    if note.polarity not in {"+", "-"}:
        yield "polarity", f"'{note.polarity}' is neither + nor -" if note.polarity else "say whether it is + or -"
    yield from wrong_time(note.offset)
    if not note.fact.strip():
        yield "empty-note", "say what was seen or heard"
    yield from personal(f"{note.fact}\n{note.impact}")
