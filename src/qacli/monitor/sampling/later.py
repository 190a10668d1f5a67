"""What joined a draw after it was made, proved: each replacement is the next of its stratum, each extension the next ones."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.files.numbers import four_digits
from qacli.model import Correction, View
from qacli.monitor.sampling.designs.design import Share
from qacli.monitor.sampling.draw import Draw, Extension, Item, Replacement
from qacli.monitor.sampling.drawing import item_of
from qacli.monitor.sampling.growth import grown, next_rows
from qacli.monitor.sampling.ranking import depth, in_order, left

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.monitor.sampling.picking import Picks
    from qacli.monitor.sampling.ranking import Basis
    from qacli.sources.population import Population


class Proof(NamedTuple):
    """A recorded item beside what should stand there; ``given`` is None where nothing should, ``why`` says it if known."""

    item: Item
    given: Item | None
    why: str = ""


class Later(NamedTuple):
    """What is to be said of the items that joined a draw after it was made."""

    proofs: Sequence[Proof] = ()
    missing: Sequence[str] = ()
    hindrances: Sequence[str] = ()


def entry_of(id: str) -> str:  # noqa: A002
    """Return the part of an id that names the entry which made it."""
    return id.partition("_")[2].partition("-")[0]


def made_with(draw: Draw, item: Item) -> bool:
    """Return whether an item was recorded in the entry of its draw, as their ids say."""
    return entry_of(draw.id) == entry_of(item.id)


def later_items(view: View, basis: Basis, population: Population, picks: Picks) -> Later:
    """Prove all items that joined a draw after it was made, in the order of their entries."""
    extended = view.rows(Extension, draw=basis.draw.id)
    items = view.rows(Item, draw=basis.draw.id)
    joined = [item for item in items if not made_with(basis.draw, item)]
    if not joined and not extended:
        return Later()
    most = depth(view, basis) + max((row.drawn for row in extended), default=0) + 1
    gone = {row.old for row in view.rows(Correction) if row.kind == "item"}
    strata = {row.stratum for row in items if row.id in gone} | {row.stratum for row in extended}
    played = _Played(view, basis, picks, in_order(population, basis, strata, most), {row.id: row for row in items})

    def when(row: Item | Extension) -> tuple[int, str]:
        return len(entry_of(row.id)), entry_of(row.id)  # base 32 without leading zeros sorts like its number

    events: list[Item | Extension] = [*extended, *joined]
    for _, together in groupby(sorted(events, key=when), key=when):
        rows = list(together)
        now = [row for row in rows if isinstance(row, Item)]
        if sizes := [row for row in rows if isinstance(row, Extension)]:
            played.extension(sizes, now)
        else:
            played.proofs += [played.replacement(item) for item in now]
    return Later(played.proofs, played.missing, played.hindrances)


class _Played:
    """A draw as it grew, entry by entry."""

    def __init__(
        self,
        view: View,
        basis: Basis,
        picks: Picks,
        members: Mapping[str, Sequence[dict[str, Any]]],
        items: Mapping[str, Item],
    ) -> None:
        self.view, self.basis, self.eligible, self.members, self.items = view, basis, picks.eligible, members, items
        self.now = {name: share.drawn for name, share in picks.sizes.items()}
        self.shares = dict(picks.sizes)
        self.replaced = {row.new: row.old for row in view.rows(Correction) if row.kind == "item" and row.new}
        self.told = {row.new for row in view.rows(Replacement)}
        self.proofs: list[Proof] = []
        self.missing: list[str] = []
        self.hindrances: list[str] = []

    def replacement(self, item: Item) -> Proof:
        """Compare an item with the one that was next in the stratum of what it replaced."""
        old = self.items.get(self.replaced.get(item.id, ""))
        if old is None:
            return Proof(item, None, "it joined later, and takes the place of nothing")
        if item.id not in self.told:
            return Proof(item, None, f"it takes the place of {old.id}, and no cause is recorded")
        taken = {row.transaction for row in self.view.before(Item, item.id)}
        row = next(left(self.members.get(old.stratum, ()), taken), None)
        if row is None or row["id"] != item.transaction:
            other = f"{row['id']} was next" if row else "nothing was left"
            return Proof(item, None, f"it takes the place of {old.id}, but {other} in {old.stratum}")
        return Proof(item, self._given(row, old.stratum))

    def extension(self, sizes: Sequence[Extension], items: Sequence[Item]) -> None:
        """Compare what an extension recorded with what it gives at its size."""
        aim = grown(self.basis.frame, self.eligible, sizes[0].size)
        taken = {row.transaction for row in self.view.before(Item, sizes[0].id)}
        rows = next_rows(self.members, aim.more(self.now), taken)
        self.now |= {name: self.now.get(name, 0) + len(found) for name, found in rows.items()}
        self.shares |= {
            name: Share(self.now[name], self.now[name], self.now[name] / self.eligible[name]) for name in rows
        }
        self._same_sizes(sizes, rows)
        given = {row["id"]: self._given(row, name) for name, found in rows.items() for row in found}
        self.proofs += [Proof(item, given.pop(item.transaction, None)) for item in items]
        self.missing += given

    def _same_sizes(self, sizes: Sequence[Extension], rows: Mapping[str, object]) -> None:
        said = {row.stratum: (row.drawn, row.weight) for row in sizes}
        for name in sorted(said.keys() | rows.keys()):
            n = self.now.get(name, 0)
            drawn, weight = said.get(name, (0, 0.0))
            if drawn != n or (n and abs(weight - self.eligible.get(name, 0) / n) > 1e-9 * weight):
                self.hindrances.append(
                    f"stratum {name} is recorded as extended to {drawn} with the weight {four_digits(weight)}, and the source gives {n}"
                )

    def _given(self, row: dict[str, Any], stratum: str) -> Item:
        share = self.shares.get(stratum)
        return item_of(
            row,
            draw=self.basis.draw.id,
            stratum=stratum,
            purpose=self.basis.draw.purpose,
            probability=share.probability if share else None,
            weight=share.weight if share else None,
            evaluator="",
        )
