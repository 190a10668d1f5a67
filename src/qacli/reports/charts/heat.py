"""A heat map as a table: the number in every cell, its colour from far below to far above, too few hatched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from qacli.reports.charts.markup import el, joined, scrolled
from qacli.reports.charts.palette import HEAT

FULL = 0.15
"""So far from the middle, as a share, a colour is at its strongest."""


class Cell(NamedTuple):
    """A share met of ``n``, 0 to 1. ``lean`` is how far it lies from the others once chance is taken off, -1 to 1.

    ``few`` says that nothing may be read into it; ``stands`` that chance does not explain it among all cells.
    """

    share: float | None
    n: int
    lean: float = 0.0
    few: bool = False
    stands: bool = False


class HeatMap(NamedTuple):
    """Rows of people, columns of criteria. ``overall`` heads the last line, the share of all; ``titles`` explain columns."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    overall: Sequence[Cell]
    titles: Sequence[str] = ()


def heat_map(chart: HeatMap, caption: str) -> Markup:
    """Return the map as a table of its own numbers, with the legend below; no picture of it is needed."""
    if not chart.rows:
        return el("p", "Nobody has been observed on these criteria.", class_="soft")
    titles = chart.titles or [""] * len(chart.columns)
    head = el(
        "tr",
        el("th", "colleague", scope="col"),
        *(el("th", name, scope="col", title=title or None) for name, title in zip(chart.columns, titles, strict=True)),
    )
    body = [el("tr", el("th", name, scope="row"), *map(_cell, cells)) for name, cells in chart.rows]
    foot = el("tr", el("th", "all", scope="row"), *(el("td", *_content(cell)) for cell in chart.overall))
    parts = (el("caption", caption), el("thead", head), el("tbody", *body), el("tfoot", foot))
    made = el("table", *parts, class_="heat")
    return joined([scrolled(made, caption), _legend(chart)])


def shade(lean: float) -> str:
    """Return the class of a colour for how far a share lies from the others, as a share: h0 far below, h6 far above."""
    steps = (len(HEAT) - 1) // 2
    place = round(max(-1.0, min(1.0, lean / FULL)) * steps)
    return f"h{place + steps}"


def _cell(cell: Cell) -> Markup:
    if cell.share is None:
        return el("td", "", class_="none")
    if cell.few:
        return el("td", *_content(cell), class_="few")
    return el("td", *_content(cell), class_=f"{shade(cell.lean)} stands" if cell.stands else shade(cell.lean))


def _content(cell: Cell) -> list[object]:
    if cell.share is None:
        return ["–"]
    sign = el("b", "▼" if cell.lean < 0 else "▲") if cell.stands else ""
    return [f"{100 * cell.share:.0f}", sign, el("i", cell.n)]


def _legend(chart: HeatMap) -> Markup:
    shades = joined(
        el("span", text, class_=f"key {name}")
        for name, text in (("h0", "far below"), ("h3", "as the others"), ("h6", "far above"))
    )
    text: list[object] = [
        "Per cent met, and of how many observations. ",
        "A column has colours where colleagues differ more than chance makes them, ",
        "and a cell as much as chance leaves of its difference: ",
        shades,
        ".",
    ]
    if any(cell.few for _, cells in chart.rows for cell in cells):
        text += [" ", el("span", "hatched", class_="key few"), ": too few to read anything into."]
    if any(cell.stands for _, cells in chart.rows for cell in cells):
        text.append(" ▼ ▲: chance does not explain it, looked at together with all other cells.")
    else:
        text.append(" No cell stands out more than chance explains.")
    return el("p", *text, class_="legend")
