"""``qacli target``: what is aimed at, whether it is challenging and achievable, who agreed it, from which day on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.kpi_slices import for_reader, slice_of
from qacli.commands.options import day
from qacli.files.numbers import plain

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.prepare.kpi import Kpi
    from qacli.understand.targets.assessing import Assessment
    from qacli.understand.targets.target import Place

app = new_app("Test, propose and agree targets; they hold forward, and results keep the target of their day.")
KPI = Annotated[str, typer.Argument(metavar="KPI", help="Id of a KPI, for example aht.")]
VARIANT = Annotated[str, typer.Option(help="Its variant; else the leading one.")]
OF = Annotated[str, typer.Option(help="A slice: team=cedar; left out: the whole desk.", metavar="CUT=SLICE")]
TESTED = (
    "kpi",
    "variant",
    "slice",
    "target",
    "since",
    "hits",
    "periods",
    "hit %",
    "low",
    "high",
    "verdict",
    "centre",
    "process low",
    "process high",
    "best peer",
    "suggested",
    "because",
)
BRIEF = ("kpi", "variant", "slice", "target", "since", "hits", "periods", "hit %", "verdict", "centre", "suggested")
CHANGES = (
    "change",
    "kpi",
    "variant",
    "slice",
    "old",
    "new",
    "tolerance",
    "from",
    "status",
    "by",
    "on",
    "evidence",
    "because",
)


@command(app, "test")
def assess(
    context: Context,
    kpi: Annotated[str, typer.Argument(metavar="[KPI]", help="Id of a KPI; left out: all that have a target.")] = "",
    variant: VARIANT = "",
    of: OF = "",
    value: Annotated[float | None, typer.Option(help="Test this figure instead of the target in force.")] = None,
) -> None:
    """Test targets against history: met too often, hardly ever, or challenging and achievable; what peers reach."""
    from qacli.understand.targets.assessing import assess_all, assess_place

    view = context.workspace.view()
    if kpi and (variant or of or value is not None):
        item, place = _place(view, kpi, variant, of)
        found = [assess_place(view, item, place, value)]
    else:
        found = assess_all(view, [kpi] if kpi else ())
        if kpi and not found:
            found = [assess_place(view, *_place(view, kpi, variant, of))]
    columns, rows = for_reader(context, TESTED, [_tested(each) for each in found], BRIEF)
    context.show("target-test", columns, rows, title="Targets against history")
    for each in found:
        _tell(context, each)
    if not found:
        context.tell("no target is in force; propose one: qacli target propose KPI")


def _tell(context: Context, each: Assessment) -> None:
    tested = each.tested
    if each.noted:
        context.tell(
            f"{each.place.in_words()}: {', '.join(each.noted)} noted, not counted: disturbances of events.yaml"
        )
    if each.target is None:
        context.tell(f"{each.place.in_words()}: no target is in force; qacli target propose {each.place.kpi}")
        return
    context.tell(f"{each.place.in_words()}, target {plain(each.target)}: {tested.verdict}; {tested.process}")
    others = ", ".join(f"{name} {figure:,.1f}" for name, figure in tested.alternatives.items())
    if others and tested.propose is not None and each.suggestion is not None:
        context.tell(f"  history would propose {plain(each.suggestion)}, because {tested.because}; figures: {others}")


def _tested(each: Assessment) -> tuple[object, ...]:
    tested, place = each.tested, each.place
    where = None if place.cut == "all" else f"{place.cut} {place.slice}"
    best = f"{tested.best.name} {tested.best.mean:,.1f}" if tested.best else None
    hits = (tested.hits if each.target is not None else None, tested.periods, tested.share, tested.low, tested.high)
    process = (tested.center, tested.natural_low, tested.natural_high)
    since = each.row.effective if each.row and each.row.new == each.target else None
    return (
        *(place.kpi, place.variant, where, each.target, since),
        *(*hits, tested.verdict, *process, best, each.suggestion, tested.because or None),
    )


@command(app, writes=True)
def propose(
    context: Context,
    kpi: KPI,
    variant: VARIANT = "",
    of: OF = "",
    value: Annotated[float | None, typer.Option(help="The target; else what history suggests.")] = None,
    from_: Annotated[str, typer.Option("--from", help="First day; else the first of the next period.")] = "",
    tolerance: Annotated[
        float | None, typer.Option(min=0, help="By how much it may be missed; else as before.")
    ] = None,
    because: Annotated[str, typer.Option(help="Why; needed to ease a target that is being missed.")] = "",
) -> None:
    """Propose a target. It holds once another person agrees it, and only forward."""
    from qacli.understand.targets.proposing import propose as act
    from qacli.understand.targets.target import TargetChange

    item, place = _place(context.workspace.view(), kpi, variant, of)
    start = day(from_) if from_ else None
    outcome = context.commit(
        partial(act, kpi=item, place=place, value=value, effective=start, tolerance=tolerance, because=because)
    )
    for row in outcome.rows:
        assert isinstance(row, TargetChange)
        old = "first target" if row.old is None else f"{plain(row.old)} before"
        context.say(
            f"{row.id}: {plain(row.new)} proposed for {place.in_words()} from {row.effective} ({old}); "
            f"another person: qacli target agree {row.id}"
        )


@command(app, writes=True)
def agree(
    context: Context,
    target: Annotated[str, typer.Argument(metavar="TARGET", help="Id of a proposal, tg_4k, or of its KPI.")],
    decline: Annotated[bool, typer.Option("--decline", help="Decline it instead.")] = False,
    comment: Annotated[str, typer.Option(help="What was said.")] = "",
) -> None:
    """Agree to a proposed target, as a second person; it holds from its day on."""
    from qacli.understand.targets.proposing import decide
    from qacli.understand.targets.target import AGREED, DECLINED, TargetChange, place_of

    outcome = context.commit(partial(decide, name=target, decision=DECLINED if decline else AGREED, comment=comment))
    for row in outcome.rows:
        assert isinstance(row, TargetChange)
        who = f"{context.workspace.actor}{context.recorded_by}"
        context.say(
            f"{row.proposal} {row.status} by {who}: {plain(row.new)} for {place_of(row).in_words()} from {row.effective}"
        )


@command(app)
def history(
    context: Context, kpi: Annotated[str, typer.Argument(metavar="[KPI]", help="Only of this KPI.")] = ""
) -> None:
    """Show every change of targets: old, new, from which day, who proposed and agreed it, on what evidence."""
    from qacli.understand.targets.target import TargetChange, place_of

    view = context.workspace.view()
    if kpi:
        view.look_up("kpi", kpi)
    rows = []
    for row in view.current(TargetChange):
        if kpi in {"", row.kpi}:
            place = place_of(row)
            where = None if place.cut == "all" else f"{place.cut} {place.slice}"
            on = row.at.astimezone(view.now.tzinfo).date() if row.at else None
            what = (row.old, row.new, row.tolerance, row.effective, row.status, row.by, on)
            rows.append((row.proposal or row.id, row.kpi, row.variant, where, *what, row.evidence, row.reason or None))
    columns, shown = for_reader(context, CHANGES, rows, CHANGES[:-2])
    context.show("target-history", columns, shown)


def _place(view: View, kpi: str, variant: str, of: str) -> tuple[Kpi, Place]:
    from qacli.understand.kpis.value import variant_of
    from qacli.understand.targets.target import Place

    item: Kpi = view.look_up("kpi", kpi)
    return item, Place(item.id, variant_of(item, variant), *slice_of(of))
