"""Feedback: what went well and what to work on, tied to observations, and the colleague's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qacli.model import NO_WORDS, Row, Words


@dataclass(frozen=True, kw_only=True)
class Feedback(Row, table="feedback", letter="f"):
    """One feedback to one colleague (``by`` prepared it)."""

    colleague: str
    on: date
    observations: str  # ids separated by blanks, in the order given
    strengths_first: bool = True


@dataclass(frozen=True, kw_only=True)
class FeedbackPoint(Row, table="feedback_points", parent="feedback"):
    """One strength or one thing to work on, tied to the rating that shows it."""

    feedback: str
    position: int  # from 1, strengths first
    kind: Literal["strength", "development"]
    observation: str
    criterion: str
    rating: str


@dataclass(frozen=True, kw_only=True)
class FeedbackEvent(Row, table="feedback_events", letter="e", parent="feedback"):
    """What became of a feedback."""

    feedback: str
    kind: Literal["delivered", "replied", "acknowledged"]
    on: date
    means: str = ""  # of delivery, for example: in person
    words: Words = NO_WORDS  # the colleague's own
