"""Results of monitoring held against the register: ratings, KPI values and clocks of cases, each by the version of its days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.govern.requirements.cases import Clocked
from qacli.govern.requirements.register import last_days
from qacli.govern.requirements.result import RequirementCheck
from qacli.model import Change, View
from qacli.understand.facts import Selection
from qacli.understand.kpis.value import KpiValue, latest, variant_of
from qacli.understand.kpis.verdict import BREACH, CANNOT_TELL, MET, Limits, judge
from qacli.understand.summaries import summarised

if TYPE_CHECKING:
    from qacli.govern.requirements.bound import Bound
    from qacli.govern.requirements.requirement import Requirement

NOT_MEASURED = "not measured"
NO_TEST = "no test"
ALWAYS = 100
"""Per cent of a rule that allows no exception."""


class Line(NamedTuple):
    """One test of one rule in the days on which both hold. ``n`` is 0 where nothing was measured."""

    rule: Requirement
    test: str
    measured: str
    first: date
    last: date
    n: int
    limits: Limits
    verdict: str
    note: str = ""
    unchecked: int = 0


def checked(view: View, first: date, last: date, cases: Sequence[Clocked], names: Sequence[str] = ()) -> list[Line]:
    """Return each test of each version that holds in some days, by rule; ``names`` leaves only these rules.

    Figures of days on which a version does not hold are not held against it.
    """
    every: Sequence[Requirement] = view.definitions("requirement")
    here = [each for each in every if each.holds_in(view.settings.nation)]
    ends, criteria = last_days(here), _Criteria(view)
    asked = [each for each in cases if first <= each.case.received <= last]
    found: list[Line] = []
    for rule in sorted(here, key=lambda each: (each.id, each.newness)):
        mine = [each for each in asked if each.rule.reference == rule.reference]
        since, until = max(first, rule.from_), min(last, ends[rule.reference])
        if since > until and mine:  # it holds at once for cases that came in before it
            since, until = min(each.case.received for each in mine), max(each.case.received for each in mine)
        if since <= until and (not names or {rule.id, rule.reference} & set(names)):
            found += _lines(view, rule, since, until, mine, criteria)
    return found


class _Criteria:
    """Summaries by criterion, one for each span of days that is asked for."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.known: dict[tuple[date, date], list[dict[str, Any]]] = {}

    def of(self, criterion: str, first: date, last: date) -> list[dict[str, Any]]:
        """Return the rows of a criterion, one for each scorecard version."""
        if (first, last) not in self.known:
            frame = summarised(self.view, "criterion", Selection(first, last)).frame
            self.known[first, last] = [
                {str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")
            ]
        return [row for row in self.known[first, last] if row["criterion"] == criterion]


def _lines(
    view: View, rule: Requirement, first: date, last: date, cases: Sequence[Clocked], criteria: _Criteria
) -> Iterator[Line]:
    nothing = Limits(None, None, None)
    if not rule.bounds:
        yield Line(rule, "", "", first, last, 0, nothing, NO_TEST, "nothing shows whether it is kept: add a test")
    for bound in rule.bounds:
        if bound.kind == "clock":
            found = list(_clock(rule, bound, first, last, [each for each in cases if each.bound.name == bound.name]))
        elif bound.kind == "kpi":
            found = list(_kpi(view, rule, bound, first, last))
        else:
            found = list(_ratings(rule, bound, first, last, criteria))
        yield from found or [Line(rule, bound.text, "", first, last, 0, nothing, NOT_MEASURED, HOW[bound.kind])]


HOW = {
    "criterion": "no routine observation of it in these days",
    "kpi": "no value of it in these days: qacli kpi compute or import",
    "clock": "no case of it: hand in the log of cases with --cases FILE",
}


def _ratings(rule: Requirement, bound: Bound, first: date, last: date, criteria: _Criteria) -> Iterator[Line]:
    for row in criteria.of(bound.name, first, last):
        if row["share"] == row["share"] and row["n"]:
            limits = Limits(*(_kept(row[name]) for name in ("share", "high", "low")))
            verdict = CANNOT_TELL if limits.low is None else judge(limits, float(bound.bound or 0), "higher")
            note = f"{row['failed']} of {row['n']} failed"
            if bound.bound == ALWAYS and not row["failed"]:
                note += "; a sample can show that it is broken, not that it is always kept"
            yield Line(rule, bound.text, row["scorecard"], first, last, int(row["n"]), limits, verdict, note)


def _kept(share: float) -> float | None:
    """Return how many per cent were kept, from the share that failed; None where that is not a number."""
    return None if share != share else 100 * (1 - share)


def _kpi(view: View, rule: Requirement, bound: Bound, first: date, last: date) -> Iterator[Line]:
    kpi = view.look_up("kpi", bound.name, last)
    variant = variant_of(kpi, bound.variant)
    within = [row for row in view.current(KpiValue) if first <= row.first and row.last <= last]
    value = latest(within).get((bound.name, variant))
    if value:
        verdict = judge(value.limits, float(bound.bound or 0), bound.better)
        note = f"{variant}, {value.period}" + ("" if value.low is not None else "; without an interval nobody can tell")
        yield Line(rule, bound.text, value.id, value.first, value.last, value.n or 0, value.limits, verdict, note)


def _clock(rule: Requirement, bound: Bound, first: date, last: date, mine: Sequence[Clocked]) -> Iterator[Line]:
    if not mine:
        return
    counts = {
        state: sum(each.state == state for each in mine)
        for state in ("in time", "late", "overdue", "open", "unchecked")
    }
    n = counts["in time"] + counts["late"] + counts["overdue"]
    value = 100 * counts["in time"] / n if n else None
    verdict = BREACH if counts["late"] + counts["overdue"] else MET if n else CANNOT_TELL
    note = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    yield Line(rule, bound.text, "cases", first, last, n, Limits(value, None, None), verdict, note, counts["unchecked"])


def record(view: View, lines: Sequence[Line]) -> Change:
    """Record what was measured; the same figures once more make no row."""
    known = {_key(row) for row in view.current(RequirementCheck)}
    rows = []
    for line in lines:
        if line.verdict in {NO_TEST, NOT_MEASURED}:
            continue
        rule = view.definition("requirement", line.rule.reference)
        row = RequirementCheck(
            requirement=rule.reference,
            test=line.test,
            measured=line.measured,
            first=line.first,
            last=line.last,
            n=line.n,
            unchecked=line.unchecked,
            value=line.limits.value,
            low=line.limits.low,
            high=line.limits.high,
            verdict=line.verdict,
        )
        if _key(row) not in known:
            rows.append(row)
    return Change(rows, [] if rows or not lines else ["all that was measured is on record: nothing to do"])


def _key(row: RequirementCheck) -> tuple[object, ...]:
    return (row.requirement, row.test, row.measured, row.first, row.last, row.n, row.unchecked, row.value, row.verdict)
