"""Queues by Erlang: how long customers wait for so many people, and how many give up.

``load`` is in Erlangs: arrivals times handling time, both in the same unit of time. Formulas as in Gans, Koole and
Mandelbaum (2003), Manufacturing & Service Operations Management 5:79-141.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

NEGLIGIBLE = 1e-18
"""A chance so much smaller than the greatest one counts no more."""


class Queue(NamedTuple):
    """A queue in balance. Shares are between 0 and 1, ``wait`` is the mean of all arrivals in the unit of ``aht``.

    What was not asked for, for want of ``aht`` or ``target``, is None. Where nobody gives up and work comes faster than
    it is done there is no balance: all is None and ``method`` says so.
    """

    wait_probability: float | None
    service_level: float | None
    wait: float | None
    occupancy: float | None
    abandoned: float | None
    method: str


def erlang_b(load: float, servers: int) -> float:
    """Return the chance that an arrival finds everybody busy where nobody waits. Raises ValueError."""
    _require(load, servers)
    blocked = 1.0
    for busy in range(1, servers + 1):
        blocked = load * blocked / (busy + load * blocked)
    return blocked


def erlang_c(load: float, servers: int, aht: float | None = None, target: float | None = None) -> Queue:
    """Return the queue where everybody waits; ``target`` is the wait that the service level allows.

    It asks for too many people where customers do give up: see ``erlang_a``. Raises ValueError.
    """
    blocked = erlang_b(load, servers)
    _require_times(aht, target)
    if load >= servers:
        return Queue(None, None, None, None, None, "no balance: more work than people; Erlang A tells who gives up")
    waiting = servers * blocked / (servers - load * (1 - blocked)) if load else 0.0
    level = None if aht is None or target is None else 1 - waiting * exp(-(servers - load) * target / aht)
    wait = None if aht is None else waiting * aht / (servers - load)
    return Queue(waiting, level, wait, load / servers, 0.0, "Erlang C")


def erlang_a(load: float, servers: int, patience: float, aht: float) -> Queue:
    """Return the queue where customers give up after a while, exponential with mean ``patience`` in the unit of ``aht``.

    Chances of so many customers by the ratios of births to deaths. There is always a balance. Raises ValueError.
    """
    _require(load, servers)
    _require_times(aht, patience)
    total = busy = queued = delayed = 0.0
    for customers, weight in _customers(load, servers, patience / aht):
        total += weight
        busy += weight * min(customers, servers)
        queued += weight * max(customers - servers, 0)
        delayed += weight * (customers >= servers)
    waiting = delayed / total
    return Queue(
        waiting,
        None,
        queued / total * aht / load if load else 0.0,
        busy / total / servers,
        queued / total * aht / patience / load if load else 0.0,
        "Erlang A",
    )


def _customers(load: float, servers: int, stays: float) -> Iterator[tuple[int, float]]:
    """Yield how many customers there can be, each with its chance beside that of the likeliest number, which is 1.

    Outwards from there until the rest no longer counts: chances beside that of nobody at all outgrow any number from some
    700 Erlangs on. ``stays`` is the patience of a customer in handling times.
    """

    def leaving(customers: int) -> float:
        return min(customers, servers) + max(customers - servers, 0) / stays

    likeliest = int(load if load < servers else servers + (load - servers) * stays)
    customers, weight = likeliest, 1.0
    while weight > NEGLIGIBLE and customers >= 0:
        yield customers, weight
        weight *= leaving(customers) / load if load else 0.0
        customers -= 1
    customers, weight = likeliest + 1, load / leaving(likeliest + 1)
    while weight > NEGLIGIBLE:
        yield customers, weight
        customers += 1
        weight *= load / leaving(customers)


def _require(load: float, servers: int) -> None:
    if load < 0 or servers < 1:
        raise ValueError(f"A load of {load} on {servers} people is none: the load is not below 0, people at least 1.")


def _require_times(*times: float | None) -> None:
    if any(time is not None and time <= 0 for time in times):
        raise ValueError("Handling time, patience and the wait allowed are above 0.")
