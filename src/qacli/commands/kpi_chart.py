"""``qacli kpi chart`` and ``qacli kpi drill``: ordinary variation or a signal, and what a change is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command
from qacli.commands.kpi_slices import for_reader, periods, slice_of, some_of
from qacli.commands.options import days
from qacli.commands.sparkline import is_watched, sparkline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.understand.kpis.charting import KpiChart
    from qacli.understand.kpis.drilling import Drilled

KPI = Annotated[str, typer.Argument(metavar="KPI", help="Id of a KPI, for example service-level.")]
VARIANT = Annotated[str, typer.Option(help="Its variant; else the leading one.")]
CUT = Annotated[
    str, typer.Option(help="A slice: channel=chat, team=cedar; left out: the whole desk.", metavar="CUT=SLICE")
]
POINTS = (
    "period",
    "from",
    "to",
    "value",
    "n",
    "low",
    "high",
    "lower limit",
    "upper limit",
    "signal",
    "target",
    "verdict",
)
PARTS = ("cut", "slice", "before", "after", "change", "n before", "n after", "by rate", "by mix")
GAP = ("slice", "against", "period", "value", "other", "n", "other n", "difference", "low", "high", "verdict")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def join(app: typer.Typer) -> None:
    """Add the commands to ``qacli kpi``."""
    command(app, "chart")(chart)
    command(app, "drill", slow=True)(drill)
    command(app, "gap")(gap)


def chart(
    context: Context,
    kpi: KPI,
    variant: VARIANT = "",
    of: CUT = "",
    by: Annotated[Literal["day", "week", "month"], typer.Option(help="One point for each.")] = "week",
    from_: Annotated[str, typer.Option("--from", help="First day.")] = "",
    to: Annotated[str, typer.Option(help="Last day.")] = "",
) -> None:
    """Chart a measure over time: ordinary variation or a signal, known events beside it, the target of each day."""
    from qacli.understand.kpis.charting import chart as make
    from qacli.understand.kpis.charting import said
    from qacli.understand.kpis.value import Series, variant_of

    view = context.workspace.view()
    item = view.look_up("kpi", kpi)
    cut, slice_ = slice_of(of)
    found = make(view, item, Series(item.id, variant_of(item, variant), cut, slice_, by), *days(from_, to))
    rows = _points(found)
    beside = {
        "series": found.title,
        "phases": [
            {"kpi": name, "verdict": chart.verdict, "center": chart.center, "method": chart.method}
            for name, chart in found.phases
        ],
    }
    columns, shown = for_reader(context, POINTS, list(rows), [name for name in POINTS if name not in {"from", "to"}])
    context.show("kpi-chart", columns, shown, title=found.title, beside=beside)
    if is_watched(context):
        context.tell(f"course: {sparkline([value.value for value in found.values])}")
    for line in said(found):
        context.tell(line)
    if found.week:
        profile = ", ".join(f"{NAMES[day.weekday]} {day.value:,.1f} ({day.days} days)" for day in found.week)
        context.tell(f"days of the week: {profile}")
    elif by != "day":
        context.tell("days of the week: not known; record them with qacli kpi compute --by day")


def _points(found: KpiChart) -> Iterator[tuple[object, ...]]:
    limits = {}
    for phase in found.phases:
        marks = {at: signal.words for signal in reversed(phase.chart.signals) for at in signal.places}
        for at, point in enumerate(phase.chart.points):
            noted = "noted" if at in phase.chart.left_out else None
            limits[phase.kpi, point.key] = (phase.chart.lower[at], phase.chart.upper[at], marks.get(at, noted))
    for value, target, verdict in zip(found.values, found.targets, found.verdicts, strict=True):
        lower, upper, mark = limits[value.kpi, value.period]
        aim = target.new if target else None
        figures = (value.value, value.n, value.low, value.high, lower, upper)
        yield (value.period, value.first, value.last, *figures, mark, aim, verdict or None)


def drill(
    context: Context,
    kpi: KPI,
    variant: VARIANT = "",
    period: Annotated[str, typer.Option(help="The period to explain; else the last whole month.")] = "",
    against: Annotated[str, typer.Option(help="The period before; else the one of the same length just before.")] = "",
    by: Annotated[
        str, typer.Option(help="Cuts, with commas: channel, product, reason (service), team, colleague, need.")
    ] = "product,reason,channel",
    of: CUT = "",
) -> None:
    """Take a change apart: better or worse inside the slices, or other work between them. Warns of reversals."""
    from qacli.understand.kpis.slicing import drill_figures, said
    from qacli.understand.kpis.value import CUTS, variant_of
    from qacli.workspace.populations import TRANSACTIONS, open_transactions, profile_of

    workspace = context.workspace
    view = workspace.view()
    item = view.look_up("kpi", kpi)
    named = variant_of(item, variant)
    after, before = periods(view.now.date(), period, against)
    with open_transactions(workspace) as opened:
        profile = profile_of(workspace, workspace.settings.sources[TRANSACTIONS], TRANSACTIONS)
        cuts = some_of(by, CUTS[1:])
        found = drill_figures(
            view, item, named, (before, after), cuts, slice_of(of), opened.population, profile, opened.source
        )
    rows = [row for each in found for row in _parts(each)]
    context.show("kpi-drill", PARTS, rows, title=f"{item.title} ({named}): {after.key} against {before.key}")
    for line in said(found, item, after, before):
        context.tell(line)


def gap(
    context: Context,
    kpi: KPI,
    of: Annotated[str, typer.Option(help="A slice: need=yes, team=cedar.", metavar="CUT=SLICE")],
    against: Annotated[
        str, typer.Option(help="The slice to compare it with: no; else all others.", metavar="SLICE")
    ] = "",
    variant: VARIANT = "",
    period: Annotated[str, typer.Option(help="Of this period; else the latest that both have.")] = "",
) -> None:
    """Compare two slices in one period: is one worse off? Shares by Newcombe's interval, others by standard errors."""
    from qacli.understand.kpis.gaps import gap_between
    from qacli.understand.kpis.value import variant_of

    view = context.workspace.view()
    item = view.look_up("kpi", kpi)
    found = gap_between(view, item, variant_of(item, variant), slice_of(of), against, period)
    row = (found.slice, found.against, found.period, found.one, found.other, found.n, found.other_n)
    context.show("kpi-gap", GAP, [(*row, found.difference, found.low, found.high, found.verdict)], title=item.title)
    if found.note:
        context.tell(f"{found.note}: name one of them with --against")


def _parts(found: Drilled) -> Iterator[tuple[object, ...]]:
    for part in found.parts:
        change = None if part.before is None or part.after is None else part.after - part.before
        counts = (round(part.n_before), round(part.n_after))
        yield found.cut, part.slice, part.before, part.after, change, *counts, part.rate, part.mix
