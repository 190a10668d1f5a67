"""What is due to go and stays all the same, because it is held or still in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qacli.govern.causes.cause import FEWER, Cause, searches
from qacli.govern.escalating.case import Escalation, EscalationOption, cases
from qacli.govern.hold import Hold, held
from qacli.govern.requirements.change import pack_of
from qacli.govern.requirements.consulting import Consultation
from qacli.govern.requirements.consulting import standings as consulted
from qacli.govern.retention import CLASSES
from qacli.govern.subject import mentions
from qacli.model import Row, View
from qacli.monitor.disputing.dispute import Dispute, disputes
from qacli.prepare.notices.adjustment import Adjustment


def reasons_to_stay(view: View, kinds: Sequence[type[Row]]) -> dict[tuple[str, int], str]:
    """Return by table and year why something of it stays today; the first reason where there are several."""
    found: dict[tuple[str, int], str] = {}
    for row, hold in _held(view, kinds):
        if row.at:
            found.setdefault((row.TABLE, row.at.year), f"held by {hold.id}")
    for kind, year, why in _in_force(view, kinds):
        found.setdefault((kind.TABLE, year), why)
    return found


def held_rows(view: View, kinds: Sequence[type[Row]]) -> dict[str, Hold]:
    """Return every row that is held today, by id, with the hold; the first where there are several."""
    found: dict[str, Hold] = {}
    for row, hold in _held(view, kinds):
        found.setdefault(row.id, hold)
    return found


def _in_force(view: View, kinds: Sequence[type[Row]]) -> Iterator[tuple[type[Row], int, str]]:
    """Yield the years of adjustments that still hold, which whoever scores must go on seeing, and of what is open."""
    yield from _unfinished(view, kinds)
    if Adjustment in kinds:
        rows = [row for row in view.current(Adjustment) if row.last is None or row.last >= view.now.date()]
        yield from _years(rows, "an adjustment is in force")
    if Dispute in kinds:
        for each in disputes(view):
            if not each.decision:
                rows_of = (each.dispute, each.observation, *each.points)
                yield from _years(rows_of, f"{each.dispute.id} is still to be decided")
    if Consultation in kinds:
        for found in consulted(view):
            parts = pack_of(view, found.consultation.id)
            if not parts or {part.state for part in parts} - {"live", "left"}:
                said = (found.consultation, *found.asked, *found.answers, *found.replies.values())
                changes = [part.change for part in parts]
                yield from _years((*said, *changes), f"{found.consultation.id} is not at its end")


def _years(rows: Iterable[Row], why: str) -> Iterator[tuple[type[Row], int, str]]:
    yield from ((type(row), row.at.year, why) for row in rows if row.at)


def _held(view: View, kinds: Sequence[type[Row]]) -> Iterator[tuple[Row, Hold]]:
    for hold in held(view):
        if hold.records:
            members = [kind for kind in kinds if kind.TABLE in CLASSES[hold.records]]
            yield from ((row, hold) for kind in members for row in view.rows(kind))
        else:
            found = mentions(view, kinds, hold.person)
            yield from ((each.row, hold) for rows in found.values() for each in rows)


def _unfinished(view: View, kinds: Sequence[type[Row]]) -> Iterator[tuple[type[Row], int, str]]:
    """Yield the years of cases that are open, and of faults that still come as often."""
    open_: list[tuple[str, Sequence[Row]]] = []
    if Escalation in kinds:
        options = view.current(EscalationOption)
        for case in cases(view):
            name = case.escalation.id
            rows = [case.escalation, *case.moves, *(row for row in options if row.escalation == name)]
            open_ += [] if case.end else [(f"{name} is open", rows)]
    if Cause in kinds:
        for each in searches(view):
            found = [each.cause, *each.whys, *each.ends, *each.fixes, *each.verdicts]
            open_ += [] if each.state == FEWER else [(f"{each.cause.id} is still looked into", found)]
    yield from ((type(row), row.at.year, why) for why, rows in open_ for row in rows if row.at)
