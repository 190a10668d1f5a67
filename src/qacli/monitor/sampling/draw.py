"""Records of a draw: what was asked of which population, what was left out and why, and what was picked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qacli.model import Row


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
    """One transaction in a sample, with the chance it had, and the evaluator who is to score it."""

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
    probability: float
    weight: float
    scorecard: str  # id@version
    evaluator: str
