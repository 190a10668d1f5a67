"""Every table that records hold. A new capability adds its Row classes here."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from qacli.model import QacliError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import Row

WORDS = "words"
"""The one file of a year that is no table of rows: id, nonce and text of the free text that rows name."""


def tables() -> Sequence[type[Row]]:
    """Return the Row class of every table, in order of the work. Imported here: most commands need one or two."""
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
    from qacli.govern.disclosure import Access
    from qacli.govern.duties.due import Reminder
    from qacli.govern.erasure import Erasure
    from qacli.govern.escalating.case import Escalation, EscalationEnd, EscalationMove, EscalationOption
    from qacli.govern.escalating.ladder import LadderEnd, LadderStep
    from qacli.govern.escalating.support import SupportSession
    from qacli.govern.hold import Hold, HoldEnd
    from qacli.govern.portfolio.records import PortfolioEvidence, PortfolioSignature, PortfolioWords
    from qacli.govern.privacy import Request, RequestEvent
    from qacli.govern.redaction import Redaction
    from qacli.govern.requirements.change import LiveCheck, RequirementChange
    from qacli.govern.requirements.consulting import Consultation, ConsultationAnswer, ConsultationReply, Consulted
    from qacli.govern.requirements.result import RequirementCheck
    from qacli.govern.requirements.reviewing import RequirementReview
    from qacli.govern.retirement import Retirement
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
    from qacli.model import Correction
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
    from qacli.monitor.observing.excuse import Excuse
    from qacli.monitor.observing.observation import Note, Observation, Rating, Session
    from qacli.monitor.sampling.draw import Draw, Exclusion, Extension, Item, Occasion, Replacement, Stratum
    from qacli.monitor.sampling.sharing import Assignment
    from qacli.monitor.sampling.spot import SpotCheck, SpotEvent
    from qacli.monitor.suggesting.suggestion import Suggested
    from qacli.prepare.approval import Approval, Ending, Override
    from qacli.prepare.authority.acknowledging import AuthorityAck
    from qacli.prepare.authority.quiz import AuthorityAnswer, AuthorityCheck
    from qacli.prepare.authority.replay import AuthorityBreach
    from qacli.prepare.frames.choice import TechniqueChoice
    from qacli.prepare.notices.adjustment import Adjustment
    from qacli.prepare.notices.delivery import Delivery
    from qacli.prepare.notices.notice import Acknowledgement
    from qacli.prepare.procedures.quiz import Check, CheckAnswer
    from qacli.prepare.procedures.reading import Reading
    from qacli.prepare.reviewing import Review
    from qacli.prepare.scorecards.trial import Trial, TrialRating
    from qacli.understand.comparing.record import LinkFound
    from qacli.understand.kpis.questions import KpiAnswer, KpiQuestion
    from qacli.understand.kpis.value import KpiImport, KpiValue
    from qacli.understand.patterns.finding import Finding, FindingEvent, Look
    from qacli.understand.targets.target import TargetChange
    from qacli.workspace.versions import CitedVersion

    return (
        CitedVersion,
        TechniqueChoice,
        Trial,
        TrialRating,
        Approval,
        Override,
        Ending,
        Review,
        Acknowledgement,
        Delivery,
        Adjustment,
        Reading,
        Check,
        CheckAnswer,
        AuthorityAck,
        AuthorityCheck,
        AuthorityAnswer,
        AuthorityBreach,
        Draw,
        Occasion,
        Exclusion,
        Stratum,
        Extension,
        Item,
        Replacement,
        Assignment,
        SpotCheck,
        SpotEvent,
        Session,
        Note,
        Observation,
        Rating,
        Calibration,
        CalibrationItem,
        Scorer,
        Seal,
        Reveal,
        CalibrationScore,
        Minute,
        AgreedReading,
        CalibrationEnd,
        Dispute,
        DisputePoint,
        DisputeDecision,
        DisputeChange,
        Suggested,
        LinkFound,
        KpiImport,
        KpiValue,
        KpiQuestion,
        KpiAnswer,
        TargetChange,
        Look,
        Finding,
        FindingEvent,
        Feedback,
        FeedbackPoint,
        Invitation,
        SelfAssessment,
        FeedbackItem,
        FeedbackEvent,
        CoachingPlan,
        CoachingEvent,
        CoachingEffect,
        Action,
        ActionCheck,
        ActionProgress,
        ActionEnd,
        ResourceRequest,
        ResourceDecision,
        Briefing,
        BriefEvidence,
        BriefAction,
        Attendance,
        Commitment,
        ConcernAnswer,
        CommitmentProgress,
        BriefEnd,
        CaseDraft,
        CaseFigure,
        CaseOption,
        CaseApproval,
        PortfolioWords,
        PortfolioEvidence,
        PortfolioSignature,
        RequirementReview,
        Consultation,
        Consulted,
        ConsultationAnswer,
        ConsultationReply,
        RequirementChange,
        LiveCheck,
        RequirementCheck,
        Escalation,
        EscalationMove,
        EscalationOption,
        EscalationEnd,
        SupportSession,
        LadderStep,
        LadderEnd,
        Cause,
        CauseWhy,
        CauseEnd,
        CauseFix,
        CauseVerdict,
        VoiceImport,
        VoiceStratum,
        CustomerFeedback,
        ThemeCode,
        VoiceLink,
        Audit,
        AuditItem,
        AuditResult,
        AuditException,
        AuditFinding,
        AuditFindingEvent,
        AuditEnd,
        Improvement,
        ImprovementEvent,
        Reminder,
        Excuse,
        Request,
        RequestEvent,
        Hold,
        HoldEnd,
        Erasure,
        Access,
        Correction,
        Redaction,
        Retirement,
    )


def named(name: str) -> type[Row]:
    """Return the Row class of a table. Raises QacliError with the nearest name."""
    known = {kind.TABLE: kind for kind in tables()}
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"tables: {', '.join(known)}"
        raise QacliError(f"there is no table '{name}'", help=hint)
    return known[name]
