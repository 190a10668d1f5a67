"""The records of KPIs: figures with their interval by slice and period, where each came from, and their natural key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import Command, Hint, QacliError, Refusal, Row, View, Words
from qacli.understand.kpis.control import Point
from qacli.understand.kpis.verdict import Limits

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi

ALL = "all"
CUTS = (ALL, "channel", "team", "product", "reason", "colleague", "need")
"""By what a figure may be cut; service is the reason of a contact, need whether the customer needs more support."""
TRANSACTIONS = "transactions"
"""The origin of figures that qacli computed itself; any other is the id of an import."""


@dataclass(frozen=True, kw_only=True)
class KpiImport(Row, table="kpi_imports", letter="ki"):
    """A file of ready figures: who counted them and how, and how complete and how late they came."""

    source: str
    method: Words
    sha256: str
    figures: int
    first: date
    last: date
    complete: float | None
    ready_on: date
    late: int


@dataclass(frozen=True, kw_only=True)
class KpiValue(Row, table="kpi_values", letter="kv"):
    """One figure of one variant, slice and period, in the unit of its KPI; None where it is not defined.

    ``num`` over ``den``, times 100 or 1000 for a share, is the value. ``n`` counts what is behind it, ``asked`` the
    contacts whose customers were asked, ``held_back`` those that cannot be known yet. ``complete`` is in per cent.
    """

    kpi: str
    variant: str
    cut: str
    slice: str
    period: str
    first: date
    last: date
    num: float | None
    den: float | None
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    se: float | None
    asked: int | None
    held_back: int
    complete: float | None
    method: str
    origin: str
    sha256: str

    @property
    def id_of_kpi(self) -> str:
        """The KPI without the version of its definition."""
        return self.kpi.partition("@")[0]

    @property
    def colleague(self) -> str:
        """Whom the figure is about; empty for more than one colleague. A request of that person for their data finds it."""
        return self.slice if self.cut == "colleague" else ""

    @property
    def key(self) -> Key:
        """What makes a second figure the same one."""
        return Key(self.id_of_kpi, self.variant, self.cut, self.slice, self.period)

    @property
    def limits(self) -> Limits:
        """The figure with its interval."""
        return Limits(self.value, self.low, self.high)

    @property
    def response(self) -> float | None:
        """How many per cent of those asked answered; None where nobody was asked."""
        return 100 * (self.n or 0) / self.asked if self.asked else None

    def point(self) -> Point:
        """Return the figure as a point of a chart."""
        return Point(self.period, self.first, self.last, self.value, self.n or 0, self.se)


class Key(NamedTuple):
    """The natural key of a figure."""

    kpi: str
    variant: str
    cut: str
    slice: str
    period: str


class NoVariant(Refusal, rule="kpi-without-variant"):
    """Figures of two variants are not comparable, and nobody could tell which one is shown."""

    def __init__(self, kpi: Kpi) -> None:
        super().__init__(
            f"{kpi.id} has {len(kpi.variants)} variants, and none is named: they give different figures.",
            help=f"name one with --variant: {', '.join(kpi.variants)}; or write leading: into kpis.yaml",
        )


class NoSuchVariant(QacliError):
    """The definition knows no such variant."""

    def __init__(self, kpi: Kpi, variant: str) -> None:
        super().__init__(f"{kpi.reference} has no variant {variant}", help=f"its variants: {', '.join(kpi.variants)}")


class NoFigures(QacliError):
    """Nothing was computed or imported yet for what is asked."""

    def __init__(self, what: str, options: str = "") -> None:
        super().__init__(
            f"there is no figure of {what} yet",
            help=Hint(
                "compute it: ",
                Command(f"kpi compute{options} --period PERIOD"),
                "; or bring ready ones: ",
                Command("kpi import FILE"),
            ),
        )


class Series(NamedTuple):
    """Which figures: one variant in one slice, by day, week or month (empty: any period)."""

    kpi: str
    variant: str
    cut: str = ALL
    slice: str = ALL
    by: str = ""

    def in_words(self) -> str:
        """Return for example: fcr (repeat-7), team cedar, by week."""
        where = "" if self.cut == ALL else f", {self.cut} {self.slice}"
        return f"{self.kpi} ({self.variant}){where}{f', by {self.by}' if self.by else ''}"


def variant_of(kpi: Kpi, variant: str = "") -> str:
    """Return the variant that is meant: the one named, else the leading or only one. Raises NoVariant, NoSuchVariant."""
    if variant and variant not in kpi.variants:
        raise NoSuchVariant(kpi, variant)
    found = variant or kpi.leading or (next(iter(kpi.variants)) if len(kpi.variants) == 1 else "")
    if not found:
        raise NoVariant(kpi)
    return found


def span_kind(value: KpiValue) -> str:
    """Return day, week, month or quarter as the key of a period spells it; empty for two days with dots between."""
    key = value.period
    if ".." in key:
        return ""
    if "-W" in key:
        return "week"
    if "-Q" in key:
        return "quarter"
    return {7: "month", 10: "day"}.get(len(key), "")


def series(
    values: Iterable[KpiValue], wanted: Series, first: date | None = None, last: date | None = None
) -> list[KpiValue]:
    """Return the figures of a series in order of their days, from and to days if they are given."""
    found = [
        value
        for value in values
        if (value.id_of_kpi, value.variant, value.cut, value.slice)
        == (wanted.kpi, wanted.variant, wanted.cut, wanted.slice)
        and (not wanted.by or span_kind(value) == wanted.by)
        and (first is None or value.first >= first)
        and (last is None or value.last <= last)
    ]
    return sorted(found, key=lambda value: (value.first, value.last))


def figures(view: View, wanted: Series, first: date | None = None, last: date | None = None) -> list[KpiValue]:
    """Return the recorded figures of a series in force, oldest first. Raises NoFigures where there are none at all."""
    found = series(view.current(KpiValue), wanted, first, last)
    if not found:
        cut = f" --cut {wanted.cut}" if wanted.cut != ALL else ""
        by = f" --by {wanted.by}" if wanted.by not in {"", "week"} else ""
        raise NoFigures(wanted.in_words(), cut + by)
    return found


def latest(values: Sequence[KpiValue]) -> dict[tuple[str, str], KpiValue]:
    """Return by (kpi, variant) the figure of the whole desk whose period ended last; of several the longest one."""
    found: dict[tuple[str, str], KpiValue] = {}
    for value in values:
        if value.cut == ALL:
            name = (value.id_of_kpi, value.variant)
            before = found.get(name)
            if not before or (value.last, before.first) > (before.last, value.first):
                found[name] = value
    return found
