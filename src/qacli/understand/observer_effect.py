"""What being watched does: how long transactions take that somebody sat in on, against the same colleague's others."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats import t_interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ALL = "all"
LONGER, SHORTER, CANNOT_TELL, TOO_FEW = "longer", "shorter", "cannot tell", "too few"


class Watched(NamedTuple):
    """One transaction at which an observer was present, as its source has it."""

    colleague: str
    channel: str
    seconds: float


class Usual(NamedTuple):
    """What one colleague handled on one channel unwatched: ``transactions`` of which ``n`` are timed, their mean."""

    transactions: int
    n: int
    mean: float | None


class Effect(NamedTuple):
    """The difference on one channel, or on all: seconds, watched less unwatched, with its interval.

    ``usual`` is the mean of the unwatched weighted as the watched are spread over colleagues and channels; None where
    nothing can be compared. ``verdict`` is longer, shorter, cannot tell or too few.
    """

    channel: str
    colleagues: int
    watched: int
    unwatched: int
    mean: float | None
    usual: float | None
    estimate: float | None
    low: float | None
    high: float | None
    verdict: str
    method: str


def effects(
    watched: Sequence[Watched], usual: Mapping[tuple[str, str], Usual], minimum: int, confidence: float
) -> list[Effect]:
    """Return the effect per channel, then over all of them. Under ``minimum`` colleagues there is no verdict.

    Paired: each watched transaction is compared with the mean of the same colleague's unwatched ones on the same channel
    in the same days, these differences are averaged per colleague, and Student's t interval is over colleagues, each
    counting the same. So neither who is watched more nor who is slower moves it. Transactions of colleagues and channels
    with no unwatched one are left out.
    """
    pairs = [each for each in watched if _mean(usual, each) is not None]
    channels = sorted({each.channel for each in pairs})
    found = [_effect(name, [p for p in pairs if p.channel == name], usual, minimum, confidence) for name in channels]
    return [*found, _effect(ALL, pairs, usual, minimum, confidence)]


def _mean(usual: Mapping[tuple[str, str], Usual], each: Watched) -> float | None:
    cell = usual.get((each.colleague, each.channel))
    return cell.mean if cell else None


def _effect(
    name: str, pairs: Sequence[Watched], usual: Mapping[tuple[str, str], Usual], minimum: int, confidence: float
) -> Effect:
    apart: dict[str, list[float]] = defaultdict(list)
    for each in pairs:
        apart[each.colleague].append(each.seconds - (_mean(usual, each) or 0.0))
    cells = {(each.colleague, each.channel) for each in pairs}
    unwatched = sum(usual[cell].n for cell in cells)
    if not pairs:
        return Effect(name, 0, 0, 0, None, None, None, None, None, TOO_FEW, "nothing to compare")
    found = t_interval([fmean(each) for each in apart.values()], confidence)
    mean = fmean(each.seconds for each in pairs)
    expected = fmean(_mean(usual, each) or 0.0 for each in pairs)
    verdict = TOO_FEW if len(apart) < minimum else _verdict(found.low, found.high)
    return Effect(
        name,
        len(apart),
        len(pairs),
        unwatched,
        mean,
        expected,
        found.estimate if verdict != TOO_FEW else None,
        found.low if verdict != TOO_FEW else None,
        found.high if verdict != TOO_FEW else None,
        verdict,
        found.method,
    )


def _verdict(low: float | None, high: float | None) -> str:
    if low is None or high is None or low <= 0 <= high:
        return CANNOT_TELL
    return LONGER if low > 0 else SHORTER
