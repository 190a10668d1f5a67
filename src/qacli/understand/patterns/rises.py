"""Criteria that were failed more often in some stretch of weeks: each criterion of each card and channel is one look."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from qacli.stats import dated, newcombe, scan
from qacli.understand.patterns.claim import RISE, WEEK, Claim, Place, days_of
from qacli.understand.patterns.spread import spread_of

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd


def rises(rated: pd.DataFrame, first: date, last: date, confidence: float = 0.95) -> list[Claim]:
    """Return one claim per channel, card version and criterion, over the weeks from a first to a last day.

    ``rated`` has a row per rating: day, channel, scorecard, criterion, met, colleague. The weeks are counted from
    ``first``; the claim's days are then sought day by day. Each claim says how it is spread over colleagues.
    """
    applicable = rated[rated["met"].notna()]
    return [
        _spread(rise_of(place, each_day(rows), first, last, confidence), rows) for place, rows in by_place(applicable)
    ]


def each_day(rows: pd.DataFrame) -> pd.DataFrame:
    """Return applicable ratings as counts: day, and ``failed`` of ``n``, a row each."""
    return rows.assign(n=1, failed=(~rows["met"].astype(bool)).astype(int))


def _spread(claim: Claim, rows: pd.DataFrame) -> Claim:
    """Return a claim with how its failures are spread over colleagues, given the ratings of its place."""
    if claim.p is None or claim.failed_other is None or claim.n_other is None:
        return claim
    days = rows["day"].dt.date
    inside = (days >= (claim.since or days.min())) & (days <= (claim.until or days.max()))
    return claim._replace(spread=spread_of(by_colleague(rows[inside]), (claim.failed_other, claim.n_other)))


def without_bonus(rated: pd.DataFrame, bonus: Collection[tuple[str, str]]) -> pd.DataFrame:
    """Return the ratings of criteria that can be failed: a bonus, (scorecard, criterion), that is not earned is no failure."""
    kept = [pair not in bonus for pair in zip(rated["scorecard"], rated["criterion"], strict=True)]
    return rated.loc[kept]


def by_place(rated: pd.DataFrame) -> Iterator[tuple[Place, pd.DataFrame]]:
    """Yield the ratings of each criterion of each card version and channel, in order of their names."""
    for (channel, card, criterion), rows in rated.groupby(list(Place._fields), sort=True):
        yield Place(str(channel), str(card), str(criterion)), rows


def rise_of(place: Place, days: pd.DataFrame, first: date, last: date, confidence: float = 0.95) -> Claim:
    """Return the claim of one place from how many failed on which day: ``day``, ``failed`` and ``n``, any number of rows a day."""
    import numpy as np

    day = (days_of(days) - np.datetime64(first)).astype(int)
    failed, rated = days["failed"].to_numpy(), days["n"].to_numpy()
    weeks = (last - first).days // WEEK + 1
    counts, ns = _counted(day // WEEK, failed, rated, weeks)
    found = scan(counts, ns)
    if found.p is None:
        return Claim(RISE, int(rated.sum()), found.method, "", *place)
    near = found.first * WEEK, found.last * WEEK + WEEK - 1
    of_days = dated(*_counted(day, failed, rated, weeks * WEEK), near, WEEK)
    filled = [week for week, n in enumerate(ns) if n]
    begun = None if found.first == filled[0] else of_days.first
    ended = None if found.last == filled[-1] else of_days.last
    inside = (day >= (begun or 0)) & (day <= (weeks * WEEK if ended is None else ended))
    k, n = int(failed[inside].sum()), int(rated[inside].sum())
    k_out, n_out = int(failed.sum()) - k, int(rated.sum()) - n
    difference = newcombe(k, n, k_out, n_out, confidence)

    def on(place: int | None) -> date | None:
        return None if place is None else first + timedelta(days=place)

    return Claim(
        RISE,
        n,
        found.method,
        "",
        *place,
        failed=k,
        n_other=n_out,
        failed_other=k_out,
        effect=difference.estimate,
        low=difference.low,
        high=difference.high,
        p=found.p,
        since=on(begun),
        until=on(ended),
        since_low=on(None if begun is None else min(of_days.first_low, begun)),
        since_high=on(None if begun is None else max(of_days.first_high, begun)),
    )


def _counted(place: Any, failed: Any, rated: Any, many: int) -> tuple[list[int], list[int]]:
    """Return how many failed, and of how many, in each period."""
    import numpy as np

    return (
        np.bincount(place, weights=failed, minlength=many).astype(int).tolist(),
        np.bincount(place, weights=rated, minlength=many).astype(int).tolist(),
    )


def by_hand(hands: pd.DataFrame) -> Mapping[str, tuple[int, int]]:
    """Return failed and n of each colleague, of counts by colleague."""
    counts = zip(hands["colleague"], hands["failed"], hands["n"], strict=True)
    return {str(name): (int(k), int(n)) for name, k, n in counts if n}


def by_colleague(rows: pd.DataFrame) -> Mapping[str, tuple[int, int]]:
    """Return failed and n of each colleague, of ratings that were applicable."""
    failed = (~rows["met"].astype(bool)).groupby(rows["colleague"]).agg(["sum", "size"])
    return {str(name): (int(k), int(n)) for name, k, n in failed.itertuples()}
