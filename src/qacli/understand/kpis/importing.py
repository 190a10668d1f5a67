"""Ready figures of another system: every cell is judged before anything is recorded, and who counted how stays with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import letters
from qacli.files.nearest import did_you_mean
from qacli.files.numbers import plain, short
from qacli.model import Change, Correction, QacliError, Refusal, Row, View, Words, ref
from qacli.prepare.period import Period, parse_period
from qacli.stats import wilson
from qacli.understand.kpis.computing import recorded, rounded
from qacli.understand.kpis.formulas import FORMULAS
from qacli.understand.kpis.measuring import Asked
from qacli.understand.kpis.value import ALL, CUTS, TRANSACTIONS, Key, KpiImport, KpiValue

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi

REQUIRED = ("kpi", "variant", "period")
COLUMNS = (*REQUIRED, "cut", "slice", "num", "den", "value", "low", "high", "asked", "complete", "ready_on")
SIGNED = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?")  # a large centre handles 10^10 seconds in a year
"""An index is written +12 as often as 12, and spreadsheets can show every figure with its sign."""
INDEX, OFF_INDEX = "points from -100 to 100", "index-out-of-range"
UNITS = (("percent", 100.0), ("complaints per 1,000", 1000.0))


class Line(NamedTuple):
    """A row of the file by its columns: its physical line, and its row in a spreadsheet."""

    line: int
    row: int
    cells: Mapping[str, str]


class Provided(NamedTuple):
    """What the whole file says of its figures. ``complete`` is in per cent, None where nobody said.

    ``header`` are the columns of the file in order.
    """

    file: str
    header: Sequence[str]
    source: str
    method: str
    ready_on: date
    complete: float | None
    sha256: str


class NotDescribed(Refusal, rule="import-undescribed"):
    """A figure whose counting nobody can describe cannot be compared with anything."""

    def __init__(self, lacking: Sequence[str]) -> None:
        super().__init__(
            f"the file does not say {' and '.join(lacking)}.",
            help='say both: --source "telephone switch, report 7" --method "counted per half hour, all queues"',
        )


def import_figures(view: View, lines: Sequence[Line], provided: Provided) -> Change:
    """Record ready figures, all of them or none. The same file again makes no row; changed figures are corrected.

    Raises NotDescribed, FileFaults with every cell that cannot be.
    """
    lacking = [name for name, text in (("who counted", provided.source), ("how", provided.method)) if not text.strip()]
    if lacking:
        raise NotDescribed(lacking)
    reader = _Reader(view, provided)
    values = [value for line in lines if (value := reader.read(line))]
    if reader.wrong:
        raise FileFaults(reader.wrong)
    rows, findings = recorded(view, values)
    kept = [row for row in rows if isinstance(row, KpiValue)]
    if not kept:
        return Change(findings=findings)
    late = max((reader.ready[value.key] - value.last).days for value in kept)
    complete = [value.complete for value in kept if value.complete is not None]
    head = KpiImport(
        source=provided.source.strip(),
        method=Words(provided.method.strip()),
        sha256=provided.sha256,
        figures=len(kept),
        first=min(value.first for value in kept),
        last=max(value.last for value in kept),
        complete=min(complete, default=None),
        ready_on=max(reader.ready[value.key] for value in kept),
        late=late,
    )
    named = {id(value): replace(value, origin=ref(head)) for value in kept}
    told = [f"came up to {late} day{'s' * (late != 1)} after its period ended"]
    told += [f"least complete: {plain(min(complete))} %"] if complete else ["nobody says how complete they are"]
    return Change([head, *(_renamed(row, named) for row in rows)], [*findings, "; ".join(told)])


def _renamed(row: Row, named: Mapping[int, KpiValue]) -> Row:
    if isinstance(row, Correction):
        return replace(row, new=ref(named[id(row.new)]))
    return named[id(row)]


class _Reader:
    """Reads lines into figures, and gathers what is wrong in them."""

    def __init__(self, view: View, provided: Provided) -> None:
        self.view, self.provided = view, provided
        self.wrong: list[Fault] = []
        self.ready: dict[Key, date] = {}
        self.seen: dict[Key, int] = {}
        self.kpis = sorted({kpi.id for kpi in view.definitions("kpi")})
        self.standing = {value.key: value for value in view.current(KpiValue)}

    def read(self, line: Line) -> KpiValue | None:
        """Return the figure of a line; None where something is wrong with it, which is then noted."""
        before = len(self.wrong)
        period = self._period(line)
        kpi = self._kpi(line, period)
        cut, slice_ = self._slice(line)
        num, den, value, low, high, asked, complete = (
            self._number(line, name) for name in ("num", "den", "value", "low", "high", "asked", "complete")
        )
        ready = self._ready(line, period)
        if len(self.wrong) > before or not kpi or not period or not ready:
            return None
        made = KpiValue(
            kpi=kpi.reference,
            variant=line.cells["variant"],
            cut=cut,
            slice=slice_,
            period=period.key,
            first=period.first,
            last=period.last,
            num=rounded(num),
            den=rounded(den),
            n=None if den is None else round(den),
            value=rounded(value),
            low=rounded(low),
            high=rounded(high),
            se=None,
            asked=None if asked is None else round(asked),
            held_back=0,
            complete=rounded(complete if complete is not None else self.provided.complete),
            method="as delivered",
            origin="",
            sha256=self.provided.sha256,
        )
        for column, code, message, help_ in wrong_with(made, kpi):
            self._note(line, column, code, message, help_)
        self._twice(line, made)
        if len(self.wrong) > before:
            return None
        self.ready[made.key] = ready
        return completed(made, kpi, self.view.settings.thresholds.confidence / 100)

    def _note(self, line: Line, column: str, code: str, message: str, help_: str = "") -> None:
        header = self.provided.header
        cell = f"{letters(header.index(column) + 1)}{line.row}" if column in header else ""
        self.wrong.append(Fault(code, message, self.provided.file, line.line, help=help_, cell=cell))

    def _kpi(self, line: Line, period: Period | None) -> Kpi | None:
        name, variant = line.cells["kpi"], line.cells["variant"]
        if name not in self.kpis:
            hint = did_you_mean(name, self.kpis, f"defined are: {', '.join(self.kpis)}")
            self._note(line, "kpi", "no-such-kpi", f"there is no KPI '{name}'", hint)
            return None
        if period is None:
            return None
        kpi: Kpi = self.view.definition("kpi", name, on=period.last)
        if not variant:
            self._note(
                line,
                "variant",
                "kpi-without-variant",
                f"a figure of {name} without its variant can be compared with none",
                f"one of: {', '.join(kpi.variants)}",
            )
        elif variant not in kpi.variants:
            self._note(
                line,
                "variant",
                "no-such-variant",
                f"{kpi.reference} has no variant '{variant}'",
                f"one of: {', '.join(kpi.variants)}",
            )
        return kpi

    def _period(self, line: Line) -> Period | None:
        text = line.cells["period"]
        try:
            period = parse_period(text)
        except QacliError as wrong:
            self._note(line, "period", "not-a-period", wrong.message, wrong.help)
            return None
        if period.last >= self.view.now.date():
            self._note(line, "period", "kpi-period-open", f"{text} ends on {period.last}: it is not over")
        return period

    def _slice(self, line: Line) -> tuple[str, str]:
        cut, slice_ = line.cells.get("cut") or ALL, line.cells.get("slice") or ALL
        if cut not in CUTS:
            self._note(line, "cut", "no-such-cut", f"nothing is cut by '{cut}'", f"one of: {', '.join(CUTS)}")
        elif (cut == ALL) != (slice_ == ALL):
            what = f"says which {cut}" if cut != ALL else "says by what it is cut"
            column = "slice" if cut != ALL else "cut"
            self._note(line, column, "slice-missing", f"no cell {what}", "fill both cut and slice, or neither")
        elif cut == "colleague" and slice_ not in self.view.people:
            self._note(line, "slice", "unknown-person", f"there is no person '{slice_}' in people.csv")
        return cut, slice_

    def _number(self, line: Line, column: str) -> float | None:
        text = line.cells.get(column, "")
        if not text:
            return None
        if not SIGNED.fullmatch(text):
            self._note(
                line,
                column,
                "number",
                f"'{text}' is no number",
                "write digits and a decimal point, without per cent signs",
            )
            return None
        return float(text)

    def _ready(self, line: Line, period: Period | None) -> date | None:
        text = line.cells.get("ready_on", "")
        try:
            ready = date.fromisoformat(text) if text else self.provided.ready_on
        except ValueError:
            self._note(line, "ready_on", "date", f"'{text}' is not a date", "write year-month-day: 2026-07-02")
            return None
        if period and ready <= period.last:
            column = "ready_on" if text else "period"
            self._note(line, column, "ready-early", f"ready on {ready}, before {period.key} was over")
        return ready

    def _twice(self, line: Line, value: KpiValue) -> None:
        if value.key in self.seen:
            message = f"{value.kpi} {value.variant} of {value.slice} in {value.period} stands in line {self.seen[value.key]} as well"
            self._note(line, "period", "figure-twice", message)
        self.seen.setdefault(value.key, line.line)
        known = self.standing.get(value.key)
        if known and known.origin == TRANSACTIONS:
            self._note(
                line,
                "kpi",
                "two-sources",
                f"{value.kpi} {value.variant} of {value.period} was computed from transactions as {known.id}",
                "a figure has one source: import it as another variant, or leave it out",
            )


def scale_of(kpi: Kpi, variant: str) -> float | None:
    """Return what a share is multiplied by, 100 or 1000; None for a figure that is no share."""
    computed = kpi.computed.get(variant)
    if computed:
        formula = FORMULAS[computed.formula]
        return formula.scale if formula.kind in {"share", "ratio"} else None
    return next((scale for unit, scale in UNITS if kpi.unit.startswith(unit)), None)


def is_index(kpi: Kpi, variant: str) -> bool:
    """Return whether a figure is those for less those against in per cent of all, as the net promoter score is."""
    computed = kpi.computed.get(variant)
    return FORMULAS[computed.formula].kind == "index" if computed else kpi.unit.startswith(INDEX)


def _divided(num: float, den: float, kpi: Kpi, variant: str) -> float:
    """Return the figure that num and den make; of an index num counts those for less those against."""
    return num / den * (100.0 if is_index(kpi, variant) else scale_of(kpi, variant) or 1.0)


def asks_customers(kpi: Kpi) -> bool:
    """Return whether a KPI counts answers of customers, so that the response rate stands beside it."""
    return any(Asked(kpi.reference, name, each).asks_customers for name, each in kpi.computed.items())


def wrong_with(value: KpiValue, kpi: Kpi) -> Iterator[tuple[str, str, str, str]]:
    """Yield (column, code, what is wrong, what to do) for figures that cannot be."""
    for rule in RULES:
        yield from rule(value, kpi)


def _something(value: KpiValue, _: Kpi) -> Iterator[tuple[str, str, str, str]]:
    if value.value is None and (value.num is None or value.den is None):
        yield "value", "no-figure", "neither a value nor num and den", "give one of them"
    if (value.num is None) != (value.den is None):
        yield "den" if value.den is None else "num", "half-a-fraction", "num and den belong together", ""


def _share(value: KpiValue, kpi: Kpi) -> Iterator[tuple[str, str, str, str]]:
    scale = scale_of(kpi, value.variant)
    busy = "occupancy-over-100" if kpi.id == "occupancy" else "share-over-all"
    if scale is None:
        return
    if value.num is not None and value.den is not None and not 0 <= value.num <= value.den:
        yield (
            "num",
            busy,
            f"{plain(value.num)} of {plain(value.den)} is no part of a whole",
            "the part cannot be above the whole",
        )
    elif value.value is not None and not 0 <= value.value <= scale:
        yield (
            "value",
            busy,
            f"{plain(value.value)} is no share of {plain(scale)}",
            "the same contacts or minutes were counted twice",
        )


def _reach(value: KpiValue, kpi: Kpi) -> Iterator[tuple[str, str, str, str]]:
    """Yield an index beyond its ends, and a time below nothing; whatever else a unit says is nobody's to know."""
    if is_index(kpi, value.variant):
        if value.value is not None and abs(value.value) > 100:
            message = f"{plain(value.value)} is no index of -100 to 100"
            yield "value", OFF_INDEX, message, "give for less against in per cent of all answers"
        if value.num is not None and value.den is not None and abs(value.num) > value.den:
            message = f"{plain(value.num)} more for than against, of {plain(value.den)} in all"
            yield (
                "num",
                OFF_INDEX,
                message,
                "num of an index counts those for less those against: promoters less detractors",
            )
    elif kpi.unit.startswith("seconds") and value.value is not None and value.value < 0:
        yield (
            "value",
            "below-nothing",
            f"{plain(value.value)} s is shorter than nothing",
            "look how the other system counts",
        )


