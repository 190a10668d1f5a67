"""What is said of notes and evidence once they are recorded: words of opinion, words used before, one side only."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qacli.commands.context import Context
    from qacli.monitor.observing.reuse import Written
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace import Workspace

MOST = 4
"""So many remarks are told at once; the others are counted."""


def tell_remarks(context: Context, rows: Sequence[Any]) -> None:
    """Tell what should be looked at again in the words of rows that were recorded just now, or would be."""
    lines = list(_lines(context.workspace, rows))
    for line in lines[:MOST]:
        context.tell(line)
    if len(lines) > MOST:
        context.tell(f"and {len(lines) - MOST} more to look at: qacli record check")


def _lines(workspace: Workspace, rows: Sequence[Any]) -> Iterator[str]:
    from qacli.monitor.observing.observation import Observation, Session
    from qacli.monitor.observing.remarks import long_enough, one_sided, remarks
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.evidence import LOOK_BACK, Ends, opinions_of, recorded_texts

    view = workspace.view()
    heads = {row.id: row for row in rows if isinstance(row, Observation | Session)}
    items = {item.id: item for item in view.rows(Item)} if heads else {}
    written, sides = _written(rows, heads, items)
    recorded: list[Written] = []
    if long_enough(written):
        days = [items[each.item].day for each in written]
        recorded = recorded_texts(view, min(days) - LOOK_BACK, max(days) + LOOK_BACK)
    ends = Ends(workspace, view, thorough=True)
    for each in remarks(written, opinions_of(view), recorded, ends) if written else ():
        yield f"look again at {each.about.source} {each.about.criterion or 'as a whole'}: {each.message}"
    for name, polarities in sides.items():
        if asked := one_sided(polarities):
            yield f"look again at {name}: {asked}"


def _written(
    rows: Sequence[Any], heads: Mapping[str, Any], items: Mapping[str, Item]
) -> tuple[list[Written], dict[str, list[str]]]:
    """Return the words of some rows, and by observation or session which of what went well and not they hold, + and -."""
    from qacli.monitor.observing.observation import Note, Rating
    from qacli.monitor.observing.reuse import Written

    written = []
    ratings = [row for row in rows if isinstance(row, Rating)]
    notes = [row for row in rows if isinstance(row, Note)]
    said = [(row.observation, row.criterion, row.evidence, row.offset) for row in ratings]
    said += [(row.session, row.criterion, row.fact, row.offset) for row in notes]
    for name, criterion, words, offset in said:
        head = heads[name]
        if words and head.item in items:
            transaction = items[head.item].transaction
            written.append(Written(head.id, head.item, transaction, head.by, criterion, words.text, offset))
    rated = {name: list(each) for name, each in groupby(ratings, lambda row: str(row.observation))}
    noted = {name: [row.polarity for row in each] for name, each in groupby(notes, lambda row: str(row.session))}
    return written, {name: [*borne_out(rated.get(name, ())), *noted.get(name, ())] for name in heads}


def borne_out(ratings: Sequence[Any]) -> list[str]:
    """Return - for the ratings that were not met, and + for those that have evidence of what went well.

    A form in which all was met asks for nothing that was not: none may have been there.
    """
    well = ["+" for row in ratings if row.met and row.evidence]
    badly = ["-" for row in ratings if row.met is False]
    return [*well, *badly] if badly else []
