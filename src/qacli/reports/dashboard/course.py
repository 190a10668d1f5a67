"""The course of scores by week or month, each scorecard by itself, with the limits of ordinary variation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from qacli.prepare.period import Cadence, period_of
from qacli.reports.charts.control import BEYOND, RUN, ControlChart, Point, control_chart
from qacli.reports.dashboard.content import Content, Part, Said, counted
from qacli.stats import run_rules, xmr
from qacli.understand.estimates import scored
from qacli.understand.weighting import strata_of, weighted_mean

if TYPE_CHECKING:
    import pandas as pd

DAY = timedelta(days=1)
MOST_WEEKS = 27
"""Longer courses are told by month."""


class Step(NamedTuple):
    """One period of one card: its first day, the version of the card, its n and weighted mean, None where none."""

    first: date
    card: str
    n: int
    mean: float | None


def courses(content: Content) -> list[tuple[Part, list[Said]]]:
    """Return the course of the scores of each scorecard, that with the most observations first."""
    observed = content.found.observed
    if observed.empty or content.first is None or content.last is None:
        return []
    cards = observed["scorecard"].str.partition("@")[0]
    order = cards.value_counts().index
    return [_of_card(content, str(card), observed[cards == card]) for card in order]


def _of_card(content: Content, card: str, observed: pd.DataFrame) -> tuple[Part, list[Said]]:
    assert content.first is not None
    assert content.last is not None
    cadence: Cadence = "week" if (content.last - content.first).days < 7 * MOST_WEEKS else "month"
    points = list(_points(list(_steps(content, observed, cadence)), cadence))
    beyond = [point for point in points if point.signal == BEYOND]
    n = sum(point.n for point in points)
    heading = _heading(card, points, beyond, cadence)
    lead = f"Mean score by {cadence}, {card}: n {n:,}, weighted by the design. A single {cadence} beyond a limit is a reason to look."
    chart = ControlChart(f"course-{card}", heading, lead, "", points, decimals=1)
    return Part(f"course-{card}", heading, lead, control_chart(chart)), _said(card, beyond, cadence, n)


def _said(card: str, beyond: Sequence[Point], cadence: str, n: int) -> list[Said]:
    if not beyond:
        return []
    when = ", ".join(point.label for point in beyond)
    return [Said(50, f"{card}: the score left its limits in {counted(len(beyond), cadence)} ({when}; n {n:,} in all).")]


def _heading(card: str, points: Sequence[Point], beyond: Sequence[Point], cadence: str) -> str:
    if beyond:
        low = [
            point
            for point in beyond
            if point.center is not None and point.value is not None and point.value < point.center
        ]
        way = "below" if len(low) == len(beyond) else "above" if not low else "below or above"
        return f"{card}: {counted(len(beyond), cadence)} {'lies' if len(beyond) == 1 else 'lie'} {way} what chance explains"
    if any(point.signal for point in points):
        return f"{card}: the score keeps to one side longer than chance explains"
    if all(point.lower is None for point in points):
        return f"{card}: too few {cadence}s to tell ordinary variation from a change"
    return f"{card}: the score varies no more than chance explains"


def _steps(content: Content, observed: pd.DataFrame, cadence: Cadence) -> Iterator[Step]:
    """Yield the periods in order; one without an observation is a gap."""
    starts = [period_of(cadence, day.date()).first for day in observed["day"]]
    strata, card, first = strata_of(content.found), "", min(starts)
    while first <= max(starts):
        part = observed[[start == first for start in starts]]
        if part.empty:
            yield Step(first, card, 0, None)
        for version, rows in part.groupby("scorecard", sort=True):
            card = str(version)
            values = scored(rows, content.policy)
            yield Step(first, card, len(values), weighted_mean(strata, values, content.policy.confidence).estimate)
        first = period_of(cadence, period_of(cadence, first).last + DAY).first


def _points(steps: Sequence[Step], cadence: Cadence) -> Iterator[Point]:
    """Yield the points, with the limits of each version of the card by itself."""
    for card, part in groupby(steps, lambda step: step.card):
        rows = list(part)
        chart = xmr([step.mean for step in rows])
        runs = _runs(rows, chart.center, chart.sigma)
        for place, step in enumerate(rows):
            signal = BEYOND if place in chart.signals else RUN if place in runs else ""
            label = f"{step.first.day} {step.first:%b}" if cadence == "week" else f"{step.first:%b %y}"
            center = chart.center if chart.sigma[place] else None
            note = "" if step.n else "nothing observed"
            yield Point(label, step.mean, step.n, center, chart.lower[place], chart.upper[place], card, signal, note)


def _runs(rows: Sequence[Step], center: float | None, sigma: Sequence[float | None]) -> set[int]:
    there = [place for place, step in enumerate(rows) if step.mean is not None and sigma[place]]
    if center is None or not there:
        return set()
    z = [((rows[place].mean or 0.0) - center) / (sigma[place] or 1.0) for place in there]
    return {there[run.end] for run in run_rules(z) if run.rule != 1}
