"""The record of what monitoring showed of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qacli.model import Row


@dataclass(frozen=True, kw_only=True)
class RequirementCheck(Row, table="requirement_checks", letter="qk"):
    """What monitoring showed of one rule, put on record; ``value`` is in per cent, or in the unit of a KPI."""

    requirement: str  # id@version
    test: str
    measured: str  # scorecard version, KPI value or the log of cases
    first: date
    last: date
    n: int
    unchecked: int  # cases that a change of the rule ran into
    value: float | None
    low: float | None
    high: float | None
    verdict: str
