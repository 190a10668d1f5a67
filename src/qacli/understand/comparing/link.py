"""Is a rating linked to a measure of the same transactions? Linked, not linked within a margin, or undecided.

A link says nothing about causes, and no link within a margin is a finding: it takes about 210 pairs to show it for 0.2 in
two of three cases, 300 in seven of eight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import atanh, sqrt
from statistics import NormalDist
from typing import NamedTuple

from qacli.stats import guarded, holm, spearman

LINKED, NOT_LINKED, UNDECIDED = "linked", "not linked", "undecided"
TOO_FEW, NO_VARIATION = "too few", "no variation"
MARGIN = 0.2
"""A rank correlation below this is no use for steering: what one moves explains under a twentieth of the other."""
FEWEST = 30
"""No verdict under so many pairs."""
FEWEST_APART, FEWEST_MET = 10, 5
"""On each side so many differ from the commonest value, and so many pairs are expected to differ on both. Our numbers."""
FALSE = 0.05
"""So often, at most, anything false is asserted among many looks."""


class Link(NamedTuple):
    """The rank correlation of two measures with its limits, -1 to 1, and what follows from them.

    ``verdict`` is linked (the limits leave out 0), not linked (both limits within ±``margin``), undecided, too few or no
    variation. ``p`` is the chance of so strong a correlation where there is none. ``note`` says what is odd.
    """

    n: int
    rho: float | None
    low: float | None
    high: float | None
    p: float | None
    margin: float
    verdict: str
    note: str


def link(x: Sequence[float], y: Sequence[float], margin: float = MARGIN, confidence: float = 0.95) -> Link:
    """Return how two measures of the same units go together: Spearman's rho, with the limits of Bonett and Wright.

    Raises ValueError for a margin that is no share of 1, and for what makes no pairs.
    """
    if not 0 < margin < 1:
        raise ValueError(f"A margin of {margin} is none: give a number between 0 and 1, such as 0.2.")
    found = spearman(x, y, confidence)
    bare = Link(found.n, found.estimate, found.low, found.high, None, margin, UNDECIDED, "")
    if "no variation" in found.method:
        return bare._replace(verdict=NO_VARIATION, note=_still(x, y))
    if found.n < FEWEST:
        return bare._replace(verdict=TOO_FEW, note=f"{found.n} pairs; a verdict takes {FEWEST}")
    if rare := _rare(x, y):
        return bare._replace(verdict=TOO_FEW, note=rare)
    if found.estimate is None or found.low is None or found.high is None:
        return bare._replace(verdict=LINKED, note="the same order throughout")
    return bare._replace(
        p=_chance(found.estimate, found.n),
        verdict=verdict_of(found.low, found.high, margin),
        note=_weak(found.low, found.high, margin),
    )


def among_many(links: Sequence[Link], error: float = FALSE) -> list[Link]:
    """Return links that were looked at together: what does not stand among so many looks is undecided.

    Holm over every link that has a p: the links that are there let none through that is not.
    """
    stands = holm([each.p for each in links], guarded(error)).rejected
    looks = sum(each.p is not None for each in links)
    return [
        each._replace(verdict=UNDECIDED, note=f"would be called linked alone, not among {looks} looks")
        if each.verdict == LINKED and each.p is not None and not stood
        else each
        for each, stood in zip(links, stands, strict=True)
    ]


def in_words(found: Link) -> str:
    """Return the verdict with its figures, as people read it."""
    if found.verdict in {TOO_FEW, NO_VARIATION}:
        figures = f"; {_figures(found)}" if found.rho is not None else ""
        return f"{found.verdict} ({found.note}{figures})" if found.verdict == TOO_FEW else found.note
    within = f" within {found.margin:g}" if found.verdict == NOT_LINKED else ""
    return f"{found.verdict}{within} ({_figures(found)})" + (f"; {found.note}" if found.note else "")


def _figures(found: Link) -> str:
    limits = f", {found.low:.2f} to {found.high:.2f}" if found.low is not None and found.high is not None else ""
    return f"rho {found.rho:.2f}{limits}, n {found.n}"


def verdict_of(low: float, high: float, margin: float = MARGIN) -> str:
    """Return what the limits of a correlation say: no link within the margin comes before a link that is too weak."""
    if -margin < low and high < margin:
        return NOT_LINKED
    return LINKED if low > 0 or high < 0 else UNDECIDED


def _weak(low: float, high: float, margin: float) -> str:
    """A link may be there, and still be too weak to matter: the margin decides, and that is said."""
    inside = verdict_of(low, high, margin) == NOT_LINKED and (low > 0 or high < 0)
    return "a link is there, but weaker than the margin" if inside else ""


def _chance(rho: float, n: int) -> float:
    """Return the least p whose limits would leave out 0, so that p and limits never disagree."""
    z = abs(atanh(rho)) / sqrt((1 + rho * rho / 2) / (n - 3))
    return 2 * (1 - NormalDist().cdf(z))


def _rare(x: Sequence[float], y: Sequence[float]) -> str:
    """Return why a correlation says nothing: where nearly all are the same, a single pair more or less makes it."""
    n, apart = len(x), [len(values) - max(Counter(values).values()) for values in (x, y)]
    for name, differ in zip(("ratings", "values of the measure"), apart, strict=True):
        if differ < FEWEST_APART:
            return f"only {differ} of {n} {name} differ from the rest"
    expected = apart[0] * apart[1] / n
    return f"{apart[0]} and {apart[1]} of {n} differ from the rest: too few to meet" if expected < FEWEST_MET else ""


def _still(x: Sequence[float], y: Sequence[float]) -> str:
    sides = [name for name, values in (("ratings", x), ("measure", y)) if len(set(values)) == 1]
    return f"no variation: {' and '.join(sides)} the same in all {len(x)} pairs"
