"""Counts, largest first, as a table whose bars stand in cells: text keeps its size on every screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from qacli.reports.charts.markup import el, joined, numbers
from qacli.reports.charts.palette import PALETTE


class Bar(NamedTuple):
    """One line: what was counted, how often, its part of all, and what is to be said of it.

    ``part`` is 0 to 1, weighted where the sample is. ``share`` is that of ``of`` units that have it, with its limits, 0 to
    1, None where there are none.
    """

    name: str
    counted: int
    part: float
    of: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


def pareto(name: str, bars: Sequence[Bar], of: str, left: int = 0) -> Markup:
    """Return the bars with the running part of all; ``left`` counts what smaller lines hold that are not shown.

    ``name`` is the heading of the first column, ``of`` says what is counted. Bars are as long as their parts.
    """
    if not sum(bar.counted for bar in bars) + left:
        return el("p", f"No {of} were counted.", class_="soft")
    rows, running, longest = [], 0.0, max((bar.part for bar in bars), default=1.0)
    for bar in bars:
        running += bar.part
        rows.append(_row(bar, longest, f"{running:.0%}"))
    if left:
        blank = el("td", "")
        rows.append(
            el("tr", el("th", "all others", scope="row"), blank, _count(left), blank, el("td", "100%", class_="r"))
        )
    head = el("tr", *(el("th", each, scope="col") for each in (name, f"part of all {of}", of, "share", "running")))
    return joined([el("table", el("thead", head), el("tbody", *rows), class_="pareto"), _numbers(name, bars, of)])


def bar_of(share: float) -> Markup:
    """Return a bar that fills a share of its cell, 0 to 1; the number beside it says how much that is."""
    width = max(0.6, min(100.0, 100 * share))
    rect = el("rect", x=0, y=0, width=width, height=10, fill=PALETTE["line"].light, class_="f-line")
    return el("svg", rect, viewBox="0 0 100 10", preserveAspectRatio="none", class_="bar", aria_hidden="true")


def _row(bar: Bar, longest: float, running: str) -> Markup:
    first = joined([bar.name, el("small", bar.note)]) if bar.note else bar.name
    return el(
        "tr",
        el("th", first, scope="row"),
        el(
            "td",
            el(
                "div",
                bar_of(bar.part / longest if longest else 0),
                el("span", f"{bar.part:.0%}", class_="n"),
                class_="barred",
            ),
        ),
        _count(bar.counted),
        el("td", _share(bar)),
        el("td", running, class_="r"),
    )


def _share(bar: Bar) -> object:
    if bar.share is None:
        return "not known"
    limits = f"{bar.low:.0%} to {bar.high:.0%}" if bar.low is not None and bar.high is not None else "no limits"
    return joined([f"{bar.share:.0%}", el("small", f"{limits}, n {bar.of:,}", class_="keep")])


def _count(count: int) -> Markup:
    return el("td", f"{count:,}", class_="r")


def _numbers(name: str, bars: Sequence[Bar], of: str) -> Markup:
    rows = [
        (
            bar.name,
            bar.counted,
            f"{bar.part:.1%}",
            bar.of,
            None if bar.share is None else f"{bar.share:.1%}",
            *(None if limit is None else f"{limit:.1%}" for limit in (bar.low, bar.high)),
            bar.note,
        )
        for bar in bars
    ]
    return numbers((name, of, "part of all", "n", "share", "low", "high", "note"), rows, f"{of} by {name}")
