"""The tiles: the score by scorecard, failed criticals, and what customers and systems say, each with its verdict."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qacli.monitor.observing.observation import CLASSES
from qacli.reports.charts.tile import Tile
from qacli.understand.estimates import critical_cells
from qacli.understand.kpis.charting import chart
from qacli.understand.kpis.value import ALL, KpiValue, Series, span_kind
from qacli.understand.summary import desk, weighted_shares

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi
    from qacli.reports.dashboard.content import Content
    from qacli.understand.patterns.courses import Course

HARMS = {"customer": "Customers let down", "business": "Business let down", "compliance": "Rules not kept"}
MOST_KPIS = 8


def of_scores(content: Content, courses: Sequence[Course]) -> Iterator[Tile]:
    """Yield a tile per scorecard, with its course, and one per class of failed criticals."""
    by_card = {course.card: course for course in courses}
    for row in desk(content.view, content.selection).frame.to_dict("records"):
        course = by_card.get(str(row["scorecard"]).partition("@")[0])
        yield Tile(f"Mean score, {row['scorecard']}", *_mean(row), *_course(course))
    for name in CLASSES:
        if tile := _critical(content, name):
            yield tile


def of_kpis(content: Content) -> Iterator[Tile]:
    """Yield a tile per KPI with recorded figures of these days: the whole desk, the leading variant, the last period."""
    there = [value for value in content.view.current(KpiValue) if value.cut == ALL and _within(content, value)]
    shown = 0
    for kpi in content.view.definitions("kpi"):
        ours = [value for value in there if value.id_of_kpi == kpi.id]
        if ours and shown < MOST_KPIS:
            shown += 1
            yield _of_kpi(content, kpi, ours)


def _within(content: Content, value: KpiValue) -> bool:
    return (content.first is None or value.last >= content.first) and (content.last is None or value.first <= content.last)


def _of_kpi(content: Content, kpi: Kpi, values: Sequence[KpiValue]) -> Tile:
    variant = kpi.leading if any(value.variant == kpi.leading for value in values) else values[0].variant
    ours = [value for value in values if value.variant == variant]
    weeks = [value for value in ours if span_kind(value) == "week"]
    last = max(ours, key=lambda value: (value.last, (value.last - value.first).days))
    course: list[float | None] = []
    places: list[int] = []
    verdict = ""
    if weeks:
        made = chart(content.view, kpi, Series(kpi.id, str(variant), by="week"), content.first, content.last)
        course = [value.value for value in made.values]
        first = len(course) - len(made.phases[-1].chart.points)
        places = sorted({first + at for signal in made.phases[-1].chart.signals for at in signal.places})
        verdict = made.verdicts[-1] or made.phases[-1].chart.verdict
    return Tile(f"{kpi.title}, {variant}", _told(last.value, kpi, str(variant)), _basis(last), verdict, course, places)


def _told(value: float | None, kpi: Kpi, variant: str) -> str:
    if value is None:
        return "–"
    unit = kpi.unit.partition(";")[0].partition(",")[0]
    text = f"{value:.1f}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{text} %" if unit == "percent" and variant != "mean" else text if unit == "percent" else f"{text} {unit.partition(' ')[0]}"


def _basis(value: KpiValue) -> str:
    limits = f"{value.low:.1f} to {value.high:.1f}, " if value.low is not None and value.high is not None else ""
    n = f"n {value.n:,}" if value.n is not None else "n not stated"
    answered = f", {value.response:.0f} % answered" if value.response is not None else ""
    held = f", {value.held_back:,} held back" if value.held_back else ""
    return f"{value.period}: {limits}{n}{answered}{held}"


def _mean(row: Mapping[Hashable, Any]) -> tuple[str, str]:
    n, mean, low, high = (row[key] for key in ("n", "mean", "low", "high"))
    if mean != mean:
        return "–", f"{row['verdict']}, n {n}"
    limits = f"{low:.1f} to {high:.1f}, " if low == low else ""
    return f"{mean:.1f}", f"{limits}n {n}, of 100"


def _course(course: Course | None) -> tuple[str, list[float | None], list[int]]:
    if course is None:
        return "", [], []
    alarms = sorted({each.at for each in course.chart.alarms})
    limits = any(not method.startswith("no ") for method in course.chart.methods)
    verdict = "signal" if alarms or course.shift else "ordinary variation" if limits else "cannot tell"
    return verdict, [point.value for point in course.chart.points], alarms


def _critical(content: Content, name: str) -> Tile | None:
    """Return the share of observations that failed a critical of a class; none where no card has such a critical."""
    observed = content.found.observed
    if observed.empty or not _asked(content, name):
        return None
    cells = critical_cells(observed, weighted_shares(content.found), content.policy.confidence)
    share, low, high = (cells[f"{name}_{part}"] for part in ("share", "low", "high"))
    limits = f"{low:.1%} to {high:.1%}, " if isinstance(low, float) and isinstance(high, float) else ""
    value = f"{share:.1%}" if isinstance(share, float) else "–"
    return Tile(f"{HARMS[name]} (critical)", value, f"{limits}{cells[name]} of {len(observed)} observations")


def _asked(content: Content, name: str) -> bool:
    cards = (content.view.look_up("scorecard", card) for card in sorted(set(content.found.observed["scorecard"])))
    return any(criterion.critical == name for card in cards for criterion in card.criteria())
