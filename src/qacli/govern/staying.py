"""What is due to go and stays all the same, because it is held or still in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qacli.govern.causes.cause import FEWER, Cause, searches
from qacli.govern.escalating.case import Escalation, EscalationOption, cases
from qacli.govern.hold import Hold, held
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
    """Yield the years of adjustments that still hold, which whoever scores must go on seeing, and of open disputes."""
    yield from _unfinished(view, kinds)
    if Adjustment in kinds:
        rows = [row for row in view.current(Adjustment) if row.last is None or row.last >= view.now.date()]
        years = {row.at.year for row in rows if row.at}
        yield from ((Adjustment, year, "an adjustment is in force") for year in years)
    if Dispute in kinds:
        for each in disputes(view):
            if not each.decision:
                for row in (each.dispute, each.observation, *each.points):
                    if row.at:
                        yield type(row), row.at.year, f"{each.dispute.id} is still to be decided"


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
