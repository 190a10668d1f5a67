"""The items of a talk as the evaluator writes them: what each has to say, in which order, and what none may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import Field

from qacli.files.schema import Id, Named, Strict
from qacli.files.text import one_line
from qacli.improve.feedback.model import FeedbackModel, Part, person_words
from qacli.improve.feedback.sheet import STRENGTH, Feedback, FeedbackItem, FeedbackPoint, watched_in
from qacli.improve.points import Seen, item_of, seen
from qacli.model import Change, Refusal, View, Words
from qacli.monitor.observing.observation import Observation
from qacli.prepare.period import in_words
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


class StrengthsFirst(Refusal, rule="strengths-first"):
    """What went well is heard before what did not."""

    def __init__(self, items: Sequence[Item], missing: Sequence[str]) -> None:
        given = ", ".join(f"{place} {each.kind} {each.criterion}" for place, each in enumerate(items, start=1))
        ordered = sorted(items, key=lambda each: each.kind != STRENGTH)
        asked = ", ".join(f"{place} {each.kind} {each.criterion}" for place, each in enumerate(ordered, start=1))
        first = f"order given: {given}; order asked: {asked}"
        if missing:
            first = f"order given: {given}; no strength is among them, and these met the standard: {', '.join(missing)}"
        super().__init__(
            f"the first item is not a strength; {first}.",
            help="put what went well first; where the programme wants it otherwise, it is said when the feedback is "
            "prepared: qacli feedback prepare --development-first",
        )


class UnseenPoint(Refusal, rule="unseen-point"):
    """What is to be worked on was observed."""

    def __init__(self, place: int, item: Item, sheet: Feedback) -> None:
        what = f"names {item.observation}, which {sheet.id} does not rest on" if item.observation else "names none"
        super().__init__(
            f"item {place}, {item.kind} {item.criterion}: every point is shown by an observation; this one {what}.",
            help=f"observation: one of {sheet.observations.replace(' ', ', ')}; what nobody observed is left out",
        )


class OtherwiseRated(Refusal, rule="otherwise-rated"):
    """A strength met the standard, and what is to be worked on did not: no praise and no fault is made up."""

    def __init__(self, place: int, item: Item, fitting: Sequence[str]) -> None:
        met = "met" if item.kind == STRENGTH else "failed"
        super().__init__(
            f"item {place}: {item.criterion} is no {item.kind} in {item.observation}: it has not {met} the standard there.",
            help=f"what has {met}: {', '.join(fitting) or 'nothing: leave it out, and the sheet says so'}",
        )


class SaidTwice(Refusal, rule="said-twice"):
    """One criterion of one observation is one point."""

    def __init__(self, place: int, item: Item) -> None:
        super().__init__(
            f"item {place}: {item.criterion} in {item.observation} stands twice.", help="say it once, in one item"
        )


class StepMissing(Refusal, rule="step-missing"):
    """The model that was chosen is followed."""

    def __init__(self, place: int, item: Item, model: FeedbackModel, missing: Mapping[str, str]) -> None:
        super().__init__(
            f"item {place}, {item.kind} {item.criterion}: {model.id} also asks for {', '.join(missing)}.",
            help="; ".join(f"{part}: {asks}" for part, asks in missing.items()),
        )


class AboutThePerson(Refusal, rule="person-word"):
    """Feedback is about what was done, not about who somebody is."""

    def __init__(self, place: int, part: str, word: str, instead: str) -> None:
        super().__init__(
            f"item {place}, {part}: '{word}' judges the person.",
            help=f"{instead} The list: definitions/person-words.yaml",
        )


class EffectUnsaid(Refusal, rule="effect-unsaid"):
    """Each point says what it is for."""

    def __init__(self, place: int, item: Item) -> None:
        super().__init__(
            f"item {place}: neither it nor the card says what {item.criterion} does for the customer.",
            help="write it: effect: the customer knows when to expect the letter; or a benefit on the card",
        )


class CriticalLeftOut(Refusal, rule="critical-left-out"):
    """A failed critical is talked about, after what went well."""

    def __init__(self, left: Sequence[Seen]) -> None:
        named = ", ".join(f"{each.criterion.id} in {each.rating.observation}" for each in left)
        super().__init__(
            f"a failed critical is not among the items: {named}.",
            help="add it as a development point, after the strengths",
        )


class SeveralFaults(Refusal, rule="feedback-items"):
    """Several things keep the items from being delivered; all are told at once."""

    def __init__(self, faults: Sequence[Refusal]) -> None:
        lines = []
        for each in faults:
            lines += [f"  {each.rule}: {each.message}", f"    {each.help}"]
        super().__init__(
            "\n".join([f"{len(faults)} things in the items are refused:", *lines]),
            help="nothing was recorded; mend these and deliver it again",
        )


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
            yield OtherwiseRated(place, item, shown.which(item.observation, met=item.kind == STRENGTH))
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


def blank(view: View, sheet: Feedback, model: FeedbackModel) -> str:
    """Return the prepared points of a sheet as YAML to be filled in: each step of the model, with what is on record."""
    points = sorted(
        (row for row in view.current(FeedbackPoint) if row.feedback == sheet.id), key=lambda row: row.position
    )
    shown = what_was_shown(view, sheet)
    lines = [f"# {sheet.id} for {sheet.colleague}: fill in, then qacli feedback deliver {sheet.id} --items FILE"]
    lines += [f"# {model.title}", f"model: {model.id}", "items:" if points else "items: []"]
    for point in points:
        each = shown.seen[point.observation, point.criterion]
        lines += [
            f"  # {each.criterion.observable}",
            f"  - kind: {point.kind}",
            f"    observation: {point.observation}",
            f"    criterion: {point.criterion}",
        ]
        lines += [
            f"    {step.part}: {_quoted(_on_record(view, each, step.part))}  # {step.name}: {step.asks}"
            for step in model.of(point.kind)
        ]
        if not each.criterion.benefit:
            lines.append('    effect: ""  # What does it do for the customer?')
        lines.append('    question: ""  # What do you ask the colleague? May stay empty.')
    return "\n".join([*lines, ""])


def _on_record(view: View, each: Seen, part: Part) -> str:
    """Return what the records already say of a step; empty where it is to be written."""
    if part == "behaviour":
        return each.rating.evidence.text
    if part != "situation":
        return ""
    item = item_of(view, view.one(Observation, each.rating.observation))
    place = f", at {each.rating.offset}" if each.rating.offset else ""
    return f"{item.channel} {item.transaction} of {in_words(item.day)}{place}"


def _quoted(text: str) -> str:
    """Return a text as one YAML string that is nothing but text."""
    import json

    return json.dumps(text, ensure_ascii=False)
