"""May this item be observed, now and by this person? Checked again at every observation, not only at the draw.

A notice may have been withdrawn since the draw, a customer may have opted out; and nobody observes their own work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import Command, Hint, Refusal, View
from qacli.prepare.notices.delivery import told as notices_told
from qacli.prepare.notices.notice import (
    DAY,
    MYSTERY_SHOP,
    Acknowledgement,
    acknowledged_periods,
    cover_of,
    customer_periods,
    everybody_told,
)
from qacli.prepare.period import Period, in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from qacli.monitor.sampling.draw import Item


class OwnWork(Refusal, rule="own-work"):
    """Nobody observes a transaction that they handled."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"{person} may not observe a transaction handled by {person}.",
            help="another evaluator scores it: --as PERSON",
        )


class NoticeGap(Refusal, rule="notice-gap"):
    """Customers of that channel had not been told on that day. ``ended`` and ``began`` are the notices around it."""

    def __init__(self, channel: str, transaction: str, day: date, ended: date | None, began: date | None) -> None:
        super().__init__(
            f"{channel} {transaction} of {in_words(day)} cannot be observed: {_without_notice(channel, ended, began)}.",
            help=Hint("see: ", Command("notice gaps"), "; transactions outside the gap can be drawn"),
        )


def _without_notice(channel: str, ended: date | None, began: date | None) -> str:
    if ended and began:
        first, last = ended + DAY, began - DAY
        days = Period("", first, last).describe()
        span = f"from {days}" if first != last else f"on {days}"
        return f"no customer notice for {channel} was in force {span}"
    if ended:
        return f"no customer notice for {channel} has been in force since {in_words(ended)}"
    if began:
        return f"no customer notice for {channel} was in force before {in_words(began)}"
    return f"no customer notice for {channel} has ever been in force"


class OptedOut(Refusal, rule="opt-out"):
    """The customer does not want to be monitored."""

    def __init__(self, item: Item) -> None:
        super().__init__(
            f"{item.channel} {item.transaction} of {in_words(item.day)} cannot be observed: its customer "
            "has opted out of monitoring.",
            help="leave it; the other items stay as they are",
        )


class NotAcknowledged(Refusal, rule="no-acknowledgement"):
    """The colleague had not acknowledged the notice of monitoring."""

    def __init__(self, colleague: str, transaction: str, day: date, notices: Sequence[str]) -> None:
        which = notices[0] if notices else "NOTICE"
        who = colleague or "somebody, who may have handled it,"
        super().__init__(
            f"{transaction} of {in_words(day)} cannot be observed: {who} had not acknowledged a notice of "
            "monitoring by that day.",
            help=Hint("from now on: ", Command(f"notice ack {which}", colleague or "PERSON")),
        )


class NotToldOfShopping(Refusal, rule="mystery-shop-untold"):
    """Whoever is named in the record of a mystery shop was told beforehand, with aims and uses (MRS)."""

    def __init__(self, colleague: str, transaction: str, day: date) -> None:
        super().__init__(
            f"{transaction} of {in_words(day)} cannot be recorded as mystery shopping: {colleague} had not been told of "
            "mystery shopping, its aims and its uses, by that day.",
            help="write a notice to colleagues with covers: [mystery-shop] and uses, and shop after it; or collect "
            "nothing that identifies a colleague",
        )


def refuse_unobservable(view: View, item: Item, opted_out: Collection[str] = (), technique: str = "") -> None:
    """Raise OwnWork, OptedOut, and what refuse_untold raises, where an item may not be observed by the actor.

    ``opted_out`` holds the transactions whose customers have opted out by now, perhaps after the draw.
    """
    if item.colleague == view.actor:
        raise OwnWork(view.actor)
    if item.transaction in opted_out:
        raise OptedOut(item)
    refuse_untold(view, item.transaction, item.channel, item.colleague, item.day, technique)


def refuse_untold(view: View, transaction: str, channel: str, colleague: str, day: date, technique: str = "") -> None:
    """Raise NoticeGap, NotAcknowledged or NotToldOfShopping where customer or colleague had not been told on a day."""
    notices = notices_told(view)
    told = customer_periods(notices, [channel])
    if not any(span.from_ <= day <= span.to for span in told):
        raise NoticeGap(
            channel,
            transaction,
            day,
            max((span.to for span in told if span.to < day), default=None),
            min((span.from_ for span in told if span.from_ > day), default=None),
        )
    acknowledgements, cover = view.current(Acknowledgement), cover_of(technique)
    if colleague:
        known = acknowledged_periods(notices, acknowledgements, [colleague], cover)
    else:  # whoever it was
        known = everybody_told(notices, acknowledgements, view.people.ids(), cover)
    if not any(span.from_ <= day <= span.to for span in known):
        if technique == MYSTERY_SHOP:
            raise NotToldOfShopping(colleague, transaction, day)
        staff = [notice.id for notice in notices if notice.audience == "colleagues"]
        raise NotAcknowledged(colleague, transaction, day, staff)
