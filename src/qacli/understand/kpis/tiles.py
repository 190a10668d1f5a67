"""One page of KPIs: for each its last figure, its target and verdict, and whether its weeks show more than variation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.understand.kpis.charting import kind_of
from qacli.understand.kpis.control import Charted, control
from qacli.understand.kpis.importing import scale_of
from qacli.understand.kpis.value import ALL, KpiValue, Series, series
from qacli.understand.targets.target import TargetChange, agreed, verdict_of_its_day

if TYPE_CHECKING:
    from datetime import date

    from qacli.model import View
    from qacli.prepare.kpi import Kpi


class Tile(NamedTuple):
    """The leading variant of one KPI. ``value`` is the figure of the last period that has one.

    ``verdict`` is that by the target of its day, empty without a target; ``chart`` is of the periods up to it.
    """

    kpi: Kpi
    variant: str
    value: KpiValue
    target: TargetChange | None
    verdict: str
    chart: Charted


def tiles(view: View, until: date | None = None, cut: str = ALL, slice_: str = ALL, by: str = "week") -> list[Tile]:
    """Return a tile for each KPI with a figure, in the order of kpis.yaml, of periods that ended by a day.

    A KPI of several variants without a leading one has no tile: nobody could tell which one is meant.
    """
    values, targets = view.current(KpiValue), agreed(view)
    events = [event for event in view.definitions("event") if until is None or event.from_ <= until]
    found = []
    for kpi in view.definitions("kpi"):
        variant = kpi.leading or (next(iter(kpi.variants)) if len(kpi.variants) == 1 else "")
        mine = series(values, Series(kpi.id, variant, cut, slice_, by), last=until) if variant else []
        known = [value for value in mine if value.value is not None]
        if not known:
            continue
        target, verdict = verdict_of_its_day(targets, known[-1], kpi.better)
        points = [value.point() for value in mine if value.kpi == known[-1].kpi]
        scale = scale_of(kpi, variant) or 1.0
        chart = control(points, events, kind_of(kpi, variant), scale, slice_ if cut == "channel" else "")
        found.append(Tile(kpi, variant, known[-1], target, verdict, chart))
    return found
