"""Times of unannounced checks: each moment at which one could begin has a permanent random number; the smallest are taken.

Who has the frame and the records can draw them again. Who may not know them must not be able to read the folder.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.engine.ranks import rank
from qacli.monitor.sampling.assignment import Shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, tzinfo

    from qacli.monitor.sampling.assignment import Pair
    from qacli.prepare.frames.spot import Spot

GRID = timedelta(minutes=5)
"""A check may begin on each of these: finer than anybody can prepare for."""


class Moment(NamedTuple):
    """One check: whom or what it looks at, from when to when (UTC), and who makes it."""

    block: str
    starts: datetime
    ends: datetime
    evaluator: str


def openings(
    spot: Spot, first: date, last: date, zone: tzinfo, after: datetime, nation: str
) -> Iterator[tuple[date, datetime]]:
    """Yield each local day with each moment (UTC) at which a check could begin and still end within opening hours.

    Moments up to ``after`` are past. An hour that a clock change leaves out has none; one that comes twice counts once.
    """
    length, day = timedelta(minutes=spot.minutes), first
    while day <= last:
        for opens, minutes in spot.open_on(day, nation):
            begin = datetime.combine(day, opens)
            for step in range((timedelta(minutes=minutes) - length) // GRID + 1):
                local = (begin + step * GRID).replace(tzinfo=zone)
                moment = local.astimezone(UTC)
                if moment > after and moment.astimezone(zone) == local:
                    yield day, moment
        day += timedelta(days=1)


def ranked(slots: Mapping[str, Sequence[tuple[date, datetime]]], seed: str) -> list[tuple[str, str, datetime]]:
    """Return (number, block, moment) of each moment of each block, the smallest number first."""
    return sorted(
        (rank(seed, f"{block} {moment:%Y-%m-%dT%H:%MZ}"), block, moment)
        for block, moments in slots.items()
        for _, moment in moments
    )


def chosen(
    candidates: Iterable[tuple[str, str, datetime]],
    spot: Spot,
    evaluators: Sequence[str],
    room: Mapping[str, int],
    seen: Mapping[Pair, int],
) -> list[Moment]:
    """Return the checks, in order of their numbers: the smallest that clash with none before them.

    Nobody is looked at twice at once, makes two checks at once, checks themselves, or makes more than they have room for.
    """
    length, found = timedelta(minutes=spot.minutes), list[Moment]()
    shares, per_block = Shares(evaluators, room, seen), Counter[str]()
    for _, block, starts in candidates:
        if len(found) == spot.checks:
            break
        if spot.of_each is not None and per_block[block] == spot.of_each:
            continue
        meanwhile = [each for each in found if starts < each.ends and each.starts < starts + length]
        busy = {each.evaluator for each in meanwhile}
        free = next((who for who in shares.able(block) if who not in busy), "")
        if free and block not in {each.block for each in meanwhile}:
            found.append(Moment(block, starts, starts + length, free))
            shares.load[free] += 1
            per_block[block] += 1
    return found
