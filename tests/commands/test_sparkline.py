"""Courses and counts as letters."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from qacli.commands.sparkline import LONGEST, bars, marked, sparkline, with_bars


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([1, None, 3], "▁·█"),
        ([80, 80, 80], "▅▅▅"),
        ([None, None], "no values"),
        ([], "no values"),
    ],
)
def test_a_course_is_one_block_per_period(values: list[float | None], line: str) -> None:
    assert sparkline(values) == line


def test_lines_on_one_scale_compare() -> None:
    assert sparkline([50, 60], lowest=0, highest=100) == "▅▅"
    assert sparkline([-5, 200], lowest=0, highest=100) == "▁█"


def test_of_a_long_course_the_latest_part_is_shown() -> None:
    assert sparkline([*range(100), 0.0])[-1] == "▁"
    assert len(sparkline(list(range(100)))) == LONGEST


def test_plain_says_it_in_words() -> None:
    assert sparkline([84.6, 78, None, 90, 81.25], plain=True) == "84.6 to 81.2, from 78.0 to 90.0"
    assert sparkline([84.6], plain=True) == "84.6"
    assert bars([3, 1], plain=True) == ["", ""]


def test_bars_grow_by_eighths_to_their_width() -> None:
    assert bars([16, 8, 1, 0, None], width=2) == ["██", "█", "▏", "", ""]
    assert bars([0, None]) == ["", ""]
    assert max(cell_len(bar) for bar in bars([5, 3, 2])) == 24


def test_the_smallest_count_still_shows() -> None:
    assert bars([100_000, 1])[1] == "▏"


def test_the_worst_is_marked_by_a_sign() -> None:
    assert [marked("58 %", True), marked("97 %", False)] == ["58 % !", "97 %"]


def test_bars_stand_behind_the_column_that_they_draw() -> None:
    columns, rows = with_bars(
        ("criterion", "percent", "n"), [("idv", 50.0, 9), ("next", float("nan"), 0)], "percent", 4
    )
    assert columns == ["criterion", "percent", "bar", "n"]
    assert rows[0] == ["idv", 50.0, "████", 9]
    assert rows[1][2] == ""
    assert with_bars(("a",), [(1,)], "") == (["a"], [[1]])
