"""Ratings of one criterion before and after coaching, written down in bulk: what was drawn by chance of some colleagues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from qacli.model import Change, Row, Words, ref
from qacli.monitor.observing.observation import Observation, Rating
from qacli.monitor.sampling.draw import Draw, Item, Stratum
from qacli.workspace import Workspace

BEFORE, AFTER = date(2026, 3, 2), date(2026, 6, 8)
"""First days of the two sides; of each day on, one item of everybody."""
REVIEW, LOOKED = "2026-07-06", "2026-07-20"
OTHERS = {
    "p_b01": ("9/12", "9/12"),
    "p_b02": ("10/12", "9/12"),
    "p_b03": ("8/12", "10/12"),
    "p_b04": ("11/12", "10/12"),
}
"""Uncoached colleagues, who met the criterion about as often on both sides."""


def record(folder: Path, met: Mapping[str, tuple[str, str]], criterion: str = "next", by: str = "p_ev1", **first: date):
    """Record, in one entry, how often each colleague met a criterion before and after, such as ``("3/12", "11/12")``.

    Only criterion ``next`` of card desk@1.0 is rated; the last ones of a side are those that failed.
    """
    start = {"before": BEFORE, "after": AFTER} | first
    made = Workspace.find(folder, by, datetime(2026, 7, 20, 9, tzinfo=UTC))
    return made.commit(lambda _: Change(list(_rows(met, criterion, start))), "test").rows


def _rows(met: Mapping[str, tuple[str, str]], criterion: str, start: Mapping[str, date]) -> Iterator[Row]:
    for side, (name, first) in enumerate(start.items()):
        days = max(int(pair[side].partition("/")[2]) for pair in met.values())
        draw = draw_of(name, first, first + timedelta(days=max(days - 1, 0)), len(met) * days)
        yield from (draw, Stratum(draw=ref(draw), stratum="all", eligible=1000, asked=draw.drawn, drawn=draw.drawn))
        for colleague, pair in met.items():
            k, _, n = pair[side].partition("/")
            for number in range(int(n)):
                yield from _rated(draw, first + timedelta(days=number), colleague, criterion, number < int(k))


def draw_of(name: str, first: date, last: date, drawn: int) -> Draw:
    return Draw(
        frame="weekly@1",
        period=f"{first}..{last}",
        first=first,
        last=last,
        purpose="routine",
        design="simple",
        seed=f"s {name}",
        notices="",
        source="telephony",
        sha256="9f3c" * 16,
        population=1000,
        eligible=1000,
        drawn=drawn,
    )


def _rated(draw: Draw, day: date, colleague: str, criterion: str, met: bool) -> Iterator[Row]:
    item = Item(
        draw=ref(draw),
        transaction=f"{colleague}-{day:%m%d}",
        started_at=datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
        day=day,
        channel="phone",
        team="north",
        colleague=colleague,
        reason="",
        seconds=200,
        stratum="all",
        purpose="routine",
        probability=0.1,
        weight=10.0,
        scorecard="desk@1.0",
        evaluator="p_ev1",
    )
    head = Observation(
        item=ref(item),
        session="",
        scorecard="desk@1.0",
        score=Decimal(75 if met else 25),
        applicable_weight=Decimal(40),
        customer=0,
        business=0,
        compliance=0,
        entered="file",
    )
    rating = Rating(
        observation=ref(head),
        criterion=criterion,
        answer="4" if met else "2",
        met=met,
        value=Decimal(75 if met else 25),
        weight=Decimal(40),
        evidence=Words("heard"),
        offset="",
        comment=Words(""),
    )
    yield from (item, head, rating)
