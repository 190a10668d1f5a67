"""Lint of a scorecard: what a schema cannot see, such as whether an anchor names something seen or heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from qacli.files.nearest import did_you_mean
from qacli.prepare.scorecards.degree import same_but_for_degree
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard
from qacli.sources.emotion import INSTEAD, RULE, WHY, text_claims_emotion

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
DRAFTED = ("id", "observable", "scale", "not_applicable", "procedure", "promise")
"""The settings of a criterion that are texts."""
NO_RULE = frozenset({"never", "not applicable", "if not applicable", "when not applicable", "not needed", "n/a"})
HEAVY = 60
"""Share of the score above which one section leaves too little for all others: our setting, no standard says it."""
_VAGUE = re.compile(r"\b(" + "|".join(VAGUE) + r")\b", re.IGNORECASE)


class Finding(NamedTuple):
    """One thing to mend on a card. ``place`` is the path to it in the card's file."""

    code: str
    place: Place
    message: str
    help: str = ""
    cites: str = ""  # id of what is not there


def lint(card: Scorecard, scales: Iterable[Scale], kpis: Collection[str] | None = None) -> list[Finding]:
    """Return what should be mended before the card is agreed, in the order of the card; empty when nothing is.

    ``kpis`` are the ids of the measures that are defined; None leaves out whether the card's own exist.
    """
    known = {scale.reference: scale for scale in scales}
    found = [*uncovered_promises(card), *sections_share_the_weight(card)]
    for place, criterion in card.placed():
        found += [finding for rule in RULES for finding in rule(place, criterion, known)]
        if kpis is not None:
            found += kpis_exist(place, criterion, kpis)
    return found + [finding for rule in CARD_RULES for finding in rule(card, known)]


def lint_draft(data: Any, scales: Iterable[Scale]) -> list[Finding]:
    """Return what should be mended in the criteria of a card that cannot be read whole, as far as they can be judged.

    ``data`` is the card as text. So both faults of a criterion are told in one run: a word of opinion, and no promise.
    """
    known = {scale.reference: scale for scale in scales}
    return [
        finding
        for place, raw in _drafted(data)
        for rule in RULES
        for finding in rule(place, _as_criterion(raw), known)
        if finding.place[len(place)] in raw
    ]


