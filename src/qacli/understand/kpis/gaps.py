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
from qacli.understand.kpis.value import KpiValue, NoFigures, Series, figures

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi

DIFFER: Final = "differ"
NOT_SHOWN: Final = "no difference shown"
CANNOT_TELL: Final = "cannot tell"
OTHERS = "the others"


class Gap(NamedTuple):
    """The figure of one slice less that of another, with its interval, in the unit of the KPI; None where undefined."""

    slice: str
    against: str
    period: str
    one: float | None
    other: float | None
    n: int
    other_n: int
    difference: float | None
    low: float | None
    high: float | None
    verdict: str


class Side(NamedTuple):
    """What one side of a gap counts: numerator, contacts, value and its standard error."""

    num: float
    n: int
    value: float
    se: float | None


def gap_between(view: View, kpi: Kpi, variant: str, of: tuple[str, str], against: str = "", period: str = "") -> Gap:
    """Return the gap of recorded figures, of a period or of the latest that both sides have; else against all others.

    Raises NoFigures.
    """
    cut, slice_ = of
    mine = [value for value in figures(view, Series(kpi.id, variant, cut, slice_)) if value.value is not None]
    rest = [
        value
        for value in view.current(KpiValue)
        if (value.id_of_kpi, value.variant, value.cut) == (kpi.id, variant, cut)
        and value.slice != slice_
        and against in {"", value.slice}
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
    share = scale_of(kpi, variant) if kind_of(kpi, variant) == "share" else None
    found = difference(_side([chosen]), _side(others), share, confidence)
    return found._replace(slice=slice_, against=against or OTHERS, period=chosen.period)


def difference(one: Side, other: Side, scale: float | None = None, confidence: float = 0.95) -> Gap:
    """Return one side less the other: shares by Newcombe's interval, others by their standard errors.

    ``scale`` is what a share is multiplied by; None for a figure that is no share.
    """
    blank = Gap("", "", "", one.value, other.value, one.n, other.n, one.value - other.value, None, None, CANNOT_TELL)
    if scale is not None:
        found = newcombe(round(one.num), one.n, round(other.num), other.n, confidence)
        low, high = found.low, found.high
        if low is None or high is None:
            return blank
        low, high = scale * low, scale * high
    elif one.se is None or other.se is None:
        return blank
    else:
        reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(one.se**2 + other.se**2)
        low, high = one.value - other.value - reach, one.value - other.value + reach
    return blank._replace(low=low, high=high, verdict=NOT_SHOWN if low <= 0 <= high else DIFFER)


def _side(values: Sequence[KpiValue]) -> Side:
    """Return several slices as one; their standard errors add up as those of independent groups."""
    n = sum(value.n or 0 for value in values)
    num = sum(value.num or 0.0 for value in values)
    mean = sum((value.value or 0.0) * (value.n or 0) for value in values) / n if n else 0.0
    known = all(value.se is not None for value in values) and n > 0
    se = sqrt(sum(((value.se or 0.0) * (value.n or 0) / n) ** 2 for value in values)) if known else None
    return Side(num, n, mean, se)
