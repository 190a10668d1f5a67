"""Drawing again: does the source, with the frame, seed and notices of a draw, still give the same sample.

Nothing of this rests on the journal: whoever rewrites records and mends the chain behind them is found all the same. What
came later is proved too: a replacement is the next of its stratum, an extension the next ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.model import View
from qacli.monitor.sampling.draw import JUDGEMENT, Draw, Exclusion, Item, Stratum
from qacli.monitor.sampling.drawing import items_of
from qacli.monitor.sampling.eligibility import judged
from qacli.monitor.sampling.later import Proof, later_items, made_with
from qacli.monitor.sampling.picking import Picks, pick
from qacli.monitor.sampling.ranking import Basis, basis_of, seed_by_plan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from qacli.prepare.notices.notice import Span
    from qacli.sources.population import Population

SAID = ("channel", "team", "colleague", "reason", "day", "seconds", "stratum", "purpose", "probability", "weight")
"""What an item says of itself that the source and the draw say too."""


BY_NUMBER = "it might have been drawn, but its number was not among the smallest"


class Strange(NamedTuple):
    """A recorded item that the draw does not give, and what it is instead."""

    item: Item
    why: str


class Altered(NamedTuple):
    """An item that the draw gives, recorded as something else: its column, what it says, what the source says."""

    item: Item
    column: str
    recorded: object
    given: object


class Redrawn(NamedTuple):
    """What drawing again found: how many items of the draw are ``same``, and of those that ``joined`` it later.

    ``missing`` are transactions that the draw gives and nobody recorded.
    """

    draw: Draw
    same: int
    joined: int = 0
    strange: Sequence[Strange] = ()
    missing: Sequence[str] = ()
    altered: Sequence[Altered] = ()
    hindrances: Sequence[str] = ()

    @property
    def proved(self) -> bool:
        return not (self.strange or self.missing or self.altered or self.hindrances)


def redraw(view: View, draw: Draw, population: Population, source: str, opt_outs: Sequence[Span]) -> Redrawn:
    """Draw again as the records stood before the draw, and compare. Of a draw with erased people nothing is compared.

    What a person chose is looked up instead: it is there, and it might have been drawn.
    """
    basis = basis_of(view, draw, source, opt_outs)
    recorded = view.rows(Item, draw=draw.id)
    if gone := len({item.colleague for item in recorded} - {"", *view.people.ids()}):
        erased = f"cannot be re-drawn: {gone} {'person' if gone == 1 else 'people'} erased from people.csv"
        return Redrawn(draw, 0, hindrances=[erased])
    if draw.design == JUDGEMENT:
        return _looked_up(basis, recorded, population)
    picks = pick(population, basis.frame, basis.period, draw.seed, basis.ground)
    first = [item for item in recorded if made_with(draw, item)]
    given = {item.transaction: item for item in items_of(draw, basis.frame, picks)}
    later = later_items(view, basis, population, picks)
    compared = list(_compared(first, given))
    proofs = [*compared, *later.proofs]
    return Redrawn(
        draw,
        sum(proof.given is not None for proof in compared),
        sum(proof.given is not None for proof in later.proofs),
        _strange(basis, population, proofs),
        sorted({*(given.keys() - {item.transaction for item in first}), *later.missing}),
        [each for proof in proofs for each in _altered(proof)] if population.digest == draw.sha256 else [],
        [*_hindrances(view, basis, population, picks), *later.hindrances],
    )


def _compared(recorded: Sequence[Item], given: Mapping[str, Item]) -> Iterator[Proof]:
    """Pair each recorded item with what the draw gives; a transaction that stands twice was given once."""
    left = dict(given)
    for item in recorded:
        found = left.pop(item.transaction, None)
        why = "recorded twice" if found is None and item.transaction in given else ""
        yield Proof(item, found, why)


def _altered(proof: Proof) -> Iterator[Altered]:
    if proof.given is None:
        return
    for column in SAID:
        recorded, given = getattr(proof.item, column), getattr(proof.given, column)
        close = isinstance(recorded, float) and isinstance(given, float) and abs(recorded - given) < 1e-9 * given
        if recorded != given and not close:
            yield Altered(proof.item, column, recorded, given)


def _strange(basis: Basis, population: Population, proofs: Sequence[Proof]) -> list[Strange]:
    unknown = [proof for proof in proofs if proof.given is None]
    if not unknown:
        return []
    standing = _standing(basis, population, {proof.item.transaction for proof in unknown})
    return [Strange(proof.item, proof.why or standing[proof.item.transaction]) for proof in unknown]


def _standing(basis: Basis, population: Population, transactions: Collection[str]) -> dict[str, str]:
    """Return in words why transactions were not drawn: not there, not in the frame, not eligible, or not by their number."""
    query, parameters = judged(population, basis.frame, basis.period, basis.ground)
    asked = sorted(transactions)
    there = population.connection.execute(
        "SELECT id FROM population WHERE list_contains(?::VARCHAR[], id)", [asked]
    ).fetchall()
    why = population.connection.execute(
        f"SELECT id, why FROM ({query}) WHERE list_contains(?::VARCHAR[], id)", [*parameters, asked]
    ).fetchall()
    return (
        dict.fromkeys(asked, "it is not in the source")
        | {id_: f"it is not of {basis.period.key}, or not in the population of {basis.draw.frame}" for (id_,) in there}
        | {id_: f"it may not be observed: {reason}" if reason else BY_NUMBER for id_, reason in why}
    )


def _looked_up(basis: Basis, recorded: Sequence[Item], population: Population) -> Redrawn:
    """Return whether chosen items are in the source, might have been observed, and claim no chance."""
    standing = _standing(basis, population, {item.transaction for item in recorded})
    found = [Strange(item, standing[item.transaction]) for item in recorded]
    strange = [each for each in found if each.why != BY_NUMBER]
    claims = [
        Altered(item, column, getattr(item, column), None)
        for item in recorded
        for column in ("probability", "weight")
        if getattr(item, column) is not None
    ]
    return Redrawn(basis.draw, len(recorded) - len(strange), strange=strange, altered=claims)


def _hindrances(view: View, basis: Basis, population: Population, picks: Picks) -> Iterator[str]:
    draw = basis.draw
    if population.digest != draw.sha256:
        yield f"the source has changed since {draw.id} was drawn: another export, or edited"
    if draw.seed != (planned := seed_by_plan(view, basis)):
        yield f"drawn with the seed '{draw.seed}', but its frame and period give '{planned}'"
    if (draw.purpose, draw.design) != (basis.frame.purpose, basis.frame.design):
        yield f"recorded as {draw.purpose}, {draw.design}; {draw.frame} says {basis.frame.purpose}, {basis.frame.design}"
    then = {row.reason: row.transactions for row in view.rows(Exclusion) if row.draw == draw.id}
    moved = [
        f"{reason} {then.get(reason, 0):,} then and {now:,} now"
        for reason, now in {**dict.fromkeys(then, 0), **picks.excluded}.items()
        if now != then.get(reason, 0)
    ]
    if moved:
        yield f"left out for other reasons than at the draw: {', '.join(moved)}; has people.csv or the opt-out list changed?"
    strata = {row.stratum: (row.eligible, row.drawn) for row in view.rows(Stratum) if row.draw == draw.id}
    now = {name: (n, picks.sizes[name].drawn) for name, n in picks.eligible.items()}
    for name in sorted(strata.keys() | now.keys()) if not moved else ():
        if strata.get(name) != now.get(name):
            yield f"stratum {name} is recorded with {_of(strata.get(name))}, and the source gives {_of(now.get(name))}"


def _of(counts: tuple[int, int] | None) -> str:
    return f"{counts[1]:,} drawn of {counts[0]:,}" if counts else "nothing"
