"""Designs that draw alike inside strata: simple (one stratum), stratified, and a quota of each colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.monitor.sampling.designs.aims import settled
from qacli.monitor.sampling.designs.design import Design, Found, Share, column, even, most_of, of_all, size_of
from qacli.monitor.sampling.designs.shared import shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from qacli.prepare.frames.frame import Frame


def _simple(frame: Frame, found: Found) -> dict[str, Share]:
    asked = size_of(frame, sum(found.eligible.values()))
    return {stratum: even(asked, count) for stratum, count in found.eligible.items()}


def _stratified(frame: Frame, found: Found) -> dict[str, Share]:
    """At least the floor in each stratum and at most the cap; the rest by the allocation, largest remainder."""
    if not found.eligible:
        return {}
    plain = settled(frame, found.eligible).frame
    shares = shared(plain, found.eligible, size_of(plain, sum(found.eligible.values())))
    return {stratum: even(share, found.eligible[stratum]) for stratum, share in shares.items()}


def _quota(frame: Frame, found: Found) -> dict[str, Share]:
    each = settled(frame, found.eligible).frame.per_colleague or 0
    return {stratum: even(each, count) for stratum, count in found.eligible.items()}


def _most_of_each(frame: Frame, transactions: Callable[[], int]) -> int:
    return most_of(frame, transactions) if frame.size else frame.per_colleague or 0


SIMPLE = Design(of_all, most_of, _simple)
STRATIFIED = Design(lambda frame: column(frame.stratify_by), most_of, _stratified)
QUOTA = Design(lambda _: "colleague", _most_of_each, _quota)
