"""Findings: raised on evidence, corrected by their owner, verified by somebody else, and only then closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.auditing.audit import (
    CLOSED,
    CORRECTED,
    REJECTED,
    VERIFIED,
    AuditEnd,
    AuditFinding,
    AuditFindingEvent,
    FindingStanding,
    finding_of,
    refuse_unrecorded,
    standing_of,
)
from qacli.govern.auditing.programme import SAMPLE
from qacli.govern.auditing.running import NotTheAuditor, missing, open_audit, to_judge
from qacli.govern.voice.noting import refuse_personal
from qacli.model import Change, Command, Hint, Refusal, Row, UsageError, View, Words

if TYPE_CHECKING:
    from qacli.govern.auditing.programme import Programme


class NoEvidence(Refusal, rule="finding-evidence"):
    """A finding rests on what was seen."""

    def __init__(self, audit: str, test: str) -> None:
        super().__init__(
            f"nothing of {audit} is against {test}, and no other record is named.",
            help=Hint("run the test first: ", Command("audit run"), "; or name what shows it: --evidence ID"),
        )


class OwnFinding(Refusal, rule="own-finding"):
    """Whoever audits does not put right what they then check."""

    def __init__(self, owner: str) -> None:
        super().__init__(
            f"{owner} is the auditor and cannot own the finding as well.", help="name who puts it right: --owner PERSON"
        )


class NotTheOwner(Refusal, rule="not-the-owner"):
    """The owner of a finding says what was corrected."""

    def __init__(self, found: AuditFinding, actor: str) -> None:
        super().__init__(
            f"{found.id} is put right by {found.owner}, not by {actor}.",
            help=Hint("that person runs: ", Command(f"audit correct {found.id}", found.owner)),
        )


class NotCorrected(Refusal, rule="not-corrected"):
    """First it is put right, then somebody looks."""

    def __init__(self, found: FindingStanding) -> None:
        super().__init__(
            f"{found.finding.id} is {found.state}: there is no correction to verify.",
            help=Hint("first: ", Command(f"audit correct {found.finding.id}", found.finding.owner)),
        )


class VerifiedByOneself(Refusal, rule="self-verified"):
    """A correction is verified by somebody else."""

    def __init__(self, found: AuditFinding, actor: str, what: str = "verify") -> None:
        super().__init__(
            f"{actor} put {found.id} right and cannot {what} it.",
            help=Hint("somebody else runs: ", Command(f"audit {what} {found.id}", "PERSON")),
        )


class NotVerified(Refusal, rule="not-verified"):
    """A finding ends when somebody else has seen that it was put right."""

    def __init__(self, found: FindingStanding) -> None:
        super().__init__(
            f"{found.finding.id} is {found.state}, not verified, and stays open.",
            help=Hint(
                f"somebody other than {found.finding.owner} runs: ",
                Command(f"audit verify {found.finding.id} --words ...", "PERSON"),
            ),
        )


class AuditOpen(Refusal, rule="audit-open"):
    """An audit ends when all is answered and all that was found is put right."""

    def __init__(self, audit: str, lacks: Sequence[str]) -> None:
        super().__init__(
            f"{audit} stays open: {'; '.join(lacks)}.", help=Hint("see: ", Command(f"audit report {audit}"))
        )


class Raised(NamedTuple):
    """A finding as the auditor states it; an empty ``grade`` takes that of the test."""

    test: str
    owner: str
    due: date
    words: str
    grade: str = ""
    evidence: str = ""


def raise_finding(view: View, audit: str, raised: Raised, tables: Sequence[type[Row]]) -> Change:
    """Raise a finding against the clause of a test.

    Its evidence are the answers against that clause, and other records named. The same words are a finding and make no
    row. Raises NoSuchRow, NotTheAuditor, AuditOver, UsageError, OwnFinding, NoEvidence.
    """
    found = open_audit(view, audit)
    programme: Programme = view.definition("audit", found.audit.programme)
    test = next((test for test in programme.tests if test.id == raised.test), None)
    if test is None:
        known = ", ".join(test.id for test in programme.tests)
        raise UsageError(f"{programme.reference} has no test '{raised.test}'", help=f"its tests: {known}")
    if raised.owner not in view.people:
        raise UsageError(f"'{raised.owner}' is nobody in people.csv", help="name a person id of it")
    if raised.owner == found.audit.auditor:
        raise OwnFinding(raised.owner)
    if raised.due < view.now.date():
        raise UsageError(f"{raised.due} is over", help="name a day by which it can be put right: --due 2026-09-30")
    if not raised.words.strip():
        raise UsageError("a finding says what was found", help='--words "..."')
    refuse_personal(view, raised.words)
    named = raised.evidence.split()
    refuse_unrecorded(view, tables, named)
    evidence = [row.id for row in found.answered(test.id) if row.against] + named
    if not evidence:
        raise NoEvidence(audit, test.id)
    if any(each.finding.words.text == raised.words.strip() for each in found.findings):
        return Change(findings=[f"{audit} has a finding in these words: nothing to do"])
    row = AuditFinding(
        audit=audit,
        test=test.id,
        clause=test.clause,
        grade=raised.grade or test.grade,
        owner=raised.owner,
        due=raised.due,
        evidence=" ".join(dict.fromkeys(evidence)),
        words=Words(raised.words.strip()),
    )
    return Change([row])


def correct(view: View, finding: str, words: str, evidence: str = "", tables: Sequence[type[Row]] = ()) -> Change:
    """Record how a finding was put right. Raises NoSuchRow, NotTheOwner, UsageError; what is corrected is a finding."""
    found = finding_of(view, finding)
    if found.state in {VERIFIED, CLOSED, CORRECTED}:
        return Change(findings=[f"{finding} is {found.state}: nothing to do"])
    if view.actor != found.finding.owner:
        raise NotTheOwner(found.finding, view.actor)
    refuse_unrecorded(view, tables, evidence.split())
    return Change([_event(view, finding, CORRECTED, words, evidence)])


def verify(
    view: View,
    finding: str,
    words: str,
    evidence: str = "",
    tables: Sequence[type[Row]] = (),
    *,
    rejected: bool = False,
) -> Change:
    """Record that a correction was seen to hold, or ``rejected``: that it does not, and the finding is open again.

    Raises NoSuchRow, NotCorrected, VerifiedByOneself, UsageError.
    """
    found = finding_of(view, finding)
    if found.state in {VERIFIED, CLOSED}:
        return Change(findings=[f"{finding} is {found.state}: nothing to do"])
    corrected = found.event(CORRECTED)
    if found.state != CORRECTED or corrected is None:
        raise NotCorrected(found)
    if view.actor in {found.finding.owner, corrected.by}:
        raise VerifiedByOneself(found.finding, view.actor)
    refuse_unrecorded(view, tables, evidence.split())
    return Change([_event(view, finding, REJECTED if rejected else VERIFIED, words, evidence)])


def close_finding(view: View, finding: str, words: str) -> Change:
    """Close a finding that was verified. Raises NoSuchRow, NotVerified, VerifiedByOneself."""
    found = finding_of(view, finding)
    if found.state == CLOSED:
        return Change(findings=[f"{finding} is closed: nothing to do"])
    if found.state != VERIFIED:
        raise NotVerified(found)
    if view.actor == found.finding.owner:
        raise VerifiedByOneself(found.finding, view.actor, "close")
    return Change([_event(view, finding, CLOSED, words or "verified")])


def close_audit(view: View, audit: str, words: str) -> Change:
    """Close an audit with its conclusion: all is answered, all findings are closed.

    Raises NoSuchRow, NotTheAuditor, AuditOpen, UsageError.
    """
    found = standing_of(view, audit)
    if found.end:
        return Change(findings=[f"{audit} is closed: nothing to do"])
    if found.audit.auditor != view.actor:
        raise NotTheAuditor(found, view.actor)
    programme: Programme = view.look_up("audit", found.audit.programme)
    left = len(list(to_judge(found, programme)))
    lacks = [missing(left)] if left else []
    lacks += [f"{test.id} was not run" for test in programme.tests if test.by != SAMPLE and not found.answered(test.id)]
    raised = {each.finding.test for each in found.findings}
    lacks += [
        f"what is against {test.id} has no finding"
        for test in programme.tests
        if test.id not in raised and any(row.against for row in found.answered(test.id))
    ]
    lacks += [f"{each.finding.id} is {each.state}" for each in found.findings if each.state != CLOSED]
    refuse_personal(view, words)
    if lacks:
        raise AuditOpen(audit, lacks)
    if not words.strip():
        raise UsageError("an audit ends with a conclusion", help='--words "..."')
    return Change([AuditEnd(audit=audit, words=Words(words.strip()))])


def _event(view: View, finding: str, kind: str, words: str, evidence: str = "") -> AuditFindingEvent:
    if not words.strip():
        raise UsageError(f"say what was seen or done: {kind} has words", help='--words "..."')
    refuse_personal(view, words)
    return AuditFindingEvent(finding=finding, kind=kind, evidence=evidence, words=Words(words.strip()))
