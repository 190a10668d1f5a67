"""Reading what is typed: days, times and switches, with the message that says how to write them."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Literal

from qacli.files.nearest import did_you_mean
from qacli.model import UsageError

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from qacli.files.csv import CsvRow
    from qacli.files.faults import Fault
    from qacli.model import View
    from qacli.workspace import Workspace


FEW = 3
"""So many things are named one by one in a hint."""


Format = Literal["table", "csv", "json", "md"]
"""How a result is written."""


def switched_on(variable: str) -> bool:
    """Return whether a variable of the environment is set to what an option of that name takes for yes."""
    return os.environ.get(variable, "").strip().lower() in {"1", "true", "t", "yes", "y", "on"}


def day(text: str) -> date:
    """Return a date. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is not a date", help="write year-month-day, for example 2026-05-21") from None


def parse_today(text: str | None) -> datetime | None:
    """Return the clock that --today asks for: a date means its noon. Raises UsageError."""
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--today {text} is not a date", help="write 2026-05-18, or 2026-05-18T14:30") from None
    return when.replace(hour=12) if len(text) == len("2026-05-18") else when


def not_a_date(path: Path, row: CsvRow, text: str, column: str) -> Fault:
    """Return the fault of a cell of a file that should hold a date. ``column`` is its letter in a spreadsheet."""
    from qacli.files.faults import Fault

    return Fault(
        "date",
        f"'{text}' is not a date",
        str(path),
        row.line,
        cell=f"{column}{row.record + 1}",
        help="write year-month-day, for example 2026-05-21; in a spreadsheet, format the column as YYYY-MM-DD",
    )


def as_before(workspace: Workspace, person: str = "") -> str:
    """Return what a command that is shown to the actor needs at its end.

    That is whose name it runs in, unless by own login: another ``person``'s where the next step is theirs, else the
    actor's; and the day that is played; a live folder plays none.
    """
    person = person or workspace.actor
    who = f" --as {person}" if person != workspace.via else ""
    played = workspace.played if workspace.settings.provenance != "live" else None
    return f"{who} --today {_typed(played)}" if played else who


def _typed(played: datetime) -> str:
    """Return a clock as --today takes it; noon is what a day alone means."""
    if played.timetz() == time(12):
        return played.date().isoformat()
    return played.isoformat(timespec="auto" if played.second or played.microsecond else "minutes")


def refuse_stranger(view: View, person: str) -> None:
    """Raise UsageError where an option names a person who is not in people.csv; an empty text names nobody."""
    if person and person not in view.people:
        known = view.people.ids()
        raise UsageError(
            f"there is no person '{person}' in people.csv",
            help=did_you_mean(person, known, f"known: {', '.join(known)}"),
        )


def days(from_: str, to: str) -> tuple[date | None, date | None]:
    """Return the first and last day, None for an empty one. Raises UsageError."""
    first, last = day(from_) if from_ else None, day(to) if to else None
    if first and last and last < first:
        raise UsageError(f"--to {to} comes before --from {from_}", help="the earlier day comes first")
    return first, last


def moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Return a time, local unless it says otherwise; None for no text. Raises UsageError."""
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is not a time", help="write 2026-05-14T09:55") from None
    return when if when.tzinfo else when.replace(tzinfo=zone)


def number(option: str, text: str) -> Decimal:
    """Return a number that was typed behind an option. Raises UsageError."""
    from decimal import Decimal

    from qacli.files.schema import NUMBER

    if not NUMBER.fullmatch(text.strip()):
        raise UsageError(f"{option} {text} is not a number", help="write digits, for example 12 or 12.50")
    return Decimal(text.strip())
