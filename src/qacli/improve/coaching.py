"""Coaching plans: from a need that was observed, over an option that fits, to a review on a fixed day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from qacli.files.text import one_line
from qacli.improve.catalogue import Option, fitting
from qacli.improve.feedback import Feedback, FeedbackPoint, watched_in
from qacli.improve.points import Seen, item_of, seen, worst
from qacli.model import NO_WORDS, Change, Refusal, Row, View, Words
from qacli.monitor.observing.observation import Observation
from qacli.prepare.period import in_words

# Set by no source: two weeks to do it, four more in which new transactions can show the effect.
DAYS_TO_DO = timedelta(days=14)
DAYS_TO_SHOW = timedelta(days=28)


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
    kind: str  # booked, done, reviewed or cancelled
    on: date
    words: Words = NO_WORDS


class Standing(NamedTuple):
    """Where a plan stands on a day: ``status`` is proposed or its last step, ``overdue`` what is late, or empty."""

    plan: CoachingPlan
    status: str
    overdue: str

    @property
    def next(self) -> str:
        """The command that records the next step; empty where the plan has ended."""
        step = {"proposed": "book", "booked": "done", "done": "review"}.get(self.status, "")
        return f"qacli plan {step} {self.plan.id}{' --words ...' * (step == 'review')}" if step else ""


class NoNeed(Refusal, rule="no-need"):
    """A plan answers something that was observed."""

    def __init__(self, need: str, colleague: str) -> None:
        super().__init__(
            f"{need} is no observation, feedback or feedback point in force of {colleague}.",
            help="name what showed the need: an observation o_..., a feedback f_... or a point of it",
        )


class NothingToMend(Refusal, rule="nothing-to-mend"):
    """Nobody is coached in what they do well."""

    def __init__(self, criterion: str, need: str, failed: Sequence[str]) -> None:
        super().__init__(
            f"{criterion} did not fail the standard in {need}.",
            help=f"what did: {', '.join(failed)}" if failed else f"nothing did fail in {need}",
        )


class UnfitOption(Refusal, rule="unfit-option"):
    """An option helps with the criteria and sections that the catalogue says."""

    def __init__(self, option: Option, criterion: str, fit: Sequence[Option]) -> None:
        super().__init__(
            f"{option.reference} is not made for {criterion}: it fits {', '.join(option.fits)}.",
            help=f"those that fit: {', '.join(each.id for each in fit)}"
            if fit
            else f"none in the catalogue fits; add one, with fits: [{criterion}]",
        )


class DatesOrder(Refusal, rule="dates-order"):
    """First it is done, then new transactions come in, then the effect is looked at."""

    def __init__(self, starts: date, due: date, review_on: date) -> None:
        super().__init__(
            f"starts {starts}, due {due}, review {review_on} are out of order.",
            help="a plan is due on or after the day it starts, and reviewed after the day it is due",
        )


class NoOwner(Refusal, rule="no-owner"):
    """Somebody sees to it."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"'{owner}' is nobody in people.csv: a plan needs one owner.", help="name a person id of it")


class StepOutOfOrder(Refusal, rule="plan-order"):
    """A plan is booked, then done, then reviewed."""

    def __init__(self, plan: str, step: str, standing: str) -> None:
        super().__init__(
            f"{plan} cannot be {step}: it is {standing}.",
            help="the steps are booked, done, reviewed; any but a reviewed plan can be cancelled",
        )


class StepDay(Refusal, rule="plan-day"):
    """A step is recorded once it has happened, and none before the one that it follows."""

    def __init__(self, plan: str, step: str, on: date, first: date, last: date) -> None:
        super().__init__(
            f"{plan} cannot have been {step} on {in_words(on)}.",
            help=f"name a day from {first} to {last}" if first <= last else "record it later",
        )


class NoOutcome(Refusal, rule="no-outcome"):
    """A plan does not end in silence."""

    def __init__(self, plan: str, step: str) -> None:
        super().__init__(
            f"{plan} cannot be {step} without words.", help="say what came of it" if step == "reviewed" else "say why"
        )


def propose(
    view: View,
    *,
    colleague: str,
    need: str,
    criterion: str,
    option: str,
    owner: str = "",
    starts: date | None = None,
    due: date | None = None,
    review_on: date | None = None,
    goal: str = "",
) -> Change:
    """Propose one option for one criterion that failed in the need.

    Left out: the owner is the actor, it starts today, is due 14 days later and reviewed 28 days after that, and the
    goal is what the scorecard asks for. An open plan of the same option for the same criterion is a finding and makes
    no row. Raises NoSuchDefinition, NoNeed, NothingToMend, UnfitOption, DatesOrder, NoOwner.
    """
    mend = mended(view, need, colleague, criterion)
    chosen: Option = view.definition("option", option)
    _fits(view, chosen, mend)
    owner = owner or view.actor
    if owner not in view.people:
        raise NoOwner(owner)
    starts, due, review_on = _dates(starts or view.now.date(), due, review_on)
    for each in plans(view, colleague):
        if (each.plan.criterion, each.plan.option) == (criterion, chosen.reference) and each.status in OPEN:
            stands = f"{each.plan.id} already plans {option} for {criterion}, {each.status}: nothing to do"
            return Change(findings=[stands])
    return Change(
        rows=[
            CoachingPlan(
                colleague=colleague,
                need=need,
                criterion=criterion,
                option=chosen.reference,
                owner=owner,
                starts=starts,
                due=due,
                review_on=review_on,
                goal=Words(one_line(goal) or mend.criterion.observable),
            )
        ]
    )


