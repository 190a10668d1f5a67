"""Records of a portfolio: the candidate's own words, what they put in, and who signed for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qacli.model import Row, Words


@dataclass(frozen=True, kw_only=True)
class PortfolioWords(Row, table="portfolio_words", letter="po"):
    """What a candidate (``by``) says of one criterion in their own words; the last of a criterion counts.

    A reflective account also names a figure before, one after, and what it claims of the two.
    """

    criterion: str
    words: Words
    before: str  # id of a figure, kv_...; empty where nothing is claimed
    after: str
    claim: str  # better, worse or not-told-apart; empty where nothing is claimed


@dataclass(frozen=True, kw_only=True)
class PortfolioEvidence(Row, table="portfolio_evidence", letter="pe"):
    """A record or a file that a candidate (``by``) puts in, with what they had to do with it."""

    record: str  # id of a record; empty for a file
    source: str  # path of a file below the folder; empty for a record
    sha256: str  # of the file
    criteria: str  # ids, parted by blanks
    method: str  # one of METHODS
    author: str  # who made it
    role_note: Words


@dataclass(frozen=True, kw_only=True)
class PortfolioSignature(Row, table="portfolio_signatures", letter="pg"):
    """Somebody (``by``) signs in a role for the pack of a candidate as it stood, but for what tells of the signing."""

    candidate: str
    role: str  # one of SIGNERS
    sha256: str  # of the list of the files that were signed, which has the sha256 of each
    rows: int  # how many rows of evidence they hold
    on: date
    sampled: date | None  # day on which an internal verifier took their sample
    comment: Words
    ssh: str  # body of a detached SSH signature of the statement; empty where none was made


METHODS = ("product", "observation", "witness", "discussion")
"""How evidence came about: made at work, seen by the assessor, told by a witness, talked through."""
SIGNERS = ("candidate", "assessor", "verifier")
