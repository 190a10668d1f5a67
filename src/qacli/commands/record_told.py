"""What is said of notes and evidence once they are recorded: words of opinion, words used before, one side only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.commands.context import Context
    from qacli.monitor.observing.reuse import Written
    from qacli.workspace.view import FolderView

MOST = 4
"""So many remarks are told at once; the others are counted."""


def tell_remarks(context: Context, rows: Sequence[Any]) -> None:
    """Tell what should be looked at again in the words of rows that were recorded just now, or would be."""
    from qacli.monitor.observing.observation import Note, Observation, Rating, Session

    view = context.workspace.view()
    lines: list[str] = []
    for head in rows:
        if isinstance(head, Observation):
            ratings = [row for row in rows if isinstance(row, Rating) and row.observation == head.id]
            lines += _lines(view, head, [(row.criterion, row.evidence.text) for row in ratings], borne_out(ratings))
        elif isinstance(head, Session):
            notes = [row for row in rows if isinstance(row, Note) and row.session == head.id]
            lines += _lines(view, head, [(row.criterion, row.fact.text) for row in notes], [n.polarity for n in notes])
    for line in lines[:MOST]:
        context.tell(line)
    if len(lines) > MOST:
        context.tell(f"and {len(lines) - MOST} more to look at: qacli record check")


def borne_out(ratings: Sequence[Any]) -> list[str]:
    """Return - for the ratings that were not met, and + for those that have evidence of what went well.

    A form in which all was met asks for nothing that was not: none may have been there.
    """
    well = ["+" for row in ratings if row.met and row.evidence]
    badly = ["-" for row in ratings if row.met is False]
    return [*well, *badly] if badly else []


def _lines(view: FolderView, head: Any, texts: Sequence[tuple[str, str]], polarities: Sequence[str]) -> Iterator[str]:
    from qacli.monitor.observing.remarks import long_enough, one_sided, remarks
    from qacli.monitor.observing.reuse import Written
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.evidence import LOOK_BACK, opinions_of, recorded_texts

    item = next((each for each in view.rows(Item) if each.id == head.item), None)
    if item is None:
        return
    written = [Written(head.id, item.id, item.transaction, head.by, name, text) for name, text in texts if text]
    recorded: list[Written] = []
    if long_enough(written):
        recorded = recorded_texts(view, item.day - LOOK_BACK, item.day + LOOK_BACK)
    for each in remarks(written, opinions_of(view), recorded):
        yield f"look again at {head.id} {each.about.criterion or 'as a whole'}: {each.message}"
    if asked := one_sided(polarities):
        yield f"look again at {head.id}: {asked}"
