"""Satisfaction as it was said, and what it counts on the scale that the profile declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.engine.connection import literal
from qacli.sources.durations import number_sql

if TYPE_CHECKING:
    from qacli.sources.profile import Column


def score_sql(said: str, column: Column, decimal: str) -> str:
    """Return the SQL of the number that an answer counts, NULL where it is none: words count as ``values`` says."""
    words = " ".join(f"WHEN {literal(raw)} THEN {literal(ours)}" for raw, ours in column.values.items())
    number = number_sql(said, decimal)
    if not words:
        return number
    return f"CASE {said} {' '.join(f'WHEN {literal(raw)} THEN {ours}' for raw, ours in column.values.items())} ELSE {number} END"
