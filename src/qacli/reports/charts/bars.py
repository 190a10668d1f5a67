"""Counts, largest first, as a table whose bars stand in cells: text keeps its size on every screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from qacli.reports.charts.markup import el, joined, numbers
from qacli.reports.charts.palette import PALETTE


class Bar(NamedTuple):
    """One line: what was counted, how often, of how many, and what is to be said of it.

    ``low`` and ``high`` are the limits of its share, 0 to 1, None where there are none.
    """

    name: str
    counted: int
    of: int
    low: float | None = None
    high: float | None = None
    note: str = ""


def pareto(name: str, bars: Sequence[Bar], of: str, left: int = 0) -> Markup:
    """Return the bars with their running share; ``left`` counts what smaller lines hold that are not shown.

    ``name`` is the heading of the first column, ``of`` says what is counted.
    """
    total = sum(bar.counted for bar in bars) + left
    if not total:
        return el("p", f"No {of} were counted.", class_="soft")
    rows, running = [], 0
    for bar in bars:
        running += bar.counted
        rows.append(_row(bar, max(each.counted for each in bars), f"{running / total:.0%}"))
    if left:
        rows.append(
            el(
                "tr",
                el("th", "all others", scope="row"),
                el("td", _number(left)),
                el("td", ""),
                el("td", "100%", class_="r"),
            )
        )
    head = el("tr", *(el("th", each, scope="col") for each in (name, of, "share", "running")))
    return joined([el("table", el("thead", head), el("tbody", *rows), class_="pareto"), _numbers(name, bars, of)])


def bar_of(share: float) -> Markup:
    """Return a bar that fills a share of its cell, 0 to 1; the number beside it says how much that is."""
    width = max(0.6, min(100.0, 100 * share))
    rect = el("rect", x=0, y=0, width=width, height=10, fill=PALETTE["line"].light, class_="f-line")
    return el("svg", rect, viewBox="0 0 100 10", preserveAspectRatio="none", class_="bar", aria_hidden="true")


def _row(bar: Bar, greatest: int, running: str) -> Markup:
    first = joined([bar.name, el("small", bar.note)]) if bar.note else bar.name
    return el(
        "tr",
        el("th", first, scope="row"),
        el("td", el("div", bar_of(bar.counted / greatest if greatest else 0), _number(bar.counted), class_="barred")),
        el("td", _share(bar)),
        el("td", running, class_="r"),
    )


def _share(bar: Bar) -> Markup:
    if not bar.of:
        return el("span", "not known")
    share = f"{bar.counted / bar.of:.0%}"
    limits = f"{bar.low:.0%} to {bar.high:.0%}" if bar.low is not None and bar.high is not None else f"of {bar.of}"
    return joined([share, " ", el("small", limits)])


def _number(count: int) -> Markup:
    return el("span", f"{count:,}", class_="n")


def _numbers(name: str, bars: Sequence[Bar], of: str) -> Markup:
    rows = [
        (
            bar.name,
            bar.counted,
            bar.of,
            *(None if limit is None else f"{limit:.1%}" for limit in (bar.low, bar.high)),
            bar.note,
        )
        for bar in bars
    ]
    return numbers((name, of, "of", "low", "high", "note"), rows, f"{of} by {name}")
