"""Overturn rates: how often what was contested was judged otherwise in the end, by evaluator and by criterion."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from statistics import median
from typing import Literal, NamedTuple

from qacli.model import Correction, View
from qacli.monitor.disputing.dispute import WITHDRAWN, DisputePoint, Standing, disputes
from qacli.monitor.observing.observation import NOT_ASKED, Observation, Rating
from qacli.stats import Interval, wilson

By = Literal["evaluator", "criterion"]


class Overturned(NamedTuple):
    """One evaluator or criterion.

    ``rated`` counts criteria that were answered in observations of the period, ``contested`` those that were disputed,
    ``decided`` those of them that were decided, ``changed`` those that were given another answer; ``share`` is changed
    of decided, 0 to 1. ``days`` is the median from raising to deciding.
    """

    group: str
    rated: int
    contested: int
    open: int
    decided: int
    changed: int
    share: Interval
    days: float | None
    verdict: str


class _Point(NamedTuple):
    standing: Standing
    point: DisputePoint

    @property
    def changed(self) -> bool:
        return any(change.criterion == self.point.criterion for change in self.standing.changes)


def overturned(view: View, by: By, first: date, last: date) -> list[Overturned]:
    """Return the rates of disputes raised from a day to a day, the most contested first; withdrawn ones count nowhere.

    A share under the least number of decisions (minimum_n) is left out, and the verdict says so.
    """
    groups: dict[str, list[_Point]] = defaultdict(list)
    for each in disputes(view):
        if each.state != WITHDRAWN and first <= _day(view, each.dispute.at) <= last:
            for point in each.points:
                groups[_group(by)(each, point)].append(_Point(each, point))
    rated = _rated(view, by, first, last)
    found = [_overturned(view, group, points, rated[group]) for group, points in groups.items()]
    return sorted(found, key=lambda each: (-each.contested, each.group))


def _group(by: By) -> Callable[[Standing, DisputePoint], str]:
    if by == "evaluator":
        return lambda standing, _: standing.observation.by
    return lambda _, point: point.criterion


def _rated(view: View, by: By, first: date, last: date) -> Counter[str]:
    """Count the answered criteria of the observations made in a period; what takes the place of one is none anew."""
    later = {row.new for row in view.rows(Correction)}
    made = {
        row.id: row.by for row in view.rows(Observation) if row.id not in later and first <= _day(view, row.at) <= last
    }
    answered = [row for row in view.rows(Rating) if row.observation in made and row.answer != NOT_ASKED]
    return Counter(made[row.observation] if by == "evaluator" else row.criterion for row in answered)


def _overturned(view: View, group: str, points: Sequence[_Point], rated: int) -> Overturned:
    settings = view.settings.thresholds
    decided = [each for each in points if each.standing.decision]
    changed = sum(each.changed for each in decided)
    share = wilson(changed, len(decided), settings.confidence / 100)
    enough = len(decided) >= settings.minimum_n
    return Overturned(
        group,
        rated,
        len(points),
        len(points) - len(decided),
        len(decided),
        changed,
        share if enough else Interval(None, None, None, len(decided), "too few"),
        _days([each.standing for each in decided]),
        "" if enough else f"too few: {len(decided)} of {settings.minimum_n} decisions",
    )


def _days(found: Sequence[Standing]) -> float | None:
    took = {
        each.dispute.id: (each.decision.at - each.dispute.at).total_seconds() / 86_400
        for each in found
        if each.decision and each.decision.at and each.dispute.at
    }
    return median(took.values()) if took else None


def _day(view: View, at: datetime | None) -> date:
    return at.astimezone(view.now.tzinfo).date() if at else date.min
