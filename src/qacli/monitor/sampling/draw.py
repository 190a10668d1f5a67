"""Records of a draw: what was asked of which population, what was left out and why, and what was picked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qacli.model import NO_WORDS, Row, Words

JUDGEMENT = "judgement"
"""The design of what a person chose."""


@dataclass(frozen=True, kw_only=True)
class Draw(Row, table="draws", letter="d", version=2):
    """One draw from one source. With the source it can be drawn again: same frame, seed and notices, same picks.

    ``rule`` says how many were asked for and from which aim that was worked out; empty for a plain number.
    """

    frame: str  # id@version
    period: str
    first: date
    last: date
    purpose: str
    design: str
    seed: str
    notices: str  # the notices that decided eligibility, id@version, separated by blanks
    source: str
    sha256: str
    population: int
    eligible: int
    drawn: int
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Exclusion(Row, table="exclusions", parent="draw"):
    """How many transactions of the population one reason took out. Each is counted under its first reason."""

    draw: str
    reason: str
    transactions: int


@dataclass(frozen=True, kw_only=True)
class Stratum(Row, table="strata", parent="draw"):
    """What was there, asked and drawn in one stratum."""

    draw: str
    stratum: str
    eligible: int
    asked: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class Item(Row, table="items", letter="t", parent="draw"):
    """One transaction in a sample, with the chance it had, and the evaluator who is to score it.

    What was chosen and not drawn has neither probability nor weight.
    """

    draw: str
    transaction: str
    started_at: datetime
    day: date  # of started_at in the time zone of the workspace: notices count by day
    channel: str
    team: str
    colleague: str
    reason: str
    seconds: int | None
    stratum: str
    purpose: str
    probability: float | None
    weight: float | None
    scorecard: str  # id@version
    evaluator: str


@dataclass(frozen=True, kw_only=True)
class Occasion(Row, table="occasions", parent="draw", version=2):
    """What called for a draw outside the plan of its frame: a question put to chance, or a reason to choose.

    ``channel``, ``team``, ``reason`` and ``colleague`` narrow the frame's population, ``size`` is how many were asked for;
    both only where it was drawn by chance. ``link`` names the complaint, survey or measure that points at what was chosen,
    or the finding that what was drawn is to answer.
    """

    draw: str
    words: Words
    link: str = ""
    channel: str = ""
    team: str = ""
    reason: str = ""
    size: int | None = None
    colleague: str = ""


@dataclass(frozen=True, kw_only=True)
class Extension(Row, table="extensions", letter="xt", parent="draw"):
    """One stratum of a draw that was made larger: what it gives now, and the weight of all its items from then on.

    ``size`` is what was asked for in the unit of the frame, ``observed`` how many items of the draw had been scored.
    """

    draw: str
    stratum: str
    size: int
    asked: int
    drawn: int
    probability: float
    weight: float
    observed: int
    words: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class Replacement(Row, table="replacements", letter="rp"):
    """An item could not be observed: why, who had it, and the item that took its place, if its stratum held one.

    ``watched`` says that its observation had begun: then somebody knew what they put aside.
    """

    item: str
    new: str
    cause: str  # one of CAUSES
    evaluator: str
    watched: bool
    words: Words = NO_WORDS
