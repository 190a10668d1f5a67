"""Rating scales: the points of a judgement, what each is worth, and from which on the standard is met."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Number, PointId, Strict, Text, wrong_at


class Point(Strict):
    """One answer that the scale allows."""

    point: PointId = Field(description="Short name that records hold, for example met or 4.")
    value: Number = Field(ge=0, le=100, description="What it is worth, in per cent of the criterion's weight.")
    label: Text = Field(description="What it is called on forms and in feedback.")


class Scale(Definition):
    """A rating scale. Not applicable is never a point of it."""

    title: Text = Field(description="Name shown to people.")
    kind: Literal["binary", "ordinal"] = Field(description="binary for met or not, ordinal for degrees of skill.")
    points: tuple[Point, ...] = Field(min_length=2, max_length=7, description="Worst first, best last.")
    met_at: PointId = Field(description="Point from which the standard is met.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return what the RULES find."""
        return (error for rule in RULES for error in rule(self))

    def value(self, point: str) -> Decimal:
        """Return what a point is worth, 0 to 100. Raises KeyError for a point that the scale does not have."""
        return self._by_id()[point].value

    def label(self, point: str) -> str:
        """Return what a point is called. Raises KeyError."""
        return self._by_id()[point].label

    def meets(self, point: str) -> bool:
        """Return whether a point meets the standard. Raises KeyError."""
        return self.value(point) >= self.value(self.met_at)

    @property
    def top(self) -> str:
        """The best point."""
        return self.points[-1].point

    @property
    def bottom(self) -> str:
        """The worst point."""
        return self.points[0].point

    def keys(self) -> dict[str, str]:
        """Return the key to press for each point: n and y on a binary scale, else 1, 2, 3 from the worst."""
        if self.kind == "binary":
            return {"n": self.bottom, "y": self.top}
        return {str(place): point.point for place, point in enumerate(self.points, start=1)}

    def _by_id(self) -> dict[str, Point]:
        return {point.point: point for point in self.points}


def values_rise(scale: Scale) -> Iterator[PydanticCustomError]:
    """Each point is worth more than the one before."""
    for place, (lower, upper) in enumerate(pairwise(scale.points), start=1):
        if upper.value <= lower.value:
            yield wrong_at(
                ("points", place, "value"),
                "values-rise",
                f"{upper.point} is worth {upper.value}, no more than {lower.point} before it",
            )


def points_differ(scale: Scale) -> Iterator[PydanticCustomError]:
    """No point stands twice."""
    for place, point in enumerate(scale.points):
        if point.point in {earlier.point for earlier in scale.points[:place]}:
            yield wrong_at(("points", place, "point"), "repeated-point", f"point {point.point} stands twice")


def met_at_exists(scale: Scale) -> Iterator[PydanticCustomError]:
    """The standard is one of the points, and not the worst, or nothing could fail."""
    if scale.met_at not in {point.point for point in scale.points}:
        yield wrong_at(("met_at",), "unknown-point", f"{scale.met_at} is not a point of this scale")
    elif scale.met_at == scale.bottom:
        yield wrong_at(("met_at",), "always-met", f"{scale.met_at} is the worst point: nothing could fail the standard")


def binary_has_two(scale: Scale) -> Iterator[PydanticCustomError]:
    """A binary scale has two points."""
    if scale.kind == "binary" and len(scale.points) != 2:
        yield wrong_at(("kind",), "binary-points", f"a binary scale has 2 points, this one {len(scale.points)}")


RULES = (values_rise, points_differ, met_at_exists, binary_has_two)
