"""Channels that are known here: those of scorecards and of drawn transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import UsageError, View
from qacli.monitor.sampling.draw import Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qacli.prepare.scorecards.scorecard import Scorecard


class NoSuchChannel(UsageError):
    """Nothing here is of that channel."""

    def __init__(self, doubt: str) -> None:
        super().__init__(doubt, help="name one of them, or leave --channel out")


def doubtful_channel(view: View, channel: str) -> str:
    """Return in one sentence that nothing here is of a channel; empty for one that is known, and for none."""
    if not channel:
        return ""
    cards: Iterable[Scorecard] = view.definitions("scorecard")
    known = {*(each for card in cards for each in card.channels), *(item.channel for item in view.rows(Item))} - {""}
    if channel in known:
        return ""
    return f"no scorecard and no draw is of the channel '{channel}'; theirs: {', '.join(sorted(known)) or 'none'}"


def refuse_channel(view: View, channel: str) -> None:
    """Raise NoSuchChannel for a channel that nothing here is of."""
    if doubt := doubtful_channel(view, channel):
        raise NoSuchChannel(doubt)
