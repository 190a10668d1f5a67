"""What is due to go and stays all the same, because it is held or still in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qacli.govern.hold import held
from qacli.govern.retention import CLASSES
from qacli.govern.subject import mentions
from qacli.model import Row, View
from qacli.prepare.adjustment import Adjustment


def reasons_to_stay(view: View, kinds: Sequence[type[Row]]) -> dict[tuple[str, int], str]:
    """Return by table and year why something of it stays today; the first reason where there are several."""
    found: dict[tuple[str, int], str] = {}
    for kind, year, why in (*_held(view, kinds), *_in_force(view, kinds)):
        found.setdefault((kind.TABLE, year), why)
    return found


def _in_force(view: View, kinds: Sequence[type[Row]]) -> Iterator[tuple[type[Row], int, str]]:
    """Yield the years of adjustments that still hold: whoever scores must go on seeing them."""
    if Adjustment in kinds:
        rows = [row for row in view.current(Adjustment) if row.last is None or row.last >= view.now.date()]
        yield from ((Adjustment, year, "an adjustment is in force") for year in _years(rows))


def _held(view: View, kinds: Sequence[type[Row]]) -> Iterator[tuple[type[Row], int, str]]:
    for hold in held(view):
        if hold.records:
            members = [kind for kind in kinds if kind.TABLE in CLASSES[hold.records]]
            rows = {kind: view.rows(kind) for kind in members}
        else:
            rows = {kind: [each.row for each in found] for kind, found in mentions(view, kinds, hold.person).items()}
        for kind, found in rows.items():
            yield from ((kind, year, f"held by {hold.id}") for year in _years(found))


def _years(rows: Sequence[Row]) -> set[int]:
    return {row.at.year for row in rows if row.at}
