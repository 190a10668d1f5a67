"""Running an audit: records and registers are looked through, and the auditor judges each form of the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.auditing.audit import (
    CONFORMS,
    FAILS,
    NOT_APPLICABLE,
    AuditException,
    AuditResult,
    Standing,
    standing_of,
)
from qacli.govern.auditing.checks import Looked, forms, look
from qacli.govern.auditing.planning import OwnAudit, refuse_own
from qacli.govern.auditing.programme import SAMPLE, TRAIL
from qacli.govern.auditing.registers import Read, examined, people_of
from qacli.govern.voice.noting import personal
from qacli.model import NO_WORDS, Change, Command, Hint, QacliError, Refusal, Row, View, Words, ref
from qacli.monitor.observing.observation import Observation

if TYPE_CHECKING:
    from qacli.govern.auditing.programme import Programme, Test

RECORDS = "records"
ANSWERS = (CONFORMS, FAILS, NOT_APPLICABLE)


class Judged(NamedTuple):
    """What the auditor found of one form: ``answer`` is yes, no or na."""

    observation: str
    test: str
    answer: str
    note: str


class NotTheAuditor(Refusal, rule="not-the-auditor"):
    """Who was named audits."""

    def __init__(self, found: Standing, actor: str) -> None:
        super().__init__(
            f"{found.audit.id} is audited by {found.audit.auditor}, not by {actor}.",
            help=f"that person runs it: --as {found.audit.auditor}",
        )


class AuditOver(Refusal, rule="audit-closed"):
    """What is closed is over."""

    def __init__(self, audit: str) -> None:
        super().__init__(
            f"{audit} is closed.", help=Hint("what is new belongs to the next audit: ", Command("audit plan"))
        )


class JudgementFaults(QacliError):
    """Judgements are taken in whole."""

    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["the judgements cannot be recorded:", *(f"  {lack}" for lack in lacks)]),
            help=Hint("nothing was recorded; what is to be judged: ", Command("audit sheet AUDIT")),
        )


def run(view: View, audit: str, judged: Sequence[Judged], registers: Mapping[str, Read], trail: Looked) -> Change:
    """Record the answers of an audit: every check and register that has none yet, and the judgements handed in.

    ``trail`` is what was found of the records as files. What is answered stays as it is.
    Raises NoSuchRow, NotTheAuditor, AuditOver, OwnAudit, JudgementFaults, FileFaults.
    """
    found = open_audit(view, audit)
    programme: Programme = view.definition("audit", found.audit.programme)
    _refuse_part(view, found, programme)
    if lacks := list(_lacks(view, found, programme, judged)):
        raise JudgementFaults(lacks)
    rows: list[Row] = []
    for test in programme.tests:
        if test.by != SAMPLE and not found.answered(test.id):
            rows += _answered(found, test, *_looked(view, found, programme, test, registers, trail))
    known = {(row.test, row.subject) for row in found.results}
    rows += [_judgement(found, each) for each in judged if (each.test, each.observation) not in known]
    left = len(list(to_judge(found, programme))) - sum(row.TABLE == "audit_results" and _of_form(row) for row in rows)
    findings = [f"{missing(left)}: qacli audit sheet {audit}"] if left else []
    return Change(rows, findings or ([] if rows else [f"{audit}: all is answered: nothing to do"]))


def _refuse_part(view: View, found: Standing, programme: Programme) -> None:
    """Raise OwnAudit where the auditor has come to have a part in what is audited since it was planned."""
    there = forms(view, found.audit.first, found.audit.last)
    forms_drawn = {item.observation for item in found.items}
    sample = {row.item for row in view.rows(Observation) if row.id in forms_drawn}
    part = there if programme.reads_records else [each for each in there if each.item.id in sample]
    refuse_own(view, found.audit.auditor, part, "evaluated or handled since it was planned")


def _of_form(row: Row) -> bool:
    return isinstance(row, AuditResult) and row.subject.startswith("o_")


def open_audit(view: View, audit: str) -> Standing:
    """Return an audit that the actor is auditing. Raises NoSuchRow, NotTheAuditor, AuditOver."""
    found = standing_of(view, audit)
    if found.audit.auditor != view.actor:
        raise NotTheAuditor(found, view.actor)
    if found.end:
        raise AuditOver(audit)
    return found


def to_judge(found: Standing, programme: Programme) -> Iterator[tuple[str, Test]]:
    """Yield each form of the sample with each test that the auditor has not answered for it."""
    known = {(row.test, row.subject) for row in found.results}
    for item in found.items:
        for test in programme.tests:
            if test.by == SAMPLE and (test.id, item.observation) not in known:
                yield item.observation, test


def missing(left: int) -> str:
    """Return how many judgements are missing; a form has one for each test."""
    return f"{left} judgement{'s are' if left != 1 else ' is'} missing"


def _lacks(view: View, found: Standing, programme: Programme, judged: Sequence[Judged]) -> Iterator[str]:
    """Yield what is wrong with judgements."""
    forms = {item.observation for item in found.items}
    tests = {test.id for test in programme.tests if test.by == SAMPLE}
    given = {(row.test, row.subject): row for row in found.results}
    for (observation, test), times in Counter((each.observation, each.test) for each in judged).items():
        if times > 1:
            yield f"{observation}, {test} is answered {times} times here: one answer counts"
    for each in judged:
        before = given.get((each.test, each.observation))
        if each.observation not in forms:
            yield f"{each.observation} is not in the sample of {found.audit.id}"
        elif each.test not in tests:
            yield f"{each.test} is no test of forms: {', '.join(sorted(tests)) or 'there is none'}"
        elif each.answer not in ANSWERS:
            yield f"'{each.answer}' is no answer for {each.observation}, {each.test}: {', '.join(ANSWERS)}"
        elif each.answer != CONFORMS and not each.note.strip():
            yield f"{each.observation}, {each.test}: '{each.answer}' says in a note what was seen"
        elif taken := personal(view, each.note)[1]:
            yield f"{each.observation}, {each.test}: the note holds {', '.join(sorted(taken))}: write it without"
        elif before and _answer(before) != each.answer:
            yield f"{each.observation}, {each.test} was answered '{_answer(before)}': an answer stands"


def _answer(row: AuditResult) -> str:
    return NOT_APPLICABLE if not row.n else FAILS if row.against else CONFORMS


def _looked(
    view: View, found: Standing, programme: Programme, test: Test, registers: Mapping[str, Read], trail: Looked
) -> tuple[str, str, Looked]:
    """Return the subject, the hash and what was found of a test that is looked up."""
    first, last = found.audit.first, found.audit.last
    if test.check == TRAIL:
        return RECORDS, "", trail
    if test.check:
        return RECORDS, "", look(view, test.check, first, last)
    name = test.by
    register, read = programme.registers[name], registers[name]
    if found.audit.auditor in people_of(view, register, read):
        raise OwnAudit(found.audit.auditor, "decided on cases of", [name])
    return name, read.sha256, examined(view, register, read, first, last)


def _answered(found: Standing, test: Test, subject: str, sha256: str, looked: Looked) -> Iterator[Row]:
    head = AuditResult(
        audit=found.audit.id, test=test.id, subject=subject, n=looked.n, against=len(looked.against), sha256=sha256
    )
    yield head
    for each in looked.against:
        yield AuditException(result=ref(head), rule=each.rule or test.by, subject=each.subject, words=Words(each.words))


def _judgement(found: Standing, each: Judged) -> AuditResult:
    return AuditResult(
        audit=found.audit.id,
        test=each.test,
        subject=each.observation,
        n=int(each.answer != NOT_APPLICABLE),
        against=int(each.answer == FAILS),
        sha256="",
        words=Words(each.note.strip()) if each.note.strip() else NO_WORDS,
    )
