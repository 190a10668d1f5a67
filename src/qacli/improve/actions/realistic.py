"""R: hours and money are secured, nothing pulls the other way, and the planned sample can show a change as small as the step."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.numbers import short
from qacli.improve.actions.action import standings
from qacli.improve.actions.course import Course, course_of
from qacli.improve.actions.draft import Metric
from qacli.improve.actions.verdict import CANNOT_TELL, FAILED, HELD, Part
from qacli.improve.resources.request import requests
from qacli.model import QacliError, View
from qacli.stats import Interval, autocorrelation, detectable_drop, spearman
from qacli.understand.kpis.verdict import BREACH, judge
from qacli.understand.targets.target import Place, agreed, in_force

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qacli.improve.actions.draft import Draft
    from qacli.improve.actions.smart import Smart


class Secured(NamedTuple):
    """What was given for an action by its first day, and the requests behind it; ``later`` come after that day."""

    hours: Decimal
    money: Decimal
    requests: tuple[str, ...]
    later: tuple[str, ...]


def realistic(view: View, draft: Draft, course: Course | None, rules: Smart) -> Iterator[Part]:
    """Yield whether there is the time and money, whether something pulls the other way, and whether a change would show."""
    yield from _resources(view, draft)
    if course is None or course.start is None:
        yield Part(FAILED, "no figure, so no sample of it in which a change could show")
        return
    yield from _same_metric(view, draft)
    yield from _counter(view, draft, course)
    yield from _shows(view, draft, course, rules)


def secured(view: View, draft: Draft) -> Secured:
    """Return what was secured for an action by requests that name it."""
    start = draft.day("start")
    names = {draft.id, *(each.action.id for each in standings(view) if each.action.name == draft.id)}
    given = [(row, row.decision.since) for row in requests(view) if row.request.serves in names and row.decision]
    there = [row for row, since in given if since and (start is None or since <= start)]
    return Secured(
        sum((row.hours for row in there), Decimal(0)),
        sum((row.money for row in there), Decimal(0)),
        tuple(row.request.id for row in there),
        tuple(row.request.id for row, since in given if since and start is not None and since > start),
    )


def _resources(view: View, draft: Draft) -> Iterator[Part]:
    if draft.hours is None or draft.money is None:
        lacking = " and ".join(name for name in ("hours", "money") if getattr(draft, name) is None)
        yield Part(FAILED, f"{lacking} not stated: say what it takes, 0 for none")
        return
    got = secured(view, draft)
    for needed, there, unit in ((draft.hours, got.hours, "hours"), (draft.money, got.money, "of money")):
        if there < needed:
            later = f" ({', '.join(got.later)} only after the start)" if got.later else ""
            words = f"{needed:f} {unit} needed, {there:f} secured{later}"
            yield Part(FAILED, f"{words}: qacli resource request --for {draft.id}, then resource secure")
        elif needed:
            yield Part(HELD, f"{needed:f} {unit} secured by {', '.join(got.requests)}")
    if not draft.hours and not draft.money:
        yield Part(HELD, "it takes no hours and no money")


def _same_metric(view: View, draft: Draft) -> Iterator[Part]:
    metric = draft.metric
    for each in standings(view):
        row = each.action
        mine = (row.kpi.partition("@")[0], row.cut, row.slice, row.criterion, row.channel, row.team)
        wanted = (
            (metric.kpi or "").partition("@")[0],
            metric.cut,
            metric.slice,
            metric.criterion or "",
            metric.channel,
            metric.team,
        )
        if not each.end and row.name != draft.id and mine == wanted:
            yield Part(
                FAILED, f"{row.id} ({row.name}) moves the same figure until {row.due}: nobody could tell them apart"
            )


def counter_course(view: View, course: Course, until: date) -> Course | None:
    """Return the course of the paired measure in the same slice; None where it has no figures.

    Raises QacliError where its definition leaves open which variant is meant.
    """
    if course.kpi is None or course.series is None:
        return None
    _, _, cut, slice_, by = course.series
    found = course_of(view, Metric(kpi=course.kpi.counter, cut=cut, slice=slice_, by=by), until)
    return found if found.figures else None


def _counter(view: View, draft: Draft, course: Course) -> Iterator[Part]:
    if course.kpi is None:
        return
    name, until = course.kpi.counter, course.figures[-1].last
    try:
        paired = counter_course(view, course, max(until, draft.day("start") or until))
    except QacliError:  # no variant that leads, or no figure: in both cases nobody has looked at it
        paired = None
    if paired is None or paired.series is None:
        yield Part(CANNOT_TELL, f"no figure of the paired measure {name} beside it, so nobody would see it get worse")
        return
    last = paired.figures[-1]
    target = in_force(agreed(view), Place(*paired.series[:4]), last.first)
    if target and judge(last.limits, target.new, paired.better, target.tolerance) == BREACH:
        words = f"the paired measure {paired.words} is in breach of its target {short(target.new)}: {paired.show(last.value)}"
        yield Part(FAILED, f"{words} in {last.period}, mend that first")
    yield _against(course, paired)


def _against(course: Course, paired: Course) -> Part:
    """Return whether one got worse, period by period, when the other got better."""
    other = {figure.period: paired.sign * figure.value for figure in paired.figures}
    both = [(course.sign * figure.value, other[figure.period]) for figure in course.figures if figure.period in other]
    one, two = zip(*both, strict=True) if both else ((), ())
    found = clash(one, two)
    if found.estimate is None or found.high is None:
        return Part(CANNOT_TELL, f"paired measure {paired.words}: {found.n} changes beside it, too few to see a clash")
    words = f"of {found.n} changes beside {paired.words}: rho {found.estimate:.2f}, {found.low:.2f} to {found.high:.2f}"
    if found.high < 0:
        return Part(FAILED, f"clash, the paired measure got worse when this got better ({words})")
    return Part(HELD, f"no clash told ({words})")


def clash(one: Sequence[float], two: Sequence[float]) -> Interval:
    """Return the rank correlation of the changes of two measures from period to period; below 0 one pays for the other.

    The change after a chance peak is down, so changes follow each other: their pairs are worth n·(1-ab)/(1+ab), with a and
    b the correlation of each with the next (Bartlett 1935, Journal of the Royal Statistical Society 98:536-543).
    """
    first, second = _steps(one), _steps(two)
    both = (autocorrelation(first) or 0.0) * (autocorrelation(second) or 0.0)
    return spearman(first, second, worth=len(first) * (1 - both) / (1 + both) if both > 0 else None)


def _steps(values: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise(values)]


def _shows(view: View, draft: Draft, course: Course, rules: Smart) -> Iterator[Part]:
    target, days = draft.target_value, draft.days
    if course.start is None or target is None or days is None:
        yield Part(FAILED, "no step and no time, so no telling whether a change as large would show")
        return
    step = course.sign * (target - course.start.value)
    confidence = view.settings.thresholds.confidence / 100
    n, least = detectable(course, days, confidence, rules.power / 100)
    planned = f"n {course.start.n:,} before and {n:,} after ({course.planned}), {rules.power} % of the times"
    if least is None:
        yield Part(CANNOT_TELL, f"no telling what change would show: {course.start.period} has no spread recorded")
    elif least > step:
        yield Part(FAILED, f"a change under {course.step(least)} does not show: {planned}; the step is {short(step)}")
    else:
        yield Part(HELD, f"a change of {course.step(least)} shows: {planned}")


def detectable(course: Course, days: int, confidence: float = 0.95, power: float = 0.8) -> tuple[int, float | None]:
    """Return how many the follow-up counts, and the smallest change for the better that two such figures show.

    In the unit of the course. Shares: two-proportion z test on the harmonic mean of both n, those of a weighted share
    reduced to what its interval is worth; others: (z + z) times the standard error of a difference. None where unknown.
    """
    start = course.start
    if start is None:
        return 0, None
    after = start.n if course.kpi else max(1, round(start.n * days / ((start.last - start.first).days + 1)))
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    if course.share is None:
        se = start.se
        if se is None and start.low is not None and start.high is not None:
            se = (start.high - start.low) / 2 / z
        return after, None if not se else (z + NormalDist().inv_cdf(power)) * se * sqrt(2)
    p = start.value / course.share
    failing = p if course.better == "lower" else 1 - p
    if not 0 < failing <= 1:
        return after, None
    worth = _worth(course, p, z)
    n = int(2 / (1 / max(1, worth) + 1 / max(1, worth * after / start.n)))
    least = detectable_drop(failing, n, power, 1 - confidence)
    return after, None if least is None else least * course.share


def _worth(course: Course, p: float, z: float) -> float:
    start = course.start
    if start is None or course.kpi or start.low is None or start.high is None or not 0 < p < 1:
        return float(start.n) if start else 0.0
    half = (start.high - start.low) / 2 / (course.share or 1)
    return min(float(start.n), z**2 * p * (1 - p) / half**2)
