"""The grid of a portfolio: for each criterion held, not live or lacks, with the rows behind it.

Held means that the records which the map asks for are there. Whether they suffice is for the assessor to decide: no
standard sets a number, so none is set here, and the counts are printed as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from qacli.govern.portfolio.judging import LIVE, Holdings, days_of, judge
from qacli.govern.portfolio.portfolio import Portfolio
from qacli.govern.portfolio.records import PortfolioEvidence
from qacli.govern.portfolio.unit import Criterion, Part, Unit
from qacli.model import Row, View
from qacli.monitor.observing.observation import Observation, Session
from qacli.monitor.sampling.draw import Item

HELD: Final = "held"
NOT_LIVE: Final = "not live"
LACKS: Final = "lacks"
APART: Final = "see signatures.md"
"""State, in a pack, of what asks for signatures: what is signed cannot tell who will have signed it."""
DECIDES = "Held means that such records are there. Whether they suffice, your assessor decides."


class Lack(NamedTuple):
    """A part of a criterion that does not hold: what is missing, and the command that makes it."""

    part: Part
    missing: str
    make: str


class Cell(NamedTuple):
    """One criterion: its state, the rows that show it, what the candidate put in for it, and what it lacks.

    ``not_live`` would show it too, but is no record of real work.
    """

    criterion: Criterion
    state: str
    rows: Sequence[Row]
    not_live: Sequence[Row]
    added: Sequence[PortfolioEvidence]
    lacks: Sequence[Lack]
    days: int
    transactions: int
    occasions: int

    @property
    def evidence(self) -> Sequence[Row]:
        """The rows that leave for it: those behind a criterion that is held, and what was put in."""
        return [*(self.rows if self.state == HELD else ()), *self.added]


class Coverage(NamedTuple):
    """The grid of one candidate. Rows of a cell are live where it is held."""

    candidate: str
    portfolio: Portfolio | None
    cells: Sequence[Cell]

    def counts(self) -> Mapping[str, int]:
        """Return how many criteria are in each state."""
        return {state: sum(cell.state == state for cell in self.cells) for state in (HELD, NOT_LIVE, LACKS)}

    def without(self, table: str) -> Coverage:
        """Return the grid as it stands whatever a table holds: the cells that ask for it are left to be told apart."""
        cells = [
            Cell(cell.criterion, APART, (), (), cell.added, (), 0, 0, 0) if table in cell.criterion.tables else cell
            for cell in self.cells
        ]
        return self._replace(cells=cells)

    def rows(self) -> list[Row]:
        """Return every row that shows a criterion which is held, or was put in, once, in the order of the grid."""
        return _once([row for cell in self.cells for row in cell.evidence])

    def not_live(self) -> list[Row]:
        """Return every row among them, or beside them, that is no record of real work."""
        return _once([row for cell in self.cells for row in cell.not_live])


def coverage(
    view: View, units: Sequence[Unit], kinds: Sequence[type[Row]], candidate: str, portfolio: Portfolio | None
) -> Coverage:
    """Return the grid of a candidate over the criteria of some units."""
    by_name = {kind.TABLE: kind for kind in kinds}
    live = Holdings(view, by_name, candidate, portfolio, live=True)
    every = Holdings(view, by_name, candidate, portfolio, live=False)
    served = _served(view)
    added = view.current(PortfolioEvidence, by=candidate)
    cells = [
        _cell(view, each, (live, every), [row for row in added if each.id in row.criteria.split()], served)
        for unit in units
        for each in unit.criteria
    ]
    return Coverage(candidate, portfolio, cells)


def _cell(
    view: View,
    criterion: Criterion,
    holdings: tuple[Holdings, Holdings],
    added: Sequence[PortfolioEvidence],
    served: Mapping[str, str],
) -> Cell:
    among = holdings if holdings[1].strays(criterion.tables) else holdings[:1] * 2
    judged = [[(part, judge(part, criterion.id, each)) for part in criterion.needs] for each in among]
    live, every = ([row for _, each in found for row in each.rows] for found in judged)
    held, lacks = (
        [Lack(part, each.missing, criterion.make(part)) for part, each in found if each.missing] for found in judged
    )
    state = HELD if not held else NOT_LIVE if not lacks else LACKS
    rows = _once(live if state == HELD else every)
    stray = [row for row in _once([*every, *added]) if row.provenance != LIVE]
    return Cell(criterion, state, rows, stray, added, lacks, *_spread(view, rows, holdings[0].candidate, served))


def _once(rows: Sequence[Row]) -> list[Row]:
    return list({row.id: row for row in rows}.values())


def spread(view: View, rows: Sequence[Row], candidate: str) -> tuple[int, int, int]:
    """Return over how many days, transactions and occasions the rows of a candidate are spread.

    An occasion is one entry on record; rows of others, which theirs rest on, are no occasion of the candidate.
    """
    return _spread(view, rows, candidate, _served(view))


def _served(view: View) -> Mapping[str, str]:
    items = {item.id: item.transaction for item in view.current(Item)}
    sessions = {row.id: items[row.item] for row in view.current(Session) if row.item in items}
    return items | sessions | {row.id: items[row.item] for row in view.current(Observation) if row.item in items}


def _spread(view: View, rows: Sequence[Row], candidate: str, served: Mapping[str, str]) -> tuple[int, int, int]:
    own = [row for row in rows if row.by == candidate]
    names = [getattr(row, name, "") for row in own for name in ("id", "item", "session", "observation")]
    occasions = {row.id.partition("-")[0].partition("_")[2] for row in own}
    return len(days_of(own, view)), len({served[name] for name in names if name in served}), len(occasions)
