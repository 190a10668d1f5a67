"""One measure as a tile: its value with n and limits, what is said of it, and its course as a small line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from qacli.files.numbers import four_digits
from qacli.reports.charts.markup import el
from qacli.reports.charts.palette import PALETTE

SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "met": ("●", "good"),
        "inside tolerance": ("◐", "mark"),
        "breach": ("◆", "signal"),
        "signal": ("◆", "signal"),
        "cannot tell": ("?", "soft"),
        "definition differs": ("≠", "soft"),
        "ordinary variation": ("○", "soft"),
        "no variation": ("○", "soft"),
        "too few points": ("?", "soft"),
    }
)
"""Verdict: its sign and colour. The word stands beside it."""
WIDTH, HEIGHT, ROOM = 120.0, 28.0, 4.0


class Tile(NamedTuple):
    """A label, the value in words, what it rests on (n, limits, variant), and a verdict of SIGNS or a sentence.

    ``course`` are the values of periods, oldest first, None for a gap; ``places`` those beyond their limits. ``grave`` says
    that it is worth a sentence whatever its course.
    """

    label: str
    value: str
    basis: str
    verdict: str = ""
    course: Sequence[float | None] = ()
    places: Sequence[int] = ()
    grave: bool = False


def tile(one: Tile) -> Markup:
    """Return the tile as an item of a list."""
    parts: list[object] = [el("span", one.label, class_="label"), el("strong", one.value)]
    if one.verdict:
        sign, role = SIGNS.get(one.verdict, ("", "soft"))
        parts.append(
            el(
                "span",
                *([el("span", sign, aria_hidden="true"), " "] if sign else []),
                one.verdict,
                class_=f"verdict {role}",
            )
        )
    parts.append(el("span", one.basis, class_="basis"))
    if sum(value is not None for value in one.course) > 1:
        parts.append(sparkline(one.course, f"{one.label}: course of {len(one.course)} periods", one.places))
    return el("li", *parts, class_="tile")


def sparkline(values: Sequence[float | None], title: str, places: Sequence[int] = ()) -> Markup:
    """Return a small line; a gap is not bridged, the last value has a dot, those at ``places`` a diamond."""
    there = [value for value in values if value is not None]
    low, high = (min(there), max(there)) if there else (0.0, 1.0)
    points = [
        None if value is None else (_x(place, len(values)), _y(value, low, high)) for place, value in enumerate(values)
    ]
    return el(
        "svg",
        el("title", title),
        *_lines(points),
        *_signs(points, places),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        class_="spark",
        role="img",
        aria_label=f"{title}: {four_digits(there[0])} at first, {four_digits(there[-1])} at last"
        if there
        else f"{title}: no values",
    )


def _lines(points: Sequence[tuple[float, float] | None]) -> Iterator[Markup]:
    for there, part in groupby(points, lambda each: each is not None):
        if there:
            line = " ".join(f"{each[0]:.1f},{each[1]:.1f}" for each in part if each)
            yield el(
                "polyline", points=line, fill="none", stroke=PALETTE["line"].light, stroke_width=1.5, class_="s-line"
            )


def _signs(points: Sequence[tuple[float, float] | None], places: Sequence[int]) -> Iterator[Markup]:
    for place in places:
        if at := points[place]:
            path = f"M{at[0]:.1f} {at[1] - 3.5:.1f}l3.5 3.5l-3.5 3.5l-3.5 -3.5z"
            yield el("path", d=path, fill=PALETTE["signal"].light, class_="f-signal")
    last = next((each for each in reversed(points) if each), None)
    if last:
        yield el("circle", cx=last[0], cy=last[1], r=2, fill=PALETTE["line"].light, class_="f-line")


def _x(place: int, count: int) -> float:
    return ROOM + (WIDTH - 2 * ROOM) * place / max(count - 1, 1)


def _y(value: float, low: float, high: float) -> float:
    part = (value - low) / (high - low) if high > low else 0.5
    return HEIGHT - ROOM - (HEIGHT - 2 * ROOM) * part
