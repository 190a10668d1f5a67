"""A chart with what belongs to it: events, the targets of their day, the profile of the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.prepare.event import Event, disturbances
from qacli.understand.kpis.control import Charted, Kind, Signal, control
from qacli.understand.kpis.formulas import FORMULAS
from qacli.understand.kpis.importing import scale_of
from qacli.understand.kpis.seasons import CANNOT_TELL, Step, Weekday, step, weekdays
from qacli.understand.kpis.value import KpiValue, Series, figures
from qacli.understand.targets.target import TargetChange, agreed, verdict_of_its_day

if TYPE_CHECKING:
    from datetime import date

    from qacli.model import View
    from qacli.prepare.kpi import Kpi


class Phase(NamedTuple):
    """The periods that one version of the definition counts: figures of two versions are never joined."""

    kpi: str
    chart: Charted


class KpiChart(NamedTuple):
    """A series charted. ``targets`` and ``verdicts`` belong to the figures, each by the target of its day.

    ``week`` is the profile of the week where figures of days are recorded, else empty.
    """

    title: str
    values: tuple[KpiValue, ...]
    phases: tuple[Phase, ...]
    targets: tuple[TargetChange | None, ...]
    verdicts: tuple[str, ...]
    week: tuple[Weekday, ...]
    events: tuple[Event, ...]


def chart(view: View, kpi: Kpi, wanted: Series, first: date | None = None, last: date | None = None) -> KpiChart:
    """Return the chart of a series. Raises NoFigures."""
    values = figures(view, wanted, first, last)
    events = [event for event in view.definitions("event") if event.from_ <= values[-1].last]
    channel = wanted.slice if wanted.cut == "channel" else ""
    kind = kind_of(kpi, wanted.variant)
    scale = scale_of(kpi, wanted.variant) or 1.0
    phases = tuple(
        Phase(name, control([value.point() for value in values if value.kpi == name], events, kind, scale, channel))
        for name in dict.fromkeys(value.kpi for value in values)
    )
    targets = agreed(view)
    held = [verdict_of_its_day(targets, value, kpi.better) for value in values]
    days = figures_of_days(view, wanted)
    near = [event for event in events if event.touches(channel) and _meets(event, values)]
    return KpiChart(
        f"{kpi.title}: {wanted.in_words()}",
        tuple(values),
        phases,
        tuple(target for target, _ in held),
        tuple(verdict for _, verdict in held),
        tuple(weekdays(value.point() for value in days)),
        tuple(sorted(near, key=lambda event: event.from_)),
    )


def figures_of_days(view: View, wanted: Series) -> list[KpiValue]:
    """Return the figures of single days of a series; empty where none is recorded."""
    from qacli.understand.kpis.value import series

    return series(view.current(KpiValue), wanted._replace(by="day"))


def kind_of(kpi: Kpi, variant: str) -> Kind:
    """Return what kind of figure a variant is; a share by its unit where it is imported."""
    computed = kpi.computed.get(variant)
    if computed:
        return FORMULAS[computed.formula].kind
    return "share" if scale_of(kpi, variant) else ""


def said(found: KpiChart) -> Iterator[str]:
    """Yield what a chart says in words: signal or ordinary variation, candidates, what was noted and not judged."""
    for phase in found.phases:
        chart_ = phase.chart
        name = f"{phase.kpi}: " if len(found.phases) > 1 else ""
        yield f"{name}{chart_.verdict} ({chart_.method}; {chart_.n} periods judged)"
        for signal in joined(chart_):
            yield f"  {signal.words}"
            for each in signal.events[:2]:
                yield f"    nearest event: {each.in_words()}"
                yield from _moved(step(chart_.points, each.event.from_))
        for at in chart_.left_out:
            point = chart_.points[at]
            why = ", ".join(
                f"{event.id} ({event.what})" for event in disturbances(found.events, point.first, point.last)
            )
            yield f"  {point.key} noted, not judged: {why}"
    if len(found.phases) > 1:
        yield "the definition changed: its versions count differently, and their periods are not joined"
    gaps = [value.period for value in found.values if value.value is None]
    if gaps:
        yield f"without a figure: {', '.join(gaps)}"


def joined(chart_: Charted) -> list[Signal]:
    """Return the signals of a chart, neighbours beyond the same limit as one."""
    found: list[Signal] = []
    sides: list[bool] = []
    for signal in chart_.signals:
        last, above = signal.places[-1], (chart_.points[signal.places[0]].value or 0.0) > (chart_.center or 0.0)
        if found and len(signal.places) == 1 and found[-1].places[-1] == last - 1 and sides[-1] == above:
            places = (*found[-1].places, last)
            words = f"{chart_.points[places[0]].key} to {chart_.points[last].key} lie {'above' if above else 'below'} their limits"
            found[-1] = found[-1]._replace(places=places, words=words)
        else:
            found.append(signal)
            sides.append(above)
    return found


def _moved(found: Step) -> Iterator[str]:
    """Yield how far the figures moved on the day of an event; nothing where that cannot be told."""
    if found.verdict != CANNOT_TELL:
        before, after = found.periods
        yield (
            f"      from its day on {found.after:,.1f} over {after} periods, {found.before:,.1f} over {before} before: "
            f"{found.verdict}, {found.difference:+,.1f} ({found.low:+,.1f} to {found.high:+,.1f})"
        )


def _meets(event: Event, values: Sequence[KpiValue]) -> bool:
    return event.from_ <= values[-1].last and (event.to or event.from_) >= values[0].first
