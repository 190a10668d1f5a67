"""Proposing a plan: one option of the catalogue for one criterion that one colleague failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from qacli.files.text import one_line
from qacli.improve.catalogue import Option, fitting
from qacli.improve.coaching.models import CoachingModel
from qacli.improve.coaching.needing import Need, found_on, needed
from qacli.improve.coaching.plan import OPEN, CoachingPlan, plans
from qacli.improve.coaching.sharing import refuse_shared, refuse_shared_finding
from qacli.improve.coaching.side_by_side import BACK, DAY, FEWEST, baseline, fresh_checks
from qacli.model import Change, Hint, Refusal, View, Words
from qacli.monitor.observing.observation import Observation
from qacli.prepare.period import Period, in_words
from qacli.understand.patterns.finding import WATCH

# Set by no source: two weeks to do it, four more in which new transactions can show the effect.
DAYS_TO_DO = timedelta(days=14)
DAYS_TO_SHOW = timedelta(days=28)


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


class BeforeNeed(Refusal, rule="before-need"):
    """A plan answers what was seen, so it starts no earlier."""

    def __init__(self, starts: date, need: Need) -> None:
        super().__init__(
            f"a plan from {in_words(starts)} on comes before what shows its need: "
            f"{need.seen.rating.id}, of {in_words(need.item.day)}.",
            help="name a day on or after it: --starts",
        )


class NoPlaceYet(Refusal, rule="no-place-yet"):
    """A place that takes weeks to get is not had by next Friday."""

    def __init__(self, option: Option, due: date, earliest: date) -> None:
        super().__init__(
            f"{option.reference} takes {option.lead_days} days' notice: it cannot be done by {due}.",
            help=f"--due {earliest} or later, or another option",
        )


class NoOwner(Refusal, rule="no-owner"):
    """Somebody sees to it."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"'{owner}' is nobody in people.csv: a plan needs one owner.", help="name a person id of it")


class OwnPlan(Refusal, rule="own-plan"):
    """Nobody decides on their own coaching, answers for it, or says that it is done."""

    def __init__(self, colleague: str, what: str, option: str = "--as") -> None:
        super().__init__(f"{colleague} cannot {what} their own plan.", help=f"somebody else does it: {option} PERSON")


class NoRise(Refusal, rule="no-rise"):
    """A target lies above where the colleague stands, and within all."""

    def __init__(self, target: float, met: int, n: int) -> None:
        stands = f"{met} of {n} met it before" if n else "nothing was drawn before"
        super().__init__(
            f"a target of {100 * target:g} % is none: {stands}.", help="give a share above that, up to 100: --target 90"
        )


class Dates(NamedTuple):
    """When a plan starts, is done, and is looked at."""

    starts: date
    due: date
    review_on: date


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
    model: str = "",
    target: float | None = None,
) -> Change:
    """Propose one option for one criterion that failed in the need; ``target`` is a share of 0 to 1.

    Left out: the owner is the actor, it starts today, is due 14 days later (or when a place can be had) and reviewed 28 days
    after that, and the goal is what the scorecard asks for; the model is that of the option. An open plan of the same
    option for the same criterion is a finding and makes no row. Raises NoSuchDefinition, SharedFault, NoNeed,
    NothingToMend, UnfitOption, DatesOrder, BeforeNeed, NoPlaceYet, NoOwner, OwnPlan, NoRise.
    """
    finding = found_on(view, need, colleague)
    refuse_shared_finding(view, finding.finding if finding else None, criterion)
    found = needed(view, need, colleague, criterion)
    chosen: Option = view.definition("option", option)
    _fits(view, chosen, found)
    owner = owner or view.actor
    if owner not in view.people:
        raise NoOwner(owner)
    if view.actor == colleague:
        raise OwnPlan(colleague, "propose")
    if owner == colleague:
        raise OwnPlan(colleague, "answer for", "--owner")
    dates = _dates(chosen, starts or view.now.date(), due, review_on)
    if dates.starts < found.item.day:
        raise BeforeNeed(dates.starts, found)
    for each in plans(view, colleague):
        if (each.plan.criterion, each.plan.option) == (criterion, chosen.reference) and each.status in OPEN:
            stands = f"{each.plan.id} already plans {option} for {criterion}, {each.status}: nothing to do"
            return Change(findings=[stands])
    refuse_shared(view, found, colleague)
    met, n = baseline(view, found, colleague, dates.starts)
    if target is not None and not (met / n if n else 0) < target <= 1:
        raise NoRise(target, met, n)
    plan = CoachingPlan(
        colleague=colleague,
        need=need,
        criterion=criterion,
        option=chosen.reference,
        owner=owner,
        **dates._asdict(),
        goal=Words(one_line(goal) or found.seen.criterion.observable),
        model=_model(view, model or chosen.model or ""),
        baseline_n=n,
        baseline_met=met,
        target=target,
    )
    return Change([plan], list(_told(view, found, plan, met, n)))


def _told(view: View, found: Need, plan: CoachingPlan, met: int, n: int) -> Iterator[str]:
    """Yield what is to be said beside a plan: what is not confirmed, from where the colleague starts, what an effect takes."""
    if found.finding and found.finding.status == WATCH:
        name = found.finding.finding.id
        yield f"{name} is on watch and not confirmed: fresh checks would tell, qacli sample confirm {name}"
    yield f"baseline: {plan.criterion} was met in {met} of {n} drawn by chance in the 13 weeks before"
    if n < FEWEST:
        days = Period("", plan.starts - BACK, plan.starts - DAY)
        how = fresh_checks(view, found, plan, FEWEST - n, days)
        yield Hint(f"an effect can be shown from {FEWEST} before and {FEWEST} after on; ", how)


def _model(view: View, name: str) -> str:
    if not name:
        return ""
    chosen: CoachingModel = view.definition("coaching-model", name)
    return chosen.reference


def _dates(option: Option, starts: date, due: date | None, review_on: date | None) -> Dates:
    earliest = starts + timedelta(days=option.lead_days)
    due = due or max(starts + DAYS_TO_DO, earliest)
    review_on = review_on or due + DAYS_TO_SHOW
    if not starts <= due < review_on:
        raise DatesOrder(starts, due, review_on)
    if due < earliest:
        raise NoPlaceYet(option, due, earliest)
    return Dates(starts, due, review_on)


def _fits(view: View, option: Option, need: Need) -> None:
    observation = view.one(Observation, need.seen.rating.observation)
    criterion = need.seen.criterion.id
    section = view.definition("scorecard", observation.scorecard).section_of(criterion).id
    if not fitting([option], criterion, section):
        known = [each for each in view.definitions("option") if each.in_force(view.now.date())]
        raise UnfitOption(option, criterion, fitting(known, criterion, section))
