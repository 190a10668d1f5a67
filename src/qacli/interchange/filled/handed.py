"""What somebody handed in: one filled form, with the place of each answer for whoever has to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from qacli.files.faults import Fault
from qacli.monitor.observing.answers import Answer
from qacli.monitor.observing.blank import Origin
from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.prepare.scorecards.scale import Scale, plain

Faulty = Callable[[str, str, str, str], Fault]
"""Return a fault (code, what is wrong, what to do) at a part of an answer: answer, lines, offset, evidence, comment."""


class Given(NamedTuple):
    """One answer as it came back: texts as they were typed, and lines of the transcript by their number."""

    answer: str
    evidence: str
    offset: str
    comment: str
    lines: Sequence[int]
    fault: Faulty

    @property
    def typed(self) -> Answer:
        """The answer as it was typed, its lines left out."""
        return Answer(self.answer, self.evidence, self.offset, self.comment)


class Handed(NamedTuple):
    """One form as it came back. ``origin`` is None where no form of ours was filled in: a file that a program wrote."""

    item: str
    origin: Origin | None
    answers: Mapping[str, Given]
    entered: str
    where: str
    fault: Callable[[str, str, str], Fault]

    @property
    def touched(self) -> bool:
        """Whether anything was entered at all."""
        return any(any(each.typed) or each.lines for each in self.answers.values())


def point(text: str, scale: Scale) -> str:
    """Return the answer that a cell or a result file means, as records hold it; as it was typed where it means none.

    A name of a point comes first, for a file knows no keys: on a scale of 0 to 4 the text 1 is the point 1. Then what a
    point is called, yes and no, and a number as spreadsheets write it (5.0, 85,0).
    """
    word = " ".join(text.split()).casefold()
    if not word:
        return ""
    if word in {NOT_APPLICABLE, "n/a", "n.a."}:
        return NOT_APPLICABLE
    names = {each.point.casefold(): each.point for each in scale.points}
    labels = [each.label.casefold() for each in scale.points]
    called = {each.label.casefold(): each.point for each in scale.points if labels.count(each.label.casefold()) == 1}
    spoken = {"yes": scale.top, "no": scale.bottom} if scale.kind == "binary" else {}
    number = _number(word)
    return (
        names.get(word)
        or called.get(word)
        or spoken.get(word)
        or scale.read(number)
        or names.get(number)
        or text.strip()
    )


def _number(word: str) -> str:
    """Return a number without zeros at its end and with a point; any other word as it is."""
    bare = word.replace(",", ".", 1)
    whole, _, part = bare.partition(".")
    digits = whole.isascii() and whole.isdigit() and len(bare) <= len("123456789.123456")
    return plain(Decimal(bare)) if digits and (not part or part.isdigit()) else word
