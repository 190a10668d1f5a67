"""Duties of auditing: audits of periods that are over, findings and trials that are not at their end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from qacli.files.schema import newest_in_force
from qacli.govern.auditing.audit import CORRECTED, VERIFIED, Audit, standings
from qacli.govern.auditing.audit import findings as raised
from qacli.govern.auditing.checks import day_of, forms
from qacli.govern.auditing.improving import TRIALLED
from qacli.govern.auditing.improving import improvements as put_forward
from qacli.govern.auditing.programme import due_after
from qacli.govern.duties.duty import Duty
from qacli.model import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qacli.govern.auditing.programme import Programme

DECIDE_WITHIN = 14
"""Days after the end of a trial by which it is decided on: our setting, from no source."""


def audits(view: View, _: date) -> Iterator[Duty]:
    """Each programme that has no audit of the last whole period in which there was something to audit; each audit open."""
    today = view.now.date()
    known: Iterable[Programme] = view.definitions("audit")
    planned = {(row.programme.partition("@")[0], row.first, row.last) for row in view.current(Audit)}
    for programme in newest_in_force(known, today):
        first, last = programme.period_before(today)
        if not programme.in_force(last) or (programme.id, first, last) in planned:
            continue
        if programme.registers or forms(view, first, last):
            due, words = due_after(last), f"audit {programme.id} of {first} to {last} is to be planned"
            how = f"audit plan {programme.id}"
            yield Duty(f"audit/{programme.id}/{first}", due, "audit", programme.id, programme.owner, words, how)
    for each in standings(view):
        if not each.end:
            audit = each.audit
            words, how = f"audit {audit.id} is to be closed", f"audit run {audit.id}"
            yield Duty(f"audit/{audit.id}", audit.due, "audit", audit.id, audit.auditor, words, how)


def findings(view: View, _: date) -> Iterator[Duty]:
    """Each finding by its day: its owner's while it is open, the auditor's once it is corrected."""
    auditors = {row.id: row.auditor for row in view.current(Audit)}
    for each in raised(view):
        found = each.finding
        if each.state in {"open", CORRECTED, VERIFIED}:
            step = {"open": "correct", CORRECTED: "verify", VERIFIED: "close"}[each.state]
            owner = found.owner if step == "correct" else auditors[found.audit]
            words, how = f"audit finding {found.id} is {each.state}", f"audit {step} {found.id}"
            yield Duty(f"audit-finding/{found.id}/{step}", found.due, "audit-finding", found.id, owner, words, how)


def improvements(view: View, _: date) -> Iterator[Duty]:
    """Each idea that was tried and is not decided on, two weeks after its trial was recorded."""
    for each in put_forward(view):
        if each.state == TRIALLED:
            row, tried = each.improvement, each.trials[-1]
            due = date.fromordinal(day_of(view, tried.at).toordinal() + DECIDE_WITHIN)
            words, how = f"improvement {row.id} was tried and is to be decided on", f"audit adopt {row.id}"
            yield Duty(f"improvement/{row.id}", due, "improvement", row.id, row.by, words, how)
