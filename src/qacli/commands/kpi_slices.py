"""Reading what is typed for a slice and for two periods that are compared."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qacli.commands.context import Context
    from qacli.prepare.period import Period

    Rows = Sequence[Sequence[object]]


def some_of(text: str, known: Sequence[str]) -> list[str]:
    """Return the words of a list with commas, each once; none of them for none. Raises UsageError for another word."""
    found = list(dict.fromkeys(word.strip() for word in text.split(",")))
    if found in (["none"], [""]):
        return []
    if strange := [word for word in found if word not in known]:
        raise UsageError(
            f"'{strange[0]}' is none of {', '.join(known)}", help=f"with commas: {','.join(known[:2])}; or none"
        )
    return found


def for_reader(
    context: Context, columns: Sequence[str], rows: Rows, brief: Sequence[str]
) -> tuple[Sequence[str], Rows]:
    """Return a table as people can take it in on a terminal, only some of its columns; programs get all of them."""
    if not context.for_people:
        return columns, rows
    places = [columns.index(name) for name in brief]
    return brief, [[row[place] for place in places] for row in rows]


def slice_of(text: str) -> tuple[str, str]:
    """Return (cut, slice) of channel=chat; the whole desk where nothing is typed. Raises UsageError."""
    from qacli.understand.kpis.value import ALL, CUTS

    if not text:
        return ALL, ALL
    cut, equals, slice_ = text.partition("=")
    if not equals or cut not in CUTS[1:] or not slice_:
        raise UsageError(
            f"'{text}' names no slice", help=f"write one of {', '.join(CUTS[1:])}, then =: --of channel=chat"
        )
    return cut, slice_


def periods(today: date, period: str, against: str) -> tuple[Period, Period]:
    """Return a period and the one before it, or the one that is named. Raises NotAPeriod."""
    from qacli.prepare.period import Period, last_whole, parse_period

    after = parse_period(period) if period else last_whole("month", today)
    if against:
        return after, parse_period(against)
    month = after.first - timedelta(days=1)
    if len(after.key) == len("2026-06") and after.first.day == 1 and "-W" not in after.key and "-Q" not in after.key:
        return after, parse_period(f"{month:%Y-%m}")
    first, last = after.first - timedelta(days=after.days), after.first - timedelta(days=1)
    return after, Period(f"{first}..{last}", first, last)
