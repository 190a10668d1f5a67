"""The tiles: the score by scorecard, failed criticals, and what customers and systems say, each with its verdict."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qacli.files.numbers import plain
from qacli.monitor.observing.observation import CLASSES
from qacli.prepare.period import period_of
from qacli.reports.charts.markup import el
from qacli.reports.charts.tile import Tile, tile
from qacli.reports.dashboard.content import Part, Said
from qacli.understand.estimates import critical_cells
from qacli.understand.kpis.control import SIGNAL
from qacli.understand.kpis.tiles import tiles
from qacli.understand.kpis.value import ALL
from qacli.understand.kpis.verdict import BREACH
from qacli.understand.summary import desk, weighted_shares

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi
    from qacli.reports.dashboard.content import Content
    from qacli.understand.kpis.value import KpiValue
    from qacli.understand.patterns.courses import Course
    from qacli.understand.targets.target import TargetChange

MOST_KPIS, MOST_NAMED = 8, 1
ALARMS = (BREACH, SIGNAL)


def of_scores(content: Content, courses: Sequence[Course]) -> Iterator[Tile]:
    """Yield a tile per scorecard, with its course, and one per class of failed criticals."""
    by_card = {course.card: course for course in courses}
    for row in desk(content.view, content.selection).frame.to_dict("records"):
        course = by_card.get(str(row["scorecard"]).partition("@")[0])
        value, basis = _mean(row)
        yield _with_course(Tile(f"Mean score, {row['scorecard']}", value, basis), course)
    for name in CLASSES:
        if tile := _critical(content, name):
            yield tile


def of_kpis(content: Content) -> tuple[list[Part], list[Said]]:
    """Return what customers and systems say as a section, and a sentence per KPI that calls for a look."""
    measures = list(_kpis(content))
    if not measures:
        return [], []
    calling = [each for each in measures if each.verdict in ALARMS]
    missed = [each for each in calling if each.verdict == BREACH]
    heading = "No measure shows more than ordinary variation"
    if calling:
        names = ", ".join(each.label for each in calling[:MOST_NAMED])
        what = "misses its target" if missed else "shows more than ordinary variation"
        many = "miss their target or show more than ordinary variation"
        heading = f"{names} {what}" if len(calling) == 1 else f"{len(calling)} of {len(measures)} measures {many}"
    lead = "The last week of each KPI that was computed, the variant by its name; its course are the weeks before."
    body = el("ul", *map(tile, measures), class_="tiles")
    said = [Said(55, f"{each.label}: {each.value}, {each.verdict} ({each.basis}).") for each in calling]
    return [Part("measures", heading, lead, body, long=True)], said


def _kpis(content: Content) -> Iterator[Tile]:
    """Yield a tile per KPI with figures of weeks up to the last day: the leading variant of the whole page.

    Where nobody set that day, it is that of the last observation, and its week counts: a desk may be closed on Sundays.
    """
    chosen = next(((cut, name) for cut in ("channel", "team") if (name := getattr(content.selection, cut))), (ALL, ALL))
    until = content.last
    if until and not content.selection.to:
        until = period_of("week", until).last
    for each in tiles(content.view, until, *chosen)[:MOST_KPIS]:
        points = each.chart.points
        places = sorted({at for signal in each.chart.signals for at in signal.places})
        yield Tile(
            f"{each.kpi.title}, {each.variant}",
            _told(each.value.value, each.kpi, each.variant),
            _basis(each.value, each.target),
            each.verdict or each.chart.verdict,
            [point.value for point in points],
            places,
        )


def _told(value: float | None, kpi: Kpi, variant: str) -> str:
    if value is None:
        return "–"
    unit = kpi.unit.partition(";")[0].partition(",")[0]
    text = f"{value:.1f}" if abs(value) < 1000 else f"{value:,.0f}"
    if unit == "percent":
        return text if variant.startswith("mean") else f"{text}%"
    return f"{text} s" if unit == "seconds" else text


def _basis(value: KpiValue, target: TargetChange | None) -> str:
    limits = f"{value.low:,.1f} to {value.high:,.1f}, " if value.low is not None and value.high is not None else ""
    n = f"n\u00a0{value.n:,}" if value.n is not None else "n not stated"
    answered = f", {value.response:.0f}% answered" if value.response is not None else ""
    held = f", {value.held_back:,} held back" if value.held_back else ""
    asked = f"; target {plain(target.new)}" if target else ""
    return f"{value.period}: {limits}{n}{answered}{held}{asked}"


def _mean(row: Mapping[Hashable, Any]) -> tuple[str, str]:
    n, mean, low, high = (row[key] for key in ("n", "mean", "low", "high"))
    if mean != mean:
        return "–", f"{row['verdict']}, n {n}"
    limits = f"{low:.1f} to {high:.1f}, " if low == low else ""
    return f"{mean:.1f}", f"{limits}n\u00a0{n}, of 100"


def _with_course(tile: Tile, course: Course | None) -> Tile:
    if course is None:
        return tile
    alarms = sorted({each.at for each in course.chart.alarms})
    limits = any(not method.startswith("no ") for method in course.chart.methods)
    verdict = "signal" if alarms or course.shift else "ordinary variation" if limits else "cannot tell"
    return tile._replace(verdict=verdict, course=[point.value for point in course.chart.points], places=alarms)


def _critical(content: Content, name: str) -> Tile | None:
    """Return the share of observations that failed a critical of a class; none where no card has such a critical."""
    observed = content.found.observed
    if observed.empty or not _asked(content, name):
        return None
    cells = critical_cells(observed, weighted_shares(content.found), content.policy.confidence)
    share, low, high = (cells[f"{name}_{part}"] for part in ("share", "low", "high"))
    limits = f"{low:.1%} to {high:.1%}, " if isinstance(low, float) and isinstance(high, float) else ""
    value = f"{share:.1%}" if isinstance(share, float) else "–"
    basis = f"{limits}{cells[name]} of {len(observed)} observations"
    return Tile(f"Critical failures, {name}", value, basis, grave=bool(cells[name]))


def _asked(content: Content, name: str) -> bool:
    cards = (content.view.look_up("scorecard", card) for card in sorted(set(content.found.observed["scorecard"])))
    return any(criterion.critical == name for card in cards for criterion in card.criteria())
