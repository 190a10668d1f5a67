"""Columns in which dates are written in several ways: each cell is read by those that its profile declares, or refused.

A cell that two ways read as different days is nobody's to decide. All ways are of local time: an instant with its own
zone stands in a column of its own.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from qacli.sources.dates import time_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.sources.profile import Column

# try_strptime takes 'epoch' for 1900-01-01, 'infinity' for the end of time, and 16 for the year 16
SANE = "BETWEEN TIMESTAMP '1900-01-02' AND TIMESTAMP '2999-12-31'"


def orders_of(column: Column) -> tuple[str, ...]:
    """Return the ways in which a profile says that the dates of a column are written, in their order; none if it does not."""
    if column.dates is None:
        return ()
    return (column.dates,) if isinstance(column.dates, str) else tuple(column.dates)


def in_words(column: Column) -> str:
    """Return the ways as messages name them: d/m/y or y-m-d."""
    return " or ".join(orders_of(column))


def several_sql(text: str, orders: Sequence[str]) -> str:
    """Return the SQL of the time written in a text, by the first way that reads it; NULL where none does."""
    return f"coalesce({', '.join(_each(text, orders))})"


def two_meanings_sql(text: str, orders: Sequence[str]) -> str:
    """Return the SQL that is true where two ways read a text as different times."""
    pairs = combinations(_each(text, orders), 2)
    return " OR ".join(f"coalesce({one} <> {other}, FALSE)" for one, other in pairs)


def read_by_sql(text: str, orders: Sequence[str]) -> list[str]:
    """Return, for each way, the SQL that is true where it is the first that reads a text."""
    each = _each(text, orders)
    return [
        " AND ".join([*(f"{earlier} IS NULL" for earlier in each[:place]), f"{one} IS NOT NULL"])
        for place, one in enumerate(each)
    ]


def _each(text: str, orders: Sequence[str]) -> list[str]:
    times = [time_sql(text, order, "") for order in orders]
    return [f"CASE WHEN {time} {SANE} THEN {time} END" for time in times]
