"""A figure against what is asked of it: met, inside tolerance, breach, or cannot tell at this n."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

MET: Final = "met"
INSIDE: Final = "inside tolerance"
BREACH: Final = "breach"
CANNOT_TELL: Final = "cannot tell"
Better = Literal["higher", "lower"]
Judged = Literal["met", "inside tolerance", "breach", "cannot tell"]


class Limits(NamedTuple):
    """A figure with its interval, in its own unit; None where undefined."""

    value: float | None
    low: float | None
    high: float | None


def judge(figure: Limits, target: float, better: Better, tolerance: float = 0.0) -> Judged:
    """Return the verdict on a figure by its whole interval, never by the point alone.

    Met: all of the interval is as good as the target. Inside tolerance: all of it is as good as the target less the
    tolerance. Breach: all of it is worse than the target. Else the interval straddles, and nobody can tell at this n.
    """
    if figure.low is None or figure.high is None:
        return CANNOT_TELL
    worst, best = (figure.low, figure.high) if better == "higher" else (-figure.high, -figure.low)
    wanted = target if better == "higher" else -target
    if worst >= wanted:
        return MET
    if worst >= wanted - tolerance:
        return INSIDE
    return BREACH if best < wanted else CANNOT_TELL


def judge_range(figure: Limits, low: float, high: float) -> Judged:
    """Return the verdict on a figure that is to lie between two values, for example occupancy."""
    if figure.low is None or figure.high is None:
        return CANNOT_TELL
    if low <= figure.low and figure.high <= high:
        return MET
    return BREACH if figure.high < low or figure.low > high else CANNOT_TELL


def hit(value: float, target: float, better: Better) -> bool:
    """Return whether a figure is as good as its target, by the point: how often is what a hit rate counts."""
    return value >= target if better == "higher" else value <= target
