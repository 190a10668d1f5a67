"""Lint of a scorecard: what a schema cannot see, such as whether an anchor names something seen or heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from qacli.prepare.scale import Scale
from qacli.prepare.scorecard import Criterion, Scorecard

Place = tuple[str | int, ...]
TO_COMPLETE = "to complete"
"""How a text begins that was filled in for a person to write: a card that was imported has some."""

VAGUE = (
    "good",
    "poor",
    "bad",
    "excellent",
    "satisfactory",
    "appropriate",
    "appropriately",
    "professional",
    "professionally",
    "proper",
    "properly",
    "adequate",
    "adequately",
    "suitable",
    "suitably",
    "timely",
    "friendly",
    "nice",
    "positive attitude",
    "where possible",
    "as required",
    "as necessary",
)
_VAGUE = re.compile(r"\b(" + "|".join(VAGUE) + r")\b", re.IGNORECASE)


class Finding(NamedTuple):
    """One thing to mend on a card. ``place`` is the path to it in the card's file."""

    code: str
    place: Place
    message: str
    help: str = ""


def lint(card: Scorecard, scales: Iterable[Scale]) -> list[Finding]:
    """Return what should be mended before the card is agreed, in the order of the card; empty when nothing is."""
    known = {scale.reference: scale for scale in scales}
    found = [
        finding for place, criterion in card.placed() for rule in RULES for finding in rule(place, criterion, known)
    ]
    return found + [finding for rule in CARD_RULES for finding in rule(card, known)]


def scale_exists(place: Place, criterion: Criterion, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """The scale is defined, in the version that is named."""
    if criterion.scale not in scales:
        yield Finding(
            "unknown-scale",
            (*place, "scale"),
            f"there is no scale {criterion.scale}",
            f"defined are: {', '.join(sorted(scales)) or 'none'}",
        )


def anchors_are_points(place: Place, criterion: Criterion, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """An anchor describes a point of the scale."""
    if scale := scales.get(criterion.scale):
        points = [point.point for point in scale.points]
        for anchor in criterion.anchors:
            if anchor not in points:
                yield Finding(
                    "unknown-point",
                    (*place, "anchors", anchor),
                    f"{anchor} is not a point of {scale.reference}",
                    f"its points are: {', '.join(points)}",
                )


def ends_are_anchored(place: Place, criterion: Criterion, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """The worst and the best point are described, or two evaluators will mean different things by them."""
    if scale := scales.get(criterion.scale):
        for point in (scale.bottom, scale.top):
            if point not in criterion.anchors:
                yield Finding(
                    "no-anchor",
                    (*place, "anchors"),
                    f"{criterion.id} does not say what {point} looks like",
                    "describe what is seen or heard at the worst and at the best point",
                )


def anchors_differ(place: Place, criterion: Criterion, _: Mapping[str, Scale]) -> Iterator[Finding]:
    """No two points are described alike."""
    seen: dict[str, str] = {}
    for point, text in criterion.anchors.items():
        if (earlier := seen.setdefault(text.casefold(), point)) != point:
            yield Finding(
                "same-anchor",
                (*place, "anchors", point),
                f"{point} is described in the words of {earlier}",
                "name what is seen or heard at one and not at the other",
            )


def words_can_be_observed(place: Place, criterion: Criterion, _: Mapping[str, Scale]) -> Iterator[Finding]:
    """Words of opinion leave it open what was seen or heard."""
    texts: dict[Place, str] = {("observable",): criterion.observable}
    texts |= {("anchors", point): text for point, text in criterion.anchors.items()}
    for where, text in texts.items():
        if found := _VAGUE.search(text):
            yield Finding(
                "vague-word",
                (*place, *where),
                f"'{found[0]}' is an opinion: two people will differ on it",
                "name what is seen or heard instead",
            )


def nothing_to_complete(place: Place, criterion: Criterion, _: Mapping[str, Scale]) -> Iterator[Finding]:
    """No text is still a stand-in for one."""
    texts: dict[Place, str] = {("not_applicable",): criterion.not_applicable}
    texts |= {("anchors", point): text for point, text in criterion.anchors.items()}
    for where, text in texts.items():
        if text.startswith(TO_COMPLETE):
            yield Finding(
                "to-complete", (*place, *where), f"{criterion.id} still holds a stand-in", "write it in your own words"
            )


def failing_answers_are_points(place: Place, criterion: Criterion, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """What fails a critical criterion is some of the points of its scale, and not all of them."""
    if (scale := scales.get(criterion.scale)) and criterion.fails_on:
        points = [point.point for point in scale.points]
        yield from _unknown_points(
            (*place, "fails_on"), criterion.fails_on, points, f"is not a point of {scale.reference}"
        )
        if set(points) <= set(criterion.fails_on):
            yield Finding(
                "always-fails",
                (*place, "fails_on"),
                f"every point of {scale.reference} fails {criterion.id}",
                "leave out the points that pass",
            )


def conditions_can_come_true(card: Scorecard, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """A condition waits for answers that can be given to its criterion, and not for every one of them."""
    by_id = {criterion.id: criterion for criterion in card.criteria()}
    for place, criterion in card.placed():
        if criterion.only_if and (scale := scales.get(by_id[criterion.only_if.criterion].scale)):
            trigger = by_id[criterion.only_if.criterion]
            possible = [point.point for point in scale.points] + ["na"] * trigger.may_be_not_applicable
            where = (*place, "only_if", "answers")
            yield from _unknown_points(
                where, criterion.only_if.answers, possible, f"cannot be answered to {trigger.id}"
            )
            if set(possible) <= set(criterion.only_if.answers):
                yield Finding(
                    "always-asked",
                    where,
                    f"{criterion.id} is asked whatever is answered to {trigger.id}",
                    "leave out an answer, or the whole only_if",
                )


def _unknown_points(place: Place, written: Sequence[str], points: Sequence[str], why: str) -> Iterator[Finding]:
    for number, answer in enumerate(written):
        if answer not in points:
            yield Finding("unknown-point", (*place, number), f"{answer} {why}", f"possible are: {', '.join(points)}")


RULES: tuple[Callable[[Place, Criterion, Mapping[str, Scale]], Iterator[Finding]], ...] = (
    scale_exists,
    anchors_are_points,
    ends_are_anchored,
    anchors_differ,
    words_can_be_observed,
    nothing_to_complete,
    failing_answers_are_points,
)
CARD_RULES: tuple[Callable[[Scorecard, Mapping[str, Scale]], Iterator[Finding]], ...] = (conditions_can_come_true,)
