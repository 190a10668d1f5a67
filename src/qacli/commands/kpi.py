"""``qacli kpi``: what is measured and how, computed or imported, charted, taken apart, asked about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands import kpi_chart, kpi_import, kpi_questions
from qacli.commands.approvals import approved_by, say_decisions
from qacli.commands.context import Context, command, new_app
from qacli.commands.kpi_slices import some_of
from qacli.commands.options import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import View
    from qacli.prepare.kpi import Kpi
    from qacli.understand.kpis.value import KpiValue

app = new_app("Compute, import, chart and take apart KPIs; keep the questions that they raise.")
KPI = Annotated[str, typer.Argument(metavar="KPI", help="Id of a KPI, for example service-level.")]
FIGURES = (
    "kpi",
    "variant",
    "period",
    "value",
    "low",
    "high",
    "n",
    "response %",
    "held back",
    "target",
    "verdict",
    "origin",
)


@command(app, "list")
def list_(context: Context) -> None:
    """List the KPIs: each variant with its last figure, the target of that day and the verdict; what is only imported."""
    from qacli.understand.kpis.value import KpiValue, latest
    from qacli.understand.targets.target import agreed

    view = context.workspace.view()
    last, targets = latest(view.current(KpiValue)), agreed(view)
    rows: list[tuple[Any, ...]] = []
    for kpi in view.definitions("kpi"):
        for variant in kpi.variants:
            how = "computed" if variant in kpi.computed else "imported"
            value = last.get((kpi.id, variant))
            rows.append(_listed(kpi, variant, value, targets) if value else (kpi.id, variant, *[None] * 9, how))
    context.show("kpis", FIGURES, rows)


@command(app)
def show(
    context: Context,
    kpi: KPI,
    variant: Annotated[str, typer.Option(help="Only this variant.")] = "",
    period: Annotated[str, typer.Option(help="Only this period: 2026-06.")] = "",
) -> None:
    """Show one KPI: what it is for, each variant in words, how it is gamed, who approved it; its figures by slice."""
    from qacli.understand.kpis.value import KpiValue
    from qacli.understand.targets.target import agreed

    view = context.workspace.view()
    item: Kpi = view.look_up("kpi", kpi)
    wanted = [
        value
        for value in view.current(KpiValue)
        if value.id_of_kpi == item.id and variant in {"", value.variant} and period in {"", value.period}
    ]
    if not context.for_programs and (context.for_people or not wanted):
        for line in _described(view, item):
            context.say(line)
    columns = (*FIGURES[:3], "cut", "slice", *FIGURES[3:])
    targets = agreed(view)
    rows = []
    for value in sorted(wanted, key=lambda value: (value.variant, value.last, value.first, value.cut, value.slice)):
        listed = _listed(item, value.variant, value, targets)
        rows.append((*listed[:3], value.cut, value.slice, *listed[3:]))
    if rows or context.for_programs:
        context.show("kpi", columns, rows, title=item.title)


@command(app, writes=True)
def approve(
    context: Context,
    kpi: Annotated[list[str], typer.Argument(metavar="KPI...", help="Ids of KPIs, for example csat fcr.")],
    comment: Annotated[str, typer.Option(help="What was agreed.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Decline it instead.")] = False,
) -> None:
    """Approve how KPIs are defined, as a second person."""
    from qacli.understand.kpis.defining import approve_kpis

    outcome = context.commit(
        partial(approve_kpis, ids=kpi, comment=comment, decision="declined" if decline else "agreed")
    )
    say_decisions(context, outcome.rows)


@command(app, writes=True, slow=True)
def compute(
    context: Context,
    kpi: Annotated[
        list[str] | None, typer.Argument(metavar="[KPI...]", help="Ids, or kpi:variant; left out: all that say how.")
    ] = None,
    period: Annotated[
        str, typer.Option(help="2026-06, 2026-W24, 2026-Q2, a day, or two days with dots; else the last whole month.")
    ] = "",
    by: Annotated[
        str, typer.Option(help="Shorter periods that ended in it, with commas: day,week,month; or none.")
    ] = "week",
    until: Annotated[str, typer.Option(help="Last day that the export covers, where nobody came on it.")] = "",
    cut: Annotated[
        str,
        typer.Option(
            help="Slices besides the whole desk, with commas: channel,team,product,reason,colleague,need; or none."
        ),
    ] = "channel,team",
) -> None:
    """Compute KPIs from the transactions, with intervals. The same data again changes nothing; changed data corrects."""
    from qacli.prepare.period import last_whole, parse_period
    from qacli.understand.kpis.computing import compute as act
    from qacli.understand.kpis.value import ALL, CUTS, KpiValue
    from qacli.workspace.populations import TRANSACTIONS, open_transactions, profile_of

    workspace = context.workspace
    when = parse_period(period) if period else last_whole("month", workspace.clock().date())
    covers = day(until) if until else None
    spans, cuts = some_of(by, ("day", "week", "month")), some_of(cut, CUTS[1:])
    with open_transactions(workspace) as opened:
        profile = profile_of(workspace, workspace.settings.sources[TRANSACTIONS], TRANSACTIONS)
        over: dict[str, Any] = {"population": opened.population, "profile": profile, "source": opened.source}
        outcome = context.commit(partial(act, period=when, kpis=kpi or (), by=spans, cuts=cuts, covers=covers, **over))
    there = outcome.rows if context.dry_run else workspace.view().current(KpiValue)
    named = {name if ":" in name else f"{name}:" for name in kpi or ()}
    whole = [
        row
        for row in there
        if isinstance(row, KpiValue)
        and (row.cut, row.period) == (ALL, when.key)
        and (not named or {f"{row.id_of_kpi}:", f"{row.id_of_kpi}:{row.variant}"} & named)
    ]
    if whole:
        _show_values(context, whole, f"KPIs of {when.describe()}")


def _show_values(context: Context, values: Sequence[KpiValue], title: str) -> None:
    from qacli.understand.targets.target import agreed

    view = context.workspace.view()
    targets = agreed(view)
    rows = [_listed(view.look_up("kpi", value.kpi), value.variant, value, targets) for value in values]
    context.show("kpi-values", FIGURES, sorted(rows, key=lambda row: (str(row[0]), str(row[1]))), title=title)


def _listed(kpi: Kpi, variant: str, value: KpiValue, targets: Sequence[Any]) -> tuple[Any, ...]:
    from qacli.understand.targets.target import verdict_of_its_day

    target, verdict = verdict_of_its_day(targets, value, kpi.better)
    limits = (value.value, value.low, value.high)
    aim = target.new if target else None
    origin = "computed" if value.origin == "transactions" else value.origin
    return (
        kpi.id,
        variant,
        value.period,
        *limits,
        value.n,
        value.response,
        value.held_back or None,
        aim,
        verdict,
        origin,
    )


def _described(view: View, item: Kpi) -> list[str]:
    lines = [f"{item.reference}  {item.title}, in {item.unit}; {item.better} is better", f"  for: {item.purpose}"]
    for variant, words in item.variants.items():
        computed = item.computed.get(variant)
        how = "imported" if not computed else " ".join([computed.formula, *_parameters(computed)])
        lines.append(f"  {variant}{' (leading)' * (variant == item.leading)}: {words} [{how}]")
    lines.append(f"  gaming: {item.gaming} Read it with {item.counter}.")
    return [*lines, f"  approved: {approved_by(view, 'kpi', item)}"]


def _parameters(computed: Any) -> list[str]:
    words = [f"{name} {value}" for name, value in computed.parameters.items()]
    return words + ([f"channels {' '.join(computed.channels)}"] if computed.channels else [])


kpi_import.join(app)
kpi_chart.join(app)
kpi_questions.join(app)
