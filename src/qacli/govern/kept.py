"""What became of the checks that fell due: done, done late, open, late, missed or excused, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.duties.sampling import to_draw
from qacli.model import View
from qacli.monitor.observing.excuse import excuses, scoring_of
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.drawing import planned
from qacli.monitor.sampling.sharing import held
from qacli.monitor.sampling.spot import visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.monitor.observing.excuse import Excuse


class Kept(NamedTuple):
    """One check that fell due. ``done`` is when it was recorded; ``why`` is why it was not made."""

    due: date
    done: datetime | None
    state: str
    kind: str
    subject: str
    owner: str
    why: str
    key: str


def kept(view: View, since: date, until: date) -> list[Kept]:
    """Return every draw, evaluation and unannounced check that fell due from one day to another, the oldest first."""
    found = [*_draws(view, until), *_scores(view), *_spots(view)]
    return sorted(
        (each for each in found if since <= each.due <= until), key=lambda each: (each.due, each.kind, each.key)
    )


def _draws(view: View, until: date) -> Iterator[Kept]:
    made = {(draw.frame.partition("@")[0], draw.period): draw for draw in planned(view)}
    excused = excuses(view)
    for frame, period, due in to_draw(view, until):
        draw = made.get((frame.id, period.key))
        subject, key = f"{frame.id} of {period.key}", f"draw/{frame.id}/{period.key}"
        yield _kept(view, due, draw.at if draw else None, "draw", subject, frame.owner, key, excused)


def _scores(view: View) -> Iterator[Kept]:
    allowed = timedelta(days=view.settings.thresholds.score_within)
    first: dict[str, datetime] = {}
    for row in view.rows(Observation):  # a correction does not make it late
        if row.at:
            first.setdefault(row.item, row.at)
    excused = excuses(view)
    for item in held(view):
        if item.at:
            due = item.at.astimezone(view.now.tzinfo).date() + allowed
            key = scoring_of(item.id)
            yield _kept(view, due, first.get(item.id), "score", item.id, item.evaluator, key, excused)


def _spots(view: View) -> Iterator[Kept]:
    for each in visits(view):
        if each.hidden_from(view):
            continue
        check, event = each.check, each.event
        due = check.ends.astimezone(view.now.tzinfo).date()
        why = event.words.text if event else ""
        at = event.at if event else None
        state = "missed" if event and event.event == "missed" else _state(view, due, at)
        yield Kept(due, at, state, "spot", check.id, check.evaluator, why, f"spot/{check.id}")


def _kept(
    view: View,
    due: date,
    done: datetime | None,
    kind: str,
    subject: str,
    owner: str,
    key: str,
    excused: Mapping[str, Excuse],
) -> Kept:
    excuse = None if done else excused.get(key)
    state = "excused" if excuse else _state(view, due, done)
    why = f"{excuse.reason.text} ({excuse.by})" if excuse else ""
    return Kept(due, done, state, kind, subject, owner, why, key)


def _state(view: View, due: date, done: datetime | None) -> str:
    if done:
        return "done" if done.astimezone(view.now.tzinfo).date() <= due else "done late"
    return "open" if view.now.date() <= due else "late"
