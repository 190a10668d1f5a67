"""Charts against pictures that were looked at: golden files, written anew with ``python tests/reports/charts/test_charts.py``."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from qacli.reports.charts.bars import Bar, pareto
from qacli.reports.charts.control import BEYOND, RUN, ControlChart, Mark, Point, control_chart
from qacli.reports.charts.heat import Cell, HeatMap, heat_map, shade
from qacli.reports.charts.markup import el
from qacli.reports.charts.tile import Tile, sparkline, tile

GOLDEN = Path(__file__).parent / "golden"
WEEKS = ("30 Mar", "6 Apr", "13 Apr", "20 Apr", "27 Apr", "4 May")


def course() -> ControlChart:
    """Six weeks: one gap, one signal, one run, a new version of the card in the last, an event on the way."""
    points = [
        Point(WEEKS[0], 84.0, 20, 85.0, 70.0, 98.0, "desk@1"),
        Point(WEEKS[1], 62.5, 20, 85.0, 70.0, 98.0, "desk@1", BEYOND),
        Point(WEEKS[2], None, 0, None, None, None, "desk@1", "", "nothing observed"),
        Point(WEEKS[3], 90.0, 12, 85.0, 66.0, 99.0, "desk@1", RUN),
        Point(WEEKS[4], 88.0, 20, 85.0, 70.0, 98.0, "desk@1"),
        Point(WEEKS[5], 91.0, 20, None, None, None, "desk@2"),
    ]
    return ControlChart(
        "course",
        "One week lies below",
        "Mean by week",
        "",
        points,
        [Mark(1, "CHG-1 <new> panel")],
        1,
        (1, 2),
        "another level",
    )


PICTURES = {
    "control": lambda: control_chart(course()),
    "pareto": lambda: pareto(
        "criterion",
        [Bar("ch-idv", 30, 0.7, 100, 0.3, 0.22, 0.4, "5 of 9 colleagues"), Bar("next", 10, 0.2, 80)],
        "failures",
        4,
    ),
    "heat": lambda: heat_map(
        HeatMap(
            ["idv", "next"],
            [
                ("Gwen", [Cell(0.5, 20, -0.2, stands=True), Cell(0.9, 21, 0.02)]),
                ("O'Brien <b>", [Cell(1.0, 3, few=True), Cell(None, 0)]),
            ],
            [Cell(0.8, 23), Cell(0.9, 21)],
            ["The customer passes the check.", ""],
        ),
        "Per cent met, desk@1",
    ),
    "tile": lambda: tile(Tile("CSAT top2", "79.1 %", "78.2 to 80.0, n 9,140", "cannot tell", [78, None, 79, 77], [3])),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_as_it_was_looked_at(name: str) -> None:
    assert pretty(str(PICTURES[name]())) == (GOLDEN / f"{name}.html").read_text("utf-8")


def test_a_gap_and_a_new_card_are_not_bridged() -> None:
    wide = str(control_chart(course())).partition("</svg>")[0]
    assert wide.count("<polyline") == 3


def test_what_came_from_data_is_no_markup() -> None:
    drawn = str(PICTURES["heat"]()) + str(PICTURES["control"]())
    assert "<b>" not in drawn.replace("<b>▼</b>", "")
    assert "<new>" not in drawn
    assert "O&#39;Brien &lt;b&gt;" in drawn
    assert str(el("th", "\x1b[2J")) == "<th>\\x1b[2J</th>"


def test_nothing_to_draw_is_said() -> None:
    assert "nothing to draw" in control_chart(course()._replace(points=[Point("30 Mar", None, 0, None, None, None)]))
    assert "No failures were counted" in pareto("criterion", [], "failures")
    assert "Nobody has been observed" in heat_map(HeatMap(["idv"], [], []), "desk@1")
    assert "no values" in sparkline([None, None], "course")


@pytest.mark.parametrize(
    ("lean", "name"), [(-0.4, "h0"), (-0.06, "h2"), (0, "h3"), (0.024, "h3"), (0.1, "h5"), (0.5, "h6")]
)
def test_a_colour_says_how_far_from_the_others(lean: float, name: str) -> None:
    assert shade(lean) == name


def test_every_picture_has_a_title_and_its_numbers() -> None:
    drawn = str(control_chart(course()))
    assert drawn.count('<title id="course-wide-t">One week lies below</title>') == 1
    assert drawn.count("<desc") == 2
    assert "<details><summary>Show the numbers</summary>" in drawn
    assert "<td>nothing observed</td>" in drawn


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.lines.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.lines.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.lines.append(data)


def pretty(markup: str) -> str:
    """Return markup one piece a line, as the golden files hold it."""
    parser = _Lines()
    parser.feed(markup)
    return "\n".join(parser.lines) + "\n"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, made in PICTURES.items():
        (GOLDEN / f"{name}.html").write_text(pretty(str(made())), "utf-8")
