"""What an audit looks up in the records themselves: for each check how many were looked at, and which are against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.feedback import Feedback, FeedbackEvent
from qacli.model import View
from qacli.monitor.calibrating.calibration import Calibration, Reveal
from qacli.monitor.disputing.dispute import disputes
from qacli.monitor.observing.excuse import excuses, scoring_of
from qacli.monitor.observing.observation import Observation, Rating
from qacli.monitor.sampling.draw import Draw, Item, Replacement
from qacli.prepare.approval import AGREED, Approval
from qacli.prepare.notices.notice import Acknowledgement

if TYPE_CHECKING:
    from qacli.govern.auditing.programme import Check


class Against(NamedTuple):
    """One record that is against a clause, and why. ``rule`` is empty where a check has but one."""

    subject: str
    words: str
    rule: str = ""


class Looked(NamedTuple):
    """What a check looked at, and what of it is against the clause."""

    n: int
    against: Sequence[Against]


class Form(NamedTuple):
    """A scored form with its item, and the day on which the item was first scored."""

    observation: Observation
    item: Item
    scored: date


def forms(view: View, first: date, last: date) -> list[Form]:
    """Return the forms in force whose items were first scored from a day to a day, oldest first.

    What was put right or decided in a dispute later belongs to the day of its first score.
    """
    items = {row.id: row for row in view.rows(Item)}
    scored = {row.item: day_of(view, row.at) for row in reversed(view.rows(Observation))}
    return [
        Form(row, items[row.item], scored[row.item])
        for row in view.current(Observation)
        if row.item in items and first <= scored[row.item] <= last
    ]


def look(view: View, check: Check, first: date, last: date) -> Looked:
    """Return what one check finds in the records of some days."""
    return CHECKS[check](view, first, last)


def day_of(view: View, at: datetime | None) -> date:
    """Return the day of a stamp in the zone of the workspace."""
    return at.astimezone(view.now.tzinfo).date() if at else date.min


def own_work(view: View, first: date, last: date) -> Looked:
    """Nobody evaluated what they handled themselves."""
    found = forms(view, first, last)
    wrong = [each for each in found if each.observation.by == each.item.colleague]
    return Looked(
        len(found), [Against(each.observation.id, f"{each.observation.by} scored own work") for each in wrong]
    )


def told_first(view: View, first: date, last: date) -> Looked:
    """Everybody had acknowledged a notice of monitoring by the day of the transaction that was observed."""
    known: dict[str, date] = {}
    for row in view.rows(Acknowledgement):
        known[row.person] = min(row.on, known.get(row.person, row.on))
    found = forms(view, first, last)
    return Looked(
        len(found),
        [
            Against(each.observation.id, f"{each.item.colleague} had acknowledged no notice by {each.item.day}")
            for each in found
            if known.get(each.item.colleague, date.max) > each.item.day
        ],
    )


def approved_cards(view: View, first: date, last: date) -> Looked:
    """Every form was scored on a card that a second person had approved by then."""
    approved: dict[str, datetime] = {}
    for row in view.rows(Approval):
        if row.kind == "scorecard" and row.decision == AGREED and row.at:
            approved[row.item] = min(row.at, approved.get(row.item, row.at))
    found = forms(view, first, last)
    wrong = [each for each in found if not _before(approved.get(each.observation.scorecard), each.observation.at)]
    return Looked(
        len(found), [Against(each.observation.id, f"{each.observation.scorecard} was not approved") for each in wrong]
    )


def _before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one <= other


def evidence(view: View, first: date, last: date) -> Looked:
    """Every rating that failed says what was seen or heard."""
    mine = {each.observation.id for each in forms(view, first, last)}
    failed = [row for row in view.current(Rating) if row.observation in mine and row.met is False]
    return Looked(
        len(failed),
        [Against(row.observation, f"{row.criterion} failed without evidence") for row in failed if not row.evidence],
    )


def scored_in_time(view: View, first: date, last: date) -> Looked:
    """Every item drawn in these days was scored, replaced or excused within the days that qacli.yaml gives after its draw."""
    within = timedelta(days=view.settings.thresholds.score_within)
    drawn = {row.id: day_of(view, row.at) for row in view.rows(Draw)}
    scored = {row.item: day_of(view, row.at) for row in reversed(view.rows(Observation))}
    gone, excused = {row.item for row in view.rows(Replacement)}, excuses(view)
    due = {
        item.id: drawn[item.draw] + within
        for item in view.current(Item)
        if first <= drawn.get(item.draw, date.min) <= last
        and item.id not in gone
        and scoring_of(item.id) not in excused
        and drawn[item.draw] + within < view.now.date()
    }
    late = [name for name, day in due.items() if scored.get(name, date.max) > day]
    return Looked(
        len(due),
        [
            Against(name, f"due {due[name]}, {f'scored {scored[name]}' if name in scored else 'not scored'}")
            for name in late
        ],
    )


def feedback_acknowledged(view: View, first: date, last: date) -> Looked:
    """Every feedback that was to be given was delivered, and the colleague acknowledged it."""
    done: dict[str, set[str]] = {}
    for event in view.current(FeedbackEvent):
        done.setdefault(event.feedback, set()).add(event.kind)
    asked = [row for row in view.current(Feedback) if first <= row.on <= last]
    wrong = []
    for row in asked:
        for step in ("delivered", "acknowledged"):
            if step not in done.get(row.id, ()):
                wrong.append(Against(row.id, f"was to be given on {row.on}, is not {step}"))
                break
    return Looked(len(asked), wrong)


def disputes_in_time(view: View, first: date, last: date) -> Looked:
    """Every dispute was decided within the days of qacli.yaml, by somebody other than the evaluator."""
    within = timedelta(days=view.settings.disputes.decide_within)
    asked = [each for each in disputes(view) if first <= day_of(view, each.dispute.at) <= last]
    wrong = []
    for each in asked:
        due = day_of(view, each.dispute.at) + within
        decided = each.decision
        if decided and decided.by == each.observation.by:
            wrong.append(Against(each.dispute.id, f"decided by {decided.by}, who scored it"))
        elif (day_of(view, decided.at) if decided else view.now.date()) > due:
            wrong.append(Against(each.dispute.id, f"was to be decided by {due}"))
    return Looked(len(asked), wrong)


def calibrated(view: View, first: date, last: date) -> Looked:
    """Everybody who scored took part in a calibration of these days that was revealed."""
    sessions = {row.id for row in view.current(Calibration) if first <= day_of(view, row.at) <= last}
    took_part = {row.scorer for row in view.current(Reveal) if row.calibration in sessions}
    people = sorted({each.observation.by for each in forms(view, first, last)})
    words = f"took part in none of {len(sessions)} calibrations" if sessions else "no calibration was held"
    return Looked(len(people), [Against(person, words) for person in people if person not in took_part])


CHECKS: Mapping[str, Callable[[View, date, date], Looked]] = MappingProxyType(
    {
        "own-work": own_work,
        "told-first": told_first,
        "approved-cards": approved_cards,
        "evidence": evidence,
        "scored-in-time": scored_in_time,
        "feedback-acknowledged": feedback_acknowledged,
        "disputes-in-time": disputes_in_time,
        "calibrated": calibrated,
    }
)