def _agree(value: KpiValue, kpi: Kpi) -> Iterator[tuple[str, str, str, str]]:
    if value.value is None or value.num is None or not value.den:
        return
    made = _divided(value.num, value.den, kpi, value.variant)
    if abs(made - value.value) > max(0.06, abs(made) * 0.001):
        message = f"{plain(value.value)} is not what num and den give: {short(made)}"
        yield "value", "figures-disagree", message, "another variant was counted, or a column was mixed up"


def _whole(value: KpiValue, _: Kpi) -> Iterator[tuple[str, str, str, str]]:
    if value.complete is not None and not 0 <= value.complete <= 100:
        yield "complete", "not-per-cent", f"{plain(value.complete)} is no per cent of the data", ""
    if (
        value.low is not None
        and value.high is not None
        and value.value is not None
        and not value.low <= value.value <= value.high
    ):
        yield (
            "low",
            "interval",
            f"{plain(value.value)} does not lie between {plain(value.low)} and {plain(value.high)}",
            "",
        )


def _response(value: KpiValue, kpi: Kpi) -> Iterator[tuple[str, str, str, str]]:
    if not asks_customers(kpi):
        return
    if value.asked is None or value.n is None:
        message = f"{kpi.id} without its response rate: how many were asked, and how many answered (den)"
        yield "asked", "no-response-rate", message, "add the columns asked and den"
    elif value.asked < value.n:
        yield "asked", "no-response-rate", f"{value.n:,} answered, but only {value.asked:,} were asked", ""


Rule = Callable[[KpiValue, "Kpi"], Iterator[tuple[str, str, str, str]]]
RULES: tuple[Rule, ...] = (_something, _share, _reach, _agree, _whole, _response)


def completed(value: KpiValue, kpi: Kpi, confidence: float) -> KpiValue:
    """Return a figure with what follows from its numerator and denominator: the value, and Wilson's interval of a share."""
    scale = scale_of(kpi, value.variant)
    if value.num is None or not value.den:
        return value
    figure = rounded(_divided(value.num, value.den, kpi, value.variant)) if value.value is None else value.value
    made = replace(value, value=figure)
    if scale is None or value.low is not None or kpi.id == "occupancy":
        return made  # minutes of one colleague are no contacts that could be counted one by one
    found = wilson(round(value.num), round(value.den), confidence)
    p = value.num / value.den
    low, high = (None if each is None else rounded(scale * each) for each in (found.low, found.high))
    se = rounded(scale * (p * (1 - p) / value.den) ** 0.5)
    return replace(made, low=low, high=high, se=se, method=found.method)
