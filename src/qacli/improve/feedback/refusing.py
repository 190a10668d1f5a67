"""What is refused in the items of a talk: the order, what nobody saw, praise and faults made up, words about the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qacli.improve.feedback.model import FeedbackModel
from qacli.improve.feedback.sheet import STRENGTH, Feedback
from qacli.improve.points import Seen
from qacli.model import Command, Hint, Refusal

if TYPE_CHECKING:
    from qacli.improve.feedback.items import Item


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
            help=Hint(
                "put what went well first; where the programme wants it otherwise, it is said when the feedback is prepared: ",
                Command("feedback prepare --development-first"),
            ),
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

    def __init__(self, place: int, item: Item, fitting: Sequence[str], *, rated: bool) -> None:
        met = "met" if item.kind == STRENGTH else "failed"
        why = f"it has not {met} the standard there" if rated else "it was not rated there, or did not apply"
        super().__init__(
            f"item {place}: {item.criterion} is no {item.kind} in {item.observation}: {why}.",
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
