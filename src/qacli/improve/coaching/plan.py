"""Records of coaching plans, and where each plan stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from qacli.model import NO_WORDS, Row, View, Words
from qacli.prepare.period import in_words


@dataclass(frozen=True, kw_only=True)
class CoachingPlan(Row, table="coaching_plans", letter="a", version=2):
    """What one colleague is to get for one criterion, who sees to it, and when its effect is looked at.

    ``baseline_met`` of ``baseline_n`` is how often the criterion was met in what was drawn by chance of the 13 weeks
    before; ``target`` is the share, 0 to 1, that is wanted.
    """

    colleague: str
    need: str  # id of an observation, a feedback, one of its points, or a finding
    criterion: str
    option: str  # id@version
    owner: str
    starts: date
    due: date
    review_on: date
    goal: Words
    model: str = ""  # id@version of the coaching model that the conversation follows; empty for none
    baseline_n: int | None = None
    baseline_met: int | None = None
    target: float | None = None


@dataclass(frozen=True, kw_only=True)
class CoachingEvent(Row, table="coaching_events", letter="b", parent="plan", version=2):
    """A step of a plan that was taken.

    ``step`` names the part of the conversation that the words are of; ``outcome`` is what a closed plan came to, and
    ``effect`` the figures that it rests on.
    """

    plan: str
    kind: str  # booked, talked, done, closed or cancelled
    on: date
    words: Words = NO_WORDS
    step: str = ""
    outcome: str = ""  # improved, worse or cannot tell
    effect: str = ""


@dataclass(frozen=True, kw_only=True)
class CoachingEffect(Row, table="coaching_effects", letter="ae"):
    """One criterion of one colleague before and after coaching, beside colleagues who were not coached for it.

    Shares are of 0 to 1. ``estimate`` is the share after less that before (Newcombe); ``expected`` what the share before
    leads to expect after, with no coaching, by regression to the mean and by what the others did; ``beyond`` is the share
    after less that. ``did`` is the change less that of the others. ``mean_before`` and ``mean_after`` are of the values of
    the answers, 0 to 100. ``needed`` of ``n_after`` had to be met to show an effect, ``detectable`` is the share that
    would do so in four of five cases. ``left_out`` counts ratings by other evaluators, neither calibrated nor on both sides.
    """

    plan: str
    criterion: str
    channel: str
    before_first: date
    before_last: date
    after_first: date
    after_last: date
    n_before: int
    met_before: int
    n_after: int
    met_after: int
    estimate: float
    low: float
    high: float
    mean_before: float | None
    mean_after: float | None
    mean_change: float | None
    mean_low: float | None
    mean_high: float | None
    expected: float
    reliability: float
    beyond: float
    beyond_low: float
    beyond_high: float
    p: float
    adjusted: float  # for all plans looked at together
    looks: int
    needed: int | None
    detectable: float | None
    others: int
    others_before: float
    others_after: float
    did: float
    did_low: float | None
    did_high: float | None
    left_out: int
    verdict: str  # better, worse or cannot tell
    method: str


PROPOSED, BOOKED, TALKED, DONE, CLOSED, CANCELLED = "proposed", "booked", "talked", "done", "closed", "cancelled"
STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {BOOKED: (PROPOSED,), TALKED: (BOOKED, DONE), DONE: (BOOKED,), CLOSED: (DONE,), CANCELLED: (PROPOSED, BOOKED, DONE)}
)
"""Each step with the standings from which it can be taken; what was talked about leaves a plan where it stands."""
OPEN = STEPS[CANCELLED]


class Standing(NamedTuple):
    """Where a plan stands on a day: ``status`` is proposed or its last step, ``overdue`` what is late, or empty.

    ``effect`` holds the figures recorded by then, None while there are none; ``outcome`` what it came to.
    """

    plan: CoachingPlan
    status: str
    overdue: str
    effect: CoachingEffect | None = None
    outcome: str = ""

    @property
    def next(self) -> str:
        """The command that records the next step, without ``qacli``; empty where the plan has ended."""
        step = {PROPOSED: "book {}", BOOKED: "done {}", DONE: "effect {}"}.get(self.status, "")
        if self.status == DONE and self.effect:
            step = "close {} --words ..."
        return f"plan {step.format(self.plan.id)}" if step else ""


def plan_of(view: View, plan: str) -> CoachingPlan:
    """Return a plan in force by its id. Raises NoSuchRow."""
    return view.one(CoachingPlan, plan)


def events_of(view: View, plan: CoachingPlan) -> Sequence[CoachingEvent]:
    """Return the steps of a plan, oldest first."""
    return view.current(CoachingEvent, plan=plan.id)


def taken_of(events: Iterable[CoachingEvent]) -> list[CoachingEvent]:
    """Return the steps that moved a plan on."""
    return [event for event in events if event.kind != TALKED]


def effect_of(view: View, plan: str, on: date | None = None) -> CoachingEffect | None:
    """Return the figures of a plan that were recorded last, up to a day."""
    found = view.current(CoachingEffect, plan=plan)
    return next((each for each in reversed(found) if on is None or each.at is None or each.at.date() <= on), None)


def standing(view: View, plan: CoachingPlan, on: date) -> Standing:
    """Return where a plan stands on a day, by the steps dated up to then."""
    taken = [event for event in taken_of(events_of(view, plan)) if event.on <= on]
    status = taken[-1].kind if taken else PROPOSED
    overdue = ""
    if status in {PROPOSED, BOOKED} and plan.due < on:
        overdue = f"was due {in_words(plan.due)}"
    elif status == DONE and plan.review_on < on:
        overdue = f"review was due {in_words(plan.review_on)}"
    outcome = taken[-1].outcome if taken else ""
    return Standing(plan, status, overdue, effect_of(view, plan.id, on), outcome)


def plans(view: View, colleague: str = "", on: date | None = None) -> list[Standing]:
    """Return the plans in force of one colleague, or of all, oldest first, as they stand on a day (default: today)."""
    day = on or view.now.date()
    return [standing(view, plan, day) for plan in view.current(CoachingPlan) if colleague in {"", plan.colleague}]


def answering(view: View, needs: Iterable[str], on: date | None = None) -> Sequence[Standing]:
    """Return the plans that answer any of some needs and were not cancelled."""
    needs = set(needs)
    return [each for each in plans(view, on=on) if each.plan.need in needs and each.status != CANCELLED]
