"""The feedback sheet: what went well, what to work on, both views, how it went over time, and what the colleague says."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qacli.improve.coaching.plan import answering
from qacli.improve.feedback.course import BEFORE, LATELY, courses
from qacli.improve.feedback.ratio import delays
from qacli.improve.feedback.sheet import (
    ACKNOWLEDGED,
    DECLINED,
    DELIVERED,
    DEVELOPMENT,
    REPLIED,
    STRENGTH,
    Feedback,
    FeedbackEvent,
    FeedbackItem,
    FeedbackPoint,
    events,
    held_on,
    invitations,
    own_view,
    points_of,
    sheet_of,
    watched_in,
)
from qacli.improve.points import Seen, item_of, seen, worst
from qacli.model import Correction
from qacli.monitor.observing.indexed import rows_by
from qacli.monitor.observing.observation import NOT_APPLICABLE, Observation, Rating
from qacli.monitor.scoring.telling import criticals_in_words, score_in_words
from qacli.prepare.period import in_words
from qacli.reports.environment import BANNERS, Inert, render
from qacli.reports.evidence import Shown, label_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qacli.improve.feedback.course import Stretch
    from qacli.model import View
    from qacli.stats.intervals import Interval

NOTHING_APPLIED = "No criterion applied in these transactions."
NOTHING_MET = "In these transactions no criterion met the standard."
NOTHING_FAILED = "In these transactions every criterion that applied met the standard."
NOT_CHOSEN = "No point was chosen for this sheet."
AGREES: Mapping[str, str] = MappingProxyType(
    {"yes": "agrees", "partly": "agrees partly", "no": "does not agree", "": ""}
)

UNSAID: Mapping[str, Any] = MappingProxyType({"said": [], "retold": False, "effect": "", "question": ""})
"""What is said of a point that goes as it was prepared."""
Values = dict[str, Any]
"""What a template is given: texts, numbers, yes or no, and lists and mappings of them."""


def feedback_document(view: View, feedback_id: str) -> str:
    """Return the sheet of one feedback in force as Markdown. Raises NoSuchRow."""
    return render("feedback.md.j2", feedback_values(view, feedback_id))


def feedback_values(view: View, feedback_id: str) -> Values:
    """Return everything that the sheet of one feedback in force says, part by part. Raises NoSuchRow."""
    sheet = sheet_of(view, feedback_id)
    watched = watched_in(view, sheet)
    found = seen(view, watched)
    points = points_of(view, sheet.id)
    chosen = {point.criterion for point in points if point.kind == DEVELOPMENT}
    delivered = events(view, sheet.id, DELIVERED)
    return {
        "banner": BANNERS[view.provenance],
        "organisation": view.settings.organisation,
        "feedback": sheet.id,
        "on": in_words(held_on(view, sheet)),
        "colleague": view.people.get(sheet.colleague).name,
        "prepared_by": view.people.get(sheet.by).name,
        "given_by": ", ".join(view.people.get(event.by).name for event in delivered),
        "invitation": _invited(view, sheet),
        "strengths_first": sheet.strengths_first,
        "model": _model(view, points),
        "observations": [_watched(view, each) for each in watched],
        "corrected": [said for each in watched if (said := _corrected(view, each))],
        "parts": [_part(view, kind, points, found) for kind in _order(sheet)],
        "left": [each.criterion.id for each in worst(found) if each.criterion.id not in chosen],
        "views": _views(view, sheet) if delivered else [],
        "view_said": _view_said(view, sheet),
        **_courses(view, sheet, points),
        "agreed": [
            {"criterion": point.criterion, "next": point.next.text}
            for point in points
            if isinstance(point, FeedbackItem) and point.kind == DEVELOPMENT and point.next
        ],
        "plans": list(_plans(view, sheet, points)),
        "replies": [_reply(event, points) for event in events(view, sheet.id, REPLIED)],
        "declined": _declined(view, sheet),
        "delivered": _told(view, sheet, DELIVERED),
        "delay": _delay([days for event in delivered[:1] for _, days in delays(view, sheet, event.on)]),
        "acknowledged": _told(view, sheet, ACKNOWLEDGED),
        "points": [{"id": point.id, "rating": point.rating} for point in points],
        "n": len(watched),
        "applied": len(found),
        "met": sum(bool(each.rating.met) for each in found),
        "provenance": view.provenance,
    }


def _order(sheet: Feedback) -> tuple[str, str]:
    return (STRENGTH, DEVELOPMENT) if sheet.strengths_first else (DEVELOPMENT, STRENGTH)


def _invited(view: View, sheet: Feedback) -> str:
    """Return when the colleague was invited, for when and where; that nothing is on record where nothing is."""
    standing = invitations(view, sheet.id)
    if not standing:
        return "No invitation is on record."
    first, last = standing[0], standing[-1]
    zone = view.now.tzinfo
    invited = f"Invited on {in_words(first.at.astimezone(zone).date())}" if first.at else "Invited"
    hour = f" at {last.starts.astimezone(zone):%H:%M}" if last.starts else ", no hour named"
    where = f" in a private place: {last.place.text}" if last.private else "; no private place was named"
    hours = first.lead_hours
    ahead = f" The evidence pack stood ready from then on, {hours} hours or more before the talk." if hours else ""
    return f"{invited} for {in_words(last.on)}{hour}{where}.{ahead}"


def _model(view: View, points: Sequence[FeedbackPoint | FeedbackItem]) -> str:
    for point in points:
        if isinstance(point, FeedbackItem):
            return f"{view.definition('feedback-model', point.model).title} ({point.model})"
    return ""


def _watched(view: View, observation: Observation) -> Values:
    ratings = rows_by(view, Rating, "observation").get(observation.id, ())
    card, item = view.definition("scorecard", observation.scorecard), item_of(view, observation)
    return {
        "observation": observation.id,
        "transaction": item.transaction,
        "day": in_words(item.day),
        "channel": item.channel,
        "evaluator": view.people.get(observation.by).name,
        "scorecard": observation.scorecard,
        "score": Inert(score_in_words(card, observation)),
        "criticals": criticals_in_words(card, observation, ratings),
        "not_applicable": ", ".join(each.criterion for each in ratings if each.answer == NOT_APPLICABLE) or "none",
    }


def _corrected(view: View, observation: Observation) -> str:
    for correction in view.rows(Correction):
        if correction.old == observation.id:
            then = f"replaced by {correction.new}" if correction.new else "withdrawn"
            return f"{observation.id} was {then} ({correction.id}); this sheet shows it as it was."
    return ""


def _part(view: View, kind: str, points: Sequence[FeedbackPoint | FeedbackItem], found: Sequence[Seen]) -> Values:
    """Return the strengths or the developments, in the order in which they are talked about, or why there are none."""
    by_id = {each.rating.id: each for each in found}
    chosen = [_point(view, point, by_id[point.rating], found) for point in points if point.kind == kind]
    return {"kind": kind, "points": chosen, "nothing": "" if chosen else _why_none(kind, found)}


def _point(view: View, point: FeedbackPoint | FeedbackItem, each: Seen, found: Sequence[Seen]) -> Values:
    """Return one point with what explains it; ``again`` are the other observations in which it failed, ``elsewhere``
    those in which it went the other way; ``said`` are the steps of its model, ``retold`` whether one repeats what is on record.
    """
    works = point.kind == DEVELOPMENT
    same = [other for other in found if other.criterion.id == each.criterion.id and other is not each]
    return {
        "position": point.position,
        **_shown(shown(view, each)),
        "again": [_shown(shown(view, one)) for one in same if works and one.rating.met == each.rating.met],
        "elsewhere": [_shown(shown(view, one)) for one in same if one.rating.met != each.rating.met],
        **(_said(view, point, each.rating.evidence.text) if isinstance(point, FeedbackItem) else UNSAID),
    }


def _shown(one: Shown) -> Values:
    return {
        "criterion": one.criterion.id,
        "observable": one.criterion.observable,
        "benefit": one.criterion.benefit or "",
        "rating": one.seen.rating.id,
        "met": bool(one.seen.rating.met),
        "fact": one.fact,
        "comment": one.comment,
        "where": one.where,
        "label": one.label,
        "described": one.described,
        "standard": one.standard,
        "promise": one.promise,
        "impact": one.impact,
        "procedure": {
            "title": one.procedure.title,
            "reference": one.procedure.reference,
            "standard": one.procedure.standard,
        },
    }


def _said(view: View, item: FeedbackItem, fact: str) -> Values:
    steps = view.definition("feedback-model", item.model).of(item.kind)
    said = [{"step": step.name, "words": getattr(item, step.part).text} for step in steps]
    retold = any(each["words"] == fact for each in said)
    return {"said": said, "retold": retold, "effect": item.effect.text, "question": item.question.text}


def _why_none(kind: str, found: Sequence[Seen]) -> str:
    if not found:
        return NOTHING_APPLIED
    if kind == STRENGTH and not any(each.rating.met for each in found):
        return NOTHING_MET
    if kind == DEVELOPMENT and all(each.rating.met for each in found):
        return NOTHING_FAILED
    return NOT_CHOSEN


def _views(view: View, sheet: Feedback) -> list[Values]:
    """Return the colleague's own points beside the evaluator's, in the order in which they were written."""
    cards = {each.id: view.definition("scorecard", each.scorecard) for each in watched_in(view, sheet)}
    ratings = {(row.observation, row.criterion): row for row in view.rows(Rating, observation=cards)}
    found = []
    for own in own_view(view, sheet.id):
        scale = view.definition("scale", cards[own.observation].criterion(own.criterion).scale)
        theirs = ratings[own.observation, own.criterion].answer
        both = [answer if answer == NOT_APPLICABLE else label_of(scale, answer) for answer in (own.answer, theirs)]
        named = ["does not apply" if label == NOT_APPLICABLE else label for label in both]
        found.append(
            {
                "observation": own.observation,
                "criterion": own.criterion,
                "own": named[0],
                "evaluator": named[1],
                "same": "yes" if own.answer == theirs else "no",
                "comment": own.comment.text,
            }
        )
    return found


def _view_said(view: View, sheet: Feedback) -> str:
    """Return what is known of the colleague's own view: when it was sealed, or that there is none."""
    own, opened = own_view(view, sheet.id), events(view, sheet.id, DELIVERED)
    if not own:
        so_far = "No self-assessment is on record yet; it is taken until the feedback is delivered."
        return "No self-assessment was recorded before the scores were open." if opened else so_far
    sealed = in_words(own[0].at.astimezone(view.now.tzinfo).date()) if own[0].at else "an unknown day"
    if opened:
        return f"Recorded on {sealed}, before the scores were open."
    return f"Recorded on {sealed}, sealed until it is delivered."


