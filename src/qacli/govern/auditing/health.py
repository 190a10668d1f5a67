"""Health of the monitoring, from its own records: coverage, delay, agreement, overturn, opt-outs, each with its n."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

from qacli.govern.auditing.checks import Form, day_of, forms
from qacli.improve.feedback import Feedback, FeedbackEvent
from qacli.model import View
from qacli.monitor.calibrating.calibration import standings
from qacli.monitor.calibrating.figures import of_totals, scored
from qacli.monitor.disputing.dispute import WITHDRAWN, disputes
from qacli.monitor.observing.excuse import Excuse
from qacli.monitor.sampling.draw import Draw, Exclusion, Item, Replacement
from qacli.prepare.approval import Approval, Override
from qacli.stats import Interval, wilson

SHARE, DAYS, COUNT = "%", "days", ""
OPT_OUT = "opt-out"


class Health(NamedTuple):
    """One measure of the monitoring over some days.

    ``value`` is a share of 0 to 1, days or a count, by its ``unit``, None where ``n`` is too few or nothing; ``k`` is how
    many of n a share counts. ``low`` and ``high`` are the limits of a share; ``days`` are those behind a median.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    k: int | None
    n: int
    unit: str
    words: str
    days: Sequence[int] = ()


class Span(NamedTuple):
    """The days that are looked at, and the forms that were scored in them."""

    view: View
    first: date
    last: date
    forms: Sequence[Form]

    def holds(self, day: date) -> bool:
        """Return whether a day is one of them."""
        return self.first <= day <= self.last


def health(view: View, first: date, last: date) -> list[Health]:
    """Return every measure over some days, in order of the work."""
    span = Span(view, first, last, forms(view, first, last))
    return [measure(span) for measure in MEASURES.values()]


def measured(view: View, measure: str, first: date, last: date) -> Health:
    """Return one measure over some days. ``measure`` is a key of MEASURES."""
    return MEASURES[measure](Span(view, first, last, forms(view, first, last)))


def _share(span: Span, measure: str, k: int, n: int, words: str, *, all_known: bool = False) -> Health:
    """Return a share; one of everybody has no interval, one of under the least number is left out."""
    settings = span.view.settings.thresholds
    if n < settings.minimum_n and not all_known:
        few = f"too few: {n} of {settings.minimum_n}" if n else "nothing to count"
        return Health(measure, None, None, None, k, n, SHARE, f"{words}; {few}")
    if not n:
        return Health(measure, None, None, None, k, n, SHARE, f"{words}; nothing to count")
    found = Interval(k / n, None, None, n, "all") if all_known else wilson(k, n, settings.confidence / 100)
    return Health(measure, found.estimate, found.low, found.high, k, n, SHARE, words)


def _median(measure: str, days: Sequence[int], words: str) -> Health:
    value = float(median(days)) if days else None
    words = words if days else f"{words}; nothing to count"
    return Health(measure, value, None, None, None, len(days), DAYS, words, days)


def coverage(span: Span) -> Health:
    """Colleagues who were observed, of all of people.csv who worked in these days."""
    there = {
        line.person for line in span.view.people if line.source_id and line.from_ <= span.last and line.to >= span.first
    }
    seen = {form.item.colleague for form in span.forms} & there
    return _share(
        span, "coverage", len(seen), len(there), "colleagues with a form scored, of those in people.csv", all_known=True
    )


def completion(span: Span) -> Health:
    """Items drawn in these days that were scored, replaced ones apart."""
    draws = {row.id for row in span.view.rows(Draw) if span.holds(day_of(span.view, row.at))}
    gone = {row.item for row in span.view.rows(Replacement)}
    asked = [row.id for row in span.view.current(Item) if row.draw in draws and row.id not in gone]
    done = {form.item.id for form in forms(span.view, span.first, span.view.now.date())}
    words = "items drawn in these days that are scored by today"
    return _share(span, "completion", sum(item in done for item in asked), len(asked), words, all_known=True)


