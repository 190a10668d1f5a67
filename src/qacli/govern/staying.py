"""What is due to go and stays all the same, because it is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qacli.govern.hold import held
from qacli.govern.retention import CLASSES
from qacli.govern.subject import mentions
from qacli.model import Row, View


def reasons_to_stay(view: View, kinds: Sequence[type[Row]]) -> dict[tuple[str, int], str]:
    """Return by table and year why something of it stays today; the first reason where there are several."""
    found: dict[tuple[str, int], str] = {}
    for kind, year, why in _held(view, kinds):
        found.setdefault((kind.TABLE, year), why)
    return found


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
