r"""Permanent random numbers: every id has one rank per seed, whatever file, order or engine it comes from.

key = hex(sha256("qacli/prn/1\0" + seed)), rank = hex(sha256(key + id)), ids in NFC and stripped. A sample is the n
smallest by (rank, id), so a larger sample contains the smaller and a removed row disturbs nothing else
(Ohlsson 1995, "Coordination of samples using permanent random numbers").
"""

from __future__ import annotations

import hashlib
import unicodedata

from qacli.engine.connection import literal

NAMESPACE = "qacli/prn/1\0"
HEX_DIGITS = 13  # 52 bits: as many as a double holds exactly
BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


def key(seed: str) -> str:
    """Return the key of a seed: 64 hex digits."""
    return hashlib.sha256((NAMESPACE + seed).encode()).hexdigest()


def normal(id: str) -> str:  # noqa: A002
    """Return an id as it is ranked and recorded: composed (NFC), without blanks around it."""
    return unicodedata.normalize("NFC", id.strip())


def rank(seed: str, id: str) -> str:  # noqa: A002
    """Return the rank of an id under a seed: 64 hex digits."""
    return hashlib.sha256((key(seed) + normal(id)).encode()).hexdigest()


def number(rank: str) -> float:
    """Return a rank as a number from 0 to below 1: its first 13 hex digits over 2^52."""
    return int(rank[:HEX_DIGITS], 16) / float(1 << 4 * HEX_DIGITS)


def normal_sql(column: str) -> str:
    """Return the SQL of ``normal`` for a column whose cells hold no control characters: a source refuses those."""
    # of ASCII without a blank at either end nothing is to be done, and to see that takes a small part of the time to do it
    bare = f"strlen({column}) = length({column}) AND {column} >= '!' AND NOT ends_with({column}, ' ')"
    return f"CASE WHEN {bare} THEN {column} ELSE nfc_normalize(trim({column}, {literal(BLANKS)})) END"


def trimmed_sql(column: str) -> str:
    """Return the SQL of a column without spaces at its ends."""
    return f"CASE WHEN {column} < '!' OR ends_with({column}, ' ') THEN trim({column}) ELSE {column} END"


def rank_sql(seed: str, column: str) -> str:
    """Return the SQL of the rank of a column of normal ids; it sorts as ``rank`` sorts."""
    return f"sha256('{key(seed)}' || {column})"