def _drafted(data: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    sections = data.get("sections") if isinstance(data, dict) else None
    for s, section in enumerate(sections if isinstance(sections, list) else ()):
        criteria = section.get("criteria") if isinstance(section, dict) else None
        for c, raw in enumerate(criteria if isinstance(criteria, list) else ()):
            if isinstance(raw, dict):
                yield ("sections", s, "criteria", c), raw


def _as_criterion(raw: dict[str, Any]) -> Criterion:
    """Return a criterion with what can be judged of a draft, unchecked: texts, and nothing where there is none."""
    texts: dict[str, Any] = {name: raw[name] if isinstance(raw.get(name), str) else "" for name in DRAFTED}
    anchors = raw.get("anchors")
    said = anchors.items() if isinstance(anchors, dict) else ()
    texts["anchors"] = {point: text for point, text in said if isinstance(text, str)}
    return Criterion.model_construct(None, weight=Decimal(0), **texts)


def uncovered_promises(card: Scorecard) -> Iterator[Finding]:
    """Every promise is looked for by a criterion, or nobody will know whether it is kept."""
    served = {criterion.promise for criterion in card.criteria()}
    for promise in card.promises:
        if promise not in served:
            yield Finding(
                "uncovered-promise",
                ("promises", promise),
                f"no criterion looks at the promise {promise}",
                "add a criterion that serves it, or take the promise off this card",
            )


def sections_share_the_weight(card: Scorecard) -> Iterator[Finding]:
    """No section decides the score alone where others are scored too."""
    weights = [sum(criterion.weight for criterion in section.criteria) for section in card.sections]
    if sum(1 for weight in weights if weight) > 1:
        for place, (section, weight) in enumerate(zip(card.sections, weights, strict=True)):
            if weight > HEAVY:
                yield Finding(
                    "heavy-section",
                    ("sections", place, "id"),
                    f"section {section.id} carries {weight} of 100: the other sections hardly change a score",
                    f"leave at most {HEAVY} in one section, or score the others on a card of their own",
                )


def kpis_exist(place: Place, criterion: Criterion, kpis: Collection[str]) -> Iterator[Finding]:
    """Each measure that should move with the criterion is agreed in kpis.yaml."""
    for number, kpi in enumerate(criterion.kpis):
        if kpi not in kpis:
            yield Finding(
                "unknown-kpi",
                (*place, "kpis", number),
                f"there is no KPI {kpi} in kpis.yaml",
                did_you_mean(kpi, kpis, f"defined are: {', '.join(sorted(kpis)) or 'none'}"),
            )


def scale_exists(place: Place, criterion: Criterion, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """The scale is defined, in the version that is named."""
    if criterion.scale not in scales:
        yield Finding(
            "unknown-scale",
            (*place, "scale"),
            f"there is no scale {criterion.scale}",
            f"defined are: {', '.join(sorted(scales)) or 'none'}",
            criterion.scale.partition("@")[0],
        )


def anchors_are_points(place: Place, criterion: Criterion, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """An anchor describes a point of the scale."""
    if scale := scales.get(criterion.scale):
        places = [name for name, _ in scale.places]
        for anchor in criterion.anchors:
            if anchor not in places and not scale.has(anchor):
                yield Finding(
                    "unknown-point",
                    (*place, "anchors", anchor),
                    f"{anchor} is not a point of {scale.reference}",
                    f"{'described are' if scale.range_ else 'its points are'}: {', '.join(places)}",
                )


def points_are_anchored(place: Place, criterion: Criterion, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """The points that the scale names are described, or two evaluators will mean different things by them.

    Where it names none: the worst and the best. Every band of a number scale does as well as its ends.
    """
    if scale := scales.get(criterion.scale):
        bands = [band.band for band in scale.bands]
        if bands and all(band in criterion.anchors for band in bands):
            return
        for point in scale.describe or (scale.bottom, scale.top):
            if point not in criterion.anchors:
                yield Finding(
                    "no-anchor",
                    (*place, "anchors"),
                    f"{criterion.id} does not say what {point} looks like",
                    f"{scale.reference} needs its {', '.join(scale.describe)} described"
                    if scale.describe
                    else "describe what is seen or heard at the worst and at the best point",
                )


def numbers_are_measured(place: Place, criterion: Criterion, scales: Mapping[str, Scale]) -> Iterator[Finding]:
    """A number from 0 to 100 for what somebody judges claims a precision that no judge has."""
    scale = scales.get(criterion.scale)
    if scale and scale.kind == "number" and not criterion.filled_from:
        yield Finding(
            "judged-number",
            (*place, "scale"),
            f"{criterion.id} is judged, and {scale.reference} is for what a system measures",
            "name the measure (filled_from: first-reply-seconds), or take a scale with described points",
        )


def anchors_say_something(place: Place, criterion: Criterion, _: Mapping[str, Scale]) -> Iterator[Finding]:
    """One word, such as None or Right, leaves it open who did what."""
    for anchor, text in criterion.anchors.items():
        if len(text.split()) < 2:
            yield Finding(
                "thin-anchor",
                (*place, "anchors", anchor),
                f"'{text}' leaves it open what was seen or heard",
                "write a sentence: who does or says what",
            )


def not_applicable_is_a_rule(place: Place, criterion: Criterion, _: Mapping[str, Scale]) -> Iterator[Finding]:
    """The rule of N/A is a case that can be told from the transaction, or N/A becomes a place to hide."""
    text = criterion.not_applicable
    if text != "never" and (text.casefold().strip(" .") in NO_RULE or len(text.split()) < 2):
        yield Finding(
            "bare-not-applicable",
            (*place, "not_applicable"),
            f"'{text}' does not say when {criterion.id} does not apply",
            "write never, or the case: No card payment is taken.",
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


def anchors_differ_in_substance(place: Place, criterion: Criterion, _: Mapping[str, Scale]) -> Iterator[Finding]:
    """Neighbouring points differ by something seen or heard, not by very or often: nobody can draw that line twice."""
    for (lower, text), (upper, other) in pairwise(criterion.anchors.items()):
        if words := same_but_for_degree(text, other):
            yield Finding(
                "only-degree",
                (*place, "anchors", upper),
                f"{lower} and {upper} differ only by '{words}'",
                "name what is seen or heard at one and not at the other, or count it",
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
    if (scale := scales.get(criterion.scale)) and scale.judged and criterion.fails_on:
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
        scale = scales.get(by_id[criterion.only_if.criterion].scale) if criterion.only_if else None
        if criterion.only_if and scale and scale.judged:
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


def emotion_is_not_guessed(place: Place, criterion: Criterion, _: Mapping[str, Scale]) -> Iterator[Finding]:
    """No criterion rests on what a program guesses of a colleague's emotion."""
    texts: dict[Place, str] = {("observable",): criterion.observable}
    texts |= {("anchors", point): text for point, text in criterion.anchors.items()}
    for where, text in texts.items():
        if found := text_claims_emotion(text):
            yield Finding(RULE, (*place, *where), f"'{found}': {WHY}", INSTEAD)


RULES: tuple[Callable[[Place, Criterion, Mapping[str, Scale]], Iterator[Finding]], ...] = (
    scale_exists,
    anchors_are_points,
    points_are_anchored,
    anchors_say_something,
    anchors_differ,
    anchors_differ_in_substance,
    numbers_are_measured,
    not_applicable_is_a_rule,
    words_can_be_observed,
    nothing_to_complete,
    failing_answers_are_points,
    emotion_is_not_guessed,
)
CARD_RULES: tuple[Callable[[Scorecard, Mapping[str, Scale]], Iterator[Finding]], ...] = (conditions_can_come_true,)
