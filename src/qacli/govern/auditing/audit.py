"""Records of audits: what was planned and drawn, what was found, what was put right and by whom that was verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qacli.model import NO_WORDS, Row, UsageError, View, Words

CONFORMS, FAILS, NOT_APPLICABLE = "yes", "no", "na"
SHOWN = 5
"""So many exceptions of one rule are shown one by one; all of them are on record."""
CORRECTED, VERIFIED, REJECTED, CLOSED = "corrected", "verified", "rejected", "closed"


@dataclass(frozen=True, kw_only=True)
class Audit(Row, table="audits", letter="au"):
    """One audit of one period by one auditor, who evaluated nothing of it. ``population`` are the forms drawn from."""

    programme: str  # id@version
    auditor: str
    first: date
    last: date
    due: date
    seed: str
    population: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class AuditItem(Row, table="audit_items", parent="audit"):
    """One scored form of the sample."""

    audit: str
    observation: str
    evaluator: str


@dataclass(frozen=True, kw_only=True)
class AuditResult(Row, table="audit_results", letter="aw"):
    """One test answered: for one form by the auditor, or for ``n`` records or lines of a register, so many of them
    against the clause."""

    audit: str
    test: str
    subject: str  # the observation; records; or the name of the register
    n: int  # 0: not applicable
    against: int
    sha256: str  # of the register as it was read; else empty
    words: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class AuditException(Row, table="audit_exceptions", parent="result"):
    """One record, or line of a register, that is against the clause: by which rule, and why."""

    result: str
    rule: str
    subject: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class AuditFinding(Row, table="audit_findings", letter="af"):
    """What is to be put right: against which clause, on which evidence, how grave, by whom, by when."""

    audit: str
    test: str
    clause: str
    grade: str  # major, minor or observation
    owner: str
    due: date
    evidence: str  # ids of results or other records, separated by blanks
    words: Words


@dataclass(frozen=True, kw_only=True)
class AuditFindingEvent(Row, table="audit_finding_events", letter="ax"):
    """What became of a finding: corrected, verified, rejected, closed."""

    finding: str
    kind: str
    evidence: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class AuditEnd(Row, table="audit_ends", letter="ay"):
    """An audit is over, and what it concludes."""

    audit: str
    words: Words


class Grouped(NamedTuple):
    """What is against a clause by one rule: the first few, and how many there are."""

    rule: str
    shown: Sequence[AuditException]
    n: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.n - len(self.shown)


class FindingStanding(NamedTuple):
    """A finding with what became of it."""

    finding: AuditFinding
    events: Sequence[AuditFindingEvent]

    @property
    def state(self) -> str:
        """open, corrected, verified or closed; what was rejected is open again."""
        last = self.events[-1].kind if self.events else REJECTED
        return "open" if last == REJECTED else last

    def event(self, kind: str) -> AuditFindingEvent | None:
        """Return the last event of a kind."""
        return next((each for each in reversed(self.events) if each.kind == kind), None)


class Standing(NamedTuple):
    """An audit with its sample, its answers, its findings and its end."""

    audit: Audit
    items: Sequence[AuditItem]
    results: Sequence[AuditResult]
    findings: Sequence[FindingStanding]
    end: AuditEnd | None

    @property
    def state(self) -> str:
        """planned, running or closed."""
        if self.end:
            return "closed"
        return "running" if self.results else "planned"

    def answered(self, test: str) -> list[AuditResult]:
        """Return the answers to one test."""
        return [row for row in self.results if row.test == test]


def standings(view: View) -> list[Standing]:
    """Return every audit, oldest first."""
    return [_standing(view, audit) for audit in view.current(Audit)]


def standing_of(view: View, audit: str) -> Standing:
    """Return one audit. Raises NoSuchRow."""
    return _standing(view, view.one(Audit, audit))


def _standing(view: View, audit: Audit) -> Standing:
    return Standing(
        audit,
        view.current(AuditItem, audit=audit.id),
        view.current(AuditResult, audit=audit.id),
        [each for each in findings(view) if each.finding.audit == audit.id],
        next(iter(view.current(AuditEnd, audit=audit.id)), None),
    )


def refuse_unrecorded(view: View, tables: Sequence[type[Row]], named: Sequence[str]) -> None:
    """Raise UsageError where evidence names what no record has as its id."""
    known = {row.id for kind in tables for row in view.rows(kind)} if named else set()
    if strangers := [each for each in named if each not in known]:
        raise UsageError(f"nothing is on record as {', '.join(strangers)}", help="name records by their ids")


def grouped(exceptions: Sequence[AuditException]) -> list[Grouped]:
    """Return exceptions by rule, the rarest rule first: what happened once is not to drown in what happened always."""
    groups: dict[str, list[AuditException]] = {}
    for each in exceptions:
        groups.setdefault(each.rule, []).append(each)
    ordered = sorted(groups.items(), key=lambda group: (len(group[1]), group[0]))
    return [Grouped(rule, members[:SHOWN], len(members)) for rule, members in ordered]


def findings(view: View) -> list[FindingStanding]:
    """Return every finding, oldest first."""
    events: dict[str, list[AuditFindingEvent]] = {}
    for row in view.current(AuditFindingEvent):
        events.setdefault(row.finding, []).append(row)
    return [FindingStanding(row, events.get(row.id, ())) for row in view.current(AuditFinding)]


def finding_of(view: View, finding: str) -> FindingStanding:
    """Return one finding. Raises NoSuchRow."""
    row = view.one(AuditFinding, finding)
    return FindingStanding(row, view.current(AuditFindingEvent, finding=finding))
