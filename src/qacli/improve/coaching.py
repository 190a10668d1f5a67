"""Coaching plans: from a need that was observed, over an option that fits, to a review on a fixed day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qacli.model import NO_WORDS, Row, Words


@dataclass(frozen=True, kw_only=True)
class CoachingPlan(Row, table="coaching_plans", letter="a"):
    """What one colleague is to get for one criterion, who sees to it, and when its effect is looked at."""

    colleague: str
    need: str  # id of an observation, a feedback or one of its points
    criterion: str
    option: str  # id@version
    owner: str
    starts: date
    due: date
    review_on: date
    goal: Words


@dataclass(frozen=True, kw_only=True)
class CoachingEvent(Row, table="coaching_events", letter="b", parent="plan"):
    """A step of a plan that was taken."""

    plan: str
    kind: Literal["booked", "done", "reviewed", "cancelled"]
    on: date
    words: Words = NO_WORDS
