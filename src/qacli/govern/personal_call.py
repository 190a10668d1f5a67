"""Personal calls: a transaction that turns out to be the colleague's own affair. Only the fact is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from qacli.govern.hold import LegalHold
from qacli.govern.redaction import Redaction, texts_of
from qacli.govern.staying import held_rows
from qacli.improve.feedback import Feedback
from qacli.model import NO_WORDS, Change, Correction, Refusal, Row, View, Words, ref
from qacli.monitor.observing.observation import Note, Observation, Rating, Session
from qacli.monitor.sampling.draw import Item
from qacli.monitor.sampling.replacement import PERSONAL_CALL, replaced

REASON = "personal call"


class OwnCallObserved(Refusal, rule="own-call-observed"):
    """Whoever handled a transaction may say that it was their own affair, but not take a score back by saying so."""

    def __init__(self, person: str, item: str) -> None:
        super().__init__(
            f"{item} was handled by {person} and has been scored: somebody else closes it as a personal call.",
            help="another person runs the same command: --as PERSON",
        )


def close_personal(
    view: View, item_id: str, tables: Sequence[type[Row]], next_of: Callable[[View, Item], Item | None] | None = None
) -> Change:
    """Close an item as a personal call and put the next of its stratum in its place.

    What was noted or scored about it is withdrawn, and its words are overwritten. ``next_of`` finds the replacement;
    without it, or where none is left, the item is closed all the same and a finding says so. Raises NoSuchRow, OwnCallObserved,
    LegalHold for words that somebody has to keep.
    """
    item = view.one(Item, item_id)
    why = Words(REASON)
    watched = view.current(Session, item=item.id)
    scored = view.current(Observation, item=item.id)
    if scored and item.colleague == view.actor:
        raise OwnCallObserved(view.actor, item.id)
    heads: list[Row] = [*watched, *scored]
    wordy = [row for row in (*heads, *_below(view, {row.id for row in heads})) if texts_of(row)]
    stays = held_rows(view, tables) if wordy else {}
    if hold := next((stays[row.id] for row in wordy if row.id in stays), None):
        raise LegalHold(item.id, hold, "closed as a personal call")
    words = [word for row in wordy for word in texts_of(row)]
    other = next_of(view, item) if next_of else None
    rows: list[Row] = [other] if other else []
    rows.append(replaced(item, other, PERSONAL_CALL, bool(heads), NO_WORDS))
    rows.append(_closed("item", item.id, view, why, ref(other) if other else ""))
    rows += [_closed(type(row).__name__.lower(), row.id, view, why) for row in heads]
    rows += [Redaction(words=word, reason=why) for word in words]
    findings = [] if other else [f"no other transaction of its stratum takes the place of {item.id}"]
    findings += [
        f"{row.id} rests on it: tell {row.colleague}" for row in _feedback_on(view, {row.id for row in scored})
    ]
    return Change(rows, findings, redacts=words)


def _feedback_on(view: View, observations: set[str]) -> list[Feedback]:
    return [row for row in view.current(Feedback) if observations & set(row.observations.split())]


def _below(view: View, heads: set[str]) -> Iterator[Row]:
    yield from view.current(Note, session=heads)
    yield from view.current(Rating, observation=heads)


def _closed(kind: str, old: str, view: View, why: Words, new: str = "") -> Correction:
    return Correction(kind=kind, old=old, new=new, reason=why, authority=view.actor)
