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
from qacli.prepare.authority.replay import Decision, replayed

if TYPE_CHECKING:
    from qacli.files.csv import CsvRow
    from qacli.govern.auditing.programme import Register
    from qacli.govern.voice.theme import ComplaintClock
    from qacli.model import View

OPTIONAL = ("customer", "reason")
"""What a register of decisions may say besides."""


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
    nation, today = view.settings.nation, view.now.date()
    faults: list[Fault] = []
    n, against = 0, []
    for line in read.lines:
        received, answered = (_day(read, line, name, faults) for name in ("received", "answered"))
        kind = line.cells["kind"]
        name = register.clocks.get(kind, register.clocks.get(ANY))
        if name is None:
            faults.append(Fault("no-clock", f"complaints of kind '{kind}' have no clock", read.place, line.line))
        if received is None or name is None or not first <= received <= last:
            continue
        n += 1
        clock: ComplaintClock = view.definition("complaint-clock", name, received)
        due = clock.answer.last_day(received, nation)
        if (answered or today) > due:
            end = f"answered {answered}, day {(answered - received).days}" if answered else "not answered"
            longer = _inside(view, register.clocks.get(ANY), received, answered or today)
            words = (
                f"{kind or 'complaint'} received {received}, {end}: {longer}past {clock.answer}, which ended on {due}"
            )
            against.append(Against(line.cells["case"], f"{words} ({clock.reference})"))
    if faults:
        raise FileFaults(faults)
    return Looked(n, against)


def _inside(view: View, name: str | None, received: date, ended: date) -> str:
    """Return that the clock of all other complaints was still kept, which makes a shorter one easy to miss."""
    if name is None:
        return ""
    clock: ComplaintClock = view.look_up("complaint-clock", name, received)
    kept = ended <= clock.answer.last_day(received, view.settings.nation)
    return f"inside {clock.answer}, " if kept else ""


def _decisions(view: View, read: Read, first: date, last: date) -> Looked:
    faults: list[Fault] = []
    known, log = _people(view), []
    for line in read.lines:
        on, cells = _day(read, line, "on", faults), line.cells
        if not NUMBER.fullmatch(cells["amount"]):
            faults.append(Fault("not-read", f"'{cells['amount']}' is not an amount", read.place, line.line))
        elif on and first <= on <= last:
            person, approver = (known.get(cells[name], cells[name]) for name in ("person", "approver"))
            amount, case = Decimal(cells["amount"]), cells["case"]
            customer, reason = (cells.get(name, "") for name in OPTIONAL)
            log.append(Decision(on, case, customer, person, cells["decision"], amount, approver, reason))
    if faults:
        raise FileFaults(faults)
    return Looked(
        len(log), [Against(each.decisions[0].case, f"{each.rule}: {each.words}") for each in replayed(view, log)]
    )


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
