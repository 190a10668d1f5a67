"""Retention: how long each class of records is kept and why, as dated data, and what is due to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from pydantic import Field

from qacli.files.schema import Date, Definition, Text, Whole
from qacli.govern.auditing.audit import (
    Audit,
    AuditEnd,
    AuditException,
    AuditFinding,
    AuditFindingEvent,
    AuditItem,
    AuditResult,
)
from qacli.govern.auditing.improving import Improvement, ImprovementEvent
from qacli.govern.causes.cause import Cause, CauseEnd, CauseFix, CauseVerdict, CauseWhy
from qacli.govern.clock import months_later
from qacli.govern.escalating.case import Escalation, EscalationEnd, EscalationMove, EscalationOption
from qacli.govern.escalating.ladder import LadderEnd, LadderStep
from qacli.govern.escalating.support import SupportSession
from qacli.govern.portfolio.records import PortfolioEvidence, PortfolioSignature, PortfolioWords
from qacli.govern.requirements.change import LiveCheck, RequirementChange
from qacli.govern.requirements.consulting import Consultation, ConsultationAnswer, ConsultationReply, Consulted
from qacli.govern.requirements.result import RequirementCheck
from qacli.govern.requirements.reviewing import RequirementReview
from qacli.govern.voice.feedback import CustomerFeedback, ThemeCode, VoiceImport, VoiceLink, VoiceStratum
from qacli.improve.actions.action import Action, ActionCheck, ActionEnd, ActionProgress
from qacli.improve.briefing.brief import (
    Attendance,
    BriefAction,
    BriefEnd,
    BriefEvidence,
    Briefing,
    Commitment,
    CommitmentProgress,
    ConcernAnswer,
)
from qacli.improve.cases.record import CaseApproval, CaseDraft, CaseFigure, CaseOption
from qacli.improve.coaching.plan import CoachingEffect, CoachingEvent, CoachingPlan
from qacli.improve.feedback.sheet import (
    Feedback,
    FeedbackEvent,
    FeedbackItem,
    FeedbackPoint,
    Invitation,
    SelfAssessment,
)
from qacli.improve.resources.request import ResourceDecision, ResourceRequest
from qacli.model import Row, View
from qacli.monitor.calibrating.calibration import (
    AgreedReading,
    Calibration,
    CalibrationEnd,
    CalibrationItem,
    CalibrationScore,
    Minute,
    Reveal,
    Scorer,
    Seal,
)
from qacli.monitor.disputing.dispute import Dispute, DisputeChange, DisputeDecision, DisputePoint
from qacli.monitor.observing.observation import Note, Observation, Rating, Session
from qacli.monitor.sampling.draw import Draw, Exclusion, Extension, Item, Occasion, Replacement, Stratum
from qacli.monitor.sampling.sharing import Assignment
from qacli.monitor.sampling.spot import SpotCheck, SpotEvent
from qacli.monitor.suggesting.suggestion import Suggested
from qacli.prepare.authority.quiz import AuthorityAnswer, AuthorityCheck
from qacli.prepare.authority.replay import AuthorityBreach
from qacli.prepare.notices.adjustment import Adjustment
from qacli.prepare.procedures.quiz import Check, CheckAnswer
from qacli.understand.comparing.record import LinkFound
from qacli.understand.kpis.questions import KpiAnswer, KpiQuestion
from qacli.understand.kpis.value import KpiImport, KpiValue
from qacli.understand.patterns.finding import Finding, FindingEvent, Look
from qacli.understand.targets.target import TargetChange

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
        "draws": (
            *(kind.TABLE for kind in (Draw, Occasion, Exclusion, Stratum, Extension, Item, Replacement, Assignment)),
            *(kind.TABLE for kind in (SpotCheck, SpotEvent)),
            "reminders",
            "excuses",
        ),
        "observations": tuple(kind.TABLE for kind in (Session, Note, Observation, Rating, Suggested)),
        "calibrations": tuple(
            kind.TABLE
            for kind in (
                Calibration,
                CalibrationItem,
                Scorer,
                Seal,
                Reveal,
                CalibrationScore,
                Minute,
                AgreedReading,
                CalibrationEnd,
            )
        ),
        "findings": tuple(kind.TABLE for kind in (Look, Finding, FindingEvent, LinkFound)),
        "disputes": tuple(kind.TABLE for kind in (Dispute, DisputePoint, DisputeDecision, DisputeChange)),
        "cases": tuple(kind.TABLE for kind in (CaseDraft, CaseFigure, CaseOption, CaseApproval)),
        "kpis": tuple(kind.TABLE for kind in (KpiImport, KpiValue, KpiQuestion, KpiAnswer, TargetChange)),
        "feedback": tuple(
            kind.TABLE for kind in (Feedback, FeedbackPoint, Invitation, SelfAssessment, FeedbackItem, FeedbackEvent)
        ),
        "coaching": tuple(kind.TABLE for kind in (CoachingPlan, CoachingEvent, CoachingEffect)),
        "actions": tuple(kind.TABLE for kind in (Action, ActionCheck, ActionProgress, ActionEnd)),
        "briefings": tuple(
            kind.TABLE
            for kind in (
                Briefing,
                BriefEvidence,
                BriefAction,
                Attendance,
                Commitment,
                ConcernAnswer,
                CommitmentProgress,
                BriefEnd,
            )
        ),
        "requirements": tuple(
            kind.TABLE
            for kind in (
                RequirementReview,
                Consultation,
                Consulted,
                ConsultationAnswer,
                ConsultationReply,
                RequirementChange,
                LiveCheck,
                RequirementCheck,
            )
        ),
        "resources": tuple(kind.TABLE for kind in (ResourceRequest, ResourceDecision)),
        "escalations": tuple(
            kind.TABLE
            for kind in (
                Escalation,
                EscalationMove,
                EscalationOption,
                EscalationEnd,
                SupportSession,
                LadderStep,
                LadderEnd,
            )
        ),
        "causes": tuple(kind.TABLE for kind in (Cause, CauseWhy, CauseEnd, CauseFix, CauseVerdict)),
        "requests": ("requests", "request_events", "holds", "hold_ends", "erasures"),
        "disclosures": ("access_log",),
        "adjustments": (Adjustment.TABLE,),
        "quizzes": tuple(kind.TABLE for kind in (Check, CheckAnswer, AuthorityCheck, AuthorityAnswer)),
        "breaches": (AuthorityBreach.TABLE,),
        "portfolios": tuple(kind.TABLE for kind in (PortfolioWords, PortfolioEvidence, PortfolioSignature)),
        "voice": tuple(kind.TABLE for kind in (VoiceImport, VoiceStratum, CustomerFeedback, ThemeCode, VoiceLink)),
        "audits": tuple(
            kind.TABLE
            for kind in (
                Audit,
                AuditItem,
                AuditResult,
                AuditException,
                AuditFinding,
                AuditFindingEvent,
                AuditEnd,
                Improvement,
                ImprovementEvent,
            )
        ),
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
