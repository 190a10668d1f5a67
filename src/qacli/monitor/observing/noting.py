"""Live notes: one line for each thing seen or heard, as somebody types it who is still watching.

``ph-idv - gave the balance before the check => anybody could have heard it``: a criterion if one is known, + or -, what
was said or done, and behind => what it led to. A time in front, 02:41, takes the place of the clock's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.cards import card_numbers
from qacli.files.nearest import in_passing
from qacli.files.text import unsafe
from qacli.monitor.observing.answers import OFFSET, personal
from qacli.monitor.observing.lasting import as_offset
from qacli.monitor.observing.session import Noted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

LEADS_TO = "=>"
SIGNS = ("+", "-")
MEND = re.compile(r"#(\d{1,3})\s+(.+)")
DROP = "drop"


class Mended(NamedTuple):
    """A line that mends a note: its number from 1, what takes its place; None takes it out."""

    number: int
    noted: Noted | None


class NotUnderstood(ValueError):
    """A line that cannot be kept as it stands; its text says why, and what to do."""


def noted(line: str, criteria: Collection[str], offset: str) -> Noted:
    """Return the note that a line holds, at the time ``offset`` unless it names its own. Raises NotUnderstood."""
    words = line.split()
    if words and OFFSET.fullmatch(words[0]):
        offset, words = words[0], words[1:]
    criterion = ""
    if words and words[0] in criteria:
        criterion, words = words[0], words[1:]
    elif len(words) > 1 and words[1] in SIGNS and words[0] not in SIGNS:
        meant = in_passing(words[0], criteria, f": {', '.join(criteria)}")
        raise NotUnderstood(f"{words[0]} is no criterion of this card{meant}")
    polarity = ""
    if words and words[0][0] in SIGNS and (words[0] in SIGNS or len(words[0]) > 1):
        polarity, words = words[0][0], [*([words[0][1:]] if words[0][1:] else []), *words[1:]]
    fact, _, impact = " ".join(words).partition(LEADS_TO)
    found = Noted(criterion, offset, polarity, fact.strip(), impact.strip())
    for problem in problems(found):
        raise NotUnderstood(problem)
    return found


def problems(note: Noted) -> Iterator[str]:
    """Yield why a note cannot even be kept in a draft: a draft is a file like any other."""
    if not note.fact:
        yield "say what was seen or heard"
    text = f"{note.fact} {note.impact}"
    if unsafe(text, layout=False):
        yield "that holds characters that cannot be seen; type it again"
    if card_numbers(text):
        yield "that holds what looks like a payment card number; type it again without the number"
    yield from (f"that {what}" for _, what in personal(text))
    if note.offset and not OFFSET.fullmatch(note.offset):
        yield f"'{note.offset}' is no time from the start: write 02:41 or 1:02:41"


def mended(line: str, notes: list[Noted], criteria: Collection[str]) -> Mended:
    """Return what a line such as ``#2 ph-idv -`` or ``#2 drop`` makes of a note. Raises NotUnderstood.

    What the line does not name stays as it was.
    """
    found = MEND.fullmatch(line.strip())
    if not found or not 1 <= int(found[1]) <= len(notes):
        raise NotUnderstood(f"write #1 to #{len(notes)} and what takes its place, or drop" if notes else "no note yet")
    number, rest = int(found[1]), found[2].strip()
    if rest == DROP:
        return Mended(number, None)
    before = notes[number - 1]
    bare = all(word in criteria or word in SIGNS or OFFSET.fullmatch(word) for word in rest.split())
    read = noted(f"{rest} {before.fact}" if bare else rest, criteria, before.offset)
    after = read._replace(
        criterion=read.criterion or before.criterion,
        polarity=read.polarity or before.polarity,
        impact=read.impact or before.impact,
    )
    return Mended(number, after)


def since(zero: datetime, now: datetime) -> str:
    """Return the time from a moment to another as an offset; a clock that went back makes it 00:00."""
    return as_offset(max(0, int((now - zero).total_seconds())))


def in_words(number: int, note: Noted) -> str:
    """Return a note as one line to be shown."""
    parts = [f"#{number}", note.offset, note.criterion, note.polarity or "(+ or -?)", note.fact]
    return " ".join(part for part in parts if part) + (f" {LEADS_TO} {note.impact}" if note.impact else "")
