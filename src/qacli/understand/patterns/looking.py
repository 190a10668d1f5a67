"""One look at everything: every criterion, every colleague, and both together, with one error rate over all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats import guarded, holm
from qacli.understand.patterns.aparts import aparts
from qacli.understand.patterns.claim import APART, FALL, RISE, Claim
from qacli.understand.patterns.falls import falls
from qacli.understand.patterns.rises import rises, without_bonus

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

ERROR = 0.05
"""So often, at most, anything is raised about criteria by chance, however many others did change; and as often about
people."""
PEOPLE = (FALL, APART)
LEVEL: Mapping[str, float] = MappingProxyType({RISE: ERROR / 2, FALL: guarded(ERROR), APART: guarded(ERROR)})
"""The level at which each kind of claim is tested. Criteria are tested at half of what is promised: at 4 % more was
raised than that in quarters in which nothing had changed, why is not known. It costs three faults of a hundred."""
SURE_ENOUGH = 0.01
"""Chance up to which a stretch is taken into account where colleagues are compared; it is no claim yet."""


class Looked(NamedTuple):
    """What one look over the days from ``first`` to ``last`` brought.

    ``claims`` are all looks that a test was made for, ``raised`` those that stand out among all of them; ``looks`` counts
    them by kind, ``untested`` those for which there was too little.
    """

    first: date
    last: date
    claims: tuple[Claim, ...]
    raised: tuple[Claim, ...]
    looks: Mapping[str, int]
    untested: int


def look(
    observed: pd.DataFrame,
    rated: pd.DataFrame,
    first: date,
    last: date,
    *,
    minimum_n: int = 5,
    confidence: float = 0.95,
    bonus: Collection[tuple[str, str]] = (),
    critical: Collection[tuple[str, str]] = (),
) -> Looked:
    """Look for criteria failed more often in a stretch, colleagues whose scores fall, and colleagues apart on a criterion.

    ``observed`` has a row per observation (day, colleague, channel, scorecard, evaluator, reason, score), ``rated`` one per
    rating (the same with criterion and met instead of score). Both hold one purpose only. ``bonus`` are the (scorecard,
    criterion) that only add, ``critical`` those that are critical.

    There is one error rate for claims about criteria and one for claims about people (Holm, weighted): of the first,
    critical criteria get one half whatever their number, and within each half a criterion gets as much as it can tell;
    of the second, falls get one half.
    """
    judged = without_bonus(rated, bonus)
    rising = rises(judged, first, last, confidence)
    stretches = [claim for claim in rising if claim.p is not None and claim.p <= SURE_ENOUGH]
    looked = [
        *rising,
        *falls(observed, first, stretches, confidence),
        *aparts(judged, minimum_n, stretches, confidence),
    ]
    claims = [claim for claim in looked if claim.p is not None]
    told = [*_among(claims, (RISE,), critical), *_among(claims, PEOPLE, ())]
    looks = Counter(str(claim.kind) for claim in claims)
    standing = tuple(claim for claim in told if _stands(claim))
    return Looked(first, last, tuple(told), standing, looks, len(looked) - len(claims))


def standing_out(claims: Sequence[Claim], critical: Collection[tuple[str, str]] = ()) -> list[Claim]:
    """Return the rises that stand out among all criteria looked at."""
    found = _among([claim for claim in claims if claim.p is not None], (RISE,), critical)
    return [claim for claim in found if _stands(claim)]


def _stands(claim: Claim) -> bool:
    return claim.adjusted is not None and claim.adjusted <= LEVEL[claim.kind]


def _among(claims: Sequence[Claim], kinds: Collection[str], critical: Collection[tuple[str, str]]) -> list[Claim]:
    """Return the claims of some kinds with p for all of them together."""
    ours = [claim for claim in claims if claim.kind in kinds]
    families = [f"{claim.kind} {(claim.scorecard, claim.criterion) in critical}" for claim in ours]
    found = holm([claim.p for claim in ours], families=families, weights=[_information(claim) for claim in ours])
    return [claim._replace(adjusted=p) for claim, p in zip(ours, found.adjusted, strict=True)]


def _information(claim: Claim) -> float:
    """Return how much a criterion can tell: the variance of its count of failures, were they to fall by chance.

    p is worked out with this number given, so that it may decide how much of the error rate a criterion gets. A person
    gets as much as any other.
    """
    if claim.kind != RISE:
        return 1.0
    n = claim.n + (claim.n_other or 0)
    failed = (claim.failed or 0) + (claim.failed_other or 0)
    return failed * (n - failed) / n
