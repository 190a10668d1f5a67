"""Colleagues who fail a criterion more often than the others: each colleague on each criterion is one look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qacli.stats import count_test, newcombe
from qacli.understand.patterns.claim import APART, Claim, Place, days_of
from qacli.understand.patterns.rises import by_place

if TYPE_CHECKING:
    import pandas as pd


def aparts(
    rated: pd.DataFrame, minimum_n: int, stretches: Sequence[Claim] = (), confidence: float = 0.95
) -> list[Claim]:
    """Return one claim per colleague with at least ``minimum_n`` ratings of a criterion.

    ``rated`` has a row per rating: day, channel, scorecard, criterion, met, colleague, reason, evaluator. Like is compared
    with like: ratings by the same evaluator, of the same contact reason, inside or outside a stretch in which all failed it
    more often (the exact test of Fisher within each, added up). ``effect`` is the plain difference of shares.
    """
    applicable = rated[rated["met"].notna()]
    found: list[Claim] = []
    for place, rows in by_place(applicable):
        if not rows["met"].astype(bool).all():
            ours = next((each for each in stretches if (each.channel, each.scorecard, each.criterion) == place), None)
            found += _of_place(place, rows, ours, minimum_n, confidence)
    return found


def _of_place(
    place: Place, rows: pd.DataFrame, stretch: Claim | None, minimum_n: int, confidence: float
) -> Iterator[Claim]:
    failed = (~rows["met"].to_numpy().astype(bool)).tolist()
    alike = list(zip(rows["evaluator"], rows["reason"], _inside(rows, stretch), strict=True))
    people = rows["colleague"].tolist()
    of_all = Counter(alike)
    marked = Counter(group for group, bad in zip(alike, failed, strict=True) if bad)
    taken = Counter(zip(people, alike, strict=True))
    fails = Counter(person for person, bad in zip(people, failed, strict=True) if bad)
    many = Counter(people)
    for person in sorted(many):
        n, k = many[person], fails[person]
        if n < minimum_n or n == len(rows):
            continue
        groups = [(of_all[group], marked[group], taken[person, group]) for group in of_all if taken[person, group]]
        n_other, k_other = len(rows) - n, sum(failed) - k
        difference = newcombe(k, n, k_other, n_other, confidence)
        yield Claim(
            APART,
            n,
            "exact, like with like",
            person,
            *place,
            failed=k,
            n_other=n_other,
            failed_other=k_other,
            effect=difference.estimate,
            low=difference.low,
            high=difference.high,
            p=count_test(groups, k).high,
        )


def _inside(rows: pd.DataFrame, stretch: Claim | None) -> Sequence[bool]:
    """Return of each rating whether it lies in a stretch."""
    if stretch is None:
        return [False] * len(rows)
    import numpy as np

    days = days_of(rows)
    low = days.min() if stretch.since is None else np.datetime64(stretch.since)
    high = days.max() if stretch.until is None else np.datetime64(stretch.until)
    found: list[bool] = ((days >= low) & (days <= high)).tolist()
    return found
