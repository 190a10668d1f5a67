"""Retention: how long each class of records is kept and why, as dated data, and what is due to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from pydantic import Field

from qacli.files.schema import Date, Definition, Text, Whole
from qacli.govern.clock import months_later
from qacli.model import Row, View

RecordClass = Literal[
    "draws",
    "observations",
    "calibrations",
    "findings",
    "disputes",
    "kpis",
    "cases",
    "feedback",
    "coaching",
    "actions",
    "resources",
    "briefings",
    "requirements",
    "escalations",
    "causes",
    "requests",
    "disclosures",
    "adjustments",
    "quizzes",
    "breaches",
    "portfolios",
    "voice",
    "audits",
]
CLASSES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "draws": [
            "draws",
            "occasions",
            "exclusions",
            "strata",
            "extensions",
            "items",
            "replacements",
            "assignments",
            "spot_checks",
            "spot_events",
            "reminders",
            "excuses",
        ],
        "observations": ["sessions", "notes", "observations", "ratings", "suggestions"],
        "calibrations": [
            "calibrations",
            "calibration_items",
            "calibration_scorers",
            "calibration_seals",
            "calibration_reveals",
            "calibration_scores",
            "calibration_minutes",
            "calibration_readings",
            "calibration_ends",
        ],
        "findings": ["looks", "findings", "finding_events", "links"],
        "disputes": ["disputes", "dispute_points", "dispute_decisions", "dispute_changes"],
        "cases": ["case_drafts", "case_figures", "case_options", "case_approvals"],
        "kpis": ["kpi_imports", "kpi_values", "kpi_questions", "kpi_answers", "target_changes"],
        "feedback": [
            "feedback",
            "feedback_points",
            "feedback_invitations",
            "self_assessments",
            "feedback_items",
            "feedback_events",
        ],
        "coaching": ["coaching_plans", "coaching_events", "coaching_effects"],
        "actions": ["actions", "action_checks", "action_progress", "action_ends"],
        "briefings": [
            "briefings",
            "brief_evidence",
            "brief_actions",
            "brief_attendance",
            "commitments",
            "concern_answers",
            "commitment_progress",
            "brief_ends",
        ],
        "requirements": [
            "requirement_reviews",
            "consultations",
            "consulted",
            "consultation_answers",
            "consultation_replies",
            "requirement_changes",
            "live_checks",
            "requirement_checks",
        ],
        "resources": ["resource_requests", "resource_decisions"],
        "escalations": [
            "escalations",
            "escalation_moves",
            "escalation_options",
            "escalation_ends",
            "support_sessions",
            "ladder_steps",
            "ladder_ends",
        ],
        "causes": ["causes", "cause_whys", "cause_ends", "cause_fixes", "cause_verdicts"],
        "requests": ["requests", "request_events", "holds", "hold_ends", "erasures"],
        "disclosures": ["access_log"],
        "adjustments": ["adjustments"],
        "quizzes": ["procedure_checks", "procedure_answers", "authority_checks", "authority_answers"],
        "breaches": ["authority_breaches"],
        "portfolios": ["portfolio_words", "portfolio_evidence", "portfolio_signatures"],
        "voice": ["voice_imports", "voice_strata", "customer_feedback", "theme_codes", "voice_links"],
        "audits": [
            "audits",
            "audit_items",
            "audit_results",
            "audit_exceptions",
            "audit_findings",
            "audit_finding_events",
            "audit_ends",
            "improvements",
            "improvement_events",
        ],
    }
)
"""Which tables go together when their time has come. What proves the rest never goes: versions, trials of scales,
approvals with what they went against and ended, reviews, reasons for techniques, acknowledgements of notices, procedures and authority,
deliveries, redactions, retirements and what was put right."""


class Retention(Definition):
    """How long one class of records is kept."""

    class_: RecordClass = Field(alias="class", description="Class of records, for example observations.")
    months: Whole = Field(ge=1, le=1200, description="Months after the end of the year in which they were made.")
    reason: Text = Field(description="Why they are needed so long.")
    source: Text = Field(description="What says so: your policy, an act, a rule; or who decided it.")
    checked_on: Date = Field(description="Day on which somebody last looked whether it still says so.")


class Due(NamedTuple):
    """One table of one year whose time has come; ``stays`` says why it cannot go yet, empty where it can."""

    records: str
    table: str
    year: int
    rows: int
    since: date
    rule: str
    stays: str


def class_of(table: str) -> str:
    """Return the class that a table belongs to; empty for one that no rule retires."""
    return next((name for name, members in CLASSES.items() if table in members), "")


def rule_for(view: View, records: str, day: date) -> Retention | None:
    """Return the rule for a class on a day, the latest where several hold; None where nobody wrote one."""
    rules: Iterable[Retention] = view.definitions("retention")
    fitting = [rule for rule in rules if rule.class_ == records and rule.in_force(day)]
    return max(fitting, key=lambda rule: rule.from_, default=None)


def due(view: View, kinds: Sequence[type[Row]], reasons_to_stay: Mapping[tuple[str, int], str]) -> list[Due]:
    """Return what is due to go today by the rules in force: whole years of tables, as ``ledger retire`` drops them.

    ``reasons_to_stay`` says by table and year why rows of it stay.
    """
    today, found = view.now.date(), []
    for kind in kinds:
        records = class_of(kind.TABLE)
        rule = rule_for(view, records, today) if records else None
        if not rule:
            continue
        for year, rows in sorted(Counter(row.at.year for row in view.rows(kind) if row.at).items()):
            since = months_later(date(year + 1, 1, 1), rule.months)
            if since <= today:
                stays = reasons_to_stay.get((kind.TABLE, year), "")
                found.append(Due(records, kind.TABLE, year, rows, since, rule.reference, stays))
    return found


def unruled(view: View, kinds: Sequence[type[Row]]) -> list[str]:
    """Return the classes that hold records but for which no rule says how long they are kept."""
    used = dict.fromkeys(class_of(kind.TABLE) for kind in kinds if view.rows(kind))
    return [records for records in used if records and not rule_for(view, records, view.now.date())]