def _courses(view: View, sheet: Feedback, points: Sequence[FeedbackPoint | FeedbackItem]) -> Values:
    """Return how the criteria of the sheet went over time, and what was counted."""
    watched = {each.id: each for each in watched_in(view, sheet)}
    last = max(item_of(view, each).day for each in watched.values())
    criteria = [(point.criterion, watched[point.observation].scorecard) for point in points]
    found = courses(view, sheet.colleague, criteria, last)
    lines = [
        {
            "criterion": each.criterion,
            "scorecard": each.scorecard,
            "before": _stretch(each.before),
            "lately": _stretch(each.lately),
            "change": _change(each.change),
            "words": each.in_words,
        }
        for each in found
    ]
    weeks = f"the {LATELY.days // 7} weeks up to {in_words(last)} beside the {BEFORE.days // 7} weeks before them"
    basis = (
        f"Counted: {weeks}; transactions of the routine samples, each once; how many met the standard. "
        f"In brackets the share and its interval at {view.settings.thresholds.confidence}% (Wilson), of the change Newcombe."
    )
    return {"courses": lines, "course_basis": basis if lines else ""}


def _stretch(stretch: Stretch) -> str:
    counts = f"{stretch.met} of {stretch.n}" if stretch.n else "none seen"
    if stretch.share is None or stretch.share.low is None:
        return counts
    return f"{counts} ({_limits(stretch.share)})"


