"""``qacli audit``: plan and run audits, findings to their verified end; try what would make the monitoring better; its health."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands import audit_monitoring
from qacli.commands.audit_monitoring import EVIDENCE
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, day
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.govern.auditing.audit import Standing
    from qacli.govern.auditing.checks import Looked
    from qacli.govern.auditing.programme import Programme
    from qacli.govern.auditing.registers import Read
    from qacli.govern.auditing.running import Judged

app = new_app("Audit practices and the monitoring itself; findings verified; improvements tried; health told.")
AUDIT = Annotated[str, typer.Argument(metavar="AUDIT", help="For example au_5f.")]
FINDING = Annotated[str, typer.Argument(metavar="FINDING", help="For example af_5f.")]
Grade = Literal["major", "minor", "observation"]
SHEET = ("observation", "test", "answer", "note")


@command(app, writes=True)
def plan(
    context: Context,
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME", help="A programme of definitions/audits.yaml.")],
    auditor: Annotated[str, typer.Option(help="Who audits; took no part in the work of these days.", metavar="PERSON")],
    period: Annotated[str, typer.Option(help="Days of scoring: 2026-Q2, 2026-05; else the last whole period.")] = "",
    size: Annotated[int | None, typer.Option(min=1, help="Forms to look at, if not as the programme says.")] = None,
) -> None:
    """Plan an audit and draw its sample of scored forms by rank, so that it can be drawn again."""
    from qacli.govern.auditing import planning
    from qacli.govern.auditing.audit import Audit
    from qacli.prepare.period import parse_period

    if period:
        _, first, last = parse_period(period)
    else:
        found: Programme = context.workspace.view().look_up("audit", programme)
        first, last = found.period_before(context.workspace.clock().date())
    asked = planning.Asked(programme, auditor, first, last, size)
    for row in context.commit(partial(planning.plan, asked=asked)).rows:
        if isinstance(row, Audit):
            forms = f"{row.drawn} of {row.population} forms" if row.drawn else "no forms, what is recorded alone"
            context.say(
                f"{row.id}: {row.programme}, {row.first} to {row.last}, {forms}, by {row.auditor} until {row.due}"
                f"{context.recorded_by}"
            )
            context.tell(f"next: qacli audit run {row.id}{as_before(context.workspace, row.auditor)}")


@command(app)
def sheet(context: Context, audit: AUDIT) -> None:
    """Show what the auditor is still to judge: fill in answer (yes, no, na) and note, then: audit run --from FILE."""
    from qacli.govern.auditing.audit import standing_of
    from qacli.govern.auditing.running import to_judge

    view = context.workspace.view()
    found = standing_of(view, audit)
    rows = [
        (observation, test.id, None, None, test.clause, test.asks)
        for observation, test in to_judge(found, view.look_up("audit", found.audit.programme))
    ]
    context.show("audit-sheet", (*SHEET, "clause", "asks"), rows)


@command(app, writes=True)
def run(
    context: Context,
    audit: AUDIT,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help=f"Judgements: CSV with the columns {', '.join(SHEET)}."),
    ] = None,
) -> None:
    """Look through records and registers, and take in what the auditor found of each form."""
    from qacli.govern.auditing import running
    from qacli.govern.auditing.audit import AuditException, AuditResult, grouped

    judged = _judged(from_) if from_ else []
    registers, trail = _registers(context, audit), _trail(context)
    outcome = context.commit(partial(running.run, audit=audit, judged=judged, registers=registers, trail=trail))
    against = [row for row in outcome.rows if isinstance(row, AuditException)]
    rows = [
        (row.test, row.subject, row.n, row.against, str(row.words) or None)
        for row in outcome.rows
        if isinstance(row, AuditResult)
    ]
    if rows:
        context.show("audit-results", ("test", "looked at", "n", "against", "note"), rows)
    for group in grouped(against):
        for each in group.shown:
            context.tell(f"{group.rule}: {each.subject}: {each.words}")
        if group.more:
            context.tell(f"{group.rule}: and {group.more} more: qacli export audit_exceptions")


def _trail(context: Context) -> Looked:
    """Return what is wrong with the trail of records, of all its entries."""
    from qacli.govern.auditing.checks import Against, Looked
    from qacli.ledger.head import read_head
    from qacli.ledger.verify import verify

    folder = context.workspace.folder
    broken = [damage for damage in verify(folder) if not damage.note]
    return Looked(read_head(folder).seq, [Against(damage.file, str(damage)) for damage in broken])


def _judged(path: Path) -> list[Judged]:
    """Return the judgements of a file; lines without an answer are left out."""
    from qacli.files import csv
    from qacli.govern.auditing.running import Judged

    rows = [[cell.strip() for cell in row.cells] for row in csv.read(path, columns=SHEET)]
    return [Judged(observation, test, answer.casefold(), note) for observation, test, answer, note in rows if answer]


def _registers(context: Context, audit: str) -> Mapping[str, Read]:
    """Return the registers that an audit reads, from the files that its programme names."""
    import hashlib

    from qacli.files import csv
    from qacli.govern.auditing.audit import standing_of
    from qacli.govern.auditing.registers import Read, fields_of, lines_of

    view, found = context.workspace.view(), {}
    programme: Programme = view.look_up("audit", standing_of(view, audit).audit.programme)
    for name in {test.register_ for test in programme.tests if test.register_}:
        register = programme.registers[name]
        path = context.workspace.folder / register.path
        if not path.is_file():
            raise UsageError(f"register {name}: there is no file {register.path}", help="see definitions/audits.yaml")
        rows = list(csv.read(path, columns=[register.columns[field] for field in fields_of(register)]))
        with path.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
        found[name] = Read(register.path, digest, lines_of(register, rows))
    return found


@command(app, writes=True)
def finding(
    context: Context,
    audit: AUDIT,
    test: Annotated[str, typer.Option(help="The test whose clause is not kept.")],
    owner: Annotated[str, typer.Option(help="Who puts it right.", metavar="PERSON")],
    due: Annotated[str, typer.Option(help="By which day: 2026-09-30.")],
    words: Annotated[str, typer.Option(help="What was found.")],
    grade: Annotated[Grade | None, typer.Option(help="How grave; else as the test says.")] = None,
    evidence: EVIDENCE = "",
) -> None:
    """Raise a finding. Its evidence are the answers against the clause, and other records that are named."""
    from qacli.govern.auditing import finding as rules
    from qacli.govern.auditing.audit import AuditFinding
    from qacli.workspace.tables import tables

    raised = rules.Raised(test, owner, day(due), words, grade or "", evidence)
    for row in context.commit(partial(rules.raise_finding, audit=audit, raised=raised, tables=tables())).rows:
        if isinstance(row, AuditFinding):
            context.say(
                f"{row.id}: {row.grade}, against {row.clause}; {row.owner} by {row.due}; evidence {row.evidence}"
                f"{context.recorded_by}"
            )


@command(app, writes=True)
def correct(
    context: Context,
    finding: FINDING,
    words: Annotated[str, typer.Option(help="How it was put right.")],
    evidence: EVIDENCE = "",
) -> None:
    """Say how a finding that is yours was put right."""
    from qacli.govern.auditing import finding as rules
    from qacli.workspace.tables import tables

    act = partial(rules.correct, finding=finding, words=words, evidence=evidence, tables=tables())
    if context.commit(act).rows:
        context.say(
            f"{finding}: corrected; somebody else verifies it: qacli audit verify {finding}{context.recorded_by}"
        )


@command(app, writes=True)
def verify(
    context: Context,
    finding: FINDING,
    words: Annotated[str, typer.Option(help="What you looked at, and what you saw.")],
    evidence: EVIDENCE = "",
    reject: Annotated[bool, typer.Option("--reject", help="It does not hold: the finding is open again.")] = False,
) -> None:
    """Say that you have seen a correction hold. Whoever made it cannot."""
    from qacli.govern.auditing import finding as rules
    from qacli.workspace.tables import tables

    act = partial(rules.verify, finding=finding, words=words, evidence=evidence, tables=tables(), rejected=reject)
    if context.commit(act).rows:
        context.say(f"{finding}: {'rejected, and open again' if reject else 'verified'}{context.recorded_by}")


@command(app, writes=True)
def close(
    context: Context,
    what: Annotated[str, typer.Argument(metavar="FINDING|AUDIT", help="A finding that is verified, or an audit.")],
    words: Annotated[str, typer.Option(help="What came of it; of an audit, its conclusion.")] = "",
) -> None:
    """Close a finding that was verified, or an audit of which all is answered and put right."""
    from qacli.govern.auditing import finding as rules

    whole = what.startswith("au_")
    act = partial(rules.close_audit, audit=what) if whole else partial(rules.close_finding, finding=what)
    if context.commit(partial(act, words=words)).rows:
        context.say(f"{what}: closed{context.recorded_by}")


@command(app, "list")
def list_(
    context: Context,
    findings: Annotated[bool, typer.Option("--findings", help="Findings instead of audits.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Only those that are not closed.")] = False,
) -> None:
    """List audits, or their findings: how far each has come, who owns it, by when."""
    from qacli.govern.auditing.audit import standings

    found = standings(context.workspace.view())
    if not findings:
        columns = ("audit", "programme", "from", "to", "auditor", "forms", "findings", "state", "due")
        context.show("audits", columns, [_audit(each) for each in found if not (open_ and each.end)])
        return
    rows = [
        (
            each.finding.id,
            each.finding.audit,
            each.finding.clause,
            each.finding.grade,
            each.finding.owner,
            each.finding.due,
            each.state,
            str(each.finding.words),
        )
        for audit in found
        for each in audit.findings
        if not (open_ and each.state == "closed")
    ]
    context.show("audit-findings", ("finding", "audit", "clause", "grade", "owner", "due", "state", "words"), rows)


def _audit(each: Standing) -> tuple[object, ...]:
    audit = each.audit
    drawn = f"{audit.drawn} of {audit.population}"
    return (
        audit.id,
        audit.programme,
        audit.first,
        audit.last,
        audit.auditor,
        drawn,
        len(each.findings),
        each.state,
        audit.due,
    )


@command(app)
def report(context: Context, audit: AUDIT) -> None:
    """Write an audit as Markdown: scope, standard, sample, what was found, how grave, who puts it right, what was verified."""
    from qacli.reports.audit import audit_document

    if context.asked not in {None, "md"}:
        raise UsageError(
            "a report is Markdown", help="leave --format out; the findings alone: qacli audit list --findings"
        )
    context.say(audit_document(context.workspace.view(), audit))


audit_monitoring.join(app)
