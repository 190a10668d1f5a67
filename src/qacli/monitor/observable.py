"""May this item be observed, now and by this person? Checked again at every observation, not only at the draw.

A notice may have been withdrawn since the draw; and nobody observes their own work.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qacli.model import Refusal, View
from qacli.prepare.notice import Acknowledgement, Notice, acknowledged_periods, customer_periods, gaps
from qacli.prepare.period import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qacli.monitor.draw import Item

LOOK_AROUND = timedelta(days=366)


class OwnWork(Refusal, rule="own-work"):
    """Nobody observes a transaction that they handled."""

    def __init__(self, person: str) -> None:
        super().__init__(f"{person} may not observe a transaction handled by {person}.",
                         help="another evaluator scores it: --as PERSON")


class NoticeGap(Refusal, rule="notice-gap"):
    """Customers of that channel had not been told on that day."""

    def __init__(self, channel: str, transaction: str, day: date, first: date, last: date) -> None:
        span = f"from {in_words(first)} to {in_words(last)}" if first != last else f"on {in_words(first)}"
        super().__init__(
            f"{channel} {transaction} of {in_words(day)} cannot be observed: no customer notice for {channel} was in "
            f"force {span}.", help="see: qacli notice gaps. Transactions outside the gap can be drawn")


class NotAcknowledged(Refusal, rule="no-acknowledgement"):
    """The colleague had not acknowledged the notice of monitoring."""

    def __init__(self, colleague: str, transaction: str, day: date, notices: Sequence[str]) -> None:
        which = notices[0] if notices else "NOTICE"
        super().__init__(
            f"{transaction} of {in_words(day)} cannot be observed: {colleague} had not acknowledged a notice of "
            "monitoring by that day.", help=f"from now on: qacli notice ack {which} --as {colleague}")


def refuse_unobservable(view: View, item: Item) -> None:
    """Raise OwnWork, NoticeGap or NotAcknowledged where an item may not be observed by the actor."""
    if item.colleague == view.actor:
        raise OwnWork(view.actor)
    refuse_untold(view, item.transaction, item.channel, item.colleague, item.day)


def refuse_untold(view: View, transaction: str, channel: str, colleague: str, day: date) -> None:
    """Raise NoticeGap or NotAcknowledged where customer or colleague had not been told on a day."""
    notices: Sequence[Notice] = view.definitions("notice")
    if not any(span.from_ <= day <= span.to for span in customer_periods(notices, [channel])):
        around = gaps(notices, [channel], day - LOOK_AROUND, day + LOOK_AROUND)
        gap = next(span for span in around if span.from_ <= day <= span.to)
        raise NoticeGap(channel, transaction, day, gap.from_, gap.to)
    told = acknowledged_periods(notices, view.current(Acknowledgement), [colleague])
    if not any(span.from_ <= day <= span.to for span in told):
        staff = [notice.id for notice in notices if notice.audience == "colleagues"]
        raise NotAcknowledged(colleague, transaction, day, staff)
