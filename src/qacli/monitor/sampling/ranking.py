"""What a draw rests on, made again from the records, and the order in which its strata give their members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.ranks import rank_sql
from qacli.model import Refusal, View
from qacli.monitor.sampling.designs.aims import settled
from qacli.monitor.sampling.designs.design import size_of
from qacli.monitor.sampling.designs.registry import design_of
from qacli.monitor.sampling.draw import JUDGEMENT, Draw, Extension, Item, Occasion, Stratum
from qacli.monitor.sampling.drawing import occasion_of, seed_of
from qacli.monitor.sampling.eligibility import Ground, OfColleague, judged
from qacli.monitor.sampling.picking import ROW
from qacli.prepare.notices.delivery import Delivery, proved
from qacli.prepare.notices.notice import Acknowledgement, Span
from qacli.prepare.period import Period

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame
    from qacli.sources.population import Population

NESTED = ("simple", "stratified", "proportional", "quota")
"""Designs that take the first of each stratum by rank and nothing else: a larger sample contains the smaller."""


class Chosen(Refusal, rule="not-drawn"):
    """What was not drawn from an export by chance has no population beside it, and no next in order."""

    def __init__(self, draw: Draw) -> None:
        what = f"was chosen by {draw.by}, not drawn by chance" if draw.design == JUDGEMENT else f"draws {draw.design}"
        super().__init__(
            f"{draw.id} {what}.", help="only for what was drawn from an export is there a next, and a balance"
        )


class Basis(NamedTuple):
    """A draw as it can be made again: its frame as it was drawn, its period and seed, and what decided eligibility."""

    draw: Draw
    frame: Frame
    period: Period
    ground: Ground


def basis_of(view: View, draw: Draw, source: str, opt_outs: Sequence[Span]) -> Basis:
    """Return what a draw rests on: the records as they stood before it. Raises NoSuchDefinition."""
    frame: Frame = view.definition("frame", draw.frame)
    ground = Ground(
        proved(
            [view.definition("notice", reference) for reference in draw.notices.split()], view.before(Delivery, draw.id)
        ),
        view.before(Acknowledgement, draw.id),
        view.people,
        opt_outs,
        [] if draw.design == JUDGEMENT else [item.transaction for item in view.before(Item, draw.id)],
        source,
    )
    occasion = occasion_of(view, draw)
    asked = narrowed(frame, occasion) if occasion and occasion.size else frame
    return Basis(draw, asked, Period(draw.period, draw.first, draw.last), ground)


def narrowed(frame: Frame, occasion: Occasion) -> Frame:
    """Return a frame that asks a simple sample of a part of its population."""
    parts = {name: getattr(occasion, name) for name in ("channel", "team", "reason")}
    narrower = {name: (value,) for name, value in parts.items() if value}
    population = OfColleague.model_construct(
        **{**frame.population.__dict__, **narrower, "colleague": occasion.colleague}
    )
    asked = {"population": population, "design": "simple", "stratify_by": "none", "purpose": "spot"}
    return frame.model_copy(update={**asked, "per_colleague": None}).asking(occasion.size or 0)


def resized(frame: Frame, size: int) -> Frame:
    """Return a frame that asks for another number: in all, or per colleague, as its design counts."""
    if frame.design == "quota":
        return frame.model_copy(update={"per_colleague": size, "size": None})
    return frame.asking(size)


def size_asked(frame: Frame, eligible: Mapping[str, int]) -> int:
    """Return how many a frame asks for as its design counts, per colleague or in all, where strata hold so many."""
    plain = settled(frame, eligible).frame
    return plain.per_colleague or 0 if frame.design == "quota" else size_of(plain, sum(eligible.values()))


def seed_by_plan(view: View, basis: Basis) -> str:
    """Return the seed that a draw should have: that of its frame and period, and for a question its number."""
    draw, planned = basis.draw, seed_of(basis.frame, basis.period)
    occasion = occasion_of(view, draw)
    return question_seed(planned, view.before(Draw, draw.id)) if occasion else planned


def question_seed(planned: str, draws: Sequence[Draw]) -> str:
    """Return the seed of the next question about a frame and period: a number of its own, so that its picks are fresh."""
    return f"{planned}/question/{1 + sum(draw.seed.startswith(f'{planned}/question/') for draw in draws)}"


def sizes_in_force(view: View, draw: Draw) -> dict[str, int]:
    """Return how many each stratum of a draw gives, as it was drawn or last extended."""
    drawn = {row.stratum: row.drawn for row in view.rows(Stratum) if row.draw == draw.id}
    return drawn | {row.stratum: row.drawn for row in view.rows(Extension) if row.draw == draw.id}


def chance_of(view: View, item: Item) -> tuple[float | None, float | None]:
    """Return the probability and the weight that an item has by now: those of the last extension of its draw."""
    extended = [row for row in view.rows(Extension) if (row.draw, row.stratum) == (item.draw, item.stratum)]
    return (extended[-1].probability, extended[-1].weight) if extended else (item.probability, item.weight)


def in_order(
    population: Population, basis: Basis, strata: Collection[str], most: int
) -> dict[str, list[dict[str, Any]]]:
    """Return the first ``most`` eligible transactions of some strata in the order in which they are taken."""
    query, parameters = judged(population, basis.frame, basis.period, basis.ground)
    found = population.connection.execute(
        f"""
        WITH classified AS ({query}),
        members AS (SELECT *, {design_of(basis.frame).stratum(basis.frame)} AS stratum FROM classified
                    WHERE why = '')
        SELECT stratum, arg_min({ROW},
            {rank_sql(basis.draw.seed, "id")}, {most})
        FROM members WHERE list_contains(?::VARCHAR[], stratum) GROUP BY 1""",
        [*parameters, sorted(strata)],
    ).fetchall()
    return dict(found)


def depth(view: View, basis: Basis) -> int:
    """Return how many of one stratum samples can have taken since a draw: its own items, and others' of its days."""
    before = {item.id for item in view.before(Item, basis.draw.id)}
    since = [item for item in view.rows(Item) if item.id not in before]
    own = Counter(item.stratum for item in since if item.draw == basis.draw.id)
    others = [
        item for item in since if item.draw != basis.draw.id and basis.period.first <= item.day <= basis.period.last
    ]
    return max(own.values(), default=0) + len(others)


def left(rows: Sequence[dict[str, Any]], taken: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a stratum, in order, that no sample has taken."""
    return (row for row in rows if row["id"] not in taken)
