"""What makes the figures of a business case: for each command that shows some, its rows as they stand now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from qacli.files.schema import newest_in_force
from qacli.improve.resources.desk import staffing
from qacli.improve.resources.request import requests
from qacli.improve.resources.review import reviewed
from qacli.model import UsageError, View
from qacli.monitor.sampling.draw import Draw
from qacli.prepare.approval import approval
from qacli.prepare.period import in_words
from qacli.understand.facts import Selection
from qacli.understand.kpis.value import ALL, KpiValue
from qacli.understand.patterns.claim import RISE
from qacli.understand.patterns.finding import standings
from qacli.understand.summaries import in_percent, summarised
from qacli.understand.targets.target import agreed, place_of

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi

SourceName = Literal[
    "resource review",
    "resource calc",
    "resource list",
    "kpi show",
    "summarise criterion",
    "summarise team",
    "summarise channel",
    "summarise reason",
    "benchmark list",
    "target list",
    "finding show",
    "sample list",
    "catalogue",
]
COLLEAGUE = "colleague"


class Cell(NamedTuple):
    """One figure of a row; None where it is not known."""

    value: Decimal | None
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


class Line(NamedTuple):
    """One row of a source: what it is called, what tells it from others of that name, its figures, and where it is from."""

    row: str
    cells: Mapping[str, Cell]
    trace: str
    where: Mapping[str, str] = MappingProxyType({})


class Source(NamedTuple):
    """Where figures are from: the rows, and the settings by which they are narrowed down."""

    lines: Callable[[View, Mapping[str, str]], Iterable[Line]]
    narrows: tuple[str, ...] = ()
    begin: str = ""  # what makes its first row


def _number(value: Any) -> Decimal | None:
    """Return a figure as Decimal; None where it is unknown, NaN included."""
    if value is None or value != value:
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _review(view: View, _: Mapping[str, str]) -> Iterator[Line]:
    for line in reviewed(view):
        paid = f", {line.paid}" if line.paid else ""
        cells = {
            "have": Cell(line.have, line.unit),
            "need": Cell(line.need, line.unit),
            "gap": Cell(line.gap, line.unit),
            "cost": Cell(line.cost, f"money{paid}"),
        }
        yield Line(line.id, cells, line.source)


def _calc(view: View, _: Mapping[str, str]) -> Iterator[Line]:
    for desk in newest_in_force(view.definitions("desk"), view.now.date()):
        found = staffing(desk)
        rota = found.rostered
        cells = {
            "at-work": Cell(_number(found.people), "people at work"),
            "rostered": Cell(_number(rota), "people on the rota"),
            "weekly-cost": Cell(None if rota is None else desk.weekly_cost(rota), "money each week"),
            "weekly-cost-now": Cell(desk.weekly_cost(desk.rostered), "money each week"),
            "contacts": Cell(desk.contacts, f"contacts in {desk.interval_min} min"),
            "handle-s": Cell(desk.handle_s, "seconds"),
            "hour-cost": Cell(desk.hour_cost, "money for one hour"),
            "paid-hours": Cell(desk.paid_hours, "hours a week"),
        }
        yield Line(desk.id, cells, f"{desk.reference}: {desk.promise}; {desk.source}")


def _requests(view: View, _: Mapping[str, str]) -> Iterator[Line]:
    for each in requests(view):
        row = each.request
        cells = {"asked": Cell(row.amount, row.unit), "cost": Cell(row.cost, "money")}
        yield Line(row.id, cells, f"{row.id}: {row.in_words}, {each.state}")


def _kpis(view: View, where: Mapping[str, str]) -> Iterator[Line]:
    """Yield the recorded values of KPIs; of one without a period only the one that ended last."""
    found: dict[tuple[str, ...], KpiValue] = {}
    for value in view.current(KpiValue):
        if value.cut == COLLEAGUE:
            continue
        key = (value.id_of_kpi, value.variant, value.cut, value.slice, value.period if "period" in where else "")
        if key not in found or (value.last, found[key].first) >= (found[key].last, value.first):
            found[key] = value
    for value in found.values():
        kpi = view.look_up("kpi", value.id_of_kpi)
        if not _meant(kpi, value.variant, where):
            continue
        cells = {
            "value": Cell(_number(value.value), kpi.unit, _number(value.low), _number(value.high)),
            "num": Cell(_number(value.num)),
            "den": Cell(_number(value.den)),
            "n": Cell(_number(value.n)),
            "held-back": Cell(_number(value.held_back)),
        }
        days = f"{in_words(value.first)} to {in_words(value.last)}"
        whose = "" if value.cut == ALL else f", {value.cut} {value.slice}"
        cautions = "" if approval(view, "kpi", kpi) else "; its definition is not approved yet"
        if value.complete is not None:
            cautions += f"; {value.complete:.0f} % complete"
        trace = f"{value.id}: {kpi.title} ({value.variant}){whose}, {days}, n {value.n or 0}{cautions}"
        narrowed = {"variant": value.variant, "cut": value.cut, "slice": value.slice, "period": value.period}
        yield Line(value.id_of_kpi, cells, trace, narrowed)


def _meant(kpi: Kpi, variant: str, where: Mapping[str, str]) -> bool:
    """Return whether a variant is one that a figure may mean: any where it names one, else the leading."""
    return "variant" in where or variant == (kpi.leading or variant)


def _summary(by: str) -> Source:
    def lines(view: View, where: Mapping[str, str]) -> Iterator[Line]:
        first, last = (date.fromisoformat(where[name]) if name in where else None for name in ("from", "to"))
        selection = Selection(
            first, last, where.get("purpose", "routine"), where.get("channel", ""), where.get("team", "")
        )
        found = in_percent(summarised(view, by, selection))
        for row in found.frame.to_dict("records"):
            texts = {str(name): str(cell) for name, cell in row.items() if isinstance(cell, str)}
            n = _number(row.get("n"))
            note = f"; {texts['note']}" if texts.get("note") else ""
            days = selection.in_words()
            trace = f"{by} {texts[by]}, {texts.get('scorecard', 'all cards')}, n {n or 0}, {days}{note}"
            cells = {str(name).replace("_", "-"): _of_summary(row, str(name)) for name in row if str(name) not in texts}
            yield Line(texts[by], cells, trace, {"scorecard": texts.get("scorecard", "").partition("@")[0]})

    return Source(lines, ("from", "to", "purpose", "channel", "team", "scorecard"))


def _of_summary(row: Mapping[Any, Any], name: str) -> Cell:
    ranged = name in {"percent", "mean"}
    low, high = (_number(row.get(end)) for end in ("low", "high")) if ranged else (None, None)
    value = row[name]
    number = _number(value) if isinstance(value, (int, float)) or hasattr(value, "dtype") else None
    return Cell(number, {"percent": "per cent", "mean": "points of 100"}.get(name, ""), low, high)


def _benchmarks(view: View, _: Mapping[str, str]) -> Iterator[Line]:
    today = view.now.date()
    for each in newest_in_force(view.definitions("benchmark"), today):
        unit = view.look_up("kpi", each.kpi).unit
        known = not each.has_expired(today)
        middle = each.value if each.value is not None else (each.low + each.high) / 2
        cells = {"value": Cell(middle if known else None, unit, each.low, each.high)}
        state = "" if known else f", expired on {in_words(each.expires)}"
        yield Line(each.id, cells, f"{each.reference}: {each.source}, {each.year}, {each.kind}{state}")


def _targets(view: View, where: Mapping[str, str]) -> Iterator[Line]:
    today = view.now.date()
    last = {place_of(row): row for row in agreed(view) if row.effective <= today}
    for place, row in last.items():
        kpi = view.look_up("kpi", place.kpi)
        if place.cut != COLLEAGUE and _meant(kpi, place.variant, where):
            narrowed = {"variant": place.variant, "cut": place.cut, "slice": place.slice}
            cells = {"target": Cell(_number(row.new), kpi.unit)}
            yield Line(
                place.kpi, cells, f"{row.id}: {place.in_words()}, in force from {in_words(row.effective)}", narrowed
            )


def _findings(view: View, _: Mapping[str, str]) -> Iterator[Line]:
    for each in standings(view):
        row = each.finding
        if row.kind == RISE:
            cells = {
                "n": Cell(_number(row.n)),
                "failed": Cell(_number(row.failed)),
                "n-other": Cell(_number(row.n_other)),
                "failed-other": Cell(_number(row.failed_other)),
                "effect": Cell(*(_percent(row.effect), "points of per cent"), _percent(row.low), _percent(row.high)),
            }
            trace = f"{row.id}: {row.criterion}, {row.channel}, {in_words(row.first)} to {in_words(row.last)}, {each.status}"
            yield Line(row.id, cells, trace)


def _percent(share: float | None) -> Decimal | None:
    return None if share is None else 100 * Decimal(str(share))


def _draws(view: View, _: Mapping[str, str]) -> Iterator[Line]:
    for draw in view.current(Draw):
        cells = {"eligible": Cell(Decimal(draw.eligible), "contacts"), "drawn": Cell(Decimal(draw.drawn), "contacts")}
        frame = draw.frame.partition("@")[0]
        yield Line(frame, cells, f"{draw.id}: {draw.frame}, {draw.period}", {"period": draw.period})


def _catalogue(view: View, _: Mapping[str, str]) -> Iterator[Line]:
    for each in newest_in_force(view.definitions("option"), view.now.date()):
        cells = {"cost": Cell(each.cost, "money for one colleague"), "minutes": Cell(Decimal(each.minutes), "minutes")}
        yield Line(each.id, cells, f"{each.reference}: {each.title}; {each.source}")


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "resource review": Source(_review, begin="fill in definitions/desks.yaml or resources.yaml"),
        "resource calc": Source(_calc, begin="fill in definitions/desks.yaml"),
        "resource list": Source(_requests, begin="qacli resource request"),
        "kpi show": Source(_kpis, ("variant", "cut", "slice", "period"), "qacli kpi compute, or kpi import"),
        **{f"summarise {by}": _summary(by) for by in ("criterion", "team", "channel", "reason")},
        "benchmark list": Source(_benchmarks, begin="qacli benchmark add"),
        "target list": Source(_targets, ("variant", "cut", "slice"), "qacli target propose"),
        "finding show": Source(_findings, begin="qacli finding look"),
        "sample list": Source(_draws, ("period",), "qacli sample draw"),
        "catalogue": Source(_catalogue),
    }
)
"""The commands whose figures a case may use. None of them shows what one colleague did."""
UNNARROWED: Mapping[str, str] = MappingProxyType({"cut": ALL, "slice": ALL})
"""What is meant where a figure does not say otherwise."""


class Lacking(UsageError):
    """There is no such figure now."""


class Lookup:
    """The figures of one moment: each source is asked once for the same narrowing."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._asked: dict[tuple[str, frozenset[tuple[str, str]]], list[Line]] = {}

    def lines(self, source: str, where: Mapping[str, str]) -> list[Line]:
        """Return the rows of a source. Raises Lacking for a narrowing that it does not know."""
        found = SOURCES[source]
        if strange := [name for name in where if name not in found.narrows]:
            by = f"by: {', '.join(found.narrows)}" if found.narrows else "leave where out"
            raise Lacking(f"{source} is not narrowed down by {', '.join(strange)}", help=by)
        key = (source, frozenset(where.items()))
        if key not in self._asked:
            try:
                self._asked[key] = list(found.lines(self.view, where))
            except ValueError as wrong:
                raise Lacking(f"{source}: {wrong}", help="write days as 2026-05-04") from None
        return self._asked[key]


