"""What the commands of ``qacli portfolio`` share: the maps that are meant, and the grid of a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.govern.portfolio.coverage import Coverage
    from qacli.govern.portfolio.unit import Unit
    from qacli.model import View
    from qacli.reports.portfolio.contents import Packed
    from qacli.workspace import Workspace
    from qacli.workspace.view import FolderView


def units_named(names: str | Sequence[str]) -> list[Unit]:
    """Return the maps of some standards; of all where none is named. Raises UsageError."""
    from qacli.govern.portfolio.portfolio import UNITS
    from qacli.workspace.units import units

    wanted = [names] if isinstance(names, str) else list(names)
    if strange := [name for name in wanted if name and name not in UNITS]:
        raise UsageError(f"there is no map '{strange[0]}'", help=f"one of: {', '.join(UNITS)}")
    return units(tuple(name for name in wanted if name) or UNITS)


def coverage_of(view: View, candidate: str = "", unit: str = "") -> Coverage:
    """Return the grid of a candidate, else of the actor, for the standards of their portfolio or one that is named."""
    from qacli.govern.portfolio.coverage import coverage
    from qacli.govern.portfolio.portfolio import portfolio_of
    from qacli.workspace.tables import tables

    portfolio = portfolio_of(view, candidate)
    chosen = units_named(unit or (portfolio.units if portfolio else ""))
    return coverage(view, chosen, tables(), portfolio.candidate if portfolio else candidate or view.actor, portfolio)


def packed_of(workspace: Workspace, view: FolderView, candidate: str) -> Packed:
    """Return what the pack of a candidate is made of. Raises NoPortfolio."""
    from qacli.govern.portfolio.portfolio import require_portfolio
    from qacli.reports.portfolio.contents import Packed
    from qacli.workspace.tables import tables

    portfolio = require_portfolio(view, candidate)
    found = coverage_of(view, portfolio.candidate)
    return Packed(workspace, view, found, portfolio, units_named(portfolio.units), tables())
