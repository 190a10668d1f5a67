"""What is due to go and stays all the same: because it is held, or because it is still in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from qacli.govern.hold import held
from qacli.govern.retention import CLASSES
from qacli.govern.subject import mentions
from qacli.model import Row, View
from qacli.prepare.frame import Approval
from qacli.prepare.notice import Acknowledgement


def reasons_to_stay(view: View, kinds: Sequence[type[Row]]) -> dict[tuple[str, int], str]:
    """Return by table and year why something of it stays today; the first reason where there are several."""
    found: dict[tuple[str, int], str] = {}
    for kind, year, why in (*_held(view, kinds), *_in_force(view)):
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


def _in_force(view: View) -> Iterator[tuple[type[Row], int, str]]:
    """Yield the years of acknowledgements of notices, and approvals of frames, that hold today."""
    today = view.now.date()
    notices = {notice.reference for notice in view.definitions("notice") if _holds(notice, today)}
    told = [row for row in view.current(Acknowledgement) if row.notice in notices]
    yield from ((Acknowledgement, year, "in force") for year in _years(told))
    agreed = {row.kind for row in view.current(Approval)}
    holding = {
        (kind, view.sha256(kind, item.reference))
        for kind in agreed
        for item in view.definitions(kind)
        if _holds(item, today)
    }
    approvals = [row for row in view.current(Approval) if (row.kind, row.sha256) in holding]
    yield from ((Approval, year, "in force") for year in _years(approvals))


def _holds(definition: object, day: date) -> bool:
    return bool(definition.in_force(day))  # type: ignore[attr-defined]


def _years(rows: Sequence[Row]) -> set[int]:
    return {row.at.year for row in rows if row.at}
