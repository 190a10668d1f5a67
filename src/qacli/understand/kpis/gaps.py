"""Two slices in one period: whether one group of customers, or one team, is worse off than the other."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, NamedTuple

from qacli.model import View
from qacli.stats import newcombe
from qacli.understand.kpis.charting import kind_of
from qacli.understand.kpis.importing import scale_of
from qacli.understand.kpis.measuring import NOT_STATED
from qacli.understand.kpis.value import KpiValue, NoFigures, Series, figures

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi

DIFFER: Final = "differ"
NOT_SHOWN: Final = "no difference shown"
CANNOT_TELL: Final = "cannot tell"
OTHERS = "the others"
NO_SUM = "medians and percentiles of several slices make none of all of them"
NO_COUNTS = "figures of several slices make one of all of them only with their counts, num and den"


class Gap(NamedTuple):
    """The figure of one slice less that of another, with its interval, in the unit of the KPI; None where undefined.

    ``note`` says why several slices have no figure together.
    """

    slice: str
    against: str
    period: str
    one: float | None
    other: float | None
    n: int | None
    other_n: int | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: str
    note: str = ""


class Side(NamedTuple):
    """What one side of a gap counts: numerator, contacts, value and its standard error; None where nobody said."""

    num: float | None
    n: int | None
    value: float | None
    se: float | None


def gap_between(view: View, kpi: Kpi, variant: str, of: tuple[str, str], against: str = "", period: str = "") -> Gap:
    """Return the gap of recorded figures, of a period or of the latest that both sides have; else against all others.

    Contacts of which nobody said the slice are none of the others. Raises NoFigures.
    """
    cut, slice_ = of
    mine = [value for value in figures(view, Series(kpi.id, variant, cut, slice_)) if value.value is not None]
    rest = [
        value
        for value in view.current(KpiValue)
        if (value.id_of_kpi, value.variant, value.cut) == (kpi.id, variant, cut)
        and value.slice != slice_
        and (value.slice == against or (not against and value.slice != NOT_STATED))
        and value.value is not None
    ]
    shared = [
        value for value in mine if period in {"", value.period} and any(each.period == value.period for each in rest)
    ]
    if not shared:
        raise NoFigures(
            f"{kpi.id} ({variant}) by {cut}, {slice_} and {against or OTHERS}{f', in {period}' if period else ''}"
        )
    chosen = max(shared, key=lambda value: (value.last, value.last - value.first))
    others = [value for value in rest if value.period == chosen.period]
    confidence = view.settings.thresholds.confidence / 100
    kind = kind_of(kpi, variant)
    share = scale_of(kpi, variant) if kind == "share" else None
    found = difference(_side([chosen]), _side(others, adds_up=kind != "quantile"), share, confidence)
    note = "" if found.other is not None else NO_SUM if kind == "quantile" else NO_COUNTS
    return found._replace(slice=slice_, against=against or OTHERS, period=chosen.period, note=note)


def difference(one: Side, other: Side, scale: float | None = None, confidence: float = 0.95) -> Gap:
    """Return one side less the other: shares by Newcombe's interval, others by their standard errors.

    ``scale`` is what a share is multiplied by; None for a figure that is no share.
    """
    blank = Gap("", "", "", one.value, other.value, one.n, other.n, None, None, None, CANNOT_TELL)
    if one.value is None or other.value is None:
        return blank
    gap = one.value - other.value
    blank = blank._replace(difference=gap)
    if scale is not None:
        if one.num is None or other.num is None or not one.n or not other.n:
            return blank
        found = newcombe(round(one.num), one.n, round(other.num), other.n, confidence)
        low, high = scale * (found.low or 0.0), scale * (found.high or 0.0)
    elif one.se is None or other.se is None:
        return blank
    else:
        reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(one.se**2 + other.se**2)
        low, high = gap - reach, gap + reach
    return blank._replace(low=low, high=high, verdict=NOT_SHOWN if low <= 0 <= high else DIFFER)


def _side(values: Sequence[KpiValue], adds_up: bool = True) -> Side:
    """Return several slices as one, each by what it is divided by; their errors add up as those of independent groups."""
    n = sum(value.n for value in values if value.n) or None
    if len(values) == 1:
        return Side(values[0].num, n, values[0].value, values[0].se)
    whole = sum(value.den or 0.0 for value in values)
    if not adds_up or not all(value.den for value in values):
        return Side(None, n, None, None)
    parts = [((value.den or 0.0) / whole, value.value or 0.0, value.se) for value in values]
    known = [(share * se) ** 2 for share, _, se in parts if se is not None]
    se = sqrt(sum(known)) if len(known) == len(parts) else None
    return Side(sum(value.num or 0.0 for value in values), n, sum(share * each for share, each, _ in parts), se)
