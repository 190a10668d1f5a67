"""Where things stand in a picture: ticks of round numbers, and labels that never lie on each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from typing import NamedTuple

WIDE = 6.4
"""Pixels that a letter of 11 pixels takes on average, rounded up."""
TALL = 13.0
SIGN = 6.0
"""Half the width of the largest sign of a point."""


class Box(NamedTuple):
    """Where labels may stand, in pixels."""

    left: float
    right: float
    top: float
    bottom: float


class Label(NamedTuple):
    """A text that wants to stand at a point: its centre across, and the baseline; ``above`` says where first."""

    text: str
    x: float
    y: float
    above: bool = False

    @property
    def half(self) -> float:
        """Half its width in pixels."""
        return len(self.text) * WIDE / 2


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return round numbers, at most so many, from at or below ``low`` to at or above ``high``."""
    if high <= low:
        low, high = low - 1, high + 1
    rough = (high - low) / (most - 1)
    unit = 10 ** floor(log10(rough))
    step = next(
        step for step in (unit, 2 * unit, 2.5 * unit, 5 * unit, 10 * unit, 20 * unit) if _count(low, high, step) <= most
    )
    return [round(number * step, 10) for number in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)]


def every(count: int, width: float, widest: int) -> int:
    """Return which labels along an axis are shown: 1 for each, 2 for every other."""
    room = width / max(count, 1)
    return max(1, ceil((widest + 1.5) * WIDE / room))


def placed(labels: Sequence[Label], points: Sequence[tuple[float, float]], box: Box) -> list[Label]:
    """Return labels moved so that none touches another, or a point, or leaves the box; what finds no place is left out.

    A label stands below or above its point, else beside it. Earlier ones come first.
    """
    stand: list[Label] = []
    for label in labels:
        for tried in _places(label):
            inside = box.left <= tried.x - tried.half and tried.x + tried.half <= box.right
            inside = inside and box.top <= tried.y - TALL + 3 and tried.y <= box.bottom
            if (
                inside
                and not any(_touch(tried, other) for other in stand)
                and not any(_hit(tried, at) for at in points)
            ):
                stand.append(tried)
                break
    return stand


def _places(label: Label) -> Iterator[Label]:
    """Yield where a label may stand around its point: far enough from the sign that the point is drawn as."""
    beside = label.half + 10
    near = ((0, -11), (0, 20)) if label.above else ((0, 20), (0, -11))
    for across, down in (*near, (beside, 4), (-beside, 4), (beside, 16), (-beside, 16), (0, 33), (0, -24)):
        yield label._replace(x=label.x + across, y=label.y + down)


def _touch(one: Label, other: Label) -> bool:
    return abs(one.x - other.x) < one.half + other.half + WIDE / 2 and abs(one.y - other.y) < TALL


def _hit(label: Label, point: tuple[float, float]) -> bool:
    return abs(label.x - point[0]) < label.half + SIGN and -SIGN < point[1] - (label.y - TALL + 4) < TALL + SIGN - 4


def _count(low: float, high: float, step: float) -> int:
    return ceil(high / step - 1e-9) - floor(low / step + 1e-9) + 1
