"""The feedback sheet: what went well, what to work on, and both voices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.coaching.plan import Standing, answering
from qacli.improve.feedback import Feedback, FeedbackPoint, events, watched_in
from qacli.improve.points import Seen, item_of, seen, worst
from qacli.model import Correction
from qacli.monitor.observing.observation import NOT_APPLICABLE, Observation, Rating
from qacli.monitor.scoring.telling import criticals_in_words, score_in_words
from qacli.reports.environment import BANNERS, Inert, render
from qacli.reports.evidence import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import View
    from qacli.monitor.sampling.draw import Item

NOTHING_APPLIED = "No criterion applied in these transactions."
NOTHING_MET = "In these transactions no criterion met the standard."
NOTHING_FAILED = "In these transactions every criterion that applied met the standard."
NOT_CHOSEN = "No point was chosen for this sheet."


class Watched(NamedTuple):
    """One observation as the sheet lists it."""

    observation: Observation
    item: Item
    evaluator: str
    score: Inert
    criticals: str
    not_applicable: str
    corrected: str


class Point(NamedTuple):
    """One point of the sheet.

    ``again`` are the other observations in which the criterion of a point to work on failed, ``elsewhere`` the ones in
    which the criterion went the other way.
    """

    position: int
    shown: Shown
    again: Sequence[Shown]
    elsewhere: Sequence[Shown]


class Part(NamedTuple):
    """The strengths or the developments, in the order in which they are talked about, or why there are none."""

    kind: str
    points: Sequence[Point]
    nothing: str


def feedback_document(view: View, feedback_id: str) -> str:
    """Return the sheet of one feedback in force as Markdown. Raises NoSuchRow."""
    sheet = view.one(Feedback, feedback_id)
    watched = watched_in(view, sheet)
    found = seen(view, watched)
    points = sorted(
        (each for each in view.current(FeedbackPoint) if each.feedback == sheet.id), key=lambda point: point.position
    )
    kinds = ("strength", "development") if sheet.strengths_first else ("development", "strength")
    chosen = {point.criterion for point in points if point.kind == "development"}
    return render(
        "feedback.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "sheet": sheet,
            "colleague": view.people.get(sheet.colleague).name,
            "prepared_by": view.people.get(sheet.by).name,
            "given_by": ", ".join(view.people.get(event.by).name for event in events(view, sheet.id, "delivered")),
            "watched": [_watched(view, each) for each in watched],
            "parts": [_part(view, kind, points, found) for kind in kinds],
            "left": [each.criterion.id for each in worst(found) if each.criterion.id not in chosen],
            "plans": _plans(view, sheet, points),
            "delivered": _told(view, sheet, "delivered"),
            "replies": events(view, sheet.id, "replied"),
            "acknowledged": _told(view, sheet, "acknowledged"),
            "points": points,
            "applied": len(found),
            "met": sum(bool(each.rating.met) for each in found),
            "provenance": view.provenance,
        },
    )


def _watched(view: View, observation: Observation) -> Watched:
    ratings = [each for each in view.rows(Rating) if each.observation == observation.id]
    card = view.definition("scorecard", observation.scorecard)
    return Watched(
        observation,
        item_of(view, observation),
        view.people.get(observation.by).name,
        Inert(score_in_words(card, observation)),
        criticals_in_words(card, observation, ratings),
        ", ".join(each.criterion for each in ratings if each.answer == NOT_APPLICABLE) or "none",
        _corrected(view, observation),
    )


def _corrected(view: View, observation: Observation) -> str:
    for correction in view.rows(Correction):
        if correction.old == observation.id:
            then = f"replaced by {correction.new}" if correction.new else "withdrawn"
            return f"{observation.id} was {then} ({correction.id}); this sheet shows it as it was."
    return ""


def _part(view: View, kind: str, points: Sequence[FeedbackPoint], found: Sequence[Seen]) -> Part:
    by_id = {each.rating.id: each for each in found}
    chosen = [
        Point(
            point.position,
            shown(view, by_id[point.rating]),
            [shown(view, each) for each in found if kind == "development" and _same_way(each, by_id[point.rating])],
            [shown(view, each) for each in found if _other_way(each, by_id[point.rating])],
        )
        for point in points
        if point.kind == kind
    ]
    return Part(kind, chosen, "" if chosen else _why_none(kind, found))


def _same_way(one: Seen, other: Seen) -> bool:
    return one.criterion.id == other.criterion.id and one.rating.met == other.rating.met and one is not other


def _other_way(one: Seen, other: Seen) -> bool:
    return one.criterion.id == other.criterion.id and one.rating.met != other.rating.met


def _why_none(kind: str, found: Sequence[Seen]) -> str:
    if not found:
        return NOTHING_APPLIED
    if kind == "strength" and not any(each.rating.met for each in found):
        return NOTHING_MET
    if kind == "development" and all(each.rating.met for each in found):
        return NOTHING_FAILED
    return NOT_CHOSEN


def _told(view: View, sheet: Feedback, kind: str) -> str:
    """Return when and in whose name, in words; empty where it has not happened."""
    for event in events(view, sheet.id, kind):
        means = f", {event.means}" if event.means else ""
        return f"{event.on.day} {event.on:%B %Y}{means}, in the name of {view.people.get(event.by).name}"
    return ""


class NextStep(NamedTuple):
    """One coaching plan as the sheet names it."""

    standing: Standing
    title: str
    method: str
    owner: str


def _plans(view: View, sheet: Feedback, points: Sequence[FeedbackPoint]) -> list[NextStep]:
    needs = {sheet.id, *sheet.observations.split(), *(point.id for point in points)}
    steps = []
    for each in answering(view, needs):
        option = view.definition("option", each.plan.option)
        steps.append(NextStep(each, option.title, option.method, view.people.get(each.plan.owner).name))
    return steps
