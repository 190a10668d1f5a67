"""Every table that records hold. A new capability adds its Row classes here."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from qacli.files.nearest import did_you_mean
from qacli.model import QacliError

if TYPE_CHECKING:
    from qacli.model import Row

WORDS = "words"
"""The one file of a year that is no table of rows: id, nonce and text of the free text that rows name."""


ROWS: Sequence[tuple[str, str]] = (
    ("workspace.versions", "CitedVersion"),
    ("prepare.frames.choice", "TechniqueChoice"),
    ("prepare.scorecards.trial", "Trial TrialRating"),
    ("prepare.approval", "Approval Override Ending"),
    ("prepare.reviewing", "Review"),
    ("prepare.notices.notice", "Acknowledgement"),
    ("prepare.notices.delivery", "Delivery"),
    ("prepare.notices.adjustment", "Adjustment"),
    ("prepare.procedures.reading", "Reading"),
    ("prepare.procedures.quiz", "Check CheckAnswer"),
    ("prepare.authority.acknowledging", "AuthorityAck"),
    ("prepare.authority.quiz", "AuthorityCheck AuthorityAnswer"),
    ("prepare.authority.replay", "AuthorityBreach"),
    ("monitor.sampling.draw", "Draw Occasion Exclusion Stratum Extension Item Replacement"),
    ("monitor.sampling.sharing", "Assignment"),
    ("monitor.sampling.spot", "SpotCheck SpotEvent"),
    ("monitor.observing.observation", "Session Note Observation Rating"),
    (
        "monitor.calibrating.calibration",
        "Calibration CalibrationItem Scorer Seal Reveal CalibrationScore Minute AgreedReading CalibrationEnd",
    ),
    ("monitor.disputing.dispute", "Dispute DisputePoint DisputeDecision DisputeChange"),
    ("monitor.suggesting.suggestion", "Suggested"),
    ("understand.comparing.record", "LinkFound"),
    ("understand.kpis.value", "KpiImport KpiValue"),
    ("understand.kpis.questions", "KpiQuestion KpiAnswer"),
    ("understand.targets.target", "TargetChange"),
    ("understand.patterns.finding", "Look Finding FindingEvent"),
    ("improve.feedback.sheet", "Feedback FeedbackPoint Invitation SelfAssessment FeedbackItem FeedbackEvent"),
    ("improve.coaching.plan", "CoachingPlan CoachingEvent CoachingEffect"),
    ("improve.actions.action", "Action ActionCheck ActionProgress ActionEnd"),
    ("improve.resources.request", "ResourceRequest ResourceDecision"),
    (
        "improve.briefing.brief",
        "Briefing BriefEvidence BriefAction Attendance Commitment ConcernAnswer CommitmentProgress BriefEnd",
    ),
    ("improve.cases.record", "CaseDraft CaseFigure CaseOption CaseApproval"),
    ("govern.portfolio.records", "PortfolioWords PortfolioEvidence PortfolioSignature"),
    ("govern.requirements.reviewing", "RequirementReview"),
    ("govern.requirements.consulting", "Consultation Consulted ConsultationAnswer ConsultationReply"),
    ("govern.requirements.change", "RequirementChange LiveCheck"),
    ("govern.requirements.result", "RequirementCheck"),
    ("govern.escalating.case", "Escalation EscalationMove EscalationOption EscalationEnd"),
    ("govern.escalating.support", "SupportSession"),
    ("govern.escalating.ladder", "LadderStep LadderEnd"),
    ("govern.causes.cause", "Cause CauseWhy CauseEnd CauseFix CauseVerdict"),
    ("govern.voice.feedback", "VoiceImport VoiceStratum CustomerFeedback ThemeCode VoiceLink"),
    ("govern.auditing.audit", "Audit AuditItem AuditResult AuditException AuditFinding AuditFindingEvent AuditEnd"),
    ("govern.auditing.improving", "Improvement ImprovementEvent"),
    ("govern.duties.due", "Reminder"),
    ("monitor.observing.excuse", "Excuse"),
    ("govern.privacy", "Request RequestEvent"),
    ("govern.hold", "Hold HoldEnd"),
    ("govern.erasure", "Erasure"),
    ("govern.disclosure", "Access"),
    ("model", "Correction"),
    ("govern.redaction", "Redaction"),
    ("govern.retirement", "Retirement"),
)
"""The modules of the program that declare rows, in order of the work, with their Row classes."""


@cache
def tables() -> Sequence[type[Row]]:
    """Return the Row class of every table, in order of the work. Imported here: most commands need one or two."""
    return tuple(_tables([module for module, _ in ROWS]))


def _tables(modules: Collection[str]) -> Iterator[type[Row]]:
    for module, names in ROWS:
        if module in modules:
            yield from (getattr(import_module(f"qacli.{module}"), name) for name in names.split())


def versions(names: Collection[str]) -> dict[str, int]:
    """Return the version of each table of some names that is known here, of ``words`` too.

    The tables that a command has read or is about to write are imported by then: mostly those are all that there are.
    """
    loaded = [module for module, _ in ROWS if f"qacli.{module}" in sys.modules]
    known = {kind.TABLE: kind.VERSION for kind in _tables(loaded)} | {WORDS: 1}
    return known if known.keys() >= set(names) else {kind.TABLE: kind.VERSION for kind in tables()} | {WORDS: 1}


def named(name: str) -> type[Row]:
    """Return the Row class of a table. Raises QacliError with the nearest name."""
    known = {kind.TABLE: kind for kind in tables()}
    if name not in known:
        hint = did_you_mean(name, known, f"tables: {', '.join(known)}")
        raise QacliError(f"there is no table '{name}'", help=hint)
    return known[name]
