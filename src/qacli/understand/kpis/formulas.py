"""Every KPI formula as SQL over one transaction: whether it counts, what it adds, whether it can be known yet.

Columns are those of the population, with ``handled`` and ``next_at``: when the same customer next came for the same
reason. ``{within}``, ``{short}`` and ``{days}`` are the parameters of a definition; ``{satisfaction}``, ``{recommend}``
and ``{effort}`` the number of an answer, NULL where it is not on its scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from qacli.sources.answers import given_sql
from qacli.understand.kpis.control import Kind


class Formula(NamedTuple):
    """One way of computing. ``needs`` are fields of the transactions; ``counts`` says which belong to the denominator.

    ``adds`` is what each of these adds to the numerator: 1 or 0 for a share, a number for a mean or quantile, 1, 0 or -1
    for an index. ``over`` is the denominator of a ratio of sums. ``held`` says which cannot be known yet.
    """

    kind: Kind
    needs: tuple[str, ...]
    counts: str
    adds: str
    scale: float = 100.0
    over: str = ""
    held: str = ""
    quantile: float = 0.0


RESPONSE = "survey-response"
HANDLED = "handled"
ABANDONED = "NOT handled"
IN_TIME = "wait <= {within}"
ABANDONED_IN_TIME = "NOT handled AND coalesce(abandoned_after <= {within}, FALSE)"
KNOWN = "NOT handled OR wait IS NOT NULL"
SHORT = "NOT handled AND coalesce(abandoned_after < {short}, FALSE)"
WORK = "talk + coalesce(hold, 0) + coalesce(after_work, 0)"
QUEUED = ("wait", "abandoned_after")
FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "csat-top2": Formula("share", ("satisfaction",), "{satisfaction} IS NOT NULL", "{satisfaction} >= {best} - 1"),
        "csat-mean": Formula("mean", ("satisfaction",), "{satisfaction} IS NOT NULL", "{satisfaction}", 1.0),
        "nps": Formula(
            "index",
            ("recommend",),
            "{recommend} IS NOT NULL",
            "CASE WHEN {recommend} >= 9 THEN 1 WHEN {recommend} <= 6 THEN -1 ELSE 0 END",
        ),
        "ces-mean": Formula("mean", ("effort",), "{effort} IS NOT NULL", "{effort}", 1.0),
        "ces-top2": Formula("share", ("effort",), "{effort} IS NOT NULL", "{effort} >= 6"),
        "ces-top3": Formula("share", ("effort",), "{effort} IS NOT NULL", "{effort} >= 5"),
        "ces-index": Formula(
            "index",
            ("effort",),
            "{effort} IS NOT NULL",
            "CASE WHEN {effort} >= 6 THEN 1 WHEN {effort} <= 3 THEN -1 ELSE 0 END",
        ),
        RESPONSE: Formula("share", ("satisfaction",), "asked", "{satisfaction} IS NOT NULL"),
        "fcr-repeat": Formula(
            "share",
            ("customer", "reason"),
            "handled AND customer IS NOT NULL AND reason IS NOT NULL",
            "NOT coalesce(next_at <= started_at + INTERVAL ({days}) DAY, FALSE)",
            held="local_date > horizon - {days}",
        ),
        "fcr-flag": Formula("share", ("resolved",), "handled AND resolved IS NOT NULL", "resolved"),
        "aht-mean": Formula("mean", ("talk",), "handled AND talk IS NOT NULL", WORK, 1.0),
        "aht-median": Formula("quantile", ("talk",), "handled AND talk IS NOT NULL", WORK, 1.0, quantile=0.5),
        "aht-p90": Formula("quantile", ("talk",), "handled AND talk IS NOT NULL", WORK, 1.0, quantile=0.9),
        "asa-mean": Formula("mean", ("wait",), "handled AND wait IS NOT NULL", "wait", 1.0),
        "asa-p90": Formula("quantile", ("wait",), "handled AND wait IS NOT NULL", "wait", 1.0, quantile=0.9),
        "service-level-1": Formula(
            "share", QUEUED, KNOWN, f"CASE WHEN handled THEN {IN_TIME} ELSE {ABANDONED_IN_TIME} END"
        ),
        "service-level-2": Formula("share", ("wait",), "handled AND wait IS NOT NULL", IN_TIME),
        "service-level-3": Formula("share", QUEUED, KNOWN, f"handled AND {IN_TIME}"),
        "service-level-4": Formula(
            "share", QUEUED, f"({KNOWN}) AND NOT ({ABANDONED_IN_TIME})", f"handled AND {IN_TIME}"
        ),
        "service-level-5": Formula("share", QUEUED, KNOWN, f"CASE WHEN handled THEN {IN_TIME} ELSE {SHORT} END"),
        "abandonment-all": Formula("share", ("abandoned_after",), "TRUE", ABANDONED),
        "abandonment-less-short": Formula("share", ("abandoned_after",), f"NOT ({SHORT})", ABANDONED),
        "occupancy": Formula(
            "ratio",
            ("talk", "ready"),
            "handled AND talk IS NOT NULL AND ready IS NOT NULL",
            f"({WORK}) / coalesce(concurrency, 1)",
            over=f"({WORK}) / coalesce(concurrency, 1) + ready",
        ),
        "complaint-rate": Formula("share", ("complaint",), HANDLED, given_sql("complaint"), 1000.0),
        "escalation-rate": Formula("share", ("escalated",), "handled AND escalated IS NOT NULL", "escalated"),
        "transfer-rate": Formula("share", ("transferred",), "handled AND transferred IS NOT NULL", "transferred"),
        "first-response-within": Formula(
            "share", ("first_response",), "first_response IS NOT NULL", "first_response <= {within}"
        ),
        "first-response-median": Formula(
            "quantile", ("first_response",), "first_response IS NOT NULL", "first_response", 1.0, quantile=0.5
        ),
        "first-response-p90": Formula(
            "quantile", ("first_response",), "first_response IS NOT NULL", "first_response", 1.0, quantile=0.9
        ),
    }
)
