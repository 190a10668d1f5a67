"""A control chart: points with their limits, signals as diamonds, known events as marks, each stretch by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from qacli.files.numbers import plain
from qacli.reports.charts.axes import Box, Label, every, placed, ticks
from qacli.reports.charts.markup import el, joined, numbers
from qacli.reports.charts.palette import PALETTE

BEYOND, RUN = "beyond the limits", "run"
LEFT, RIGHT, TOP, BOTTOM = 44.0, 14.0, 30.0, 26.0
SIZES = (("wide", 840.0, 280.0), ("narrow", 340.0, 230.0))
"""The same chart for wide pages and for paper, and for a telephone: text keeps its size."""
FONT = "11"


class Point(NamedTuple):
    """One period: its label, the value (None where there is none), its n and limits.

    ``phase`` names the stretch that has one centre line: nothing is drawn across two. ``signal`` is BEYOND, RUN or empty.
    """

    label: str
    value: float | None
    n: int
    center: float | None
    lower: float | None
    upper: float | None
    phase: str = ""
    signal: str = ""
    note: str = ""


class Mark(NamedTuple):
    """A known event before the point ``place``: a letter on the picture, and its words below."""

    place: int
    words: str


class ControlChart(NamedTuple):
    """What is drawn. ``name`` is short and unique on the page; ``unit`` stands behind values, for example %.

    ``stretch`` are the first and last place of a stretch that stands out, and ``stretch_words`` what it is.
    """

    name: str
    title: str
    description: str
    unit: str
    points: Sequence[Point]
    marks: Sequence[Mark] = ()
    decimals: int = 0
    stretch: tuple[int, int] | None = None
    stretch_words: str = ""


class _Frame(NamedTuple):
    """The sizes of one drawing and where values stand in it."""

    width: float
    height: float
    periods: int
    low: float
    high: float

    def x(self, place: float) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * (place + 0.5) / max(self.periods, 1)

    def y(self, value: float) -> float:
        return self.height - BOTTOM - (self.height - TOP - BOTTOM) * (value - self.low) / (self.high - self.low)


def control_chart(chart: ControlChart) -> Markup:
    """Return the chart with its legend and its numbers; a sentence where no period has a value."""
    if all(point.value is None for point in chart.points):
        return el("p", "No period has a value: there is nothing to draw.", class_="soft")
    pictures = (_picture(chart, kind, width, height) for kind, width, height in SIZES)
    return joined([*pictures, _legend(chart), _numbers(chart)])


def _picture(chart: ControlChart, kind: str, width: float, height: float) -> Markup:
    scale = _scale(chart)
    frame = _Frame(width, height, len(chart.points), scale[0], scale[-1])
    name = f"{chart.name}-{kind}"
    return el(
        "svg",
        el("title", chart.title, id=f"{name}-t"),
        el("desc", chart.description, id=f"{name}-d"),
        *_stretch(chart, frame),
        *_grid(chart, frame, scale),
        *_marks(chart, frame),
        *_limits(chart, frame),
        *_course(chart, frame),
        *_points(chart, frame),
        *_labels(chart, frame),
        viewBox=f"0 0 {width:g} {height:g}",
        class_=f"chart {kind}",
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
    )


def _scale(chart: ControlChart) -> list[float]:
    there = [
        value
        for point in chart.points
        for value in (point.value, point.lower, point.upper, point.center)
        if value is not None
    ]
    low, high = min(there), max(there)
    beyond = [point.value for point in chart.points if point.signal == BEYOND and point.value is not None]
    room = (high - low) / 8  # below a signal stands its label
    return ticks(min([low, *(value - room for value in beyond)]), high)


def _stretch(chart: ControlChart, frame: _Frame) -> Iterator[Markup]:
    if chart.stretch:
        left, right = frame.x(chart.stretch[0] - 0.5), frame.x(chart.stretch[1] + 0.5)
        height = frame.height - TOP - BOTTOM
        yield el(
            "rect",
            x=left,
            y=TOP,
            width=right - left,
            height=height,
            fill=PALETTE["edge"].light,
            fill_opacity=0.5,
            class_="f-edge",
        )


def _grid(chart: ControlChart, frame: _Frame, scale: Sequence[float]) -> Iterator[Markup]:
    for value in scale:
        y = frame.y(value)
        yield _line(LEFT, y, frame.width - RIGHT, y, "edge", 1)
        yield _text(f"{plain(value)}{chart.unit}", LEFT - 6, y + 4, "soft", "end")
    step = every(frame.periods, frame.width - LEFT - RIGHT, max(len(point.label) for point in chart.points))
    for place in range(0, frame.periods, step):
        yield _text(chart.points[place].label, frame.x(place), frame.height - 8, "soft", "middle")


def _marks(chart: ControlChart, frame: _Frame) -> Iterator[Markup]:
    stand = [Label(_letter(number), frame.x(mark.place - 0.5), TOP - 6) for number, mark in enumerate(chart.marks)]
    for label, there in zip(stand, _apart(stand), strict=True):
        yield _line(label.x, TOP, label.x, frame.height - BOTTOM, "mark", 1, "2 3")
        yield _text(there.text, there.x, there.y, "mark", "middle")


def _apart(labels: Sequence[Label]) -> list[Label]:
    """Return letters moved sideways where two events fall together."""
    found: list[Label] = []
    for label in labels:
        least = found[-1].x + 11 if found else label.x
        found.append(label._replace(x=max(label.x, least)))
    return found


def _limits(chart: ControlChart, frame: _Frame) -> Iterator[Markup]:
    """Limits are steps: each period has its own, by its n."""
    for phase in _phases(chart):
        yield from _steps(frame, [(place, point.center) for place, point in phase], "soft", None)
        yield from _steps(frame, [(place, point.lower) for place, point in phase], "soft", "5 4")
        yield from _steps(frame, [(place, point.upper) for place, point in phase], "soft", "5 4")


def _steps(frame: _Frame, values: Sequence[tuple[int, float | None]], role: str, dash: str | None) -> Iterator[Markup]:
    for there, part in groupby(values, lambda each: each[1] is not None):
        if there:
            moves = [
                (frame.x(place - 0.5), frame.x(place + 0.5), frame.y(value))
                for place, value in part
                if value is not None
            ]
            path = "".join(f"{'L' if n else 'M'}{a:.1f} {y:.1f}H{b:.1f}" for n, (a, b, y) in enumerate(moves))
            yield el(
                "path",
                d=path,
                fill="none",
                stroke=PALETTE[role].light,
                stroke_width=1,
                stroke_dasharray=dash,
                class_=f"s-{role}",
            )


def _course(chart: ControlChart, frame: _Frame) -> Iterator[Markup]:
    """A gap, and a change of phase, are not bridged."""
    for phase in _phases(chart):
        for there, part in groupby(phase, lambda each: each[1].value is not None):
            if there:
                points = " ".join(f"{frame.x(place):.1f},{frame.y(point.value or 0):.1f}" for place, point in part)
                yield el(
                    "polyline",
                    points=points,
                    fill="none",
                    stroke=PALETTE["line"].light,
                    stroke_width=2,
                    class_="s-line",
                )


def _points(chart: ControlChart, frame: _Frame) -> Iterator[Markup]:
    for place, point in enumerate(chart.points):
        if point.value is None:
            continue
        x, y = frame.x(place), frame.y(point.value)
        hint = el("title", _hint(chart, point))
        if point.signal == BEYOND:
            path = f"M{x:.1f} {y - 6.5:.1f}l6.5 6.5l-6.5 6.5l-6.5 -6.5z"
            yield el("path", hint, d=path, fill=PALETTE["signal"].light, class_="f-signal")
        elif point.signal:
            yield el("rect", hint, x=x - 4, y=y - 4, width=8, height=8, fill=PALETTE["signal"].light, class_="f-signal")
        else:
            yield el("circle", hint, cx=x, cy=y, r=3, fill=PALETTE["line"].light, class_="f-line")


def _labels(chart: ControlChart, frame: _Frame) -> Iterator[Markup]:
    """Each point beyond its limits says its period."""
    there = [
        (place, point, frame.y(point.value)) for place, point in enumerate(chart.points) if point.value is not None
    ]
    wanted = [
        Label(
            f"{point.label}: {_told(chart, point.value)}", frame.x(place), y, (point.value or 0) > (point.center or 0)
        )
        for place, point, y in there
        if point.signal == BEYOND
    ]
    box = Box(LEFT, frame.width - 2, TOP, frame.height - BOTTOM)
    for label in placed(wanted, [(frame.x(place), y) for place, _, y in there], box):
        yield _text(label.text, label.x, label.y, "ink", "middle", halo=True)


def _phases(chart: ControlChart) -> Iterator[list[tuple[int, Point]]]:
    for _, part in groupby(enumerate(chart.points), lambda each: each[1].phase):
        yield list(part)


def _legend(chart: ControlChart) -> Markup:
    parts: list[object] = []
    if any(point.lower is not None for point in chart.points):
        parts.append("Solid: centre line. Dashed: limits that chance alone passes about 3 times in 1,000.")
    if any(point.signal == BEYOND for point in chart.points):
        parts.append(joined([el("span", "◆", class_="signal"), " beyond the limits."]))
    if any(point.signal and point.signal != BEYOND for point in chart.points):
        parts.append(joined([el("span", "■", class_="signal"), " part of a run that chance seldom makes."]))
    if chart.stretch:
        parts.append(f"Shaded: {chart.stretch_words}.")
    if any(point.lower is None for point in chart.points):
        parts.append("Where no limits stand, there were too few to have any.")
    lines = [el("p", joined(parts, " "), class_="legend")]
    if chart.marks:
        events = (
            el("li", el("b", _letter(number), class_="mark"), " ", mark.words)
            for number, mark in enumerate(chart.marks)
        )
        lines.append(el("ul", *events, class_="events"))
    return joined(lines)


def _numbers(chart: ControlChart) -> Markup:
    rows = [
        (
            point.label,
            point.n,
            *(_told(chart, value) for value in (point.value, point.center, point.lower, point.upper)),
            "; ".join(part for part in (point.signal, point.note) if part),
        )
        for point in chart.points
    ]
    return numbers(("period", "n", "value", "centre", "lower limit", "upper limit", "note"), rows, chart.title)


def _hint(chart: ControlChart, point: Point) -> str:
    return f"{point.label}: {_told(chart, point.value)}, n {point.n}" + (f", {point.signal}" if point.signal else "")


def _told(chart: ControlChart, value: float | None) -> str:
    return "–" if value is None else f"{value:.{chart.decimals}f}{chart.unit}"


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else str(number + 1)


def _line(x1: float, y1: float, x2: float, y2: float, role: str, width: float, dash: str | None = None) -> Markup:
    return el(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=PALETTE[role].light,
        stroke_width=width,
        stroke_dasharray=dash,
        class_=f"s-{role}",
    )


def _text(text: str, x: float, y: float, role: str, anchor: str, *, halo: bool = False) -> Markup:
    return el("text", text, x=x, y=y, text_anchor=anchor, font_size=FONT, fill=PALETTE[role].light,
              class_=f"f-{role} halo" if halo else f"f-{role}")  # fmt: skip
