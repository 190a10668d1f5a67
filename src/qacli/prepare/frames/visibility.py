"""Can what a frame asks be perceived by its techniques? Checked criterion by criterion, channel by channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.files.schema import ANY, on_channel
from qacli.model import Refusal
from qacli.prepare.frames.technique import Technique, gently

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.scorecards.scorecard import Criterion, Scorecard, Sign

Find = Callable[[str, str], Any]
"""Gives a definition by its kind and its id or id@version. Raises NoSuchDefinition."""


class Planned(NamedTuple):
    """What a frame plans for one channel."""

    channel: str
    card: Scorecard
    technique: Technique
    because: str
    complement: Technique | None


class Flaw(NamedTuple):
    """One reason why a plan cannot be carried out: its code, the setting of the frame, the sentence, what to do."""

    code: str
    setting: tuple[str, ...]
    message: str
    help: str


class TechniqueBlind(Refusal, rule="technique-blind"):
    """What cannot be perceived cannot be judged."""

    def __init__(self, what: str, sentences: Sequence[str], remedy: str) -> None:
        super().__init__("\n  ".join([f"{what}:", *sentences]), help=remedy)


def plan_of(frame: Frame, find: Find) -> list[Planned]:
    """Return what a frame plans, one line per channel in the order it names them. Raises NoSuchDefinition."""
    return [
        _planned(frame, channel, card, find)
        for channel in channels_of(frame, find)
        if (card := frame.card_for(channel))
    ]


def _planned(frame: Frame, channel: str, card: str, find: Find) -> Planned:
    beside = on_channel(frame.complement, channel)
    return Planned(
        channel,
        find("scorecard", card),
        find("technique", frame.technique_for(channel)),
        on_channel(frame.because, channel) or "",
        find("technique", beside) if beside else None,
    )


def channels_of(frame: Frame, find: Find) -> list[str]:
    """Return the channels of a frame: those of its population, else those that its scorecards are made for."""
    if frame.population.channel:
        return list(frame.population.channel)
    rest = find("scorecard", frame.scorecards[ANY]).channels if ANY in frame.scorecards else ()
    return list(dict.fromkeys([*(name for name in frame.scorecards if name != ANY), *rest]))


def flaws(plan: Sequence[Planned], techniques: Sequence[Technique]) -> list[Flaw]:
    """Return everything that keeps a plan from being carried out; ``techniques`` are those to offer instead."""
    return [flaw for planned in plan for flaw in _flaws(planned, techniques)]


def _flaws(planned: Planned, techniques: Sequence[Technique]) -> Iterator[Flaw]:
    channel, technique, complement = planned.channel, planned.technique, planned.complement
    yield from (
        Flaw("technique-blind", ("technique", channel), sentence, _see(planned.card))
        for sentence in unseen(planned.card, channel, [technique], techniques)
    )
    if complement and not set(complement.sees_on(channel)) - set(technique.sees_on(channel)):
        yield Flaw(
            "idle-complement",
            ("complement", channel),
            f"{channel}: {complement.reference} shows nothing that {technique.reference} misses",
            "name one that shows more, or leave complement out",
        )


def unseen(card: Scorecard, channel: str, used: Sequence[Technique], techniques: Sequence[Technique]) -> list[str]:
    """Return a sentence for each criterion of a card that the techniques used do not show on a channel.

    ``techniques`` are those to offer; an empty list says that everything can be perceived.
    """
    names = " and ".join(dict.fromkeys(each.reference for each in used))
    if not any(each.sees_on(channel) for each in used):
        others = [each.id for each in able(card, channel, techniques)]
        return [f"{channel}: {names} is of no use there; what {card.reference} asks is shown by: {_listed(others)}"]
    seen = {sign for each in used for sign in each.sees_on(channel)}
    return [
        f"{channel}: {criterion.id} of {card.reference} needs {_listed(criterion.needs)}, and {names} gives no "
        f"{_listed([sign for sign in criterion.perceived if sign not in seen])}; {_offer(criterion, channel, techniques)}"
        for criterion in card.criteria()
        if not seen.issuperset(criterion.perceived)
    ]


def _offer(criterion: Criterion, channel: str, techniques: Sequence[Technique]) -> str:
    names = [each.id for each in gently(techniques) if not each.hidden(criterion, channel)]
    return f"perceived by: {_listed(names)}" if names else "no technique that is defined gives it"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words) or "none"


def able(card: Scorecard, channel: str, techniques: Sequence[Technique]) -> list[Technique]:
    """Return the techniques that show every criterion of a card on a channel, the least felt first."""
    criteria = card.criteria()
    return [each for each in gently(techniques) if not any(each.hidden(criterion, channel) for criterion in criteria)]


class Shown(NamedTuple):
    """How much of a card a technique shows on a channel; ``weight`` is of 100, ``hidden`` holds what it cannot show."""

    technique: Technique
    channel: str
    weight: Decimal
    criteria: int
    criticals: int
    hidden: Mapping[str, Sequence[Sign]]


def shown(card: Scorecard, channel: str, technique: Technique) -> Shown:
    """Return how much of a card a technique shows on a channel."""
    hidden = {each.id: signs for each in card.criteria() if (signs := technique.hidden(each, channel))}
    seen = [each for each in card.criteria() if each.id not in hidden]
    criticals = sum(each.critical != "none" for each in seen)
    return Shown(technique, channel, sum((each.weight for each in seen), Decimal(0)), len(seen), criticals, hidden)


def in_force(view: View) -> list[Technique]:
    """Return the techniques in force today."""
    return [each for each in view.definitions("technique") if each.in_force(view.now.date())]


def refuse_blind(view: View, frame: Frame, find: Find) -> list[Planned]:
    """Return the plan of a frame once all that it asks can be perceived. Raises TechniqueBlind, NoSuchDefinition."""
    plan, techniques = plan_of(frame, find), in_force(view)
    found = flaws(plan, techniques)
    if found:
        blind = any(flaw.code == "technique-blind" for flaw in found)
        raise TechniqueBlind(
            f"{frame.reference} cannot be carried out as it names techniques",
            [flaw.message for flaw in found],
            _remedy(frame, plan, techniques) if blind else found[0].help,
        )
    return plan


def _see(card: Scorecard) -> str:
    return f"see what each technique shows: qacli technique compare {card.id}"


def _remedy(frame: Frame, plan: Sequence[Planned], techniques: Sequence[Technique]) -> str:
    """Return the techniques of the frame as they would do, where there are any for every channel."""
    fitting = [
        next(iter(able(each.card, each.channel, [each.technique]) or able(each.card, each.channel, techniques)), None)
        for each in plan
    ]
    if not all(fitting):
        return _see(plan[0].card)
    named = ", ".join(f"{each.channel}: {found.id}" for each, found in zip(plan, fitting, strict=True) if found)
    return f"in the frame {frame.id} write, for example, technique: {{{named}}}"