def mended(view: View, need: str, colleague: str, criterion: str) -> Seen:
    """Return the worst rating of a criterion in a need in force. Raises NoNeed, NothingToMend."""
    failed = worst(_shown(view, need, colleague))
    for each in failed:
        if each.criterion.id == criterion:
            return each
    raise NothingToMend(criterion, need, [each.criterion.id for each in failed])


def _dates(starts: date, due: date | None, review_on: date | None) -> tuple[date, date, date]:
    due = due or starts + DAYS_TO_DO
    review_on = review_on or due + DAYS_TO_SHOW
    if not starts <= due < review_on:
        raise DatesOrder(starts, due, review_on)
    return starts, due, review_on


def _shown(view: View, need: str, colleague: str) -> list[Seen]:
    """Return the ratings that a need points at; those of all its observations, or the one of a feedback point."""
    points = [point for point in view.current(FeedbackPoint) if point.id == need]
    sheets = [sheet for sheet in view.current(Feedback) if sheet.id in {need, *(point.feedback for point in points)}]
    named = {each.id for sheet in sheets for each in watched_in(view, sheet)} if sheets else {need}
    watched = [
        each for each in view.current(Observation) if each.id in named and item_of(view, each).colleague == colleague
    ]
    if not watched:
        raise NoNeed(need, colleague)
    return [each for each in seen(view, watched) if not points or each.rating.id == points[0].rating]


def _fits(view: View, option: Option, mend: Seen) -> None:
    observation = view.one(Observation, mend.rating.observation)
    section = view.definition("scorecard", observation.scorecard).section_of(mend.criterion.id).id
    if not fitting([option], mend.criterion.id, section):
        known = [each for each in view.definitions("option") if each.in_force(view.now.date())]
        raise UnfitOption(option, mend.criterion.id, fitting(known, mend.criterion.id, section))


STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"booked": ("proposed",), "done": ("booked",), "reviewed": ("done",), "cancelled": ("proposed", "booked", "done")}
)
"""Each step with the standings from which it can be taken."""
OPEN = STEPS["cancelled"]


def book(view: View, plan: str, on: date | None = None, words: str = "") -> Change:
    """Record that a place is booked. Refuses as ``step``."""
    return step(view, plan, "booked", on, words)


def done(view: View, plan: str, on: date | None = None, words: str = "") -> Change:
    """Record that the coaching took place. Refuses as ``step``."""
    return step(view, plan, "done", on, words)


def review(view: View, plan: str, words: str, on: date | None = None) -> Change:
    """Record what came of it. Raises NoOutcome without words, and refuses as ``step``.

    A review before the day agreed is recorded with a finding.
    """
    change = step(view, plan, "reviewed", on, words)
    agreed = view.one(CoachingPlan, plan).review_on
    early = [
        f"reviewed before {in_words(agreed)}, the day agreed: the effect may not show yet"
        for row in change.rows
        if isinstance(row, CoachingEvent) and row.on < agreed
    ]
    return Change(rows=change.rows, findings=[*change.findings, *early])


def cancel(view: View, plan: str, words: str, on: date | None = None) -> Change:
    """Record that it will not happen, and why. Raises NoOutcome without words, and refuses as ``step``."""
    return step(view, plan, "cancelled", on, words)


def step(view: View, plan: str, kind: str, on: date | None, words: str) -> Change:
    """Record one step of a plan on a day (default: today); the step it took last is a finding and makes no row.

    Raises NoSuchRow, StepOutOfOrder, StepDay, NoOutcome.
    """
    taken = _steps(view, view.one(CoachingPlan, plan))
    stands = taken[-1].kind if taken else "proposed"
    if stands == kind:
        return Change(findings=[f"{plan} was {kind} on {in_words(taken[-1].on)}: nothing to do"])
    if stands not in STEPS[kind]:
        raise StepOutOfOrder(plan, kind, stands)
    today = view.now.date()
    on = on or today
    earliest = taken[-1].on if taken else date.min
    if not earliest <= on <= today:
        raise StepDay(plan, kind, on, earliest, today)
    said = one_line(words)
    if kind in {"reviewed", "cancelled"} and not said:
        raise NoOutcome(plan, kind)
    return Change(rows=[CoachingEvent(plan=plan, kind=kind, on=on, words=Words(said))])


def _steps(view: View, plan: CoachingPlan) -> list[CoachingEvent]:
    return [event for event in view.current(CoachingEvent) if event.plan == plan.id]


def standing(view: View, plan: CoachingPlan, on: date) -> Standing:
    """Return where a plan stands on a day, by the steps dated up to then."""
    taken = [event.kind for event in _steps(view, plan) if event.on <= on]
    status = taken[-1] if taken else "proposed"
    if status in {"proposed", "booked"} and plan.due < on:
        return Standing(plan, status, f"was due {in_words(plan.due)}")
    if status == "done" and plan.review_on < on:
        return Standing(plan, status, f"review was due {in_words(plan.review_on)}")
    return Standing(plan, status, "")


def plans(view: View, colleague: str = "", on: date | None = None) -> list[Standing]:
    """Return the plans in force of one colleague, or of all, oldest first, as they stand on a day (default: today)."""
    day = on or view.now.date()
    return [standing(view, plan, day) for plan in view.current(CoachingPlan) if colleague in {"", plan.colleague}]


def answering(view: View, needs: Iterable[str], on: date | None = None) -> list[Standing]:
    """Return the plans that answer any of some needs and were not cancelled."""
    needs = set(needs)
    return [each for each in plans(view, on=on) if each.plan.need in needs and each.status != "cancelled"]
