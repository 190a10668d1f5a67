"""Rating scales: the answers of a judgement, what each is worth, and from which on the standard is met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import NUMBER, AnswerId, Definition, Number, PointId, Strict, Text, wrong_at

PLACES = Decimal("0.000001")
RESERVED = "na"
"""The answer not applicable, which is never a point."""


class Point(Strict):
    """One answer that the scale allows."""

    point: PointId = Field(description="Short name that records hold, for example met or 4.")
    value: Number = Field(ge=0, le=100, description="What it is worth, in per cent of the criterion's weight.")
    label: Text = Field(description="What it is called on forms and in feedback.")


class Range(Strict):
    """The numbers that a number scale allows; the lowest is worth 0, the highest 100, the others in proportion."""

    from_: Number = Field(alias="from", ge=0, description="Lowest number.")
    to: Number = Field(description="Highest number.")
    step: Number = Field(gt=0, description="Distance from one number to the next, for example 5.")

    def __contains__(self, number: Decimal) -> bool:
        return self.from_ <= number <= self.to and not (number - self.from_) % self.step

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return int((self.to - self.from_) / self.step) + 1

    def numbers(self) -> Iterator[Decimal]:
        """Yield every number, lowest first."""
        return (self.from_ + place * self.step for place in range(self.count))

    def worth(self, number: Decimal) -> Decimal:
        """Return what a number is worth, 0 to 100, to six places."""
        share = ((number - self.from_) * 100 / (self.to - self.from_)).quantize(PLACES)
        return Decimal(plain(share))


class Band(Strict):
    """A stretch of a number scale with a name; it ends where the next begins."""

    band: PointId = Field(description="Short name that anchors use, for example near.")
    from_: Number = Field(alias="from", description="Its lowest number.")
    label: Text = Field(description="What it is called on forms and in feedback.")


class Scale(Definition):
    """A rating scale. Not applicable is never a point of it."""

    title: Text = Field(description="Name shown to people.")
    kind: Literal["binary", "ordinal", "number", "deviation"] = Field(
        description="binary for met or not, ordinal for degrees of skill, number for what a system measures, "
        "deviation for how far a protocol was left."
    )
    points: tuple[Point, ...] = Field(
        default=(), max_length=7, description="Worst first, best last; a number scale has none."
    )
    range_: Range | None = Field(default=None, alias="range", description="Numbers of a number scale.")
    bands: tuple[Band, ...] = Field(default=(), max_length=7, description="Stretches of a number scale, worst first.")
    met_at: AnswerId = Field(description="Point or number from which the standard is met.")
    describe: tuple[AnswerId, ...] = Field(
        default=(), description="Points that every criterion has to describe; left out: the worst and the best."
    )

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return what the RULES find."""
        return (error for rule in RULES for error in rule(self))

    def has(self, answer: str) -> bool:
        """Return whether the scale allows an answer, written as records hold it."""
        return answer != "" and self.read(answer) == answer if self.range_ else answer in self._by_id()

    def read(self, typed: str) -> str:
        """Return a typed number as records hold it, 85 for 085 or 85.0; empty where the scale does not have it."""
        if self.range_ and NUMBER.fullmatch(typed) and Decimal(typed) in self.range_:
            return plain(Decimal(typed))
        return ""

    def value(self, point: str) -> Decimal:
        """Return what a point is worth, 0 to 100. Raises KeyError for a point that the scale does not have."""
        if self.range_:
            if not self.has(point):
                raise KeyError(point)
            return self.range_.worth(Decimal(point))
        return self._by_id()[point].value

    def label(self, point: str) -> str:
        """Return what a point is called; a number stands with its band. Raises KeyError."""
        if self.range_:
            self.value(point)
            band = self._band(point)
            return f"{point} ({band.label})" if band else point
        return self._by_id()[point].label

    def meets(self, point: str) -> bool:
        """Return whether a point meets the standard. Raises KeyError."""
        return self.value(point) >= self.value(self.met_at)

    def described(self, point: str, anchors: dict[str, str]) -> str:
        """Return how a criterion's anchors describe a point, a number by its band; empty where they do not."""
        band = self._band(point) if self.range_ else None
        return anchors.get(point, anchors.get(band.band, "") if band else "")

    @property
    def judged(self) -> bool:
        """Whether people judge by it, and may differ; a number is read off what a system measured."""
        return self.range_ is None

    @property
    def top(self) -> str:
        """The best point."""
        return plain(self.range_.to) if self.range_ else self.points[-1].point

    @property
    def bottom(self) -> str:
        """The worst point."""
        return plain(self.range_.from_) if self.range_ else self.points[0].point

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """What anchors can describe, worst first: points, or the ends and bands of a number scale, with labels."""
        if self.range_ is None:
            return tuple((point.point, point.label) for point in self.points)
        bands = tuple((band.band, f"{band.label}, from {plain(band.from_)}") for band in self.bands)
        return ((self.bottom, "lowest"), *bands, (self.top, "highest"))

    @property
    def in_words(self) -> str:
        """The answers that the scale allows, for example: 1, 2, 3 or: 0 to 100 in steps of 5."""
        if self.range_:
            return f"{self.bottom} to {self.top} in steps of {plain(self.range_.step)}"
        return ", ".join(point.point for point in self.points)

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that the scale allows, worst first, as records hold it; a number scale may have very many."""
        if self.range_ is None:
            return tuple(point.point for point in self.points)
        return tuple(plain(number) for number in self.range_.numbers())

    def keys(self) -> dict[str, str]:
        """Return the key to press for each point: n and y on a binary scale, letters where points are letters.

        Else 1, 2, 3 from the worst. A number is typed as it is and has no key.
        """
        if self.kind == "binary":
            return {"n": self.bottom, "y": self.top}
        if all(len(point.point) == 1 and point.point.isalpha() for point in self.points):
            return {point.point: point.point for point in self.points}
        return {str(place): point.point for place, point in enumerate(self.points, start=1)}

    def _by_id(self) -> dict[str, Point]:
        return {point.point: point for point in self.points}

    def _band(self, answer: str) -> Band | None:
        return next((band for band in reversed(self.bands) if band.from_ <= Decimal(answer)), None)


def plain(number: Decimal) -> str:
    """Return a number as people write it: no zeros at its end, no exponent."""
    return format(number.normalize(), "f")


def points_fit_kind(scale: Scale) -> Iterator[PydanticCustomError]:
    """A number scale has a range, every other one points: two if binary, else three to seven."""
    found = len(scale.points)
    if scale.kind == "number":
        if not scale.range_:
            yield wrong_at(
                ("kind",), "no-range", "a number scale says its range, for example {from: 0, to: 100, step: 5}"
            )
        if found:
            yield wrong_at(("points",), "points-of-number", "a number scale has a range and no points")
    elif scale.range_ or scale.bands:
        place = "range" if scale.range_ else "bands"
        yield wrong_at((place,), "range-of-points", f"only a number scale has {place}: write kind: number, or points")
    elif scale.kind == "binary" and found != 2:
        yield wrong_at(("kind",), "binary-points", f"a binary scale has 2 points, this one {found}")
    elif scale.kind != "binary" and found < 3:
        hint = "; with 2 it is binary" if found == 2 else ""
        yield wrong_at(("kind",), "too-few-points", f"this kind of scale has 3 to 7 points, this one {found}{hint}")


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
    """No point or band stands twice, and none is called like the answer not applicable."""
    points = [("points", place, "point", point.point) for place, point in enumerate(scale.points)]
    bands = [("bands", place, "band", band.band) for place, band in enumerate(scale.bands)]
    for named in (points, bands):
        seen: set[str] = set()
        for part, place, field, name in named:
            if name in seen:
                yield wrong_at((part, place, field), f"repeated-{field}", f"{field} {name} stands twice")
            if name == RESERVED:
                yield wrong_at((part, place, field), "reserved-point", f"{RESERVED} means not applicable: no {field}")
            seen.add(name)


def range_divides(scale: Scale) -> Iterator[PydanticCustomError]:
    """A range ends above its start, after a whole number of steps."""
    if numbers := scale.range_:
        if numbers.to <= numbers.from_:
            yield wrong_at(
                ("range", "to"), "empty-range", f"ends at {numbers.to}, no higher than its start {numbers.from_}"
            )
        elif numbers.to not in numbers:
            yield wrong_at(
                ("range", "step"),
                "uneven-step",
                f"steps of {numbers.step} from {numbers.from_} do not end at {numbers.to}",
            )


def bands_rise(scale: Scale) -> Iterator[PydanticCustomError]:
    """Bands begin at the lowest number and rise, each at a number of the scale."""
    if not scale.range_ or not scale.bands or scale.range_.to <= scale.range_.from_:
        return
    if scale.bands[0].from_ != scale.range_.from_:
        yield wrong_at(
            ("bands", 0, "from"), "first-band", f"the first band begins at the lowest number, {scale.bottom}"
        )
    for place, band in enumerate(scale.bands):
        if band.from_ not in scale.range_:
            yield wrong_at(("bands", place, "from"), "band-start", f"{band.from_} is not one of {scale.in_words}")
        elif place and band.from_ <= scale.bands[place - 1].from_:
            yield wrong_at(
                ("bands", place, "from"), "bands-rise", f"begins at {band.from_}, no higher than the band before it"
            )


def met_at_exists(scale: Scale) -> Iterator[PydanticCustomError]:
    """The standard is an answer of the scale, and not the worst, or nothing could fail; bands do not straddle it."""
    if not scale.points and not scale.range_:
        return
    if not scale.has(scale.met_at):
        what = f"one of {scale.in_words}" if scale.range_ else "a point of this scale"
        yield wrong_at(("met_at",), "unknown-point", f"{scale.met_at} is not {what}")
    elif scale.met_at == scale.bottom:
        yield wrong_at(("met_at",), "always-met", f"{scale.met_at} is the worst point: nothing could fail the standard")
    elif scale.bands and Decimal(scale.met_at) not in {band.from_ for band in scale.bands}:
        yield wrong_at(("met_at",), "band-straddles", f"no band begins at {scale.met_at}: one would be half met")


def described_exist(scale: Scale) -> Iterator[PydanticCustomError]:
    """What criteria have to describe is there."""
    known = [name for name, _ in scale.places] if scale.points or scale.range_ else []
    for place, name in enumerate(scale.describe):
        if known and name not in known:
            yield wrong_at(("describe", place), "unknown-point", f"{name} is none of {', '.join(known)}")


def best_is_no_deviation(scale: Scale) -> Iterator[PydanticCustomError]:
    """The best point of a deviation scale is none at all, worth everything."""
    if scale.kind == "deviation" and scale.points and scale.points[-1].value != 100:
        yield wrong_at(
            ("points", len(scale.points) - 1, "value"),
            "deviation-best",
            f"{scale.top} is the best point: without a deviation it is worth 100",
        )


RULES: tuple[Callable[[Scale], Iterator[PydanticCustomError]], ...] = (
    points_fit_kind,
    values_rise,
    points_differ,
    range_divides,
    bands_rise,
    met_at_exists,
    described_exist,
    best_is_no_deviation,
)
