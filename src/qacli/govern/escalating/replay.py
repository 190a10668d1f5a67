"""A log of cases held against the clocks of the day on which each was received: which were late, and by which clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.schema import newest_in_force
from qacli.govern.clock import business_days_between

if TYPE_CHECKING:
    from qacli.govern.clock import Clock
    from qacli.govern.escalating.trigger import Trigger
    from qacli.model import View


LATE: Mapping[tuple[bool, bool], str] = MappingProxyType(
    {(True, True): "late", (True, False): "in time", (False, True): "overdue", (False, False): "running"}
)
"""What is said by whether it is done, and whether that, or today, is past the last day."""


class Logged(NamedTuple):
    """One case of a log; what has not happened is None."""

    case: str
    trigger: str
    received: date
    acknowledged: date | None
    answered: date | None


class Verdict(NamedTuple):
    """What one clock says of one case: in time, late, running, overdue, or no rule of that day.

    ``took`` counts calendar days from receipt to ``done`` or today, ``business_days`` those of the nation.
    """

    case: str
    trigger: str  # id@version; the id where none was in force
    clock: str
    received: date
    due: date | None
    done: date | None
    took: int
    business_days: int
    verdict: str

    @property
    def is_late(self) -> bool:
        """Whether it came late, or has not come and is due."""
        return self.verdict in {"late", "overdue"}


def replayed(view: View, log: Sequence[Logged]) -> list[Verdict]:
    """Return what each clock says of each case, in the order of the log."""
    known: Sequence[Trigger] = view.definitions("trigger")
    return [verdict for each in log for verdict in _verdicts(view, each, known)]


def _verdicts(view: View, each: Logged, known: Sequence[Trigger]) -> list[Verdict]:
    trigger = next((found for found in newest_in_force(known, each.received) if found.id == each.trigger), None)
    if trigger is None:
        return [Verdict(each.case, each.trigger, "", each.received, None, each.answered, 0, 0, "no rule of that day")]
    asked: list[tuple[str, Clock, date | None]] = [("close", trigger.close, each.answered)]
    if trigger.acknowledge:
        asked.insert(0, ("acknowledge", trigger.acknowledge, each.acknowledged or each.answered))
    return [_verdict(view, each, trigger.reference, *one) for one in asked]


def _verdict(view: View, each: Logged, trigger: str, name: str, clock: Clock, done: date | None) -> Verdict:
    nation, today = view.settings.nation, view.now.date()
    due = clock.last_day(each.received, nation)
    until = done or today
    said = LATE[done is not None, until > due]
    days = business_days_between(each.received, until, nation)
    return Verdict(each.case, trigger, name, each.received, due, done, (until - each.received).days, days, said)


def unknown(view: View, log: Sequence[Logged]) -> list[str]:
    """Return the triggers of a log that no version of the definitions has, in order of name."""
    known = {each.id for each in view.definitions("trigger")}
    return sorted({each.trigger for each in log} - known)
