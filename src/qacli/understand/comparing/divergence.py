"""Where quality and a measure part company after a day, and what else may be behind it, each with what the data say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from qacli.understand.comparing.pairs import SCORE
from qacli.understand.comparing.parting import (
    CANNOT_TELL,
    FELL,
    PARTED,
    ROSE,
    STEADY,
    STEADY_SHARE,
    Moments,
    Parting,
    Shift,
    moments,
    of_sums,
    partings,
    shift,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import pandas as pd

    from qacli.understand.comparing.pairs import Measured, Rated

Unit = Literal["desk", "team", "channel", "colleague", "reason"]


def divergences(
    ratings: Rated,
    measured: Measured,
    since: date,
    by: Unit,
    points: float,
    confidence: float = 0.95,
    criterion: str = SCORE,
) -> list[Parting]:
    """Return per unit whether a rating and a measure part company from a day on. A rating within ±``points`` is steady."""
    scores = ratings.frame[(ratings.frame["criterion"] == criterion) & ratings.frame["value"].notna()]
    units = sorted(set(_unit(measured.groups, by)) & set(_unit(scores, by)))
    moves = [
        (
            unit,
            _quality(scores[_unit(scores, by) == unit], since, points, confidence),
            _move(measured, by, unit, since, confidence),
        )
        for unit in units
    ]
    return partings(moves, "lower" if measured.measure.better == "lower" else "higher")


def explanations(
    found: Parting, ratings: Rated, measured: Measured, since: date, by: Unit, candidates: Sequence[str] = ()
) -> Iterator[str]:
    """Yield what may lie behind a parting, most easily checked first; none of it is asserted.

    ``candidates`` are known events near the day, in words.
    """
    if found.verdict != PARTED:
        return
    groups = measured.groups[_unit(measured.groups, by) == found.unit]
    scores = ratings.frame[(ratings.frame["criterion"] == SCORE) & (_unit(ratings.frame, by) == found.unit)]
    yield f"quality may have moved unseen: anything from {found.quality.low:+.1f} to {found.quality.high:+.1f} points"
    yield f"other contacts: {_moved(groups, 'reason', 'transactions', since)} of them came for other reasons"
    yield f"other evaluators: {_moved(scores, 'evaluator', None, since)} of the scores came from others"
    yield from _answers(groups, since)
    yield "the scorecard may not see what moves the measure: qacli compare shows which criteria are linked to it"
    if found.measure.verdict == (ROSE if measured.measure.better == "higher" else FELL):
        measure = measured.measure
        yield f"the measure may be made to look better ({measure.gaming.rstrip('.')}): read it with {measure.counter}"
    for each in candidates:
        yield f"nearest known event: {each}"


def _unit(rows: pd.DataFrame, by: Unit) -> pd.Series[Any]:
    import pandas as pd

    return pd.Series("desk", index=rows.index) if by == "desk" else rows[by].fillna("").replace("", "not stated")


def _before(rows: pd.DataFrame, since: date) -> pd.Series[Any]:
    import pandas as pd

    return pd.to_datetime(rows["day"]) < pd.Timestamp(since)


def _quality(scores: pd.DataFrame, since: date, points: float, confidence: float) -> Shift:
    early = _before(scores, since)
    before, after = (moments(scores.loc[side, "value"].tolist()) for side in (early, ~early))
    return shift(before, after, points, confidence)


def _move(measured: Measured, by: Unit, unit: str, since: date, confidence: float) -> Shift:
    groups = measured.groups[_unit(measured.groups, by) == unit]
    early = _before(groups, since)
    before, after = (_of_groups(groups[side]) for side in (early, ~early))
    margin = STEADY_SHARE * abs(before.mean or 0.0)
    found = shift(before, after, margin or None, confidence)
    shown = found.low is not None and found.high is not None and (found.low > margin or found.high < -margin)
    return found if shown or found.verdict == STEADY else found._replace(verdict=CANNOT_TELL)


def _of_groups(groups: pd.DataFrame) -> Moments:
    return of_sums(int(groups["answered"].sum()), float(groups["total"].sum()), float(groups["squares"].sum()))


def _moved(rows: pd.DataFrame, key: str, weight: str | None, since: date) -> str:
    """Return how much of a mix changed hands: half the sum of the differences of its shares."""
    early = _before(rows, since)
    before, after = (_shares(rows[side], key, weight) for side in (early, ~early))
    apart = sum(abs(before.get(name, 0.0) - after.get(name, 0.0)) for name in {*before, *after})
    return f"{apart / 2:.0%}"


def _shares(rows: pd.DataFrame, key: str, weight: str | None) -> dict[str, float]:
    keyed = rows.assign(key=rows[key].fillna("")).groupby("key")
    counts = dict(keyed[weight].sum() if weight else keyed.size())
    total = sum(counts.values()) or 1
    return {str(name): count / total for name, count in counts.items()}


def _answers(groups: pd.DataFrame, since: date) -> Iterator[str]:
    early = _before(groups, since)
    sums = [groups.loc[side, ["transactions", "answered"]].sum() for side in (early, ~early)]
    before, after = (each["answered"] / each["transactions"] if each["transactions"] else 0.0 for each in sums)
    if min(before, after) < 1:
        yield f"other customers may answer: the share of answers went from {before:.0%} to {after:.0%}"
