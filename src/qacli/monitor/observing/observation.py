"""Records of an observation: the session in which a transaction was watched, notes, the score and its ratings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from qacli.model import NO_WORDS, Row, Words

NOT_APPLICABLE = "na"
"""The answer that is never a point of a scale."""
NOT_ASKED = "not asked"
"""What stands for a criterion that the card did not ask, given the other answers; nobody chooses it."""
BESIDE, IN_THE_ROOM, REMOTE, AS_CUSTOMER, AFTERWARDS = "beside", "in-the-room", "remote", "as-customer", "afterwards"
POSITIONS = (BESIDE, IN_THE_ROOM, REMOTE, AS_CUSTOMER, AFTERWARDS)
"""Where an observer is: at the colleague's side, within sight, listening from elsewhere, as the customer, or later."""
CLASSES = ("customer", "business", "compliance")
"""Classes of critical criteria; an observation has a column for each, with how many of it failed."""


@dataclass(frozen=True, kw_only=True)
class Session(Row, table="sessions", letter="s", version=2):
    """Watching one transaction: by whom (``by``; ``shopper`` on a test visit), how, and whether it disturbed anybody.

    Colleague, channel and length are those of the item, live or afterwards that of the technique.
    """

    item: str
    technique: str
    kind: str  # routine or spot: planned or unannounced
    transaction_kind: str  # routine or non-routine, of the transaction itself; empty where nobody said
    told_at: datetime | None
    started: datetime | None
    ended: datetime | None
    intervened: bool
    comfort: int | None  # the colleague's own 1 to 5
    position: str = ""  # one of POSITIONS: where the observer was
    partly: bool = False  # only a part was seen or heard
    shopper: str = ""  # person id of the test customer
    scenario: Words = NO_WORDS  # the story of a test visit


@dataclass(frozen=True, kw_only=True)
class Note(Row, table="notes", parent="session", version=2):
    """What was seen or heard, before any rating, and what it led to."""

    session: str
    criterion: str  # empty for the conversation as a whole
    offset: str  # mm:ss or hh:mm:ss from the start
    polarity: str  # + or -
    fact: Words
    impact: Words = NO_WORDS  # what it meant for the customer


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
