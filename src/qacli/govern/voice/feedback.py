"""Records of what customers say: imports of surveys, remarks, their themes, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qacli.govern.voice.instrument import SURVEY
from qacli.model import NO_WORDS, Row, View, Words

FIRST, SECOND, SETTLING = "first", "second", "settling"
ACTION, NOTHING, TOLD, COMPLAINT, NO_COMPLAINT = "action", "nothing", "told", "complaint", "no-complaint"
ALL = "all"
"""The dimension of a stratum that holds everybody."""


@dataclass(frozen=True, kw_only=True)
class VoiceImport(Row, table="voice_imports", letter="vc"):
    """One file of one instrument: how many were asked, how many answered, how many wrote something."""

    instrument: str  # id@version
    source: str
    sha256: str
    first: date
    last: date
    sent: int
    returned: int
    with_words: int


@dataclass(frozen=True, kw_only=True)
class VoiceStratum(Row, table="voice_strata", parent="batch"):
    """Who was asked, who answered and who was satisfied, in one part of an import."""

    batch: str
    dimension: str  # a column of the export, or all
    value: str
    sent: int
    returned: int
    favourable: int


@dataclass(frozen=True, kw_only=True)
class CustomerFeedback(Row, table="customer_feedback", letter="vo"):
    """One remark of a customer, logged or imported by ``by``. Only an answer to a survey has a score."""

    kind: str
    on: date  # when it was said
    channel: str
    transaction: str
    batch: str  # import that brought it; empty for a note
    score: Decimal | None
    sentiment: str  # positive, negative, mixed or unsaid, by whoever logged it, of a survey by its scale
    sign: str  # id@version of the sign, or trigger of an escalation, whose words were found in it
    triage_by: date | None
    words: Words
    late: Words = NO_WORDS  # why it was not logged on the day

    @property
    def formal(self) -> bool:
        """Whether it is an answer to a question that was put to many."""
        return self.kind == SURVEY


@dataclass(frozen=True, kw_only=True)
class ThemeCode(Row, table="theme_codes", letter="vt"):
    """What one person (``by``) takes a remark to be mainly about."""

    feedback: str
    theme: str  # id@version
    place: str  # first, second or settling


@dataclass(frozen=True, kw_only=True)
class VoiceLink(Row, table="voice_links", letter="vl"):
    """What came of a remark: an action, nothing and why, who was told, or whether it is a complaint."""

    feedback: str
    kind: str
    to: str  # id of the record that acts on it; of a complaint, the case that was opened
    trigger: str  # id@version, by which it was opened as a case
    due: date | None
    words: Words


class Heard(NamedTuple):
    """A remark with its codes and what came of it."""

    feedback: CustomerFeedback
    codes: Sequence[ThemeCode]
    links: Sequence[VoiceLink]

    @property
    def theme(self) -> str:
        """The id of its theme: of one coder, of two who agree, of whoever settled it; else empty."""
        settled = [code.theme for code in self.codes if code.place == SETTLING]
        names = {each.partition("@")[0] for each in settled or [code.theme for code in self.codes]}
        return names.pop() if len(names) == 1 else ""

    @property
    def contested(self) -> bool:
        """Whether two coders differ and nobody has settled it."""
        return bool(self.codes) and not self.theme

    @property
    def closed(self) -> bool:
        """Whether the loop is closed: something was done, or nothing with a reason, and somebody was told."""
        return any(link.kind == TOLD for link in self.links)

    def link(self, *kinds: str) -> VoiceLink | None:
        """Return the last link of some kinds."""
        return next((link for link in reversed(self.links) if link.kind in kinds), None)

    @property
    def triage_open(self) -> bool:
        """Whether somebody still has to say if it is a complaint."""
        return self.feedback.triage_by is not None and self.link(COMPLAINT, NO_COMPLAINT) is None

    @property
    def state(self) -> str:
        """triage, complaint, to code, open, acted on or closed."""
        if self.triage_open:
            return "triage"
        if self.closed:
            return "closed"
        if (decided := self.link(COMPLAINT, NO_COMPLAINT)) and decided.kind == COMPLAINT:
            return COMPLAINT
        if self.link(ACTION, NOTHING):
            return "acted on"
        return "open" if self.codes else "to code"


def heard(view: View, first: date | None = None, last: date | None = None) -> list[Heard]:
    """Return every remark of some days, oldest entry first."""
    codes: dict[str, list[ThemeCode]] = {}
    links: dict[str, list[VoiceLink]] = {}
    for code in view.current(ThemeCode):
        codes.setdefault(code.feedback, []).append(code)
    for link in view.current(VoiceLink):
        links.setdefault(link.feedback, []).append(link)
    return [
        Heard(row, codes.get(row.id, ()), links.get(row.id, ()))
        for row in view.current(CustomerFeedback)
        if (first or row.on) <= row.on <= (last or row.on)
    ]


def heard_one(view: View, feedback: str) -> Heard:
    """Return one remark. Raises NoSuchRow."""
    row = view.one(CustomerFeedback, feedback)
    return Heard(row, view.current(ThemeCode, feedback=row.id), view.current(VoiceLink, feedback=row.id))
