"""The words of notes and evidence that are recorded, to be compared with each other and with what is about to be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qacli.monitor.observing.lasting import is_late
from qacli.monitor.observing.observation import Note, Observation, Rating, Session
from qacli.monitor.observing.reuse import Written
from qacli.monitor.sampling.draw import Item
from qacli.prepare.frames.visibility import in_force
from qacli.workspace.conversations import length_of, transcripts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qacli.model import View
    from qacli.monitor.observing.opinion import Opinion
    from qacli.workspace import Workspace
    from qacli.workspace.view import FolderView

LOOK_BACK = timedelta(days=91)
"""Words are compared with those about the transactions of a quarter of a year."""
SPOKEN = "voice"
LIGHT = 16 * 1024 * 1024
"""Bytes of ratings up to which rows are read one by one; beyond, SQL is worth what it takes to load."""
QUERY = """
SELECT o.id, o.item, i.transaction, o.by, r.criterion, r.evidence, coalesce(r."offset", '')
FROM ratings AS r JOIN observations AS o ON o.id = r.observation JOIN items AS i ON i.id = o.item
WHERE r.evidence IS NOT NULL AND i.day BETWEEN $1 AND $2
UNION ALL
SELECT s.id, s.item, i.transaction, s.by, coalesce(n.criterion, ''), n.fact, coalesce(n."offset", '')
FROM notes AS n JOIN sessions AS s ON s.id = n.session JOIN items AS i ON i.id = s.item
WHERE n.fact IS NOT NULL AND i.day BETWEEN $1 AND $2
"""


def recorded_texts(view: FolderView, first: date, last: date) -> list[Written]:
    """Return what was written down about the transactions of some days: evidence of ratings, then facts of notes."""
    if sum(size for _, size in view.files(Rating.TABLE)) > LIGHT:
        return [Written(*map(str, row)) for row in view.sql(QUERY, [first, last]).values.tolist()]
    return [*_ratings(view, first, last), *_notes(view, first, last)]


class Ends:
    """How long transactions lasted: by their source or their transcript, whichever says longer.

    Sources count talk, or work, and may leave out holds; so the transcript is asked before a time is doubted. Where nobody
    speaks the source times the work on it, which has gaps: there only the transcript tells, and it is read where
    ``thorough``.
    """

    def __init__(self, workspace: Workspace, view: FolderView, *, thorough: bool = False) -> None:
        self.thorough = thorough
        self._transcripts = transcripts_of(workspace)
        self._items = {item.id: item for item in view.rows(Item)}
        techniques = in_force(view)
        channels = {item.channel for item in self._items.values()}
        self._spoken = {name for name in channels if any(SPOKEN in each.sees_on(name) for each in techniques)}
        self._read: dict[str, int | None] = {}

    def __call__(self, text: Written) -> int | None:
        """Return how many seconds the transaction of a text lasted; None where nobody knows."""
        item = self._items[text.item]
        by_source = item.seconds if item.channel in self._spoken else None
        if by_source is None and not self.thorough:
            return None
        if by_source is not None and not is_late(text.offset, by_source):
            return by_source
        if text.transaction not in self._read:
            self._read[text.transaction] = length_of(self._transcripts, text.transaction)
        return max((each for each in (by_source, self._read[text.transaction]) if each is not None), default=None)


def opinions_of(view: View) -> list[Opinion]:
    """Return the words of opinion that are in force today."""
    return [each for each in view.definitions("opinion") if each.in_force(view.now.date())]


def to_look_at_again(workspace: Workspace) -> list[str]:
    """Return how much of what was written down in the last quarter should be looked at again, in one line, if any."""
    from qacli.monitor.observing.remarks import distinct, remarks

    view = workspace.view()
    if not view.files(Rating.TABLE) and not view.files(Note.TABLE):
        return []
    today = view.now.date()
    recorded = recorded_texts(view, today - LOOK_BACK, today)
    count = len(distinct(remarks(recorded, opinions_of(view), recorded, Ends(workspace, view))))
    return [f"to look at again in what was written down: {count}; see qacli record check"] if count else []


def _ratings(view: FolderView, first: date, last: date) -> Iterator[Written]:
    items = {item.id: item for item in view.current(Item) if first <= item.day <= last}
    heads = {row.id: row for row in view.current(Observation) if row.item in items}
    for row in view.current(Rating):
        if row.evidence and (head := heads.get(row.observation)):
            item = items[head.item]
            yield Written(head.id, item.id, item.transaction, head.by, row.criterion, row.evidence.text, row.offset)


def _notes(view: FolderView, first: date, last: date) -> Iterator[Written]:
    items = {item.id: item for item in view.current(Item) if first <= item.day <= last}
    heads = {row.id: row for row in view.current(Session) if row.item in items}
    for row in view.current(Note):
        if row.fact and (head := heads.get(row.session)):
            item = items[head.item]
            yield Written(head.id, item.id, item.transaction, head.by, row.criterion, row.fact.text, row.offset)
