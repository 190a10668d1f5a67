"""Extending a draw: a larger sample by the same numbers, which contains the smaller one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qacli.model import Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import JUDGEMENT, Draw, Extension, Item, Stratum
from qacli.monitor.sampling.drawing import item_of
from qacli.monitor.sampling.growth import Grown, grown, next_rows
from qacli.monitor.sampling.ranking import NESTED, Chosen, basis_of, depth, in_order, size_asked, sizes_in_force
from qacli.monitor.sampling.redraw import redraw
from qacli.monitor.sampling.sharing import share_out, sharing_findings

if TYPE_CHECKING:
    from qacli.monitor.sampling.ranking import Basis
    from qacli.prepare.notices.notice import Span
    from qacli.sources.population import Population

NEAR = 50
"""So many larger sizes are tried where one does not contain the sample as it is."""


class NotNested(Refusal, rule="extension-design"):
    """Only where the larger sample contains the smaller one is anything added; else all would be drawn anew."""

    def __init__(self, draw: Draw) -> None:
        super().__init__(
            f"{draw.id} is {draw.design}: a larger sample of that design does not contain the smaller one.",
            help=f"designs that can be extended: {', '.join(NESTED)}; from now on: a new version of the frame, agreed",
        )


class NotLarger(Refusal, rule="extension-size"):
    """A sample grows; to make it smaller would be to choose what goes."""

    def __init__(self, draw: Draw, size: int, now: int) -> None:
        unit = "per colleague" if draw.design == "quota" else "in all"
        super().__init__(f"{draw.id} asks for {now} {unit} already; {size} is not more.", help="give a larger --to")


class Shrinks(Refusal, rule="extension-shares"):
    """By largest remainders a stratum can get fewer of more; its item would have to go."""

    def __init__(self, draw: Draw, size: int, strata: Sequence[str], other: int | None) -> None:
        near = f"the next size that contains it: --to {other}" if other else "try a much larger size"
        super().__init__(f"at {size} in all {', '.join(strata)} would get fewer than {draw.id} has drawn.", help=near)


class NothingMore(Refusal, rule="extension-exhausted"):
    """Everything that may be observed has been drawn."""

    def __init__(self, draw: Draw) -> None:
        super().__init__(f"{draw.id} holds all that may be observed in its strata.", help="there is nothing to add")


class NotProved(Refusal, rule="extension-not-proved"):
    """What cannot be drawn again cannot be drawn on."""

    def __init__(self, draw: Draw) -> None:
        super().__init__(
            f"{draw.id} cannot be drawn again from the source as it is, so nothing can be added by the same numbers.",
            help=Hint("see why: ", Command(f"sample verify {draw.id}")),
        )


def extend(
    view: View,
    draw_id: str,
    size: int,
    population: Population,
    source: str,
    opt_outs: Sequence[Span] = (),
    words: str = "",
) -> Change:
    """Extend a draw to a larger size, counted as its frame counts: in all, or per colleague.

    New items join the draw, and all items of a stratum weigh from now on what the new size says. Raises NoSuchRow,
    Chosen, NotNested, NotLarger, Shrinks, NothingMore, NotProved, FloorTooHigh.
    """
    draw = view.one(Draw, draw_id)
    if draw.design == JUDGEMENT:
        raise Chosen(draw)
    if draw.design not in NESTED:
        raise NotNested(draw)
    basis = basis_of(view, draw, source, opt_outs)
    eligible = {row.stratum: row.eligible for row in view.rows(Stratum) if row.draw == draw.id}
    _refuse_smaller(view, basis, eligible, size)
    now, aim = sizes_in_force(view, draw), grown(basis.frame, eligible, size)
    _refuse_shrinking(basis, eligible, now, aim)
    more = aim.more(now)
    if not more:
        raise NothingMore(draw)
    if not redraw(view, draw, population, source, opt_outs).proved:
        raise NotProved(draw)
    taken = {item.transaction for item in view.rows(Item)}
    rows = next_rows(in_order(population, basis, more, depth(view, basis) + max(more.values())), more, taken)
    if not rows:
        raise NothingMore(draw)
    drawn = {name: now.get(name, 0) + len(found) for name, found in rows.items()}
    extensions = _extensions(basis, aim, eligible, drawn, scored_of(view, draw), words)
    added = _items(basis, rows, {row.stratum: row for row in extensions})
    items = share_out(view, basis.frame, draw.last, added)
    shared = sharing_findings(view, basis.frame, draw.last, items)
    return Change([*extensions, *items], [*_grew(view, draw), *shared])


def _refuse_smaller(view: View, basis: Basis, eligible: Mapping[str, int], size: int) -> None:
    draw = basis.draw
    extended = [row.size for row in view.rows(Extension) if row.draw == draw.id]
    now = max(extended, default=size_asked(basis.frame, eligible))
    if size < 1:
        raise UsageError(f"--to {size} is no size", help="give a whole number above 0")
    if size <= now:
        raise NotLarger(draw, size, now)


def _refuse_shrinking(basis: Basis, eligible: Mapping[str, int], now: Mapping[str, int], aim: Grown) -> None:
    if fewer := aim.fewer(now):
        tried = (grown(basis.frame, eligible, aim.size + step) for step in range(1, NEAR))
        raise Shrinks(basis.draw, aim.size, fewer, next((each.size for each in tried if not each.fewer(now)), None))


def _extensions(
    basis: Basis, aim: Grown, eligible: Mapping[str, int], drawn: Mapping[str, int], observed: int, words: str
) -> list[Extension]:
    why = Words(words.strip())
    return [
        Extension(
            draw=basis.draw.id,
            stratum=stratum,
            size=aim.size,
            asked=aim.asked[stratum],
            drawn=n,
            probability=n / eligible[stratum],
            weight=eligible[stratum] / n,
            observed=observed,
            words=why,
        )
        for stratum, n in drawn.items()
    ]


def _items(
    basis: Basis, rows: Mapping[str, Sequence[dict[str, Any]]], extensions: Mapping[str, Extension]
) -> list[Item]:
    added = [(stratum, row) for stratum, found in rows.items() for row in found]
    return [
        item_of(
            row,
            draw=basis.draw.id,
            stratum=stratum,
            purpose=basis.draw.purpose,
            probability=extensions[stratum].probability,
            weight=extensions[stratum].weight,
            evaluator="",
        )
        for stratum, row in added
    ]


def scored_of(view: View, draw: Draw) -> int:
    """Return how many items of a draw have been scored."""
    scored = {row.item for row in view.current(Observation)}
    return sum(item.draw == draw.id and item.id in scored for item in view.current(Item))


def _grew(view: View, draw: Draw) -> list[str]:
    scored = scored_of(view, draw)
    told = f"{scored} items of {draw.id} had been scored before, and summaries say so: a sample that grows until it pleases"
    return [f"{told} misleads"] if scored else []
