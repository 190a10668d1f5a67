"""What a form of another system does not hold of a scorecard: the closed list, and the look at what really was lost.

Every export is read back at once and compared with the card, setting by setting. A difference that is on the list is
told; one that is not is refused. docs/interchange.md shows the list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from qacli.model import Refusal
from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.monitor.scoring.effects import effect_in_words
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

NA_SENTENCE = (
    "what does not apply leaves the score there and is never counted in full or as nothing: "
    "the same answers would give another score"
)
OWNER = "person ids stay here; whoever reads the form in becomes the owner"
OWN_SCALE = "a scale that is read in anew gets its own"
ONE_LINE = "guidance is written one line to a name: line breaks and double blanks become one blank"
SHORT = "guidance there has room for 1,024 characters; what comes last is left out"

OWN_CAUSES = "what lies behind a failure, and who can change it, stays with the card"
FULL = 100
MOST_ANSWERS = 256
"""What Amazon Connect takes to choose from; Genesys names no number, and nobody reads through more."""

_BOTH = {
    "owner": OWNER,
    "expectations": "what a promise rests on stays with the card",
    "sections.criteria.controllable": OWN_CAUSES,
    "sections.criteria.causes": OWN_CAUSES,
    "evidence": "which answers say what was seen or heard is asked here, and not by a form there",
    "scale.owner": OWNER,
    "scale.title": OWN_SCALE,
    "scale.from": OWN_SCALE,
    "scale.to": OWN_SCALE,
    "scale.review_by": OWN_SCALE,
}
_LINES = {
    "promises": ONE_LINE,
    "sections.criteria.anchors": ONE_LINE,
    "sections.criteria.not_applicable": ONE_LINE,
    "sections.criteria.benefit": ONE_LINE,
}
_TOO_LONG = {
    **_LINES,
    "channels": "",
    "scoring.rounding": "",
    "sections.criteria.critical": "",
    "sections.criteria.procedure": "",
    "sections.criteria.promise": "",
    "sections.criteria.filled_from": "",
    "sections.criteria.needs": "",
    "sections.criteria.kpis": "",
}
LOSSES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Amazon Connect": MappingProxyType(
            {**_BOTH, **{field: f"{why + '; ' if why else ''}{SHORT}" for field, why in _TOO_LONG.items()}}
        ),
        "Genesys Cloud": MappingProxyType({**_BOTH, **_LINES}),
    }
)
"""By system: the settings that it may lose, with the reason. Anything else that would be lost is refused."""


class CannotHold(Refusal, rule="cannot-hold"):
    """The form would give other scores, or lose what is on no list."""

    def __init__(self, system: str, wrong: Sequence[str]) -> None:
        said = "".join(f"\n  - {each}" for each in wrong)
        super().__init__(
            f"{system} cannot hold this card as it is:{said}",
            help="change these settings in a copy of the card and export that; docs/interchange.md has the whole list",
        )


def unheld(card: Scorecard, effects: Collection[str], section_weights: Collection[str]) -> Iterator[str]:
    """Yield what of a scoring policy would make another score in a system that knows these effects and weights."""
    policy = card.scoring
    if policy.not_applicable != "exclude":
        yield f"scoring.not_applicable: {NA_SENTENCE}"
    for name, effect in policy.critical:
        if effect not in effects:
            yield f"scoring.critical.{name}: {effect_in_words(effect)} is not what a failure can do there"
    if policy.section_weights not in section_weights:
        yield f"scoring.section_weights: sections cannot weigh there in that way: {policy.section_weights}"
    for name in ("baseline", "minimum"):
        if getattr(policy, name):
            yield f"scoring.{name}: a score has no {name} there"
    for criterion in card.criteria():
        if criterion.only_if and NOT_APPLICABLE in criterion.only_if.answers:
            yield f"sections.criteria.only_if: {criterion.id} waits for not applicable, which is no answer of a question there"


def too_many_answers(card: Scorecard, scales: Mapping[str, Scale]) -> Iterator[str]:
    """Yield the number scales that are too long for a list to choose from."""
    for scale in {each.scale: scales[each.scale] for each in card.criteria()}.values():
        if scale.range_ and scale.range_.count > MOST_ANSWERS:
            yield (
                f"scale.range: {scale.reference} has {scale.range_.count:,} numbers; they become the answers of a list, "
                f"which may have {MOST_ANSWERS}: take larger steps"
            )


def best_is_full(card: Scorecard, scales: Mapping[str, Scale]) -> Iterator[str]:
    """Yield the scales whose best point is worth less than 100: where points are added, the best answer is all there is."""
    for scale in {each.scale: scales[each.scale] for each in card.criteria()}.values():
        if scale.value(scale.top) != FULL:
            yield (
                f"scale.points.value: the best point of {scale.reference} is worth {scale.value(scale.top)}; points count "
                f"against the best answer, which makes it {FULL}"
            )


def lost(system: str, card: Scorecard, scales: Sequence[Scale], back: Scorecard, again: Sequence[Scale]) -> list[str]:
    """Return what a card and its scales lost on the way there and back, a sentence for each reason.

    Raises CannotHold for a loss that is not on the list of the system.
    """
    places = dict.fromkeys(differences(_tree(card), _tree(back)))
    made = {scale.reference: scale for scale in again}
    for scale in scales:
        other = _tree(made[scale.reference]) if scale.reference in made else {}
        places |= dict.fromkeys(f"scale.{place}" for place in differences(_tree(scale), other))
    listed = LOSSES[system]
    unknown = [f"{place}: would be lost" for place in places if place not in listed]
    if unknown:
        raise CannotHold(system, unknown)
    reasons: dict[str, list[str]] = {}
    for place in places:
        reasons.setdefault(listed[place], []).append(place)
    return [f"not in the form: {', '.join(fields)}: {why}" for why, fields in reasons.items()]


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Yield the settings in which two trees differ, without the numbers of items: ``sections.criteria.kpis``."""
    if isinstance(one, dict) and isinstance(other, dict) and not place.endswith(("promises", "anchors")):
        for name in one | other:
            yield from differences(one.get(name), other.get(name), f"{place}.{name}".lstrip("."))
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other) and _items(one):
        for each, its in zip(one, other, strict=True):
            yield from differences(each, its, place)
    elif one != other:
        yield place


def _items(found: Sequence[Any]) -> bool:
    return any(isinstance(each, dict) for each in found)


def _tree(model: Scorecard | Scale) -> dict[str, Any]:
    found: dict[str, Any] = model.model_dump(by_alias=True)
    return found
