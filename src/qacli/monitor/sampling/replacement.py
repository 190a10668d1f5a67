"""Replacing an item that cannot be observed: the next of its stratum by the numbers of its draw takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import View
from qacli.monitor.sampling.assignment import assign
from qacli.monitor.sampling.draw import Draw, Item
from qacli.monitor.sampling.drawing import item_of
from qacli.monitor.sampling.eligibility import Ground
from qacli.monitor.sampling.picking import pick
from qacli.prepare.notices.delivery import told
from qacli.prepare.notices.notice import Acknowledgement
from qacli.prepare.period import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.notices.notice import Span
    from qacli.sources.population import Population


def replacement(
    view: View, item: Item, population: Population, source: str, opt_outs: Sequence[Span] = ()
) -> Item | None:
    """Return the item that takes the place of another; None where its stratum holds no other that may be observed.

    It has the chance and the weight of the one it replaces. Raises NoSuchDefinition, FloorTooHigh.
    """
    draw = view.one(Draw, item.draw)
    frame: Frame = view.definition("frame", draw.frame)
    ground = Ground(
        told(view),
        view.current(Acknowledgement),
        view.people,
        opt_outs,
        [each.transaction for each in view.rows(Item)],
        source,
    )
    picks = pick(population, frame, Period(draw.period, draw.first, draw.last), draw.seed, ground)
    row = next(iter(picks.ranked.get(item.stratum, ())), None)
    if row is None:
        return None
    evaluators = (item.evaluator, *frame.evaluators) if item.evaluator else frame.evaluators
    return item_of(
        row,
        draw=draw.id,
        stratum=item.stratum,
        purpose=item.purpose,
        probability=item.probability,
        weight=item.weight,
        evaluator=assign([row["colleague"]], evaluators)[0],
    )
