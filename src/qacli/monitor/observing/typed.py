"""What an evaluator types: keys for points, numbers, times in front of evidence; and what may never be kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from qacli.files.cards import card_numbers
from qacli.files.text import unsafe
from qacli.model import QacliError
from qacli.monitor.observing.answers import OFFSET
from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion

LIKE_A_TIME = re.compile(r"[0-9]+(?::[0-9]+)+")
LONG_NUMBER = re.compile(r"(?:[0-9][ -]{0,3}){7}")
"""More digits than a card number may be shown with at its beginning (PCI DSS 4.0, 3.4.1)."""


class Unwritable(QacliError):
    """A text that no draft and no record may hold."""


class Timed(NamedTuple):
    """A text with the time that stood in front of it, empty where none did."""

    text: str
    offset: str


def keys_of(criterion: Criterion, scale: Scale) -> dict[str, str]:
    """Return the answers by the key to press, not applicable among them where the card allows it."""
    keys = scale.keys()
    away = {"na" if "a" in keys else "a": NOT_APPLICABLE} if criterion.may_be_not_applicable else {}
    return {**keys, **away}


def offered(criterion: Criterion, scale: Scale) -> str:
    """Return the answers to choose from as they are typed, for example n/y/a, or a range and a."""
    keys = keys_of(criterion, scale)
    return ", or ".join([scale.in_words, *keys]) if scale.range_ else "/".join(keys)


def meant(typed: str, keys: Mapping[str, str], scale: Scale) -> str:
    """Return the point that was typed: by its key, its name or its label, in small letters or capitals, yes or no.

    A number stands for itself as records hold it.
    Empty where it is none of them. ``keys`` are the points by their keys, na among them where it may be given.
    """
    word = typed.casefold()
    names = {point.casefold(): point for point in keys.values()}
    labels = Counter(point.label.casefold() for point in scale.points)
    called = {point.label.casefold(): point.point for point in scale.points if labels[point.label.casefold()] == 1}
    away = NOT_APPLICABLE if NOT_APPLICABLE in names else ""
    spoken = {"yes": keys.get("y", ""), "no": keys.get("n", ""), "n/a": away}
    # a key comes before a name: on a scale of points named 0 to 4 the key 1 stands for the worst
    return keys.get(word) or names.get(word) or called.get(word) or spoken.get(word) or scale.read(word)


def timed(text: str) -> Timed:
    """Take a time that stands in front of a text, such as 02:41, as its offset."""
    first, _, rest = text.partition(" ")
    return Timed(rest.strip(), first) if OFFSET.fullmatch(first) and rest.strip() else Timed(text, "")


def untimed(text: str) -> str:
    """Return what stands in front of a text like a time and is none, such as 99:99; empty where nothing does."""
    first = text.partition(" ")[0]
    return first if LIKE_A_TIME.fullmatch(first) and not OFFSET.fullmatch(first) else ""


def clock(seconds: int | None) -> str:
    """Return a time from the start as evidence states it, 02:41 or 1:02:41; empty for none."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:02}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def keepable(text: str) -> bool:
    """Return whether a text that is still being typed may be kept: not while it could become a payment card number."""
    return not LONG_NUMBER.search(text) and not unsafe(text, layout=False)


def writable(text: str) -> str:
    """Return a typed text without blanks around it. Raises Unwritable; what it says holds nothing of the text."""
    if unsafe(text, layout=False):
        raise Unwritable("that holds characters that cannot be seen; type it again")
    if card_numbers(text):
        # before a draft is saved: it is a file like any other
        raise Unwritable("that holds what looks like a payment card number; type it again without the number")
    return text.strip()
