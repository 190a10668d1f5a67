"""The items of a talk as the evaluator writes them: what each has to say, in which order, and what none may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from pydantic import Field

from qacli.files.schema import Id, Named, Strict
from qacli.files.text import one_line
from qacli.improve.feedback.model import FeedbackModel, Part, person_words
from qacli.improve.feedback.refusing import (
    AboutThePerson,
    CriticalLeftOut,
    EffectUnsaid,
    OtherwiseRated,
    SaidTwice,
    SeveralFaults,
    StepMissing,
    StrengthsFirst,
    UnseenPoint,
)
from qacli.improve.feedback.sheet import STRENGTH, Feedback, FeedbackItem, watched_in
from qacli.improve.points import Seen, item_of, seen
from qacli.model import Change, Refusal, View, Words
from qacli.monitor.observing.observation import Observation
from qacli.prepare.procedures.currency import governing

OURS: tuple[Part, ...] = ("situation", "behaviour", "impact", "next")
"""What the evaluator says; the account is the colleague's, in whatever words."""


class Item(Strict):
    """One point as it is to be talked about."""

    kind: Literal["strength", "development"] = Field(description="strength or development.")
    observation: str = Field(default="", max_length=40, description="The observation that shows it, for example o_4p.")
    criterion: Id = Field(description="The criterion of its scorecard.")
    situation: str = Field(default="", max_length=4000, description="When and where it was.")
    behaviour: str = Field(default="", max_length=4000, description="What was seen or heard.")
    impact: str = Field(default="", max_length=4000, description="What it meant for the customer.")
    next: str = Field(default="", max_length=4000, description="What is to be different, or kept.")
    account: str = Field(default="", max_length=4000, description="What the colleague says of it, in the talk.")
    question: str = Field(default="", max_length=4000, description="What the colleague is asked.")
    effect: str = Field(
        default="", max_length=4000, description="What the customer gets of it; left out: the benefit on the card."
    )


class Items(Strict):
    """What is said in a talk, in its order."""

    model: Named = Field(description="A model of definitions/feedback-models.yaml, for example sbi.")
    items: tuple[Item, ...] = Field(min_length=1, description="In the order in which they are said.")


class Shown(NamedTuple):
    """What the observations of a sheet show, by observation and criterion."""

    sheet: Feedback
    seen: Mapping[tuple[str, str], Seen]

    def which(self, observation: str, *, met: bool) -> list[str]:
        """Return the criteria that met the standard in an observation, or failed it; of all with an empty name."""
        found = [
            criterion
            for (name, criterion), each in self.seen.items()
            if observation in {"", name} and bool(each.rating.met) == met
        ]
        return list(dict.fromkeys(found))


def what_was_shown(view: View, sheet: Feedback) -> Shown:
    """Return every applicable rating of the observations of a sheet."""
    found = seen(view, watched_in(view, sheet))
    return Shown(sheet, {(each.rating.observation, each.criterion.id): each for each in found})


def rows_of(view: View, sheet: Feedback, given: Items) -> Change:
    """Return the items of a talk as they are recorded.

    Raises NoSuchDefinition, and what is refused in the items: one of the classes here, SeveralFaults for several.
    """
    model: FeedbackModel = view.definition("feedback-model", given.model)
    shown = what_was_shown(view, sheet)
    faults = list(faults_of(view, shown, given, model))
    if len(faults) > 1:
        raise SeveralFaults(faults)
    if faults:
        raise faults[0]
    return Change([_row(view, shown, model, place, item) for place, item in enumerate(given.items, start=1)])


def faults_of(view: View, shown: Shown, given: Items, model: FeedbackModel) -> Iterator[Refusal]:
    """Yield everything that is refused in the items of a talk."""
    met = shown.which("", met=True)
    if shown.sheet.strengths_first and given.items[0].kind != STRENGTH and met:
        praised = any(each.kind == STRENGTH for each in given.items)
        yield StrengthsFirst(given.items, [] if praised else met)
    said: set[tuple[str, str]] = set()
    for place, item in enumerate(given.items, start=1):
        at = item.observation, item.criterion
        if item.observation not in shown.sheet.observations.split():
            yield UnseenPoint(place, item, shown.sheet)
        elif at not in shown.seen or bool(shown.seen[at].rating.met) != (item.kind == STRENGTH):
            fitting = shown.which(item.observation, met=item.kind == STRENGTH)
            yield OtherwiseRated(place, item, fitting, rated=at in shown.seen)
        elif at in said:
            yield SaidTwice(place, item)
        elif not item.effect.strip() and not shown.seen[at].criterion.benefit:
            yield EffectUnsaid(place, item)
        said.add(at)
        yield from _unsaid(model, place, item)
        for part in (*OURS, "question", "effect"):
            for word, instead in person_words(view.definitions("person-words"), getattr(item, part)):
                yield AboutThePerson(place, part, word, instead)
    named = {criterion for _, criterion in said}
    failed = [each for each in shown.seen.values() if each.critical and not each.rating.met]
    if left := [each for each in failed if each.criterion.id not in named]:
        yield CriticalLeftOut(left)


def _unsaid(model: FeedbackModel, place: int, item: Item) -> Iterator[Refusal]:
    missing: dict[str, str] = {
        step.part: step.asks for step in model.of(item.kind) if not getattr(item, step.part).strip()
    }
    if missing:
        yield StepMissing(place, item, model, missing)


def _row(view: View, shown: Shown, model: FeedbackModel, place: int, item: Item) -> FeedbackItem:
    each = shown.seen[item.observation, item.criterion]
    day = item_of(view, view.one(Observation, item.observation)).day
    effect = one_line(item.effect) or f"so that {each.criterion.benefit}"
    return FeedbackItem(
        feedback=shown.sheet.id,
        position=place,
        kind=item.kind,
        model=model.reference,
        observation=item.observation,
        criterion=item.criterion,
        rating=each.rating.id,
        procedure=governing(view, each.criterion.procedure, day).reference,
        promise=each.criterion.promise,
        effect=Words(effect),
        situation=Words(one_line(item.situation)),
        behaviour=Words(one_line(item.behaviour)),
        impact=Words(one_line(item.impact)),
        next=Words(one_line(item.next)),
        account=Words(one_line(item.account)),
        question=Words(one_line(item.question)),
    )
