"""Acceptance sampling of a batch by attributes: how many to look at, and how many failures to let pass.

A plan bounds a stream of batches, such as an outsourcer's weeks. It says little about one batch and nothing about one
person.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

LARGEST = 10_000


class Plan(NamedTuple):
    """Look at ``n`` and accept the batch if at most ``accept`` fail.

    ``good_passes`` is the chance that a batch at the acceptable rate is accepted, ``bad_passes`` at the rate to reject.
    """

    n: int
    accept: int
    good_passes: float
    bad_passes: float


def accept_probability(n: int, accept: int, rate: float) -> float:
    """Return the chance that at most ``accept`` of ``n`` fail where ``rate`` of all do (binomial)."""
    from scipy.special import bdtr

    if accept >= n:
        return 1.0
    return float(bdtr(accept, n, rate))


def acceptance_plan(
    acceptable: float, rejectable: float, producer_risk: float = 0.05, consumer_risk: float = 0.1
) -> Plan:
    """Return the smallest plan that accepts a batch at ``acceptable`` and rejects one at ``rejectable``.

    A good batch is turned away with at most ``producer_risk``, a bad one let through with at most ``consumer_risk``.
    Two points on the operating characteristic, binomial (Schilling and Neubauer 2009, chapter 5; R
    ``AcceptanceSampling::find.plan``). Raises ValueError where the rates lie so close that no plan of 10,000 does.
    """
    if not 0 < acceptable < rejectable < 1:
        raise ValueError(f"The rates {acceptable} and {rejectable} are no plan: 0 < acceptable < rejectable < 1.")
    accept, n = 0, 1
    while True:
        n = _smallest(n, accept, rejectable, consumer_risk)
        if n > LARGEST:
            raise ValueError(
                f"{acceptable} and {rejectable} lie too close: telling them apart takes more than {LARGEST:,}."
            )
        passes = accept_probability(n, accept, acceptable)
        if passes >= 1 - producer_risk:
            return Plan(n, accept, passes, accept_probability(n, accept, rejectable))
        accept += 1


def attribute_sample(expected: float, tolerable: float, risk: float = 0.05) -> int:
    """Return the smallest sample that shows a rate below ``tolerable`` when ``expected`` of it may fail.

    Smallest n with P(X <= ceil(expected·n) | n, tolerable) <= risk, binomial: AICPA Audit Sampling Guide, tables A-1 and
    A-2. Raises ValueError where no sample of 10,000 does.
    """
    if not 0 <= expected < tolerable < 1:
        raise ValueError(f"The rates {expected} and {tolerable} are no plan: 0 <= expected < tolerable < 1.")
    for n in range(1, LARGEST):
        # a product of decimals may end a hair above the whole number that it is
        if accept_probability(n, ceil(expected * n - 1e-9), tolerable) <= risk:
            return n
    raise ValueError(f"{expected} and {tolerable} lie too close: telling them apart takes more than {LARGEST:,}.")


def _smallest(n: int, accept: int, rate: float, risk: float) -> int:
    n = max(n, accept + 1)
    while accept_probability(n, accept, rate) > risk and n <= LARGEST:
        n += 1
    return n
