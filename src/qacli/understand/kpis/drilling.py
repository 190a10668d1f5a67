"""Why a figure moved: better or worse inside the slices (rate), or other work between them (mix), and reversals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Amount(NamedTuple):
    """What a figure divides: ``num`` by ``den``, for example satisfied answers by answers."""

    num: float
    den: float

    @property
    def rate(self) -> float | None:
        """Their ratio; None without a denominator."""
        return self.num / self.den if self.den else None


NOTHING = Amount(0.0, 0.0)


class Part(NamedTuple):
    """One slice before and after. ``mix`` and ``rate`` are its shares of the whole change, in the figure's unit."""

    slice: str
    before: float | None
    after: float | None
    n_before: float
    n_after: float
    mix: float
    rate: float


class Drilled(NamedTuple):
    """A change taken apart: ``change`` is ``mix`` plus ``rate``. Figures are in the unit of the measure.

    ``reversal`` is whether the whole moved one way and every slice that can be compared moved the other.
    """

    cut: str
    before: float | None
    after: float | None
    change: float | None
    mix: float | None
    rate: float | None
    parts: tuple[Part, ...]
    reversal: bool


def drill(cut: str, before: Mapping[str, Amount], after: Mapping[str, Amount], scale: float = 1.0) -> Drilled:
    """Return the change between two periods, or two groups, by slices of one kind.

    Mix: (w1 - w0) · ((r0 + r1)/2 - R) of each slice, rate: (r1 - r0) · (w0 + w1)/2, with w the share of the slice in the
    denominators, r its own figure and R the mean of the two wholes (Kitagawa 1955, Journal of the American Statistical
    Association 50:1168-1194; R changes no sum, and tells of each slice whether more of it helps). A slice on one side only
    is all mix.
    """
    whole = [Amount(sum(a.num for a in side.values()), sum(a.den for a in side.values())) for side in (before, after)]
    rates = [each.rate for each in whole]
    names = sorted({*before, *after})
    level = sum(rate or 0.0 for rate in rates) / 2
    parts = tuple(
        _part(name, before.get(name, NOTHING), after.get(name, NOTHING), whole, level, scale) for name in names
    )
    if rates[0] is None or rates[1] is None:
        return Drilled(cut, _scaled(rates[0], scale), _scaled(rates[1], scale), None, None, None, parts, False)
    change = scale * (rates[1] - rates[0])
    mix, rate = sum(part.mix for part in parts), sum(part.rate for part in parts)
    return Drilled(cut, scale * rates[0], scale * rates[1], change, mix, rate, parts, reversed_by(change, parts))


def reversed_by(change: float, parts: tuple[Part, ...]) -> bool:
    """Return whether a whole moved one way, and each of at least two slices that can be compared the other."""
    moves = [part.after - part.before for part in parts if part.before is not None and part.after is not None]
    return len(moves) >= 2 and bool(change) and all(move * change < 0 for move in moves)


def _part(name: str, before: Amount, after: Amount, whole: Sequence[Amount], level: float, scale: float) -> Part:
    r0, r1 = before.rate, after.rate
    w0, w1 = (side.den / all_.den if all_.den else 0.0 for side, all_ in zip((before, after), whole, strict=True))
    known = [rate for rate in (r0, r1) if rate is not None]
    middle = (sum(known) / len(known) if known else level) - level
    rate = (r1 - r0) * (w0 + w1) / 2 if r0 is not None and r1 is not None else 0.0
    mix = (w1 - w0) * middle
    return Part(name, _scaled(r0, scale), _scaled(r1, scale), before.den, after.den, scale * mix, scale * rate)


def _scaled(rate: float | None, scale: float) -> float | None:
    return None if rate is None else scale * rate
