"""Whether a change is live: in force, in use and told, worked out on its day from what is on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from qacli.files.schema import newest_in_force
from qacli.govern.requirements.change import BRIEFING, PROCEDURE, SCORECARD, LiveCheck, RequirementChange, pack_of
from qacli.govern.requirements.consulting import standing_of
from qacli.improve.briefing.brief import standing_of as briefing_of
from qacli.model import Change, Command, Hint, Refusal, Row, View
from qacli.prepare.approval import approval, last_day
from qacli.prepare.period import in_words
from qacli.prepare.procedures.currency import in_force as procedure_in_force
from qacli.prepare.procedures.currency import superseded

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.scorecards.scorecard import Scorecard


class NotPutInForce(Refusal, rule="not-implemented"):
    """What was not put in force cannot be live."""

    def __init__(self, consultation: str) -> None:
        super().__init__(
            f"{consultation} has no change pack yet.",
            help=Hint("first: ", Command(f"require implement {consultation}")),
        )


class NotYetLive(Refusal, rule="not-yet-live"):
    """Whether something is live is seen on its day, not before."""

    def __init__(self, consultation: str, live_on: date) -> None:
        super().__init__(
            f"{consultation} is live from {in_words(live_on)}: that day is to come.", help="look on that day"
        )


def live(view: View, consultation: str) -> Change:
    """Record for each change of a pack whether it is live today; what was seen live, or seen so today, makes no row.

    Raises NoSuchRow, NotPutInForce, NotYetLive.
    """
    standing_of(view, consultation)
    parts = [part for part in pack_of(view, consultation) if part.change.new]
    if not parts:
        raise NotPutInForce(consultation)
    today = view.now.date()
    if parts[0].change.live_on > today:
        raise NotYetLive(consultation, parts[0].change.live_on)
    rows: list[Row] = []
    for part in parts:
        if part.check and part.check.live:
            continue
        problem = next(_not_live(view, part.change, today), "")
        row = LiveCheck(change=part.change.id, on=today, live=not problem, seen=problem or "in force and in use")
        if not part.check or (part.check.on, part.check.live, part.check.seen) != (row.on, row.live, row.seen):
            rows.append(row)
    return Change(rows, [] if rows else [f"{consultation}: all of it is on record: nothing to do"])


def _not_live(view: View, change: RequirementChange, today: date) -> Iterator[str]:
    """Yield why a change is not live on a day."""
    if change.kind == BRIEFING:
        found = briefing_of(view, change.new)
        if not found.told:
            yield "nobody has been told"
        if found.waiting:
            yield f"still to be told: {', '.join(found.waiting)}"
        return
    item = view.look_up(change.kind, change.new)
    if not item.in_force(today):
        yield f"not in force on {in_words(today)}"
    elif change.kind == PROCEDURE:
        yield from _procedure_not_live(view, item, today)
    elif change.kind == SCORECARD:
        yield from _card_not_live(view, item, today)


def _frames(view: View, today: date) -> list[Frame]:
    found: list[Frame] = newest_in_force(view.definitions("frame"), today)
    return found


def _procedure_not_live(view: View, item: Any, today: date) -> Iterator[str]:
    procedures = view.definitions("procedure")
    holds = procedure_in_force(procedures, item.id, today)
    if holds and holds.reference != item.reference:
        yield f"{holds.reference} is in force instead"
    used = {name for frame in _frames(view, today) for name in frame.scorecards.values()}
    cards: Sequence[Scorecard] = view.definitions("scorecard")
    behind = [card.reference for card in cards if card.reference in used and item.id in _older(card, procedures, today)]
    if behind:
        yield f"still rated by its older version: {', '.join(behind)}"


def _older(card: Scorecard, procedures: Sequence[Any], today: date) -> set[str]:
    return {cited.partition("@")[0] for cited in superseded(card, procedures, today)}


def _card_not_live(view: View, item: Any, today: date) -> Iterator[str]:
    if not approval(view, SCORECARD, item):
        yield "not approved as it stands"
    ended = last_day(view, SCORECARD, item)
    if ended and ended < today:
        yield f"retired on {in_words(ended)}"
    drawing = [frame for frame in _frames(view, today) if approval(view, "frame", frame)]
    if not any(item.reference in frame.scorecards.values() for frame in drawing):
        yield "no agreed frame in force draws for it"
