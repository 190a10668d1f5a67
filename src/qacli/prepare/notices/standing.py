"""Where notices stand: for each channel and each colleague, the days in force, soon to end, and without a notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from qacli.prepare.notices.notice import (
    DAY,
    Acknowledgement,
    Notice,
    Span,
    acknowledged_periods,
    customer_periods,
    merged_periods,
)
from qacli.prepare.people import People

Light = Literal["green", "amber", "red", "away"]
WORST: Sequence[Light] = ("red", "amber", "green", "away")
"""green: in force; amber: in force, but it ends within the days asked for; red: nobody was told; away: not here."""


class Stretch(NamedTuple):
    """Days of one light for a channel's customers or a colleague, both ends included."""

    audience: str
    key: str
    light: Light
    from_: date
    to: date


class Standing(NamedTuple):
    """One channel or colleague on one day: the light, the last day told (None: open end, or none), and the stretches."""

    audience: str
    key: str
    light: Light
    until: date | None
    stretches: Sequence[Stretch]

    def on(self, day: date) -> Light:
        """Return the light of a day within the stretches."""
        return next((each.light for each in self.stretches if each.from_ <= day <= each.to), "away")


class Window(NamedTuple):
    """What is looked at: a day, the days around it, and how many days before its end a notice turns amber."""

    on: date
    first: date
    last: date
    within: int


def standings(
    notices: Sequence[Notice],
    acknowledgements: Sequence[Acknowledgement],
    people: People,
    channels: Iterable[str],
    window: Window,
) -> list[Standing]:
    """Return where every channel's customers and every colleague stand. ``notices`` are those that count.

    A colleague is whoever has an agent id in people.csv; days outside the lines of people.csv are away.
    """
    channels = sorted(set(channels))
    here = _spells(people)
    told = {"customers": customer_periods(notices, channels)}
    told["colleagues"] = acknowledged_periods(notices, acknowledgements, here)
    always = {channel: [Span(channel, date.min, date.max)] for channel in channels}
    return [
        _standing(audience, key, [span for span in told[audience] if span.key == key], spells, window)
        for audience, keys in (("customers", always), ("colleagues", here))
        for key, spells in keys.items()
    ]


def _spells(people: People) -> Mapping[str, Sequence[Span]]:
    """Return the days on which each colleague handles transactions, by person."""
    found: dict[str, list[Span]] = {}
    for line in people:
        if line.source_id:
            found.setdefault(line.person, []).append(Span(line.person, line.from_, line.to))
    return {person: merged_periods(found[person]) for person in sorted(found)}


def _standing(audience: str, key: str, told: Sequence[Span], here: Sequence[Span], window: Window) -> Standing:
    now = next((span for span in told if span.from_ <= window.on <= span.to), None)
    until = None if now is None or now.to == date.max else now.to
    found: list[Stretch] = []
    for day in _days(window.first, window.last):
        light = _light(day, told, here, window.within)
        if found and found[-1].light == light:
            found[-1] = found[-1]._replace(to=day)
        else:
            found.append(Stretch(audience, key, light, day, day))
    return Standing(audience, key, _light(window.on, told, here, window.within), until, found)


def _light(day: date, told: Sequence[Span], here: Sequence[Span], within: int) -> Light:
    if not any(span.from_ <= day <= span.to for span in here):
        return "away"
    now = next((span for span in told if span.from_ <= day <= span.to), None)
    if now is None:
        return "red"
    return "amber" if now.to < date.max and (now.to - day).days < within else "green"


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def calendar(standing: Standing, window: Window) -> str:
    """Return a line of one mark a day, or, over five weeks, one a week: the worst of its days.

    ``#`` green, ``!`` amber, ``.`` red, blank away.
    """
    days = list(_days(window.first, window.last))
    step = 1 if len(days) <= LONGEST else 7
    cells = [days[start : start + step] for start in range(0, len(days), step)]
    worst = (min((standing.on(day) for day in cell), key=WORST.index) for cell in cells)
    return "".join(MARKS[light] for light in worst)


LONGEST = timedelta(weeks=5).days
MARKS: Mapping[Light, str] = {"green": "#", "amber": "!", "red": ".", "away": " "}
