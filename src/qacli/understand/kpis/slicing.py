"""Drilling into a figure: its slices in two periods, straight from the transactions, and what the change is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qacli.model import Refusal
from qacli.monitor.sampling.eligibility import Ground
from qacli.understand.kpis.drilling import Amount, Drilled, drill
from qacli.understand.kpis.measuring import Asked, Measured, measure, missing, prepare
from qacli.understand.kpis.value import ALL

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.prepare.kpi import Kpi
    from qacli.prepare.period import Period
    from qacli.sources.population import Population
    from qacli.sources.profile import Profile

NO_SUM = "quantile"


class NotDrillable(Refusal, rule="kpi-not-drillable"):
    """A change can be taken apart only where slices add up to the whole."""

    def __init__(self, kpi: Kpi, variant: str, why: str) -> None:
        super().__init__(f"{kpi.id} {variant} cannot be taken apart: {why}.", help="name another variant: --variant")


def drill_figures(
    view: View,
    kpi: Kpi,
    variant: str,
    periods: tuple[Period, Period],
    cuts: Sequence[str],
    inside: tuple[str, str],
    population: Population,
    profile: Profile,
    source: str,
) -> list[Drilled]:
    """Return the change of a figure from the first period to the second, once for each cut.

    ``inside`` narrows it to one slice; (all, all) is the whole desk. Raises NotDrillable, NotFromFiles, FileFaults.
    """
    computed = kpi.computed.get(variant)
    if computed is None:
        raise NotDrillable(kpi, variant, "it is imported, not computed from transactions")
    asked = Asked(kpi.reference, variant, computed)
    why = missing(asked, profile)
    if not why and asked.formula.kind == NO_SUM:
        why = "medians and percentiles of slices do not add up"
    if why:
        raise NotDrillable(kpi, variant, why)
    reach = prepare(population, profile, Ground((), (), view.people, (), (), source).known_as(), inside)
    until = min(reach.last if reach else view.now.date(), view.now.date())
    found = measure(population, profile, [asked], periods, list(dict.fromkeys((ALL, *cuts))), until)
    scale = asked.formula.scale
    before, after = periods
    return [drill(cut, _amounts(found, cut, before), _amounts(found, cut, after), scale) for cut in cuts]


def _amounts(found: Sequence[Measured], cut: str, period: Period) -> dict[str, Amount]:
    return {
        each.slice: _amount(each) for each in found if each.cut == cut and each.period == period.key and each.sums.n
    }


def _amount(each: Measured) -> Amount:
    sums, kind = each.sums, each.variant.formula.kind
    if kind == "index":
        return Amount(sums.up - sums.down, sums.n)
    return Amount(sums.x, sums.y if kind == "ratio" else sums.n)


def said(found: Sequence[Drilled], kpi: Kpi, after: Period, before: Period) -> Iterator[str]:
    """Yield what the cuts say: the change, how much is rate and how much is mix, and reversals first of all."""
    for each in found:
        if each.reversal and each.change is not None:
            way = "rose" if each.change > 0 else "fell"
            other = "fell" if each.change > 0 else "rose"
            yield (
                f"reversal: the whole {way}, and every {each.cut} {other}: the figure moved because the work between them "
                "changed; do not report the whole alone"
            )
    whole = next((each for each in found if each.change is not None), None)
    if whole is None or whole.change is None:
        yield f"{kpi.id} has no figure in {before.key if found and found[0].before is None else after.key}"
        return
    yield f"{kpi.id}: {whole.before:,.1f} in {before.key}, {whole.after:,.1f} in {after.key}, change {signed(whole.change)}"
    for each in found:
        if each.rate is not None and each.mix is not None:
            yield f"by {each.cut}: {signed(each.rate)} from better or worse inside them, {signed(each.mix)} from other work between them"


def signed(number: float) -> str:
    """Return a change with its sign and one decimal; nothing that rounds to nothing has a sign."""
    text = f"{number:+,.1f}"
    return text[1:] if text in {"+0.0", "-0.0"} else text
