"""A scan over time: is there a stretch of periods in which more failed than in the others, and how sure is its start?

The temporal scan of Kulldorff (1997), Communications in Statistics, Theory and Methods 26:1481-1496, for shares. Where the
stretch lies, its greatest likelihood ratio says; whether there is one, the likelihood ratio averaged over all stretches, which
finds what lasts for weeks more often (Chan and Walther 2013, Statistica Sinica 23:409-428).
A change that goes on to the end and one that was mended in between are both such a stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from qacli.stats.shuffling import shuffled_p

FEWEST_PERIODS = 8
FEWEST_MARKS = 5
CELLS = 200_000
"""Ratios that are worked out at once."""
DROP = 3.68
"""How far the log likelihood falls at the 95 % limits of a change: half of 7.35, Hansen (2000), Econometrica 68:575-603."""


class Stretch(NamedTuple):
    """The stretch of periods that stands out most; places from 0, ``first`` and ``last`` both in it.

    ``k`` of ``n`` failed in it, ``k_outside`` of ``n_outside`` in the other periods. ``statistic`` is the logarithm of
    the likelihood ratio averaged over all stretches that there are, ``p`` its chance. Where nothing can be told, ``p`` is
    None and ``method`` says why.
    """

    first: int
    last: int
    k: int
    n: int
    k_outside: int
    n_outside: int
    statistic: float | None
    p: float | None
    method: str


class Dated(NamedTuple):
    """The place at which a stretch began and that at which it ended; and between which places it may have begun."""

    first: int
    last: int
    first_low: int
    first_high: int


def scan(counts: Sequence[int], ns: Sequence[int]) -> Stretch:
    """Return the stretch with the highest share against the other periods, and the chance of one like it.

    ``ns`` may be 0 in a period. Undefined under 8 periods with evaluations, or where fewer than 5 failed or fewer than 5
    did not. Raises ValueError for counts that cannot be.
    """
    if any(not 0 <= k <= n for k, n in zip(counts, ns, strict=True)):
        raise ValueError("A period has counts between 0 and its n.")
    total, size = sum(counts), sum(ns)
    filled = sum(n > 0 for n in ns)
    reason = ""
    if filled < FEWEST_PERIODS:
        reason = f"no scan: {filled} of {FEWEST_PERIODS} periods with evaluations"
    elif min(total, size - total) < FEWEST_MARKS:
        reason = f"no scan: fewer than {FEWEST_MARKS} of each kind"
    if reason:
        return Stretch(0, len(ns) - 1, total, size, 0, 0, None, None, reason)
    stretches = _Stretches(ns, total)
    found, p = shuffled_p(counts, ns, stretches.average)
    first, last = stretches.place(counts)
    k, n = sum(counts[first : last + 1]), sum(ns[first : last + 1])
    return Stretch(first, last, k, n, total - k, size - n, found, p, "temporal scan, average likelihood ratio")


def dated(counts: Sequence[int], ns: Sequence[int], near: tuple[int, int], within: int) -> Dated:
    """Return where a stretch that was found in coarser periods begins and ends in fine ones, such as days.

    Its ends are sought at most ``within`` places from those of ``near``. It may have begun wherever the best stretch has a
    log likelihood not further from the best of all than 3.68.
    """
    import numpy as np

    stretches = _Stretches(ns, sum(counts))
    ratios = stretches.ratios(np.asarray([counts]))[0]
    start, end = stretches.start, stretches.end - 1
    close = (abs(start - near[0]) <= within) & (abs(end - near[1]) <= within)
    best = int(np.where(close, ratios, -1.0).argmax())
    firsts = start[ratios >= ratios[best] - DROP]
    return Dated(int(start[best]), int(end[best]), int(firsts.min()), int(firsts.max()))


class _Stretches:
    """Every stretch of some periods that holds evaluations and leaves some outside."""

    def __init__(self, ns: Sequence[int], total: int) -> None:
        import numpy as np

        sums = np.concatenate([[0], np.cumsum(ns)])
        start, end = np.triu_indices(len(sums), 1)
        inside = sums[end] - sums[start]
        # a stretch that begins or ends with empty periods says no more than the shorter one
        edged = np.asarray(ns)[start] * np.asarray(ns)[end - 1] > 0
        usable = edged & (inside < sums[-1])
        self.start, self.end, self.inside = start[usable], end[usable], inside[usable]
        self.size, self.total = int(sums[-1]), total
        whole = np.arange(self.size + 1)
        self.plogp = whole * np.log(np.maximum(whole, 1))

    def ratios(self, counts: Any) -> Any:
        """Return the log likelihood ratio of each stretch, 0 where its share is not the higher one; a row per shuffle."""
        import numpy as np

        sums = np.concatenate([np.zeros((len(counts), 1), dtype=np.int64), np.cumsum(counts, axis=1)], axis=1)
        k = sums[:, self.end] - sums[:, self.start]
        n, outside = self.inside, self.size - self.inside
        f = self.plogp
        alone = f[self.total] + f[self.size - self.total] - f[self.size]
        ratio = f[k] + f[n - k] - f[n] + f[self.total - k] + f[outside - self.total + k] - f[outside] - alone
        return np.where(k * outside > (self.total - k) * n, ratio, 0.0)

    def average(self, counts: Any) -> Any:
        """Return the log of the mean ratio of each shuffle, so many of them at a time as memory takes lightly."""
        import numpy as np

        rows = max(1, CELLS // len(self.inside))
        return np.concatenate([_log_mean(self.ratios(counts[at : at + rows])) for at in range(0, len(counts), rows)])

    def place(self, counts: Sequence[int]) -> tuple[int, int]:
        import numpy as np

        best = int(self.ratios(np.asarray([counts]))[0].argmax())
        return int(self.start[best]), int(self.end[best]) - 1


def _log_mean(ratios: Any) -> Any:
    """Return the log of the mean of what ratios are the logs of, by row, however great they are."""
    import numpy as np

    most = ratios.max(axis=1)
    return most + np.log(np.exp(ratios - most[:, None]).mean(axis=1))
