"""How the past of a frame is told: a row for each period, then in words what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.commands.context import Context
    from qacli.govern.frame_review import Past
    from qacli.model import View
    from qacli.prepare.frames.frame import Frame

COLUMNS = ("period", "draw", "frame", "population", "left out", "eligible", "asked", "drawn", "scored", "waiting", "late", "excused",
           "replaced", "closed", "± points drawn", "± points scored", "hours planned", "hours recorded")  # fmt: skip
SHORT = (0, 3, 4, 7, 8, 10, 12, 15)
"""Which of them fit a terminal, the last as ±."""


class Looked(NamedTuple):
    """The last periods of a frame, and in words what they say."""

    frame: Frame
    found: Sequence[Past]
    said: Sequence[str]
    confidence: int

    @property
    def keys(self) -> list[str]:
        """The first and the last period; one where there is one, none where there is none."""
        return [each.period.key for each in (*self.found[:1], *self.found[1:][-1:])]


def look_back(context: Context, frame_id: str, count: int) -> Looked:
    """Return the last periods of a frame and what records and source say of them."""
    from qacli.govern.frame_review import findings, past
    from qacli.monitor.sampling.spot import TIMES

    view = context.workspace.view()
    frame: Frame = view.item("frame", frame_id).model
    found = past(view, frame, count)
    said = findings(frame, found)
    if found and frame.design != TIMES:
        said += _of_the_source(context, view, frame, found)
    return Looked(frame, found, said, view.settings.thresholds.confidence)


def show_past(context: Context, looked: Looked) -> None:
    """Show a row for each period, then what they say."""
    if not looked.found:
        context.tell(
            f"no period of {looked.frame.reference} is over since it was agreed: there is nothing to look back on"
        )
        return
    chosen = SHORT if context.for_people else range(len(COLUMNS))
    context.show(
        "frame-review",
        [*(COLUMNS[i] for i in chosen[:-1]), "±" if context.for_people else COLUMNS[-1]],
        [[row[i] for i in chosen] for row in map(_row, looked.found)],
        f"{looked.frame.reference}, {' to '.join(looked.keys)}" if context.for_people else "",
        {"frame": looked.frame.reference, "findings": looked.said},
    )
    for words in [*looked.said, *_summary(looked)]:
        context.tell(words)


def _row(past: Past) -> list[Any]:
    draw = past.draw
    if draw is None:
        return [past.period.key, "not drawn", *[None] * (len(COLUMNS) - 2)]
    return [
        past.period.key,
        draw.id,
        draw.frame,
        draw.population,
        sum(past.excluded.values()),
        draw.eligible,
        past.asked,
        draw.drawn,
        past.scored,
        past.waiting,
        past.late,
        past.excused,
        past.replaced,
        past.closed,
        *(None if share is None else 100 * share for share in (past.drawn_margin, past.scored_margin)),
        past.minutes / 60,
        past.watched / 60 if past.sessions else None,
    ]


def _summary(looked: Looked) -> list[str]:
    """Return what all draws together tell, and took."""
    drawn = [each for each in looked.found if each.draw]
    if not drawn:
        return []
    sessions = sum(each.sessions for each in drawn)
    took = f"; {sum(each.watched for each in drawn) / 60:.1f} recorded in {sessions} sessions" if sessions else ""
    planned = sum(each.minutes for each in drawn) / 60
    return [*_exactness(looked, drawn), f"planned {planned:.1f} hours of evaluators{took}"]


def _exactness(looked: Looked, drawn: Sequence[Past]) -> list[str]:
    """Return how exactly all draws together tell, against the margin that the frame asks of each."""
    from qacli.monitor.sampling.sizing import margin_of
    from qacli.monitor.sampling.spot import TIMES
    from qacli.monitor.sampling.telling import UNEVEN

    if looked.frame.design == TIMES:
        return []
    if looked.frame.design in UNEVEN:
        return [f"how exactly {looked.frame.design} tells: qacli frame size {looked.frame.id}"]
    margin = margin_of([(row.eligible, row.drawn) for each in drawn for row in each.strata], looked.confidence / 100)
    told = (
        f"a share to within {100 * margin:.1f} points at {looked.confidence} %" if margin else "no share to any margin"
    )
    size = looked.frame.size
    wanted = size.margin if size and size.sd is None else None
    missed = [each for each in drawn if wanted and (each.scored_margin is None or 100 * each.scored_margin > wanted)]
    short = f"; the margin of {wanted} that it asks of each was not reached in {len(missed)} of {len(drawn)}"
    return [f"all {len(drawn)} draws together tell {told}, if everything is scored{short if missed else ''}"]


def _of_the_source(context: Context, view: View, frame: Frame, found: Sequence[Past]) -> list[str]:
    """Return what the population of those periods says; that it was not looked at where the export is gone."""
    from qacli.govern.frame_review import told_of
    from qacli.model import QacliError
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.sampling.coverage import drifts, groups
    from qacli.workspace.populations import open_transactions

    first, last = found[0].period.first, found[-1].period.last
    scored = {row.item for row in view.current(Observation)}
    items = [item for each in found for item in each.items if item.id in scored]
    try:
        with open_transactions(context.workspace) as opened:
            known = groups(opened.population, frame, first, last)
    except QacliError as wrong:
        return [f"the population was not looked at: {wrong.message}"]
    others = [other for other in view.definitions("frame") if other.id != frame.id and other.in_force(view.now.date())]
    moved = drifts(known, items, view.settings.thresholds.confidence / 100)
    return told_of(frame, others, known, moved, first)
