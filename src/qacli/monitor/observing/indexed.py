"""Rows by what they belong to, sorted once for all that ask the same view: two hundred sheets ask for the same ratings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from qacli.model import Row

if TYPE_CHECKING:
    from qacli.model import View

R = TypeVar("R", bound=Row)
_SORTED: WeakKeyDictionary[Any, dict[tuple[type[Row], str], tuple[Any, Any]]] = WeakKeyDictionary()


def rows_by(view: View, kind: type[R], column: str) -> Mapping[str, Sequence[R]]:
    """Return all rows of a table by the value of a column, in their order, those that were corrected since as well.

    They are sorted again where the view holds others than before.
    """
    rows = view.rows(kind)
    known = _SORTED.setdefault(view, {}).get((kind, column))
    if known is None or known[0] is not rows:
        found: dict[str, list[R]] = defaultdict(list)
        for row in rows:
            found[getattr(row, column)].append(row)
        known = _SORTED[view][kind, column] = rows, dict(found)
    sorted_rows: Mapping[str, Sequence[R]] = known[1]
    return sorted_rows
