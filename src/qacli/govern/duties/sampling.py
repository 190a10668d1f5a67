"""Duties of sampling: periods whose sample, or whose unannounced checks, are to be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qacli.govern.duties.duty import DAY, Duty
from qacli.model import View
from qacli.monitor.sampling.draw import JUDGEMENT
from qacli.monitor.sampling.drawing import planned
from qacli.monitor.sampling.spot import TIMES
from qacli.prepare.approval import approval
from qacli.prepare.frames.calendar import due_on
from qacli.prepare.frames.frame import Frame
from qacli.prepare.period import Period, last_whole, period_of


def draws(view: View, until: date) -> Iterator[Duty]:
    """Each period of each agreed frame whose sample, or whose unannounced checks, are to be drawn."""
    drawn = {(draw.frame.partition("@")[0], draw.period) for draw in planned(view)}
    for frame, period, due in to_draw(view, until):
        if (frame.id, period.key) not in drawn:
            yield Duty(
                f"draw/{frame.id}/{period.key}",
                due,
                "draw",
                frame.id,
                frame.owner,
                f"draw {frame.id} of {period.key}",
                f"sample draw {frame.id} --period {period.key}",
                serves(view, frame),
            )


def to_draw(view: View, until: date) -> list[tuple[Frame, Period, date]]:
    """Return each period of each agreed frame that is to be drawn by the end of a day, drawn or not, with its day.

    Of several versions that were agreed the newest answers for a period.
    """
    found: dict[tuple[str, str], tuple[Frame, Period, date]] = {}
    for frame in sorted(view.definitions("frame"), key=lambda frame: frame.newness):
        agreed = approval(view, "frame", frame)
        if agreed and agreed.at and frame.design != JUDGEMENT:
            agreed_on = agreed.at.astimezone(view.now.tzinfo).date()
            for period, due in draw_days(frame, agreed_on, until):
                found[frame.id, period.key] = (frame, period, due)
    return list(found.values())


def draw_days(frame: Frame, agreed_on: date, until: date) -> Iterator[tuple[Period, date]]:
    """Yield the periods of a frame that are to be drawn by the end of a day, each with the day on which it falls due.

    Transactions are drawn when their period is over, from the last one that was over when the frame was agreed; times of
    unannounced checks when it begins, from the one that had begun. Periods are local days: clocks that change move none.
    """
    if frame.design == TIMES:
        period = period_of(frame.cadence, max(agreed_on, frame.from_))
        while period.first <= until and (frame.to is None or period.first <= frame.to):
            yield period, max(due_on(frame, period), agreed_on)
            period = period_of(frame.cadence, period.last + DAY)
    else:
        yield from ((period, due_on(frame, period)) for period in periods(frame, agreed_on, until))


def periods(frame: Frame, agreed_on: date, until: date) -> Iterator[Period]:
    """Yield the periods of a frame that are over before a day ends, oldest first."""
    period = last_whole(frame.cadence, max(agreed_on, frame.from_))
    while period.last + DAY <= until and (frame.to is None or period.first <= frame.to):
        if period.last >= frame.from_:
            yield period
        period = period_of(frame.cadence, period.last + DAY)


def serves(view: View, frame: Frame) -> str:
    """Return the measures that the scorecards of a frame name, in order of name."""
    cards = {card.reference: card for card in view.definitions("scorecard")}
    named = [cards[card] for card in frame.scorecards.values() if card in cards]
    return " ".join(sorted({kpi for card in named for criterion in card.criteria() for kpi in criterion.kpis}))
