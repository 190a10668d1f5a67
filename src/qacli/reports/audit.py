"""An audit as a document: scope, standard, sample, answers, findings with their owners, and what was verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.auditing.audit import VERIFIED, AuditException, FindingStanding, Grouped, grouped, standing_of
from qacli.govern.auditing.programme import SAMPLE
from qacli.reports.environment import BANNERS, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.govern.auditing.audit import Standing
    from qacli.govern.auditing.programme import Programme, Test
    from qacli.model import View


class Answered(NamedTuple):
    """One test as the page shows it; ``n`` None where it was not answered."""

    test: Test
    how: str
    n: int | None
    against: int
    forms: Sequence[tuple[str, str]]
    exceptions: Sequence[Grouped]


class Found(NamedTuple):
    """One finding as the page shows it."""

    standing: FindingStanding
    owner: str
    verified_by: str


def audit_document(view: View, audit: str) -> str:
    """Return an audit as Markdown. Raises NoSuchRow."""
    found = standing_of(view, audit)
    programme: Programme = view.look_up("audit", found.audit.programme)
    exceptions: dict[str, list[AuditException]] = {}
    for row in view.current(AuditException):
        exceptions.setdefault(row.result, []).append(row)
    return render(
        "audit.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "programme": programme,
            "found": found,
            "auditor": view.people.get(found.audit.auditor).name,
            "evaluators": len({item.evaluator for item in found.items}),
            "tests": [_answered(found, test, exceptions) for test in programme.tests],
            "findings": [_found(view, each) for each in found.findings],
        },
    )


def _answered(found: Standing, test: Test, exceptions: Mapping[str, Sequence[AuditException]]) -> Answered:
    rows = found.answered(test.id)
    how = {SAMPLE: "forms judged by the auditor"}.get(test.by, f"{'records' if test.check else 'register'}: {test.by}")
    return Answered(
        test,
        how,
        sum(row.n for row in rows) if rows else None,
        sum(row.against for row in rows),
        [(row.subject, str(row.words)) for row in rows if row.against and test.by == SAMPLE],
        grouped([each for row in rows for each in exceptions.get(row.id, ())]),
    )


def _found(view: View, each: FindingStanding) -> Found:
    verified = each.event(VERIFIED)
    by = view.people.get(verified.by).name if verified and each.state in {"verified", "closed"} else ""
    return Found(each, view.people.get(each.finding.owner).name, by)
