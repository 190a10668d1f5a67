"""What an action is to move, over time: the recorded figures of a KPI, or shares of a criterion from routine samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from qacli.files.numbers import short
from qacli.model import Command, Hint, QacliError, View
from qacli.prepare.period import parse_period, period_of
from qacli.understand.facts import Sample, Selection, ratings, sample
from qacli.understand.kpis.charting import kind_of
from qacli.understand.kpis.importing import scale_of
from qacli.understand.kpis.value import TRANSACTIONS, KpiImport, KpiValue, Series, figures, variant_of
from qacli.understand.kpis.verdict import Better, Limits
from qacli.understand.weighting import Strata, strata_of, weighted_share

if TYPE_CHECKING:
    from qacli.improve.actions.draft import Metric
    from qacli.prepare.kpi import Kpi
    from qacli.prepare.period import Period

Every = Literal["day", "week", "month"]
DAY = timedelta(days=1)
QUARTER = timedelta(weeks=13)
LENGTH: Mapping[Every, float] = MappingProxyType({"day": 1.0, "week": 7.0, "month": 30.4375})
"""Days of a period; of a month the mean of four years."""
LONG: Mapping[Every, int] = MappingProxyType({"day": 91, "week": 13, "month": 3})
"""Periods of a quarter."""


class Figure(NamedTuple):
    """The figure of one period, in the unit of its measure; ``source`` is its record, or the days it was counted in."""

    period: str
    first: date
    last: date
    n: int
    value: float
    low: float | None
    high: float | None
    se: float | None
    source: str

    @property
    def limits(self) -> Limits:
        """The figure with its interval."""
        return Limits(self.value, self.low, self.high)


class Course(NamedTuple):
    """A measure over time, oldest first. ``start`` is the figure from which an action starts, ``skipped`` counts figures
    of which a part cannot be known yet. ``matures`` is how many days after a period its figure is known, and why.
    """

    words: str
    unit: str
    every: Every
    better: Better
    lowest: float | None
    highest: float | None
    share: float | None  # what a share is multiplied by; None for a figure that is no share
    figures: tuple[Figure, ...]
    start: Figure | None
    skipped: int
    matures: int
    because: str
    kpi: Kpi | None
    counted_by: str  # the version of the KPI, or of the scorecard, that all figures have: id@version
    series: Series | None
    planned: str  # where the n of the follow-up comes from

    @property
    def sign(self) -> int:
        """1 where higher is better, else -1."""
        return 1 if self.better == "higher" else -1

    def show(self, value: float) -> str:
        """Return a figure with its unit."""
        return f"{short(value)} %" if self.unit == "%" else short(value)

    def step(self, value: float) -> str:
        """Return a difference of figures with its unit."""
        return f"{short(value)}{' points' if self.unit == '%' else ''}"


class NothingToMove(QacliError):
    """A criterion was never applicable, or is on no card."""


def course_of(view: View, metric: Metric, until: date, since: date | None = None) -> Course:
    """Return the course of a metric up to the day before ``until``.

    An action starts from the last figure of a KPI; for a criterion from all of the 13 weeks before, or ``since`` a day on.

    Raises NoSuchDefinition, NoVariant, NoSuchVariant, NoFigures, NothingToMove.
    """
    return _criterion(view, metric, until, since) if metric.criterion else _kpi(view, metric, until)


def every_of(view: View, metric: Metric) -> Every:
    """Return by what the figures of a metric are taken."""
    known: Mapping[str, Every] = {"day": "day", "week": "week", "month": "month"}
    return known[metric.by or view.settings.targets.by]


def _kpi(view: View, metric: Metric, until: date) -> Course:
    kpi: Kpi = view.look_up("kpi", metric.kpi or "")
    variant, every = variant_of(kpi, metric.variant), every_of(view, metric)
    wanted = Series(kpi.id, variant, metric.cut, metric.slice, every)
    recorded = figures(view, wanted)
    same = [row for row in recorded if row.kpi == recorded[-1].kpi]  # figures of two versions are never joined
    ready = [row for row in same if not row.held_back and row.last < until]
    found = tuple(figure for row in ready if (figure := figure_of(row)))
    computed = kpi.computed.get(variant)
    window = computed.days or 0 if computed else 0
    late, why = window, f"{window} days until it is known whether a customer came again" if window else ""
    if same[-1].origin != TRANSACTIONS:
        late = max(0, (view.one(KpiImport, same[-1].origin).ready_on - same[-1].last).days)
        why = f"its figures come {late} days after a period, by the last import"
    kind, scale = kind_of(kpi, variant), scale_of(kpi, variant)
    lowest, highest = (-100.0, 100.0) if kind == "index" else (0.0 if kind else None, scale)
    return Course(
        wanted.in_words(),
        "%" if scale == 100 else "",
        every,
        kpi.better,
        lowest,
        highest,
        scale if kind == "share" else None,
        found,
        found[-1] if found else None,
        len([row for row in same if row.held_back and row.last < until]),
        late,
        why,
        kpi,
        same[-1].kpi,
        wanted,
        f"as many in a {every} as in the last",
    )


def figure_of(row: KpiValue) -> Figure | None:
    """Return a recorded figure; None where it is not defined."""
    if row.value is None:
        return None
    return Figure(row.period, row.first, row.last, row.n or 0, row.value, row.low, row.high, row.se, row.id)


def _criterion(view: View, metric: Metric, until: date, since: date | None) -> Course:
    every = every_of(view, metric)
    window = Selection(until - 4 * QUARTER, until - DAY, channel=metric.channel, team=metric.team)
    counted = Counted(view, metric, window)
    minimum = view.settings.thresholds.minimum_n
    found = [figure for period in _periods(counted.days, every) if (figure := counted.within(period.key, period))]
    earliest = min(max(until - QUARTER, since or date.min), max(counted.days))
    first = min(day for day in counted.days if day >= earliest)
    late = matures_after(view)
    where = "".join(f", {part}" for part in (metric.channel, metric.team) if part)
    return Course(
        f"{metric.criterion} met ({counted.card}){where}",
        "%",
        every,
        "higher",
        0.0,
        100.0,
        100.0,
        tuple(figure for figure in found if figure.n >= minimum),
        counted.within("", parse_period(f"{first}..{until - DAY}")),
        0,
        late,
        f"{late} days in which an item is to be scored",
        None,
        counted.card,
        None,
        "as many in a week as before",
    )


def matures_after(view: View) -> int:
    """Return how many days after a period the items drawn from it are scored."""
    return int(view.settings.thresholds.score_within)


class Counted:
    """The ratings of one criterion in the routine samples of some days by the card used last, with what weights them."""

    def __init__(self, view: View, metric: Metric, window: Selection) -> None:
        """Raises NothingToMove."""
        known = sorted({each.id for card in view.definitions("scorecard") for each in card.criteria()})
        if metric.criterion not in known:
            raise NothingToMove(
                f"{metric.criterion} is no criterion of a scorecard", help=Hint("see: ", Command("scorecard show"))
            )
        drawn: Sample = sample(view, window)
        rated = ratings(view, window)
        rated = rated[(rated["criterion"] == metric.criterion) & rated["met"].notna()]
        if rated.empty:
            raise NothingToMove(
                f"{metric.criterion} applied in no observation of a routine sample since {window.from_}",
                help=Hint("draw and score a sample first: ", Command("sample draw")),
            )
        self.card = str(rated.sort_values("day", kind="stable")["scorecard"].iloc[-1])  # versions are never mixed
        rated = rated[rated["scorecard"] == self.card]
        self.strata: Strata = strata_of(drawn)
        self.days: list[date] = rated["day"].dt.date.tolist()
        self.met = dict(zip(rated["item"], rated["met"].astype(bool), strict=True))
        self.day_of = dict(zip(rated["item"], self.days, strict=True))
        self.confidence = view.settings.thresholds.confidence / 100

    def within(self, key: str, days: Period) -> Figure | None:
        """Return the share that met the criterion in some days, in per cent, weighted by the design; None without any."""
        values = {item: met for item, met in self.met.items() if days.first <= self.day_of[item] <= days.last}
        if not values:
            return None
        found = weighted_share(self.strata, values, self.confidence)
        if found.estimate is None:
            return None
        low, high = (None if each is None else 100 * each for each in (found.low, found.high))
        where = f"routine samples of {days.first}..{days.last}"
        return Figure(key or days.key, days.first, days.last, len(values), 100 * found.estimate, low, high, None, where)


def _periods(days: Sequence[date], every: Every) -> list[Period]:
    """Return the periods between the first and the last of some days."""
    following: Callable[[date], Period] = (
        (lambda day: parse_period(str(day))) if every == "day" else (lambda day: period_of(every, day))
    )
    found = [following(min(days))]
    while found[-1].last < max(days):
        found.append(following(found[-1].last + DAY))
    return found


def moved(before: Limits, after: Limits, sign: int = 1) -> Limits:
    """Return by how much a figure got better, with its interval; None where either side has none.

    Square-and-add of the two intervals (Zou and Donner 2008, Statistics in Medicine 27:1693-1702); of Wilson's intervals
    this is Newcombe's.
    """
    if before.value is None or after.value is None:
        return Limits(None, None, None)
    difference = after.value - before.value
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return Limits(sign * difference, None, None)
    low = difference - sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    high = difference + sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Limits(difference, low, high) if sign > 0 else Limits(-difference, -high, -low)
