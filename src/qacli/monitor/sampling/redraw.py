"""Drawing again: does the source, with the frame, seed and notices of a draw, still give the same sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.model import Correction, View
from qacli.monitor.sampling.draw import Draw, Exclusion, Item
from qacli.monitor.sampling.eligibility import Ground
from qacli.monitor.sampling.picking import Picks, pick
from qacli.prepare.frames.frame import Frame
from qacli.prepare.notices.delivery import Delivery, proved
from qacli.prepare.notices.notice import Acknowledgement, Span
from qacli.prepare.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.sources.population import Population


class Redrawn(NamedTuple):
    """What drawing again found. ``strange`` are recorded items the draw does not give, ``missing`` the ones it gives."""

    draw: Draw
    same: int
    strange: Sequence[Item]
    missing: Sequence[str]
    hindrances: Sequence[str]

    @property
    def proved(self) -> bool:
        return not (self.strange or self.missing or self.hindrances)


def redraw(view: View, draw: Draw, population: Population, source: str, opt_outs: Sequence[Span]) -> Redrawn:
    """Draw again as the records stood before the draw, and compare. Of a draw with erased people nothing is compared."""
    frame: Frame = view.definition("frame", draw.frame)
    period = Period(draw.period, draw.first, draw.last)
    ground = Ground(
        proved(
            [view.definition("notice", reference) for reference in draw.notices.split()], view.before(Delivery, draw.id)
        ),
        view.before(Acknowledgement, draw.id),
        view.people,
        opt_outs,
        [item.transaction for item in view.before(Item, draw.id)],
        source,
    )
    later = {row.new for row in view.rows(Correction)}
    recorded = {item.transaction: item for item in view.rows(Item) if item.draw == draw.id and item.id not in later}
    if gone := len({item.colleague for item in recorded.values()} - {"", *view.people.ids()}):
        erased = f"cannot be re-drawn: {gone} {'person' if gone == 1 else 'people'} erased from people.csv"
        return Redrawn(draw, 0, [], [], [erased])
    picks = pick(population, frame, period, draw.seed, ground)
    again = {row["id"] for rows in picks.rows.values() for row in rows}
    return Redrawn(
        draw,
        len(recorded.keys() & again),
        [item for id_, item in recorded.items() if id_ not in again],
        sorted(again - recorded.keys()),
        list(_hindrances(view, draw, population, picks)),
    )


def _hindrances(view: View, draw: Draw, population: Population, picks: Picks) -> Iterator[str]:
    if population.digest != draw.sha256:
        yield f"the source has changed since {draw.id} was drawn: another export, or edited"
    then = {row.reason: row.transactions for row in view.rows(Exclusion) if row.draw == draw.id}
    moved = [
        f"{reason} {then.get(reason, 0):,} then and {now:,} now"
        for reason, now in {**dict.fromkeys(then, 0), **picks.excluded}.items()
        if now != then.get(reason, 0)
    ]
    if moved:
        yield f"left out for other reasons than at the draw: {', '.join(moved)}; has people.csv or the opt-out list changed?"
