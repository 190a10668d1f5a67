"""How the programme balances: strengths and points to work on by who gave them, the delay, and how often people are heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from qacli.improve.feedback.sheet import (
    DECLINED,
    DELIVERED,
    DEVELOPMENT,
    REPLIED,
    STRENGTH,
    Feedback,
    FeedbackEvent,
    events,
    own_view,
    points_of,
    watched_in,
)
from qacli.model import View

EVERYBODY = "all"


class Balance(NamedTuple):
    """What one person gave: ``feedback`` counts talks, ``bare`` those of them without any strength; ``delay`` is the median
    of days from an observation to the talk about it.
    """

    evaluator: str
    feedback: int
    strengths: int
    developments: int
    bare: int
    delay: float | None
    own_views: int
    replied: int
    declined: int

    @property
    def ratio(self) -> float | None:
        """Strengths for each point to work on; None where there is none to work on."""
        return self.strengths / self.developments if self.developments else None


class Given(NamedTuple):
    """One feedback that was delivered, as the balance counts it."""

    by: str
    strengths: int
    developments: int
    delays: Sequence[int]
    own_view: bool
    replied: bool
    declined: bool


def balances(view: View, from_: date | None = None, to: date | None = None) -> list[Balance]:
    """Return what each person gave in talks of some days, by person, and last the sum of all where there are several."""
    by_giver: dict[str, list[Given]] = defaultdict(list)
    for event in view.current(FeedbackEvent):
        if event.kind == DELIVERED and (from_ or date.min) <= event.on <= (to or date.max):
            by_giver[event.by].append(_given(view, event))
    found = [_balance(person, by_giver[person]) for person in sorted(by_giver)]
    every = [each for given in by_giver.values() for each in given]
    return [*found, _balance(EVERYBODY, every)] if len(found) > 1 else found


def _given(view: View, event: FeedbackEvent) -> Given:
    sheet = view.one(Feedback, event.feedback)
    kinds = [point.kind for point in points_of(view, sheet.id)]
    return Given(
        event.by,
        kinds.count(STRENGTH),
        kinds.count(DEVELOPMENT),
        [days for _, days in delays(view, sheet, event.on)],
        bool(own_view(view, sheet.id)),
        bool(events(view, sheet.id, REPLIED)),
        bool(events(view, sheet.id, DECLINED)),
    )


def delays(view: View, sheet: Feedback, on: date) -> list[tuple[str, int]]:
    """Return for each observation of a sheet how many days before a day it was made."""
    zone = view.now.tzinfo
    return [(each.id, (on - each.at.astimezone(zone).date()).days) for each in watched_in(view, sheet) if each.at]


def _balance(person: str, given: Sequence[Given]) -> Balance:
    days = [day for each in given for day in each.delays]
    return Balance(
        person,
        len(given),
        sum(each.strengths for each in given),
        sum(each.developments for each in given),
        sum(not each.strengths for each in given),
        median(days) if days else None,
        sum(each.own_view for each in given),
        sum(each.replied for each in given),
        sum(each.declined for each in given),
    )
