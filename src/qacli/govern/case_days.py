"""The days of a case in a register of another system: what cannot be, and would make its clock look kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date


def wrong_days(received: date, after: Mapping[str, date | None], today: date) -> Iterator[tuple[str, str]]:
    """Yield the column of each day that cannot be, with what is wrong: ``after`` holds what follows receipt."""
    if received > today:
        yield "received", f"received on {received}, which is still to come"
    for name, day in after.items():
        if day and day < received:
            yield name, f"{name} on {day}, before it was received on {received}"
        elif day and day > today:
            yield name, f"{name} on {day}, which is still to come"
