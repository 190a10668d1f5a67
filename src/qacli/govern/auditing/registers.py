"""Registers that other systems keep, held against their clauses: complaints against their clocks, decisions against the matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.faults import Fault, FileFaults
from qacli.files.schema import ANY, NUMBER
from qacli.govern.auditing.checks import Against, Looked
from qacli.govern.auditing.programme import COLUMNS, COMPLAINTS
from qacli.govern.case_days import wrong_days
from qacli.govern.escalating.replay import Logged, Verdict, replayed
from qacli.prepare.authority.replay import Decision
from qacli.prepare.authority.replay import replayed as beyond

if TYPE_CHECKING:
    from qacli.files.csv import CsvRow
    from qacli.govern.auditing.programme import Register
    from qacli.govern.escalating.trigger import Trigger
    from qacli.model import View

LATE, NO_RULE = "late", "no rule of that day"
ACKNOWLEDGED = "acknowledged"
BESIDE = ("customer", "reason")
"""What a register of decisions may say besides."""
OPTIONAL = (*BESIDE, ACKNOWLEDGED)


class Line(NamedTuple):
    """One line of a register: its number in the file, and its cells by our field."""

    line: int
    cells: Mapping[str, str]


class Read(NamedTuple):
    """A register as it was read: its file, hash and lines."""

    place: str
    sha256: str
    lines: Sequence[Line]


def fields_of(register: Register) -> list[str]:
    """Return our fields of a register, in the order in which its cells are read."""
    return [field for field in (*COLUMNS[register.kind], *OPTIONAL) if field in register.columns]


def lines_of(register: Register, rows: Sequence[CsvRow]) -> list[Line]:
    """Return the rows of a register with our names for their cells."""
    fields = fields_of(register)
    return [Line(row.line, dict(zip(fields, (cell.strip() for cell in row.cells), strict=True))) for row in rows]


def examined(view: View, register: Register, read: Read, first: date, last: date) -> Looked:
    """Return what of a register is against its clause, of what was received or decided from a day to a day.

    A complaint of a day on which no version of its trigger was in force is among it, as one that nobody can judge.
    Raises FileFaults for every cell that cannot be read, and for a kind of complaint that has no clock.
    """
    if register.kind == COMPLAINTS:
        return _complaints(view, register, read, first, last)
    return _decisions(view, read, first, last)


def people_of(view: View, register: Register, read: Read) -> set[str]:
    """Return whose decisions stand in a register."""
    if register.kind == COMPLAINTS:
        return set()
    known = _people(view)
    return {known.get(line.cells[name], line.cells[name]) for line in read.lines for name in ("person", "approver")}


def _complaints(view: View, register: Register, read: Read, first: date, last: date) -> Looked:
    faults: list[Fault] = []
    log: dict[str, Logged] = {}
    for line in read.lines:
        logged = _logged(register, read, line, faults)
        if logged:
            days = {name: getattr(logged, name) for name in (ACKNOWLEDGED, "answered")}
            wrong = wrong_days(logged.received, days, view.now.date())
            faults += [Fault("dates-order", what, read.place, line.line) for _, what in wrong]
        if logged and logged.case in log:
            faults.append(Fault("repeated-case", f"case {logged.case} stands twice", read.place, line.line))
        if logged and first <= logged.received <= last:
            log[logged.case] = logged
    if faults:
        raise FileFaults(faults)
    asked = {"close", *(["acknowledge"] if ACKNOWLEDGED in register.columns else [])}
    verdicts = [each for each in replayed(view, list(log.values())) if each.clock in asked or not each.clock]
    for name in {each.trigger for each in verdicts if each.clock}:
        view.definition("trigger", name)  # cited with the answer
    against = [
        Against(each.case, _told(view, register, log[each.case], each), LATE if each.clock else NO_RULE)
        for each in verdicts
        if each.is_late or not each.clock
    ]
    return Looked(len(log), against)


def _logged(register: Register, read: Read, line: Line, faults: list[Fault]) -> Logged | None:
    """Return one complaint of a register; None where its day of receipt is not there, or its kind has no clock."""
    received = _day(read, line, "received", faults)
    answered = _day(read, line, "answered", faults)
    acknowledged = _day(read, line, ACKNOWLEDGED, faults) if ACKNOWLEDGED in line.cells else None
    # a kind in other letters would fall under the clock of any other, and that is mostly the longer one
    clocks = {kind.casefold(): trigger for kind, trigger in register.clocks.items()}
    trigger = clocks.get(line.cells["kind"].casefold(), register.clocks.get(ANY))
    if not line.cells["case"]:
        faults.append(Fault("not-read", "a complaint names its case", read.place, line.line))
    if not line.cells["received"]:
        faults.append(Fault("date", "a case has a day of receipt", read.place, line.line))
    if trigger is None:
        faults.append(Fault("no-clock", f"'{line.cells['kind']}' has no clock", read.place, line.line))
    if received is None or trigger is None:
        return None
    return Logged(line.cells["case"], trigger, received, acknowledged, answered)


def _told(view: View, register: Register, logged: Logged, late: Verdict) -> str:
    """Return in words which clock was not kept, and whether that of all other complaints was."""
    if not late.clock:
        return f"received {logged.received}: no version of {late.trigger} was in force that day"
    trigger: Trigger = view.look_up("trigger", late.trigger)
    clock = trigger.close if late.clock == "close" else trigger.acknowledge
    done = f"{'answered' if late.clock == 'close' else 'acknowledged'} {late.done}, day {late.took}"
    longer = _inside(view, register.clocks.get(ANY), logged, late) if late.clock == "close" else ""
    return (
        f"{trigger.title}, received {logged.received}, {done if late.done else 'not done'}: {longer}past {clock}, "
        f"which ended on {late.due} ({late.trigger})"
    )


def _inside(view: View, name: str | None, logged: Logged, late: Verdict) -> str:
    """Return that the clock of all other complaints was still kept, which makes a shorter one easy to miss."""
    if name is None or name == logged.trigger:
        return ""
    others = replayed(view, [logged._replace(trigger=name)])
    kept = [each for each in others if each.clock == late.clock and not each.is_late]
    if not kept:
        return ""
    trigger: Trigger = view.look_up("trigger", kept[0].trigger)
    return f"inside {trigger.close}, "


def _decisions(view: View, read: Read, first: date, last: date) -> Looked:
    faults: list[Fault] = []
    known, log = _people(view), []
    for line in read.lines:
        on, cells = _day(read, line, "on", faults), line.cells
        if not cells["on"]:
            faults.append(Fault("date", "a decision has a day", read.place, line.line))
        unnamed = [name for name in ("case", "person", "decision") if not cells[name]]
        faults += [Fault("not-read", f"a decision names its {name}", read.place, line.line) for name in unnamed]
        if not NUMBER.fullmatch(cells["amount"]):
            faults.append(Fault("not-read", f"'{cells['amount']}' is not an amount", read.place, line.line))
        elif on and first <= on <= last:
            person, approver = (known.get(cells[name], cells[name]) for name in ("person", "approver"))
            amount, case = Decimal(cells["amount"]), cells["case"]
            customer, reason = (cells.get(name, "") for name in BESIDE)
            log.append(Decision(on, case, customer, person, cells["decision"], amount, approver, reason))
    if faults:
        raise FileFaults(faults)
    return Looked(len(log), [Against(each.decisions[0].case, each.words, each.rule) for each in beyond(view, log)])


def _people(view: View) -> dict[str, str]:
    """Return the person behind each name that a source has for somebody."""
    return {line.source_id: line.person for line in view.people if line.source_id}


def _day(read: Read, line: Line, name: str, faults: list[Fault]) -> date | None:
    """Return a day of a register, with or without a time behind it; None where it is empty or cannot be read."""
    text = line.cells[name]
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        faults.append(Fault("not-read", f"'{text}' is not a date: write 2026-05-18", read.place, line.line))
        return None
