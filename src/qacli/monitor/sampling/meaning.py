"""What a number of evaluations can and cannot tell, in words for people who decide."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.stats import detectable_drop, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.prepare.period import Cadence

MET = 0.9
"""The share of criteria met from which examples start."""
MORE: Mapping[Cadence, tuple[int, ...]] = MappingProxyType({"week": (4, 13), "month": (3, 12), "quarter": (4,)})
"""So many periods put together are a month or two, a quarter or a year."""


def meaning(
    n: int,
    eligible: int,
    margin: float | None,
    colleagues: int,
    cadence: Cadence,
    confidence: float,
    alike: int | None = None,
) -> list[str]:
    """Return what ``n`` of so many eligible transactions of some colleagues tell, and what they do not.

    ``margin`` is that of a share of the whole, a share of 1; None where none is told. They tell as much of the whole as
    ``alike`` drawn alike; left out, as ``n``.
    """
    if n < 1:
        return ["0 evaluations tell nothing"]
    whole = _whole(n, eligible, margin, confidence, n if alike is None else max(alike, 1))
    drops = _drops(n if alike is None else alike, cadence)
    return [whole, drops, *faults_and_people(n, colleagues, cadence, confidence)]


def uneven(
    n: int, eligible: int, margin: float | None, alike: int | None, rests_on: str, cadence: Cadence
) -> list[str]:
    """Return what ``n`` tell of the whole that tell as much as ``alike`` drawn alike; None where nobody knows how much."""
    if alike is None:
        return [f"the whole: how exactly is undefined: {rests_on}"]
    within = "no share to within 50 points" if margin is None else f"a share to within {100 * margin:.1f} points"
    whole = f"the whole: {n} of {eligible:,} tell {within}, as much as {alike} drawn alike; {rests_on}"
    return [whole, _drops(alike, cadence)]


def faults_and_people(n: int, colleagues: int, cadence: Cadence, confidence: float) -> list[str]:
    """Return what ``n`` tell of a rare fault and of one colleague, whatever the design."""
    return [_faults(n, confidence), *_colleague(n, colleagues, cadence, confidence)]


def _whole(n: int, eligible: int, margin: float | None, confidence: float, alike: int) -> str:
    """Return what a share among ``n`` says of all: with unequal weights as much as the same share among ``alike``."""
    limits = _limits(round(MET * alike), alike, confidence, eligible)
    found = f"{round(MET * n)} of {n} met means {'' if alike == n else 'about '}{limits} of all"
    if margin is None:
        return f"the whole: no share is told to within 50 points; {found}"
    return f"the whole: {n} of {eligible:,} tell a share to within {100 * margin:.1f} points; {found}"


def _drops(n: int, cadence: Cadence) -> str:
    """Return the smallest drop from MET that shows between two periods, and between several put together."""
    told = []
    for many in (1, *MORE[cadence]):
        drop = detectable_drop(MET, many * n)
        span = f"one {cadence}" if many == 1 else f"{many} {cadence}s together"
        told.append(f"{'none at all' if drop is None else f'{100 * drop:.1f} points'} ({span})")
    return f"a change: against as many before, the smallest drop from {100 * MET:g} % that shows: {', '.join(told)}"


def _faults(n: int, confidence: float) -> str:
    rate = 1 - (1 - confidence) ** (1 / n)
    return (
        f"a rare fault: one that {100 * rate:.1f} % have is among them {100 * confidence:g} times in 100, a rarer one less "
        "often; finding none proves nothing"
    )


def _colleague(n: int, colleagues: int, cadence: Cadence, confidence: float) -> list[str]:
    if not colleagues:
        return []
    each = n // colleagues
    if not each:
        return [f"one colleague: {n} for {colleagues} leave some without any; nobody can be judged or ranked by them"]
    many = MORE[cadence][-1]
    later = f"{many * each} of {many * each} after {many} {cadence}s"
    return [
        (
            f"one colleague: you can afford {each} each; {each} of {each} met means {_limits(each, each, confidence)}, "
            f"{later} {_limits(many * each, many * each, confidence)}"
        )
    ]


def _limits(met: int, n: int, confidence: float, population: int | None = None) -> str:
    found = wilson(met, n, confidence, population)
    if found.low is None or found.high is None:
        return f"exactly {100 * met / n:.1f} %"
    return f"{100 * found.low:.0f} to {100 * found.high:.0f} %"
