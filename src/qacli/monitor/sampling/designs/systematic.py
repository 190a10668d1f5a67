"""Systematic: every so many along an order, from a start that is left to chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import comb
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qacli.engine.ranks import number, rank
from qacli.monitor.sampling.designs.design import Design, Found, Share, even, most_of, of_all, size_of
from qacli.stats import fractional_interval

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame

START = "start"
"""The name whose random number is the start."""
RARE = 0.001
"""A difference that chance alone gives so seldom is told."""
ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "started_at": "started_at",
        "seconds": "coalesce(seconds, -1), started_at",
        **{name: f"coalesce({name}, ''), started_at" for name in ("channel", "team", "colleague", "reason")},
    }
)
"""What the order can be, and its SQL. What is equal in it goes by id."""
ALIKE: Mapping[str, Callable[[Mapping[str, Any]], str]] = MappingProxyType(
    {
        "colleague": lambda row: str(row["colleague"]),
        "channel": lambda row: str(row["channel"]),
        "reason": lambda row: str(row["reason"]),
        "weekday": lambda row: f"{row['day']:%A}",
        "hour": lambda row: f"{row['started_at']:%H} o'clock (UTC)",
    }
)
"""In what an order may repeat itself."""


def places(eligible: int, n: int, seed: str) -> list[int]:
    """Return the places, from 0, along the order of so many at which a draw takes its ``n``."""
    return fractional_interval(eligible, n, number(rank(seed, START)))


def repeats(order_by: str, picked: Sequence[Mapping[str, Any]], alike: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Return where an order repeats itself at the interval of a draw, in words.

    ``alike`` are as many drawn without any order: where the picks have one colleague, hour or the like so much more
    often that chance hardly gives it (Fisher's exact test, one-sided), the interval fits a rhythm of the order.
    """
    for what, value_of in ALIKE.items():
        (value, found), *_ = Counter(map(value_of, picked)).most_common(1) or [("", 0)]
        others = sum(value_of(row) == value for row in alike)
        if found and _at_least(found, len(picked), others, len(alike)) < RARE / len(ALIKE):
            yield (
                f"{found} of {len(picked)} picks have {what} {value}, of {len(alike)} drawn without order {others}: "
                f"the order by {order_by} repeats itself at the interval of this draw; take another size or order_by"
            )


def _at_least(found: int, n: int, others: int, m: int) -> float:
    """Return the chance of ``found`` or more among the ``n`` if all that were found fell anywhere among ``n + m``."""
    total = found + others
    return sum(comb(total, k) * comb(n + m - total, n - k) for k in range(found, min(n, total) + 1)) / comb(n + m, n)


def _shares(frame: Frame, found: Found) -> dict[str, Share]:
    return {stratum: even(size_of(frame, count), count) for stratum, count in found.eligible.items()}


SYSTEMATIC = Design(of_all, most_of, _shares, lambda frame: ORDERS[frame.order_by])
