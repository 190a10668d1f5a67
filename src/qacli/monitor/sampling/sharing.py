"""Who has which item: shared out at the draw by what the records say, and given to another when somebody falls ill."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from qacli.model import Row, View, Words, altered
from qacli.monitor.sampling.assignment import assign
from qacli.monitor.sampling.crossing import uncrossed
from qacli.monitor.sampling.draw import Item
from qacli.prepare.frames.evaluators import days_to_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qacli.monitor.sampling.assignment import Pair
    from qacli.prepare.frames.frame import Frame

LOOK_BACK = timedelta(days=91)
"""Earlier samples count for so long: a quarter, over which leniency is judged."""


@dataclass(frozen=True, kw_only=True)
class Assignment(Row, table="assignments", letter="ag"):
    """An item was given to another evaluator (``by`` whom) after its draw."""

    item: str
    evaluator: str
    before: str  # whose it was; empty for nobody's
    reason: Words


def held(view: View) -> list[Item]:
    """Return the items in force, each with the evaluator whose work it is now."""
    items, given = view.current(Item), {row.item: row.evaluator for row in view.current(Assignment)}
    return [altered(item, {"evaluator": given[item.id]}) if item.id in given else item for item in items]


def seen(items: Iterable[Item], given: Iterable[Assignment], until: date) -> Counter[Pair]:
    """Return how often each evaluator was to see each colleague in the quarter of a year that ends on a day."""
    now = {row.item: row.evaluator for row in given}
    lately = (item for item in items if until - LOOK_BACK < item.day <= until)
    return Counter((who, item.colleague) for item in lately if (who := now.get(item.id, item.evaluator)))


def share_out(view: View, frame: Frame, last: date, items: Sequence[Item]) -> list[Item]:
    """Return the items of a draw whose period ends on a day, each with an evaluator, or none where nobody may take it.

    Who gets what follows from the frame and from what was recorded before, items that were closed later among them: the
    same records give the same.
    """
    earlier = seen(view.rows(Item), view.rows(Assignment), last)
    room = frame.room(lambda: days_to_score(frame.cadence, last, view.settings.nation))
    evaluators = assign([item.colleague for item in items], frame.evaluators, room, earlier)
    return [altered(item, {"evaluator": who}) for item, who in zip(items, evaluators, strict=True)]


def sharing_findings(view: View, frame: Frame, last: date, items: Sequence[Item]) -> list[str]:
    """Return what to tell of a sharing out: items that nobody may take or has room for, evaluators who share nobody."""
    found = []
    own = [item for item in items if not item.evaluator and set(frame.evaluators) == {item.colleague}]
    if own:
        found.append(
            f"{len(own)} of {len(items)} items have no evaluator: nobody of {frame.reference} may observe their own work"
        )
    if full := sum(not item.evaluator for item in items) - len(own):
        found.append(
            f"{full} of {len(items)} items have no evaluator: {frame.reference} asks for more than its evaluators have "
            f"hours for; to whom they go: qacli sample assign --to PERSON --reason WORDS"
        )
    pairs = seen(view.rows(Item), view.rows(Assignment), last)
    pairs.update((item.evaluator, item.colleague) for item in items if item.evaluator)
    apart = uncrossed(pair for pair in pairs if pair[0] in frame.evaluators)
    return [*found, *([apart] if apart else [])]
