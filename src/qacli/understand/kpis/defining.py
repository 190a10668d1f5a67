"""Approving how KPIs are defined: a second person, and counter-metrics that somebody defines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from qacli.model import Change, Refusal, Row, View
from qacli.prepare.approval import AGREED, approve
from qacli.prepare.kpi import unpaired


class Unpaired(Refusal, rule="kpi-unpaired"):
    """A measure that nothing watches will be gamed."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}.", help=hint)


def approve_kpis(
    view: View, ids: Sequence[str], comment: str = "", decision: Literal["agreed", "declined"] = AGREED
) -> Change:
    """Record the actor's decision on KPI definitions as they stand. Raises Unpaired and what approval.approve raises."""
    defined = view.definitions("kpi")
    for number, message, hint in unpaired(defined):
        if defined[number].id in ids and decision == AGREED:
            raise Unpaired(message, hint)
    rows: list[Row] = []
    findings: list[str] = []
    for each in ids:
        change = approve(view, "kpi", each, comment, decision)
        rows += change.rows
        findings += change.findings
    return Change(rows, findings)
