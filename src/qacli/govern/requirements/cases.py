"""Clocks of cases: the last day in time by the version of the day of receipt, and cases that a change of rule ran into."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from qacli.govern.escalating.case import ACKNOWLEDGED, local_day
from qacli.govern.escalating.case import cases as escalated
from qacli.govern.privacy import DONE, Request, events
from qacli.govern.requirements.register import OutsideDates, in_force, on_day, versions
from qacli.model import UsageError, View

if TYPE_CHECKING:
    from qacli.govern.requirements.bound import Bound
    from qacli.govern.requirements.requirement import Requirement

ACKNOWLEDGEMENT, ANSWER = "acknowledgement", "answer"
"""The clocks that escalated cases are held against."""
State = Literal["in time", "late", "open", "overdue", "unchecked"]


class Case(NamedTuple):
    """One case of a log. ``done`` is None while it is open; ``clock`` empty where its rule has one clock."""

    case: str
    rule: str
    clock: str
    received: date
    done: date | None


class Clocked(NamedTuple):
    """A case on its clock. ``other`` is the last day by the version that came while it was open, where that may count."""

    case: Case
    rule: Requirement
    bound: Bound
    due: date
    successor: Requirement | None
    other: date | None
    state: State

    @property
    def late(self) -> int | None:
        """Days after the last day; None where it is not late, or nobody knows which day that is."""
        return (self.case.done - self.due).days if self.case.done and self.state == "late" else None

    @property
    def note(self) -> str:
        """What is to be said beside the state."""
        if not self.successor:
            return ""
        if self.state != "unchecked":
            return f"open when {self.successor.reference} began; which of the two holds is unchecked, by both it is so"
        return (
            f"open when {self.successor.reference} began on {self.successor.from_}: {self.due} by the old, {self.other} by the "
            "new; the source was not looked at for such cases, write transition: into the new version"
        )


class NoSuchClock(UsageError):
    """A rule may have several clocks, or none."""

    def __init__(self, rule: Requirement, clock: str) -> None:
        known = ", ".join(bound.name for bound in rule.clocks)
        message = f"{rule.reference} has no clock '{clock}'" if clock else f"{rule.reference} has not one clock"
        super().__init__(message, help=f"its clocks: {known}" if known else "add a test: clock answer within 8 weeks")


def clocked(view: View, case: Case) -> Clocked:
    """Return a case on the clock of its day. Raises NoSuchItem, OutsideDates, OtherNation, NoSuchClock."""
    rule, today, nation = on_day(view, case.rule, case.received), view.now.date(), view.settings.nation
    bound = _clock(rule, case.clock)
    due = bound.due(case.received, nation)
    successor = _successor(view, rule, case, due)
    if successor is None or successor.transition == "by-receipt":
        return Clocked(case, rule, bound, due, None, None, _state(case.done, due, today))
    after = _clock(successor, bound.name)
    other = max(after.due(case.received, nation), successor.from_)  # no clock ends before its rule begins
    if successor.transition == "at-once":
        return Clocked(case, successor, after, other, None, None, _state(case.done, other, today))
    states = {_state(case.done, day, today) for day in (due, other)}
    agreed: State = states.pop() if len(states) == 1 else "unchecked"
    return Clocked(case, rule, bound, due, successor, other, "unchecked" if agreed == "open" else agreed)


def _successor(view: View, rule: Requirement, case: Case, due: date) -> Requirement | None:
    """Return the version with another clock that began while a case was open and its clock ran; None where none did."""
    for later in versions(view, rule.id):
        running = case.received < later.from_ <= due and (case.done is None or case.done >= later.from_)
        same = [bound.text for bound in later.clocks] == [bound.text for bound in rule.clocks]
        if later.newness > rule.newness and running and not same and later.holds_in(view.settings.nation):
            return later
    return None


def _clock(rule: Requirement, name: str) -> Bound:
    fitting = [bound for bound in rule.clocks if not name or bound.name == name]
    if len(fitting) != 1:
        raise NoSuchClock(rule, name)
    return fitting[0]


def _state(done: date | None, due: date, today: date) -> State:
    if done:
        return "in time" if done <= due else "late"
    return "open" if today <= due else "overdue"


def of_requests(view: View) -> list[Case]:
    """Return the requests of people about their data as cases of the rules whose clock is called after their kind.

    A request whose clock was stopped or extended is left out: it has a last day of its own.
    """
    found = []
    for request in view.current(Request):
        happened = events(view, request)
        if all(event.kind == DONE for event in happened):
            done = next((event.on for event in happened), None)
            rules = [rule for rule in in_force(view, request.received) if request.kind in _names(rule)]
            found += [Case(request.id, rule.id, request.kind, request.received, done) for rule in rules]
    return found


def of_escalations(view: View) -> list[Case]:
    """Return the escalated cases as cases of the rules that name their trigger, a case for each clock that rules set."""
    found = []
    for each in escalated(view):
        row, received = each.escalation, local_day(view, each.escalation.received)
        done = {ACKNOWLEDGEMENT: each.first(ACKNOWLEDGED), ANSWER: each.end.on if each.end else None}
        for rule in in_force(view, received):
            if row.trigger.partition("@")[0] in rule.triggers:
                for clock in done.keys() & _names(rule):
                    when = done[clock]
                    found.append(Case(row.id, rule.id, clock, received, local_day(view, when) if when else None))
    return found


def _names(rule: Requirement) -> set[str]:
    return {bound.name for bound in rule.clocks}


def all_clocked(view: View, cases: Sequence[Case]) -> list[Clocked]:
    """Return every case of a log on its clock.

    Raises OutsideDates with every case that names a rule outside its days; UsageError for a clock that its rule lacks; else as ``clocked``.
    """
    found, wrong = [], []
    for case in cases:
        try:
            found.append(clocked(view, case))
        except OutsideDates as refused:
            wrong.append(f"case {case.case}: {refused.message.removesuffix('.')}")
        except NoSuchClock as unclear:
            raise UsageError(f"case {case.case}: {unclear.message}", help=unclear.help) from None
    if wrong:
        raise OutsideDates(
            wrong, "correct the rule or the day in the log; without a version, the one of the day is found"
        )
    return found
