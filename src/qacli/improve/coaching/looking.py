"""What an effect is worked out from: which plan, which days, which ratings, which colleagues to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from qacli.improve.coaching.needing import Need, needed
from qacli.improve.coaching.plan import (
    CANCELLED,
    CLOSED,
    DONE,
    PROPOSED,
    CoachingEffect,
    CoachingPlan,
    effect_of,
    events_of,
    plans,
)
from qacli.improve.coaching.side_by_side import DAY, FEWEST, Both, Days, Side, before, fresh_checks, rated, side_by_side
from qacli.model import Command, Hint, Refusal, View
from qacli.prepare.period import Period, in_words
from qacli.stats import Beyond, beyond_expected
from qacli.understand.facts import Selection

OTHERS, EACH = 3, 5
"""Uncoached colleagues who are compared with, and ratings of each on either side: so many at least, set by no source."""
MEAN = "who is picked for a bad score does better next time with no coaching at all (regression to the mean)"


class NotDone(Refusal, rule="not-coached"):
    """What has not taken place has no effect."""

    def __init__(self, plan: str, status: str) -> None:
        done = Command(f"plan done {plan}")
        first = {
            PROPOSED: Hint("first: ", Command(f"plan book {plan}"), ", then ", done),
            CANCELLED: Hint("what was called off is planned anew: ", Command("plan propose")),
        }
        super().__init__(
            f"{plan} is {status}: there is no effect to look at.", help=first.get(status, Hint("first: ", done))
        )


class TooEarly(Refusal, rule="effect-too-early"):
    """Looking again and again finds something in the end."""

    def __init__(self, plan: CoachingPlan, on: date) -> None:
        super().__init__(
            f"the effect of {plan.id} is looked at on {in_words(plan.review_on)}, as agreed, and not on {in_words(on)}.",
            help="who looks early, and again, finds something by chance in the end",
        )


class LookedAlready(Refusal, rule="effect-looked-at"):
    """The days are not chosen by what they show."""

    def __init__(self, found: CoachingEffect, last: date) -> None:
        super().__init__(
            f"the effect of {found.plan} was looked at up to {found.after_last} as {found.id} ({found.verdict}), "
            f"and is not looked at again up to {last}.",
            help="for later days propose a new plan",
        )


class TooFew(Refusal, rule="too-few-for-effect"):
    """Few ratings jump by chance."""

    def __init__(self, view: View, looked: Looked) -> None:
        plan, need, both, days = looked.plan, looked.need, looked.both, looked.days
        expected = expectation(looked)
        late = both.after.n < FEWEST
        lacking = FEWEST - (both.after.n if late else both.before.n)
        wanted = Period("", *(days[2:] if late else days[:2]))
        super().__init__(
            f"{_counted(plan, need, both)}: too few to claim an effect, {FEWEST} on either side are needed. {expected}",
            help=Hint(
                fresh_checks(view, need, plan, lacking, wanted), "; then: ", Command(f"plan effect {plan.id} --to DAY")
            ),
        )


class NoComparison(Refusal, rule="no-comparison-group"):
    """A colleague who was chosen for a bad score is compared with others who were not coached."""

    def __init__(self, plan: CoachingPlan, need: Need, both: Both, others: int, expected: str) -> None:
        super().__init__(
            f"{_counted(plan, need, both)}: no effect can be claimed without a comparison group; {others} uncoached "
            f"colleagues have {EACH} ratings of it on either side, {OTHERS} are needed. {expected}",
            help=Hint("score more of their items: ", Command("summarise coverage"), " shows whose are missing"),
        )


class Looked(NamedTuple):
    """What the effect of one plan is worked out from. ``others`` are the uncoached colleagues, both sides of each."""

    plan: CoachingPlan
    need: Need
    days: Days
    both: Both
    others: Sequence[Both]


def look(view: View, plan: CoachingPlan, to: date | None = None) -> Looked:
    """Return what the effect of a plan is worked out from. Raises NotDone, TooEarly, LookedAlready, and what needs raise."""
    status = next(each.status for each in plans(view, plan.colleague) if each.plan.id == plan.id)
    if status not in {DONE, CLOSED}:
        raise NotDone(plan.id, status)
    today = view.now.date()
    last = to or plan.review_on
    if today < plan.review_on or last > today or last < plan.review_on:
        raise TooEarly(plan, min(today, last) if last >= plan.review_on else last)
    if (found := effect_of(view, plan.id)) and found.after_last != last:
        raise LookedAlready(found, last)
    done_on = next(each.on for each in events_of(view, plan) if each.kind == DONE)
    days = Days(*before(min(plan.starts, done_on)), done_on + DAY, last)
    need = needed(view, plan.need, plan.colleague, plan.criterion, still_open=False)
    rows = rated(view, need, Selection(days.before_first, days.after_last, "all", need.item.channel))
    every = side_by_side(view, rows, days)
    coached = _coached(view, plan.criterion, days)
    others = [
        both
        for name, both in every.items()
        if name != plan.colleague and name not in coached and min(both.before.n, both.after.n) >= EACH
    ]
    nothing = Both(plan.colleague, Side((), 0), Side((), 0), 0)
    return Looked(plan, need, days, every.get(plan.colleague, nothing), others)


def _coached(view: View, criterion: str, days: Days) -> set[str]:
    """Return who was coached for a criterion between the first day before and the last after."""
    done = {
        each.plan.id: event.on
        for each in plans(view)
        for event in events_of(view, each.plan)
        if event.kind == DONE and each.plan.criterion == criterion
    }
    return {
        each.plan.colleague
        for each in plans(view)
        if each.plan.id in done and days.before_first <= done[each.plan.id] <= days.after_last
    }


def judge(view: View, looked: Looked, confidence: float) -> Beyond:
    """Return how far a colleague lies beyond what was to be expected. Raises TooFew, NoComparison."""
    both = looked.both
    if min(both.before.n, both.after.n) < FEWEST:
        raise TooFew(view, looked)
    if len(looked.others) < OTHERS:
        raise NoComparison(looked.plan, looked.need, both, len(looked.others), expectation(looked))
    return beyond_expected(
        both.before.counts,
        both.after.counts,
        [(each.before.counts, each.after.counts) for each in looked.others],
        confidence,
    )


def expectation(looked: Looked) -> str:
    """Return what was to be expected with no coaching at all, as far as that can be told."""
    both = looked.both
    if not both.before.n or len(looked.others) < OTHERS:
        return f"Mind that {MEAN}; how much cannot be told without {OTHERS} others."
    others = [(each.before.counts, each.after.counts) for each in looked.others]
    share = beyond_expected(both.before.counts, (0, 1), others).expected
    return (
        f"By regression to the mean, and what the others did, {share:.0%} were to be expected with no coaching at all."
    )


def _counted(plan: CoachingPlan, need: Need, both: Both) -> str:
    left = f" ({both.left_out} by evaluators on one side only, not calibrated, left out)" if both.left_out else ""
    return (
        f"{plan.id}: {need.seen.criterion.id} was met in {both.before.met} of {both.before.n} before and "
        f"{both.after.met} of {both.after.n} after{left}"
    )
