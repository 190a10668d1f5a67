"""How many units to draw from each stratum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import isfinite

METHODS = ("proportional", "equal", "neyman")


def allocate(
    sizes: Mapping[str, int],
    n: int,
    method: str = "proportional",
    sd: Mapping[str, float] | None = None,
    floor: int = 2,
    cap: int | None = None,
) -> dict[str, int]:
    """Return the sample size per stratum; the sizes add up to ``n``.

    ``proportional`` follows N_h, ``equal`` is the same for all, ``neyman`` follows N_h·sd_h (Neyman 1934) with ``sd``
    in any one unit. Each stratum gets at least ``floor``, or all it holds, and at most ``cap``, never more than it
    holds: those beyond a bound are fixed there and the rest is shared again. Largest remainder rounds, ties by name; so one more unit in
    all can take one from a stratum. Raises ValueError for what cannot be shared.
    """
    most = sizes if cap is None else {name: min(cap, size) for name, size in sizes.items()}
    _require_shareable(most, n, method, floor)
    if cap is not None and cap < floor:
        raise ValueError(f"No stratum can give at least {floor} and at most {cap}.")
    weights = _weights(sizes, method, sd)
    least = {name: min(floor, size) for name, size in sizes.items()}
    if sum(least.values()) > n:
        raise ValueError(
            f"{len(sizes)} strata with at least {floor} each need {sum(least.values())} units, and n is {n}: "
            "raise n, lower the floor, or merge strata."
        )
    return _largest_remainder(_bounded_quotas(weights, n, least, most), n)


def _require_shareable(sizes: Mapping[str, int], n: int, method: str, floor: int) -> None:
    if method not in METHODS:
        raise ValueError(f"There is no allocation {method!r}: choose from {', '.join(METHODS)}.")
    if n < 0 or floor < 0 or any(size < 0 for size in sizes.values()):
        raise ValueError("A sample, a floor and a stratum cannot be smaller than 0.")
    if n > sum(sizes.values()):
        raise ValueError(f"A sample of {n} cannot come from {sum(sizes.values())} units: take them all instead.")


def _weights(sizes: Mapping[str, int], method: str, sd: Mapping[str, float] | None) -> dict[str, Fraction]:
    if method == "equal":
        return dict.fromkeys(sizes, Fraction(1))
    if method == "proportional":
        return {name: Fraction(size) for name, size in sizes.items()}
    missing = sorted(name for name in sizes if name not in (sd or {}))
    if sd is None or missing:
        raise ValueError(f"Neyman allocation needs the standard deviation of every stratum: {', '.join(missing)}.")
    if not all(isfinite(sd[name]) and sd[name] >= 0 for name in sizes):
        raise ValueError("A standard deviation is a number that is not below 0.")
    weights = {name: size * Fraction(sd[name]) for name, size in sizes.items()}
    if any(sizes.values()) and not any(weights.values()):
        raise ValueError("Neyman allocation needs a stratum that varies: all standard deviations are 0.")
    return weights


def _bounded_quotas(
    weights: Mapping[str, Fraction], n: int, least: Mapping[str, int], most: Mapping[str, int]
) -> dict[str, Fraction]:
    quotas: dict[str, Fraction] = {}
    free = set(weights)
    while free:
        shares = _shares(weights, n - sum(quotas.values()), free, most)
        low = {name: least[name] - share for name, share in shares.items() if share < least[name]}
        high = {name: share - most[name] for name, share in shares.items() if share > most[name]}
        # the side that is further out stays out whatever the other returns, so it alone may be fixed
        fixed = low if sum(low.values()) >= sum(high.values()) else high
        quotas |= {name: Fraction((least if fixed is low else most)[name]) for name in fixed}
        free -= set(fixed)
        if not fixed:
            return {name: quotas[name] if name in quotas else shares[name] for name in weights}
    return {name: quotas[name] for name in weights}


def _shares(
    weights: Mapping[str, Fraction], left: Fraction | int, free: Iterable[str], sizes: Mapping[str, int]
) -> dict[str, Fraction]:
    chosen = {name: weights[name] for name in free}
    if not any(chosen.values()):
        # what varies is taken whole: the rest can only follow size
        chosen = {name: Fraction(sizes[name]) for name in chosen}
    total = sum(chosen.values()) or Fraction(1)
    return {name: left * weight / total for name, weight in chosen.items()}


def _largest_remainder(quotas: Mapping[str, Fraction], n: int) -> dict[str, int]:
    shared = {name: int(quota) for name, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda name: (shared[name] - quotas[name], name))
    for name in by_remainder[: n - sum(shared.values())]:
        shared[name] += 1
    return shared