def scoring_delay(span: Span) -> Health:
    """Days from a transaction to its score."""
    took = [(form.scored - form.item.day).days for form in span.forms]
    return _median("scoring-delay", took, "median days from transaction to score")


def feedback_delay(span: Span) -> Health:
    """Days from a score to the feedback on it."""
    on = {row.feedback: row.on for row in span.view.current(FeedbackEvent) if row.kind == "delivered"}
    first: dict[str, date] = {}
    for sheet in span.view.current(Feedback):
        for name in sheet.observations.split() if sheet.id in on else ():
            first[name] = min(on[sheet.id], first.get(name, on[sheet.id]))
    took = [(first[form.observation.id] - form.scored).days for form in span.forms if form.observation.id in first]
    words = f"median days from score to feedback; {len(span.forms) - len(took)} of {len(span.forms)} had none"
    return _median("feedback-delay", took, words)


def agreement(span: Span) -> Health:
    """Pairs of blind scores of one item within the tolerance, of calibrations opened in these days."""
    settings = span.view.settings.thresholds
    sessions = [each for each in standings(span.view) if span.holds(day_of(span.view, each.calibration.at))]
    found = of_totals(scored(span.view, sessions), float(settings.calibration_tolerance), settings.confidence / 100)
    total = found.coefficient
    value = "" if total.estimate is None else f" {total.estimate:.2f}"
    where = f"{len(sessions)} calibrations; n counts items scored blind by two or more; {total.method}{value}"
    within = f"pairs of scores within {settings.calibration_tolerance} points; {where}"
    return Health("agreement", found.within, None, None, None, found.units, SHARE, within)


def overturn(span: Span) -> Health:
    """Contested criteria that were given another answer, of those decided."""
    raised = [
        each
        for each in disputes(span.view)
        if each.state != WITHDRAWN and span.holds(day_of(span.view, each.dispute.at))
    ]
    decided = [each for each in raised if each.decision]
    changed = sum(
        point.criterion in {change.criterion for change in each.changes} for each in decided for point in each.points
    )
    n = sum(len(each.points) for each in decided)
    words = f"contested criteria given another answer; {len(raised)} disputes, {len(raised) - len(decided)} open"
    return _share(span, "overturn", changed, n, words)


def opt_outs(span: Span) -> Health:
    """Transactions of customers who opted out, of all that draws of these days looked at."""
    draws = {row.id: row.population for row in span.view.rows(Draw) if span.holds(row.first) and span.holds(row.last)}
    out = [row for row in span.view.rows(Exclusion) if row.draw in draws]
    k = sum(row.transactions for row in out if row.reason == OPT_OUT)
    other: Mapping[str, int] = {
        reason: sum(row.transactions for row in out if row.reason == reason)
        for reason in sorted({row.reason for row in out} - {OPT_OUT})
    }
    beside = "".join(f"; {reason} {count}" for reason, count in other.items())
    words = f"transactions left out for an opt-out, in {len(draws)} draws{beside}"
    return _share(span, "opt-outs", k, sum(draws.values()), words, all_known=True)


def exceptions(span: Span) -> Health:
    """Rules that approvals went against and duties that were excused."""
    view = span.view
    approved = sum(span.holds(day_of(view, row.at)) for row in view.rows(Approval))
    against = sum(span.holds(day_of(view, row.at)) for row in view.rows(Override))
    excused = sum(span.holds(day_of(view, row.at)) for row in view.rows(Excuse))
    words = f"approvals against a rule {against} of {approved}, duties excused {excused}"
    found = against + excused
    return Health("exceptions", float(found), None, None, None, approved + excused, COUNT, words)


MEASURES: Mapping[str, Callable[[Span], Health]] = MappingProxyType(
    {
        "coverage": coverage,
        "completion": completion,
        "scoring-delay": scoring_delay,
        "feedback-delay": feedback_delay,
        "agreement": agreement,
        "overturn": overturn,
        "opt-outs": opt_outs,
        "exceptions": exceptions,
    }
)
