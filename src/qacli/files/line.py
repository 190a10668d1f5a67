"""One line of CSV in its one spelling: commas, quotes only where a cell holds a comma or a quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def csv_line(cells: Iterable[str]) -> str:
    """Return cells as one line without its newline. Raises ValueError for a cell that would break the line."""
    return ",".join(map(_quoted, cells))


def _quoted(cell: str) -> str:
    if "\n" in cell or "\r" in cell or "\0" in cell:
        raise ValueError(f"a cell cannot hold a line break: {cell!r}")
    if "," in cell or '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell
