"""Records of an observation: the session in which a transaction was watched, notes, the score and its ratings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from qacli.model import Row, Words

NOT_APPLICABLE = "na"
"""The answer that is never a point of a scale."""
NOT_ASKED = "not asked"
"""What stands for a criterion that the card did not ask, given the other answers; nobody chooses it."""
CLASSES = ("customer", "business", "compliance")
"""Classes of critical criteria; an observation has a column for each, with how many of it failed."""


@dataclass(frozen=True, kw_only=True)
class Session(Row, table="sessions", letter="s"):
    """Watching one transaction: by whom (``by``), how, and whether it disturbed anybody."""

    item: str
    technique: str
    kind: str  # routine or spot: planned or unannounced
    transaction_kind: str  # routine or non-routine, of the transaction itself
    told_at: datetime | None
    started: datetime | None
    ended: datetime | None
    intervened: bool
    comfort: int | None  # the colleague's own 1 to 5


@dataclass(frozen=True, kw_only=True)
class Note(Row, table="notes", parent="session"):
    """What was seen or heard, before any rating."""

    session: str
    criterion: str
    offset: str  # mm:ss or hh:mm:ss from the start
    polarity: str  # + or -
    fact: Words


@dataclass(frozen=True, kw_only=True)
class Observation(Row, table="observations", letter="o"):
    """One transaction scored by one evaluator (``by``) on one version of a scorecard.

    ``score`` is 0 to 100 over the applicable weight, above 100 where a card lets bonus do so, None where nothing was
    applicable; the three counts are failed critical criteria by class.
    """

    item: str
    session: str
    scorecard: str  # id@version
    score: Decimal | None
    applicable_weight: Decimal
    customer: int
    business: int
    compliance: int
    entered: str  # prompts, screen, file or dispute


@dataclass(frozen=True, kw_only=True)
class Rating(Row, table="ratings", parent="observation"):
    """One criterion of one observation. ``answer`` is a point of its scale, na, or not asked.

    For a critical criterion ``met`` says whether it did not fail, by the rule of its card.
    """

    observation: str
    criterion: str
    answer: str
    met: bool | None  # None where not applicable or not asked
    value: Decimal | None  # 0 to 100, None where not applicable or not asked
    weight: Decimal  # as the card states it
    evidence: Words  # what was seen or heard; for na, why it does not apply
    offset: str
    comment: Words
