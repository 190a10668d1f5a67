"""Every table that records hold. A new capability adds its Row classes here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.files.nearest import did_you_mean
from qacli.model import QacliError

if TYPE_CHECKING:
    from qacli.model import Row

WORDS = "words"
"""The one file of a year that is no table of rows: id, nonce and text of the free text that rows name."""


TABLES: Mapping[str, str] = MappingProxyType(
    {
        "versions": "workspace.versions.CitedVersion",
        "technique_choices": "prepare.frames.choice.TechniqueChoice",
        "trials": "prepare.scorecards.trial.Trial",
        "trial_ratings": "prepare.scorecards.trial.TrialRating",
        "approvals": "prepare.approval.Approval",
        "approval_overrides": "prepare.approval.Override",
        "endings": "prepare.approval.Ending",
        "reviews": "prepare.reviewing.Review",
        "acknowledgements": "prepare.notices.notice.Acknowledgement",
        "deliveries": "prepare.notices.delivery.Delivery",
        "adjustments": "prepare.notices.adjustment.Adjustment",
        "procedure_acks": "prepare.procedures.reading.Reading",
        "procedure_checks": "prepare.procedures.quiz.Check",
        "procedure_answers": "prepare.procedures.quiz.CheckAnswer",
        "authority_acks": "prepare.authority.acknowledging.AuthorityAck",
        "authority_checks": "prepare.authority.quiz.AuthorityCheck",
        "authority_answers": "prepare.authority.quiz.AuthorityAnswer",
        "authority_breaches": "prepare.authority.replay.AuthorityBreach",
        "draws": "monitor.sampling.draw.Draw",
        "occasions": "monitor.sampling.draw.Occasion",
        "exclusions": "monitor.sampling.draw.Exclusion",
        "strata": "monitor.sampling.draw.Stratum",
        "extensions": "monitor.sampling.draw.Extension",
        "items": "monitor.sampling.draw.Item",
        "replacements": "monitor.sampling.draw.Replacement",
        "assignments": "monitor.sampling.sharing.Assignment",
        "spot_checks": "monitor.sampling.spot.SpotCheck",
        "spot_events": "monitor.sampling.spot.SpotEvent",
        "sessions": "monitor.observing.observation.Session",
        "notes": "monitor.observing.observation.Note",
        "observations": "monitor.observing.observation.Observation",
        "ratings": "monitor.observing.observation.Rating",
        "calibrations": "monitor.calibrating.calibration.Calibration",
        "calibration_items": "monitor.calibrating.calibration.CalibrationItem",
        "calibration_scorers": "monitor.calibrating.calibration.Scorer",
        "calibration_seals": "monitor.calibrating.calibration.Seal",
        "calibration_reveals": "monitor.calibrating.calibration.Reveal",
        "calibration_scores": "monitor.calibrating.calibration.CalibrationScore",
        "calibration_minutes": "monitor.calibrating.calibration.Minute",
        "calibration_readings": "monitor.calibrating.calibration.AgreedReading",
        "calibration_ends": "monitor.calibrating.calibration.CalibrationEnd",
        "disputes": "monitor.disputing.dispute.Dispute",
        "dispute_points": "monitor.disputing.dispute.DisputePoint",
        "dispute_decisions": "monitor.disputing.dispute.DisputeDecision",
        "dispute_changes": "monitor.disputing.dispute.DisputeChange",
        "suggestions": "monitor.suggesting.suggestion.Suggested",
        "links": "understand.comparing.record.LinkFound",
        "kpi_imports": "understand.kpis.value.KpiImport",
        "kpi_values": "understand.kpis.value.KpiValue",
        "kpi_questions": "understand.kpis.questions.KpiQuestion",
        "kpi_answers": "understand.kpis.questions.KpiAnswer",
        "target_changes": "understand.targets.target.TargetChange",
        "looks": "understand.patterns.finding.Look",
        "findings": "understand.patterns.finding.Finding",
        "finding_events": "understand.patterns.finding.FindingEvent",
        "feedback": "improve.feedback.sheet.Feedback",
        "feedback_points": "improve.feedback.sheet.FeedbackPoint",
        "feedback_invitations": "improve.feedback.sheet.Invitation",
        "self_assessments": "improve.feedback.sheet.SelfAssessment",
        "feedback_items": "improve.feedback.sheet.FeedbackItem",
        "feedback_events": "improve.feedback.sheet.FeedbackEvent",
        "coaching_plans": "improve.coaching.plan.CoachingPlan",
        "coaching_events": "improve.coaching.plan.CoachingEvent",
        "coaching_effects": "improve.coaching.plan.CoachingEffect",
        "actions": "improve.actions.action.Action",
        "action_checks": "improve.actions.action.ActionCheck",
        "action_progress": "improve.actions.action.ActionProgress",
        "action_ends": "improve.actions.action.ActionEnd",
        "resource_requests": "improve.resources.request.ResourceRequest",
        "resource_decisions": "improve.resources.request.ResourceDecision",
        "briefings": "improve.briefing.brief.Briefing",
        "brief_evidence": "improve.briefing.brief.BriefEvidence",
        "brief_actions": "improve.briefing.brief.BriefAction",
        "brief_attendance": "improve.briefing.brief.Attendance",
        "commitments": "improve.briefing.brief.Commitment",
        "concern_answers": "improve.briefing.brief.ConcernAnswer",
        "commitment_progress": "improve.briefing.brief.CommitmentProgress",
        "brief_ends": "improve.briefing.brief.BriefEnd",
        "case_drafts": "improve.cases.record.CaseDraft",
        "case_figures": "improve.cases.record.CaseFigure",
        "case_options": "improve.cases.record.CaseOption",
        "case_approvals": "improve.cases.record.CaseApproval",
        "portfolio_words": "govern.portfolio.records.PortfolioWords",
        "portfolio_evidence": "govern.portfolio.records.PortfolioEvidence",
        "portfolio_signatures": "govern.portfolio.records.PortfolioSignature",
        "requirement_reviews": "govern.requirements.reviewing.RequirementReview",
        "consultations": "govern.requirements.consulting.Consultation",
        "consulted": "govern.requirements.consulting.Consulted",
        "consultation_answers": "govern.requirements.consulting.ConsultationAnswer",
        "consultation_replies": "govern.requirements.consulting.ConsultationReply",
        "requirement_changes": "govern.requirements.change.RequirementChange",
        "live_checks": "govern.requirements.change.LiveCheck",
        "requirement_checks": "govern.requirements.result.RequirementCheck",
        "escalations": "govern.escalating.case.Escalation",
        "escalation_moves": "govern.escalating.case.EscalationMove",
        "escalation_options": "govern.escalating.case.EscalationOption",
        "escalation_ends": "govern.escalating.case.EscalationEnd",
        "support_sessions": "govern.escalating.support.SupportSession",
        "ladder_steps": "govern.escalating.ladder.LadderStep",
        "ladder_ends": "govern.escalating.ladder.LadderEnd",
        "causes": "govern.causes.cause.Cause",
        "cause_whys": "govern.causes.cause.CauseWhy",
        "cause_ends": "govern.causes.cause.CauseEnd",
        "cause_fixes": "govern.causes.cause.CauseFix",
        "cause_verdicts": "govern.causes.cause.CauseVerdict",
        "voice_imports": "govern.voice.feedback.VoiceImport",
        "voice_strata": "govern.voice.feedback.VoiceStratum",
        "customer_feedback": "govern.voice.feedback.CustomerFeedback",
        "theme_codes": "govern.voice.feedback.ThemeCode",
        "voice_links": "govern.voice.feedback.VoiceLink",
        "audits": "govern.auditing.audit.Audit",
        "audit_items": "govern.auditing.audit.AuditItem",
        "audit_results": "govern.auditing.audit.AuditResult",
        "audit_exceptions": "govern.auditing.audit.AuditException",
        "audit_findings": "govern.auditing.audit.AuditFinding",
        "audit_finding_events": "govern.auditing.audit.AuditFindingEvent",
        "audit_ends": "govern.auditing.audit.AuditEnd",
        "improvements": "govern.auditing.improving.Improvement",
        "improvement_events": "govern.auditing.improving.ImprovementEvent",
        "reminders": "govern.duties.due.Reminder",
        "excuses": "monitor.observing.excuse.Excuse",
        "requests": "govern.privacy.Request",
        "request_events": "govern.privacy.RequestEvent",
        "holds": "govern.hold.Hold",
        "hold_ends": "govern.hold.HoldEnd",
        "erasures": "govern.erasure.Erasure",
        "access_log": "govern.disclosure.Access",
        "corrections": "model.Correction",
        "redactions": "govern.redaction.Redaction",
        "retirements": "govern.retirement.Retirement",
    }
)
"""The Row class of each table, in order of the work."""


def tables() -> Sequence[type[Row]]:
    """Return the Row class of every table, in order of the work."""
    return [table(name) for name in TABLES]


def table(name: str) -> type[Row]:
    """Return the Row class of a table. Imported here: most commands need one or two. Raises KeyError."""
    module, _, kind = TABLES[name].rpartition(".")
    found: type[Row] = getattr(import_module(f"qacli.{module}"), kind)
    return found


def versions(names: Collection[str]) -> dict[str, int]:
    """Return the version of each table of some names that is known here, of ``words`` too."""
    return {name: table(name).VERSION for name in names if name in TABLES} | {WORDS: 1}


def named(name: str) -> type[Row]:
    """Return the Row class of a table. Raises QacliError with the nearest name."""
    if name not in TABLES:
        hint = did_you_mean(name, TABLES, f"tables: {', '.join(TABLES)}")
        raise QacliError(f"there is no table '{name}'", help=hint)
    return table(name)
