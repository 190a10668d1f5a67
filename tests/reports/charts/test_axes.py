"""Round ticks, and labels that never lie on each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from qacli.reports.charts.axes import TALL, Box, Label, every, placed, ticks

BOX = Box(40, 640, 20, 220)


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [(62.3, 99.1, [60, 70, 80, 90, 100]), (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (5, 5, [4, 4.5, 5, 5.5, 6])],
)
def test_ticks_are_round_and_enclose_the_values(low: float, high: float, values: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(values)


@settings(max_examples=50, deadline=None)
@given(some.integers(-(10**6), 10**6), some.floats(1e-3, 1e6))
def test_ticks_always_enclose_the_values_and_are_few(low: int, span: float) -> None:
    found = ticks(low, low + span)
    assert found[0] <= low + 1e-6 * span
    assert found[-1] >= low + span - 1e-6 * span
    assert 2 <= len(found) <= 6


def test_labels_of_an_axis_that_would_touch_are_left_out() -> None:
    assert every(13, 580, 6) == 2
    assert every(6, 580, 6) == 1


def test_two_signals_side_by_side_have_labels_that_do_not_touch() -> None:
    points = [(300.0, 200.0), (320.0, 205.0)]
    labels = placed([Label("7 Sep: 77%", *points[0]), Label("14 Sep: 75%", *points[1])], points, BOX)
    assert len(labels) == 2
    one, other = labels
    assert abs(one.x - other.x) >= one.half + other.half or abs(one.y - other.y) >= TALL


def test_a_label_of_a_high_point_stands_above_it() -> None:
    [low], [high] = (placed([Label("7 Sep", 300, 100, above)], [(300, 100)], BOX) for above in (False, True))
    assert low.y > 100 > high.y


@settings(max_examples=50, deadline=None)
@given(some.lists(some.tuples(some.floats(50, 630), some.floats(30, 210)), max_size=8))
def test_labels_never_touch_each_other_and_stay_inside(points: list[tuple[float, float]]) -> None:
    labels = placed([Label("14 Sep: 75%", *point) for point in points], points, BOX)
    for place, one in enumerate(labels):
        assert BOX.left <= one.x - one.half
        assert one.x + one.half <= BOX.right
        for other in labels[place + 1 :]:
            assert abs(one.x - other.x) >= one.half + other.half or abs(one.y - other.y) >= TALL
