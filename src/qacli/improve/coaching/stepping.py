"""The steps of a plan: booked, talked through, done, closed with what came of it, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from qacli.files.text import one_line
from qacli.improve.coaching.models import CoachingModel, ModelStep
from qacli.improve.coaching.plan import (
    BOOKED,
    CANCELLED,
    CLOSED,
    DONE,
    PROPOSED,
    STEPS,
    TALKED,
    CoachingEvent,
    CoachingPlan,
    effect_of,
    events_of,
    plan_of,
    taken_of,
)
from qacli.improve.coaching.proposing import OwnPlan
from qacli.model import Change, Command, Hint, Refusal, View, Words
from qacli.prepare.period import in_words

IMPROVED, WORSE, CANNOT_TELL = "improved", "worse", "cannot tell"
TOLD = MappingProxyType({TALKED: "talked through"})
"""Steps whose name is no word that ends "the plan cannot be ..."."""


class StepOutOfOrder(Refusal, rule="plan-order"):
    """A plan is booked, then done, then closed."""

    def __init__(self, plan: str, step: str, standing: str) -> None:
        super().__init__(f"{plan} cannot be {TOLD.get(step, step)}: it is {standing}.", help=_next(plan, standing))


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
            f"{plan} cannot be {TOLD.get(step, step)} without words.",
            help={CANCELLED: "say why", CLOSED: "say what came of it"}.get(step, "say what was talked about"),
        )


class EffectNotShown(Refusal, rule="effect-not-shown"):
    """Only figures say that somebody got better, or worse."""

    def __init__(self, plan: str, outcome: str, verdict: str) -> None:
        stands = f"its effect is: {verdict}" if verdict else "no effect is recorded"
        super().__init__(
            f"{plan} cannot be closed as {outcome}: {stands}.",
            help=f"leave --outcome out: its figures say {outcome_of(verdict)}"
            if verdict
            else Hint("first: ", Command(f"plan effect {plan}"), "; else leave --outcome out"),
        )


class NoModel(Refusal, rule="no-model"):
    """What was talked about is recorded by the parts of the model that was chosen."""

    def __init__(self, plan: str, step: str, known: Sequence[ModelStep]) -> None:
        if known:
            super().__init__(
                f"the model of {plan} has no step '{step}'.", help=f"its steps: {', '.join(each.id for each in known)}"
            )
        else:
            super().__init__(
                f"{plan} follows no coaching model.",
                help=Hint("say what was done with: ", Command("plan done ... --words")),
            )


class StepsMissing(Refusal, rule="steps-missing"):
    """A conversation by a model is done when each of its parts was talked about."""

    def __init__(self, plan: str, missing: Sequence[ModelStep]) -> None:
        super().__init__(
            f"{plan} is not done: nothing is recorded of {', '.join(each.title.lower() for each in missing)}.",
            help=Hint(Command(f'plan step {plan} {missing[0].id} --words "..."'), f"; {missing[0].ask}"),
        )


def _next(plan: str, standing: str) -> Hint:
    """Return what to do with a plan that stands so."""
    close, cancel = (Command(f"plan {step} {plan} --words ...") for step in ("close", "cancel"))
    if standing == DONE:
        return Hint("next: ", Command(f"plan effect {plan}"), ", then: ", close)
    if standing in {PROPOSED, BOOKED}:
        step = "book" if standing == PROPOSED else "done"
        return Hint("next: ", Command(f"plan {step} {plan}"), "; or, with the reason: ", cancel)
    return Hint("propose a new one: ", Command("plan propose"))


def outcome_of(verdict: str) -> str:
    """Return the outcome that a verdict allows."""
    return {"better": IMPROVED, "worse": WORSE}.get(verdict, CANNOT_TELL)


def book(view: View, plan: str, on: date | None = None, words: str = "") -> Change:
    """Record that a place is booked. Refuses as ``step``."""
    return step(view, plan, BOOKED, on, words)


def talk(view: View, plan: str, part: str, words: str, on: date | None = None) -> Change:
    """Record what was said in one part of the conversation of the plan's model. Raises NoModel, and refuses as ``step``."""
    row = plan_of(view, plan)
    model: CoachingModel | None = view.definition("coaching-model", row.model) if row.model else None
    if not model or part not in [each.id for each in model.steps]:
        raise NoModel(plan, part, model.steps if model else ())
    said = one_line(words)
    if any(each.kind == TALKED and each.step == part and each.words.text == said for each in events_of(view, row)):
        return Change(findings=[f"that stands already of {part} in {plan}: nothing to do"])
    return step(view, plan, TALKED, on, words, part)


