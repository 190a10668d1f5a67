"""Reading what is typed: days, times and switches, with the message that says how to write them."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import TYPE_CHECKING

from qacli.model import UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def switched_on(variable: str) -> bool:
    """Return whether a variable of the environment is set to what an option of that name takes for yes."""
    return os.environ.get(variable, "").strip().lower() in {"1", "true", "t", "yes", "y", "on"}


def day(text: str) -> date:
    """Return a date. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is not a date", help="write year-month-day, for example 2026-05-21") from None


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
