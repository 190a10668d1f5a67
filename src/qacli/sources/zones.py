"""Local time and UTC in SQL: the rules of a time zone written out as a CASE, so that every engine agrees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def offsets(zone: ZoneInfo, first: int, last: int) -> list[tuple[datetime, int, int]]:
    """Return the changes of a zone in the years first to last: (instant in UTC, seconds before, seconds after)."""
    changes = []
    at, end = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=2), datetime(last + 1, 1, 3, tzinfo=UTC)
    while at < end:
        step = at + timedelta(days=1)
        if _offset(at, zone) != _offset(step, zone):
            low, high = 0, 86400
            while high - low > 1:
                middle = (low + high) // 2
                same = _offset(at + timedelta(seconds=middle), zone) == _offset(at, zone)
                low, high = (middle, high) if same else (low, middle)
            instant = at + timedelta(seconds=high)
            changes.append((instant.replace(tzinfo=None), _offset(at, zone), _offset(step, zone)))
        at = step
    return changes


def skipped(zone: ZoneInfo, first: int, last: int) -> list[tuple[datetime, datetime]]:
    """Return the local times that no clock of a zone shows in the years first to last: from, and up to, each."""
    return [
        (instant + timedelta(seconds=before), instant + timedelta(seconds=after))
        for instant, before, after in offsets(zone, first, last)
        if after > before
    ]


def to_utc_sql(local: str, zone: ZoneInfo, first: int, last: int) -> str:
    """Return the SQL of the UTC time of a local time in the years first to last.

    A local time that occurs twice is its first occurrence; one that the clocks skip counts with the offset before the
    change (both as ``fold=0`` of PEP 495).
    """
    changes = offsets(zone, first, last)
    limits = [(instant + timedelta(seconds=max(before, after)), before) for instant, before, after in changes]
    return f"{local} - {_seconds(local, limits, _last(changes, zone, first))}"


def to_local_sql(utc: str, zone: ZoneInfo, first: int, last: int) -> str:
    """Return the SQL of the local time of a UTC time in the years first to last."""
    changes = offsets(zone, first, last)
    limits = [(instant, before) for instant, before, _ in changes]
    return f"{utc} + {_seconds(utc, limits, _last(changes, zone, first))}"


def _seconds(time: str, limits: list[tuple[datetime, int]], after: int) -> str:
    if not limits:
        return f"to_seconds({after})"
    cases = " ".join(f"WHEN {time} < TIMESTAMP '{limit}' THEN {offset}" for limit, offset in limits)
    return f"to_seconds(CASE {cases} ELSE {after} END)"


def _last(changes: list[tuple[datetime, int, int]], zone: ZoneInfo, first: int) -> int:
    return changes[-1][2] if changes else _offset(datetime(first, 1, 1, tzinfo=UTC), zone)


def _offset(instant: datetime, zone: ZoneInfo) -> int:
    return int((instant.astimezone(zone).utcoffset() or timedelta()).total_seconds())
