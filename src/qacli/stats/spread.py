"""How evenly marks are spread over groups: more unevenly than chance alone would leave them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qacli.stats.shuffling import shuffled_p
from qacli.stats.trend import SignificanceTest

ENOUGH = 20
"""Marks expected in every group from which on the distribution of X² is as good as shuffling; Cochran (1954,
Biometrics 10:417-451) asks for 5."""


def spread_test(counts: Sequence[int], ns: Sequence[int]) -> SignificanceTest:
    """Return the test that groups share one share: Pearson's X², and p by shuffling the marks over all units.

    Shuffling holds at any n, where the X² distribution does not (Roff and Bentzen 1989, Mol. Biol. Evol. 6:539-545); where
    many are expected in every group, marked and not, the distribution is taken, for shuffling millions would take minutes.
    Undefined under two groups, or where all or none are marked. Raises ValueError for counts that cannot be.
    """
    if any(not 0 <= k <= n for k, n in zip(counts, ns, strict=True)):
        raise ValueError("A group has counts between 0 and its n.")
    filled = [(k, n) for k, n in zip(counts, ns, strict=True) if n]
    total, size = sum(k for k, _ in filled), sum(n for _, n in filled)
    if len(filled) < 2 or not 0 < total < size:
        return SignificanceTest(None, None, size, "no spread: fewer than two groups, or no variation")
    import numpy as np

    sizes = np.asarray([n for _, n in filled])
    share = total / size

    def uneven(made: Any) -> Any:
        return ((made - sizes * share) ** 2 / (sizes * share * (1 - share))).sum(axis=1)

    if sizes.min() * min(share, 1 - share) >= ENOUGH:
        from scipy.special import chdtrc

        found = float(uneven(np.asarray([[k for k, _ in filled]]))[0])
        return SignificanceTest(found, float(chdtrc(len(filled) - 1, found)), size, "Pearson")
    found, p = shuffled_p([k for k, _ in filled], sizes.tolist(), uneven)
    return SignificanceTest(found, p, size, "Pearson, shuffled")
