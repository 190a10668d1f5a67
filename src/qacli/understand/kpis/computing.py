"""Computing KPIs: what is over and covered by the source, once for each natural key; changed data makes a correction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import Change, Command, Correction, Hint, Refusal, Row, View, Words, ref
from qacli.monitor.sampling.eligibility import Ground
from qacli.prepare.approval import approval
from qacli.prepare.kpi import Kpi
from qacli.prepare.period import Period, in_words, parse_period, period_of
from qacli.sources.measure_names import offered
from qacli.understand.kpis.figures import figure
from qacli.understand.kpis.measuring import Asked, Measured, Reach, measure, missing, prepare
from qacli.understand.kpis.value import ALL, TRANSACTIONS, KpiValue, NoSuchVariant

if TYPE_CHECKING:
    from qacli.sources.population import Population
    from qacli.sources.profile import Profile

DAY = timedelta(days=1)
LINES = "\n  "
FEW = 3


class NothingToCompute(Refusal, rule="kpi-not-computable"):
    """No variant that is asked for can be computed from the transactions."""

    def __init__(self, why: Sequence[str], offers: Sequence[str]) -> None:
        lines = f"; the export may have it, units and scales checked: {LINES}{LINES.join(offers)}" if offers else ""
        super().__init__(
            f"nothing can be computed: {'; '.join(why) or 'no KPI says how: computed: in definitions/kpis.yaml'}.",
            help=Hint(
                "import ready figures: ", Command("kpi import FILE"), f"; or name the columns in the profile{lines}"
            ),
        )


class OverFull(Refusal, rule="occupancy-over-100"):
    """Nobody is busy for more than all of the time: the same minutes were counted twice."""

    def __init__(self, found: Measured, value: float) -> None:
        super().__init__(
            f"{found.variant.kpi} of {found.cut} {found.slice} in {found.period} would be {value:.1f} %, and nobody is "
            "busy for more than all of the time.",
            help=Hint(
                "in chat count the clock time with at least one chat open, never the sum of chats; look at negative times: ",
                Command("source check"),
            ),
        )


class NotOver(Refusal, rule="kpi-period-open"):
    """A figure of part of a period would be taken for the whole."""

    def __init__(self, period: Period, reach: Reach | None, today: date) -> None:
        last = min(reach.last, today - DAY) if reach else date.min
        why = f"it ends on {in_words(period.last)}, and today is {in_words(today)}"
        if period.last < today:
            until = in_words(reach.last) if reach else "nothing"
            why = f"it ends on {in_words(period.last)}, and the source holds contacts up to {until}"
        super().__init__(
            f"{period.key} cannot be computed yet: {why}.",
            help=f"compute the days that are there: --period {period.first}..{last}"
            + (f"; or say that nobody came after that: --until {period.last}" if period.last < today else "")
            if period.first <= last
            else "compute it when it is over and exported; the source is named in qacli.yaml",
        )


class Plan(NamedTuple):
    """What is to be computed: variants, whole periods, and what is told beside them."""

    wanted: list[Asked]
    periods: list[Period]
    findings: list[str]


def compute(
    view: View,
    period: Period,
    population: Population,
    profile: Profile,
    *,
    source: str,
    kpis: Sequence[str] = (),
    by: Sequence[str] = ("week",),
    cuts: Sequence[str] = ("channel", "team"),
    covers: date | None = None,
) -> Change:
    """Compute the KPIs of a period and of the shorter periods ``by`` that ended in it, in slices.

    ``kpis`` names some of them; left out: all whose definition says how. ``covers`` is the last day that the source covers,
    where nobody came on it. The same data a second time makes no row; a
    figure that has changed corrects the earlier one. Raises NotOver, NothingToCompute, OverFull, NoSuchDefinition,
    NotFromFiles.
    """
    staff = Ground((), (), view.people, (), (), source).known_as()
    reach = prepare(population, profile, staff)
    if reach and covers:
        reach = reach._replace(last=max(reach.last, covers))
    plan = planned(view, period, profile, reach, kpis, by, population.left_out)
    until = min(reach.last if reach else period.last, view.now.date())
    confidence = view.settings.thresholds.confidence / 100
    found = measure(
        population, profile, plan.wanted, plan.periods, list(dict.fromkeys([ALL, *cuts])), until, confidence
    )
    spans = {each.key: each for each in plan.periods}
    values = [_value(each, spans[each.period], population.digest, confidence) for each in found]
    rows, told = recorded(view, values)
    return Change(rows, [*plan.findings, *_held_back(found, until), *told])


def planned(
    view: View,
    period: Period,
    profile: Profile,
    reach: Reach | None,
    kpis: Sequence[str],
    by: Sequence[str],
    left_out: Sequence[str] = (),
) -> Plan:
    """Return what can be computed of a period; ``left_out`` are columns of the source that the profile does not map.

    Raises NotOver, NothingToCompute, NoSuchDefinition, NoSuchVariant.
    """
    today = view.now.date()
    if reach is None or period.last > reach.last or period.last >= today:
        inside = [] if reach is None else _inside(period, by, reach, today)
        if not inside or parse_period(period.key).last == period.first:
            raise NotOver(period, reach, today)
        open_ = [f"{period.key} itself is not over, or not all in the source: only what has ended in it is computed"]
    else:
        inside, open_ = [period, *_inside(period, by, reach, today)], []
    wanted: list[Asked] = []
    why: list[str] = []
    absent: set[str] = set()
    for asked in _variants(view, kpis, period.last):
        reason = missing(asked, profile)
        if reason:
            why.append(f"{asked.kpi.partition('@')[0]} {asked.variant}: {reason}")
            absent |= {field for field in asked.formula.needs if field not in profile.columns}
        else:
            wanted.append(asked)
    offers = offered(left_out, absent)
    if not wanted:
        raise NothingToCompute(why, list(offers.values()))
    findings = [*open_, *_begins_late(period, reach), *_not_agreed(view, wanted)]
    findings += _left_out(why, bool(kpis))
    if offers:
        findings.append(
            f"the export may have what is wanting; for the profile, units and scales checked: {LINES}{LINES.join(offers.values())}"
        )
    return Plan(wanted, list({each.key: each for each in inside}.values()), findings)


def recorded(view: View, values: Sequence[KpiValue]) -> tuple[list[Row], list[str]]:
    """Return the rows that are new against what stands recorded, and in words how many were new, changed or the same."""
    standing = {value.key: value for value in view.current(KpiValue)}
    rows: list[Row] = []
    count: Counter[str] = Counter()
    for value in values:
        before = standing.get(value.key)
        if before and (before.origin == TRANSACTIONS) != (value.origin == TRANSACTIONS):
            count["elsewhere"] += 1
            continue
        if before and same(before, value):
            count["unchanged"] += 1
            continue
        rows.append(value)
        count["changed" if before else "new"] += 1
        if before:
            rows.append(_correction(view, before, value))
    many = f"{count['new']:,} figure{'s' * (count['new'] != 1)} recorded"
    told = [many if count["new"] else "no new figure"]
    if count["unchanged"]:
        told.append(f"{count['unchanged']:,} unchanged")
    findings = [", ".join(told)]
    if count["elsewhere"]:
        findings.append(f"{count['elsewhere']:,} left alone: another system counts them, and a figure has one source")
    if count["changed"]:
        findings.append(
            f"{count['changed']:,} changed since they were recorded: the earlier ones are kept, and corrected"
        )
    return rows, findings


def same(one: KpiValue, other: KpiValue) -> bool:
    """Return whether two figures of one key say the same."""
    fields = ("kpi", "num", "den", "n", "value", "low", "high", "asked", "held_back", "complete")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def rounded(number: float | None) -> float | None:
    """Return a number as it is recorded: to six decimals, so that the same data gives the same cells."""
    return None if number is None else round(float(number), 6) + 0.0


def _correction(view: View, before: KpiValue, value: KpiValue) -> Correction:
    why = "another export" if before.kpi == value.kpi else f"the definition is now {value.kpi}"
    reason = Words(f"{why}: {before.value} became {value.value}")
    return Correction(kind="kpi-value", old=before.id, new=ref(value), reason=reason, authority=view.actor)


def _value(found: Measured, period: Period, sha256: str, confidence: float) -> KpiValue:
    formula = found.variant.formula
    made = figure(formula.kind, found.sums, formula.scale, confidence)
    if formula.kind == "ratio" and made.value is not None and made.value > 100:
        raise OverFull(found, made.value)
    return KpiValue(
        kpi=found.variant.kpi,
        variant=found.variant.variant,
        cut=found.cut,
        slice=found.slice,
        period=period.key,
        first=period.first,
        last=period.last,
        num=rounded(made.num),
        den=rounded(made.den),
        value=rounded(made.value),
        low=rounded(made.low),
        high=rounded(made.high),
        se=rounded(made.se),
        n=made.n,
        asked=found.asked,
        held_back=made.held,
        complete=None,
        method=made.method,
        origin=TRANSACTIONS,
        sha256=sha256,
    )


def _variants(view: View, kpis: Sequence[str], day: date) -> Iterator[Asked]:
    """Yield the variants that say how they are computed, of the definitions in force on a day; ``kpi:variant`` is one."""
    names = kpis or sorted({kpi.id for kpi in view.definitions("kpi") if kpi.computed and kpi.in_force(day)})
    for name in names:
        id_, _, variant = name.partition(":")
        kpi: Kpi = view.look_up("kpi", id_, on=day)
        if variant and variant not in kpi.variants:
            raise NoSuchVariant(kpi, variant)
        chosen = {key: each for key, each in kpi.computed.items() if not variant or key == variant}
        if chosen:
            kpi = view.definition("kpi", kpi.reference)
        for key, each in chosen.items():
            yield Asked(kpi.reference, key, each)


def _inside(period: Period, by: Sequence[str], reach: Reach, today: date) -> list[Period]:
    """Return the days, weeks and months that ended in a period, are over, and lie wholly within the source."""
    found: list[Period] = []
    for kind in by:
        day = period.first
        while day <= period.last:
            each = parse_period(str(day)) if kind == "day" else period_of(kind, day)  # type: ignore[arg-type]
            if period.first <= each.last <= min(period.last, reach.last, today - DAY) and each.first >= reach.first:
                found.append(each)
            day = each.last + DAY
    return found


def _begins_late(period: Period, reach: Reach | None) -> Iterator[str]:
    if reach and reach.first > period.first:
        yield f"the source begins on {in_words(reach.first)}: days of {period.key} before that hold no contact"


def _not_agreed(view: View, wanted: Iterable[Asked]) -> Iterator[str]:
    names = dict.fromkeys(asked.kpi for asked in wanted)
    open_ = [name for name in names if not approval(view, "kpi", view.look_up("kpi", name))]
    if open_:
        yield f"not yet approved by a second person: {_few(open_)}; see qacli kpi approve"


def _left_out(why: Sequence[str], named: bool) -> Iterator[str]:
    if why and named:
        yield from (f"not computed: {each}" for each in why)
    elif why:
        yield f"not computed, for want of a column: {_few([each.partition(':')[0] for each in why], 40)}"


def _held_back(found: Iterable[Measured], until: date) -> Iterator[str]:
    """Yield how many contacts are not yet knowable, by variant, over the longest period."""
    most: dict[tuple[str, str], Measured] = {}
    for each in found:
        name = (each.variant.kpi.partition("@")[0], each.variant.variant)
        if each.cut == ALL and each.sums.held > (most[name].sums.held if name in most else 0):
            most[name] = each
    for (kpi, variant), each in most.items():
        days = each.variant.computed.days or 0
        first = until - timedelta(days=days - 1)
        yield (
            f"{kpi} {variant}: {each.sums.held:,} contacts of {first} to {until} are held back: whether the customer comes "
            f"again within {days} days is not known yet"
        )


def _few(names: Sequence[str], most: int = FEW) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