def look_up(lookup: Lookup, source: str, row: str, column: str, where: Mapping[str, str]) -> tuple[Cell, str]:
    """Return one figure of a source and what it is traced to. Raises Lacking where there is none, or more than one."""
    found, lines = SOURCES[source], lookup.lines(source, where)
    wanted = {**{name: value for name, value in UNNARROWED.items() if name in found.narrows}, **where}
    named = [line for line in lines if line.row == row]
    fits = [line for line in named if all(line.where.get(name, value) == value for name, value in wanted.items())]
    if not fits:
        known = sorted({line.row for line in lines})
        there = (
            f"there is: {', '.join(known)}"
            if known
            else f"nothing is there yet: {found.begin or 'nothing was observed'}"
        )
        near = f"of {row} there is: {_told(named)}" if named else there
        raise Lacking(f"{source} has no row {row}{_narrowed(where)}", help=near)
    if len(fits) > 1:
        raise Lacking(f"{source} has {len(fits)} rows {row}", help=f"narrow it down with where: {_told(fits)}")
    (line,) = fits
    if column not in line.cells:
        raise Lacking(f"{source} has no column {column}", help=f"columns: {', '.join(line.cells)}")
    if line.cells[column].value is None:
        raise Lacking(f"{column} of {row} is not known in {source}", help=f"see: {line.trace}")
    return line.cells[column], line.trace


def _narrowed(where: Mapping[str, str]) -> str:
    return f" with {', '.join(f'{name} {value}' for name, value in where.items())}" if where else ""


def _told(lines: Iterable[Line]) -> str:
    return "; ".join(" ".join(f"{name} {value}" for name, value in line.where.items()) or line.row for line in lines)
