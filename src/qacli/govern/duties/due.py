"""Duties: what monitoring work falls due on which day, whose it is, and which measure it serves.

A duty has a natural key. It is worked out from what is agreed and recorded, so that however often, late or many times at
once somebody looks, there is one record for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from qacli.govern.duties.auditing import audits, findings, improvements
from qacli.govern.duties.duty import Duty
from qacli.govern.duties.governing import causes, escalations, notices, remarks, repeated, requests, reviews
from qacli.govern.duties.improving import actions, briefings, cases, coaching, feedback, resources
from qacli.govern.duties.monitoring import calibrations, checks, observations, open_disputes
from qacli.govern.duties.ruling import consultations, requirements
from qacli.govern.duties.sampling import draws
from qacli.govern.duties.understanding import looks, questions, watches
from qacli.model import Change, Row, View
from qacli.monitor.observing.excuse import excuses

DUTIES: tuple[Callable[[View, date], Iterator[Duty]], ...] = (
    draws,
    observations,
    calibrations,
    open_disputes,
    questions,
    checks,
    feedback,
    coaching,
    actions,
    resources,
    cases,
    briefings,
    escalations,
    repeated,
    causes,
    requests,
    remarks,
    audits,
    findings,
    improvements,
    notices,
    requirements,
    consultations,
    reviews,
    looks,
    watches,
)


@dataclass(frozen=True, kw_only=True)
class Reminder(Row, table="reminders", letter="rm"):
    """An owner was told, once, of a duty that had fallen due."""

    duty: str
    owner: str
    due: date


def duties(view: View, until: date) -> list[Duty]:
    """Return every duty that is neither done nor excused and falls due up to a day, the oldest first."""
    excused = excuses(view)
    found = [duty for work in DUTIES for duty in work(view, until) if duty.key not in excused]
    return sorted((duty for duty in found if duty.due <= until), key=lambda duty: (duty.due, duty.kind, duty.key))


def due_by_key(view: View) -> dict[str, Duty]:
    """Return the duties that can be named today: what is due, and what is to be scored or reviewed later."""
    return {duty.key: duty for work in DUTIES for duty in work(view, view.now.date())}


def remind(view: View, found: list[Duty]) -> Change:
    """Record that the owners of duties are told, once each; what was told before makes no row."""
    told = {reminder.duty for reminder in view.current(Reminder)}
    rows = [
        Reminder(duty=duty.key, owner=duty.owner, due=duty.due)
        for duty in {duty.key: duty for duty in found}.values()
        if duty.key not in told
    ]
    return Change(rows)
