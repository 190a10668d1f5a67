"""Who answers a survey: the share of transactions with an answer, where it differs, and whether quality differs with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.understand.comparing.pairs import SCORE
from qacli.understand.comparing.parting import CANNOT_TELL, moments, shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from qacli.understand.comparing.pairs import Measured, Rated

WIDE = 0.05
"""From so much on, the share of answers of two channels is said to differ."""


def survey_notes(routine: Rated, measured: Measured) -> Iterator[str]:
    """Yield the response rate of a measure and what is known of its bias; systems measure all.

    ``routine`` are ratings of transactions that were drawn whether or not the customer answered.
    """
    groups, name = measured.groups, measured.measure.kpi
    of, answered = int(groups["transactions"].sum()), int(groups["answered"].sum())
    if not of or not answered:
        yield f"{name}: no transaction of these days has a value"
        return
    if not measured.survey:
        unknown = f"; {of - answered:,} more are not, or not yet, known" if of > answered else ""
        yield f"{measured.measure.named}: known of {answered:,} transactions{unknown}"
        return
    yield f"{measured.measure.named}: {answered:,} of {of:,} customers asked have answered ({answered / of:.0%}); the others are unknown"
    yield from _by_channel(groups, name)
    yield _by_quality(routine, measured)


def _by_channel(groups: pd.DataFrame, name: str) -> Iterator[str]:
    parts = groups.groupby(groups["channel"].fillna("not stated"))[["transactions", "answered"]].sum()
    rates = (parts["answered"] / parts["transactions"]).sort_values()
    if len(rates) > 1 and rates.iloc[-1] - rates.iloc[0] >= WIDE:
        told = ", ".join(f"{channel} {rate:.0%}" for channel, rate in rates.items())
        yield f"{name}: channels do not answer alike: {told}"


def _by_quality(routine: Rated, measured: Measured) -> str:
    """Where those who answer met other quality than those who do not, what the answers say is not of all."""
    name = measured.measure.kpi
    scores = routine.frame[(routine.frame["criterion"] == SCORE) & routine.frame["value"].notna()]
    there = scores["transaction"].isin(set(measured.values))
    found = shift(moments(scores.loc[~there, "value"].tolist()), moments(scores.loc[there, "value"].tolist()))
    counted = f"{found.after.n} answered, {found.before.n} not"
    if found.low is None or found.high is None:
        return f"{name}: whether those who answer met other quality cannot be told (routine samples: {counted})"
    limits = f"{found.change:+.1f}, {found.low:+.1f} to {found.high:+.1f}, Welch 95%; routine samples: {counted}"
    if found.verdict == CANNOT_TELL:
        return f"{name}: no other quality shown where customers answered (score {limits})"
    return f"{name}: customers who answered met other quality (score {limits}): the answers are not of all"