def _limits(share: Interval) -> str:
    percent = [round(100 * (value or 0)) for value in (share.estimate, share.low, share.high)]
    return f"{percent[0]}%, {percent[1]} to {percent[2]}"


def _change(change: Interval | None) -> str:
    if change is None or change.low is None:
        return "not computed"
    points = [f"{round(100 * (value or 0)):+d}" for value in (change.estimate, change.low, change.high)]
    return f"{points[0]} points, {points[1]} to {points[2]}"


def _plans(view: View, sheet: Feedback, points: Sequence[FeedbackPoint | FeedbackItem]) -> Iterator[Values]:
    """Yield each coaching plan that answers the sheet, one of its observations or one of its points."""
    prepared = [row.id for row in view.current(FeedbackPoint) if row.feedback == sheet.id]
    needs = {sheet.id, *sheet.observations.split(), *prepared, *(point.id for point in points)}
    for each in answering(view, needs):
        option, plan = view.definition("option", each.plan.option), each.plan
        yield {
            "plan": plan.id,
            "title": option.title,
            "method": option.method,
            "option": plan.option,
            "criterion": plan.criterion,
            "owner": view.people.get(plan.owner).name,
            "starts": in_words(plan.starts),
            "due": in_words(plan.due),
            "review_on": in_words(plan.review_on),
            "status": each.status,
            "overdue": each.overdue,
            "goal": str(plan.goal),
        }


def _reply(event: FeedbackEvent, points: Sequence[FeedbackPoint | FeedbackItem]) -> Values:
    position = next((point.position for point in points if point.id == event.item), None)
    to = f"to item {position}" if position else ""
    head = ", ".join(part for part in (to, AGREES[event.agree], in_words(event.on)) if part)
    return {"on": in_words(event.on), "head": head[:1].upper() + head[1:], "words": event.words.text}


def _declined(view: View, sheet: Feedback) -> str:
    for event in events(view, sheet.id, DECLINED):
        who = "" if event.by == sheet.colleague else f", recorded by {view.people.get(event.by).name}"
        why = f": {event.words.text}" if event.words else "."
        return f"{view.people.get(sheet.colleague).name} would rather not reply ({in_words(event.on)}{who}){why}"
    return ""


def _delay(days: Sequence[int]) -> str:
    """Return how long after what was observed the talk came; empty where it has not been held."""
    if not days:
        return ""
    least, most = min(days), max(days)
    return f"{most} day{'s' * (most != 1)}" if least == most else f"{least} to {most} days"


def _told(view: View, sheet: Feedback, kind: str) -> str:
    """Return when and in whose name, in words; empty where it has not happened."""
    for event in events(view, sheet.id, kind):
        means = f", {event.means}" if event.means else ""
        hour = f" at {event.starts.astimezone(view.now.tzinfo):%H:%M}" if event.starts else ""
        return f"{in_words(event.on)}{hour}{means}, in the name of {view.people.get(event.by).name}"
    return ""