def done(view: View, plan: str, on: date | None = None, words: str = "") -> Change:
    """Record that the coaching took place. Raises OwnPlan, StepsMissing, and refuses as ``step``."""
    row = plan_of(view, plan)
    if view.actor == row.colleague:
        raise OwnPlan(row.colleague, "complete")
    events = events_of(view, row)
    if row.model and taken_of(events)[-1:] and taken_of(events)[-1].kind == BOOKED:
        model: CoachingModel = view.definition("coaching-model", row.model)
        if missing := model.missing([each.step for each in events]):
            raise StepsMissing(plan, missing)
    return step(view, plan, DONE, on, words)


def close(view: View, plan: str, outcome: str, words: str, on: date | None = None) -> Change:
    """Record what came of it: an outcome, or if that is empty what the recorded effect shows; any other is refused.

    Closing before the day agreed is recorded with a finding. Raises OwnPlan, EffectNotShown, NoOutcome, and refuses as
    ``step``.
    """
    row = plan_of(view, plan)
    if view.actor == row.colleague:
        raise OwnPlan(row.colleague, "close")
    found = effect_of(view, plan)
    verdict = found.verdict if found else ""
    outcome = outcome or outcome_of(verdict)
    change = step(view, plan, CLOSED, on, words, outcome=outcome, effect=found.id if found else "")
    if change.rows and outcome != outcome_of(verdict):
        raise EffectNotShown(plan, outcome, verdict)
    early = [
        f"closed before {in_words(row.review_on)}, the day agreed: the effect may not show yet"
        for each in change.rows
        if isinstance(each, CoachingEvent) and each.on < row.review_on
    ]
    return Change(change.rows, [*change.findings, *early])


def cancel(view: View, plan: str, words: str, on: date | None = None) -> Change:
    """Record that it will not happen, and why. Raises OwnPlan, NoOutcome without words, and refuses as ``step``."""
    row = plan_of(view, plan)
    if view.actor == row.colleague:
        raise OwnPlan(row.colleague, "cancel")
    return step(view, plan, CANCELLED, on, words)


def step(
    view: View, plan: str, kind: str, on: date | None, words: str, part: str = "", outcome: str = "", effect: str = ""
) -> Change:
    """Record one step of a plan on a day (default: today); the step it took last is a finding and makes no row.

    Raises NoSuchRow, StepOutOfOrder, StepDay, NoOutcome.
    """
    row = plan_of(view, plan)
    taken = taken_of(events_of(view, row))
    stands = taken[-1].kind if taken else PROPOSED
    if stands == kind:
        return Change(findings=[f"{plan} was {kind} on {in_words(taken[-1].on)}: nothing to do"])
    if stands not in STEPS[kind]:
        raise StepOutOfOrder(plan, kind, stands)
    today = view.now.date()
    on = on or today
    earliest = taken[-1].on if taken else _begun(view, row)
    if not earliest <= on <= today:
        raise StepDay(plan, kind, on, earliest, today)
    said = one_line(words)
    if kind in {CLOSED, CANCELLED, TALKED} and not said:
        raise NoOutcome(plan, kind)
    event = CoachingEvent(plan=plan, kind=kind, on=on, words=Words(said), step=part, outcome=outcome, effect=effect)
    return Change([event])


def _begun(view: View, plan: CoachingPlan) -> date:
    """Return from which day on a plan was there: that of its record, or its first where it was recorded later."""
    recorded = plan.at.astimezone(view.now.tzinfo).date() if plan.at else plan.starts
    return min(plan.starts, recorded)
