"""Planning an audit: its period, its sample by permanent random numbers, and an auditor who has no part in what is audited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.engine.ranks import rank
from qacli.govern.auditing.audit import Audit, AuditItem, standings
from qacli.govern.auditing.checks import Form, day_of, forms
from qacli.govern.auditing.programme import due_after
from qacli.improve.feedback import Feedback
from qacli.model import Change, Refusal, UsageError, View, ref
from qacli.monitor.disputing.dispute import WITHDRAWN, DisputeDecision
from qacli.monitor.observing.observation import Observation

if TYPE_CHECKING:
    from qacli.govern.auditing.programme import Programme

SHOWN = 5
"""So many forms are named in a refusal."""


class OwnAudit(Refusal, rule="own-audit"):
    """Nobody audits their own work."""

    def __init__(self, auditor: str, what: str, found: Sequence[str]) -> None:
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        super().__init__(
            f"{auditor} {what} {', '.join(found[:SHOWN])}{more}, and cannot audit it.",
            help="name an auditor who took no part in the work of these days: --auditor PERSON",
        )


class NotOver(Refusal, rule="period-not-over"):
    """What is still going on cannot be audited whole."""

    def __init__(self, last: date) -> None:
        super().__init__(f"the period ends on {last}, which is still to come.", help="name a period that is over")


class NothingToAudit(Refusal, rule="nothing-to-audit"):
    """A sample of nothing shows nothing."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            f"nothing was scored from {first} to {last}, so there is no form to look at.",
            help="name a period in which forms were scored, by the day of scoring: --period 2026-Q2",
        )


class Asked(NamedTuple):
    """An audit as it is asked for; ``size`` None takes that of the programme."""

    programme: str
    auditor: str
    first: date
    last: date
    size: int | None = None


def plan(view: View, asked: Asked) -> Change:
    """Plan an audit and draw its sample. One that is planned is a finding.

    The sample are the first forms by rank under the seed of programme and period, so that anybody can draw it again.
    Raises NoSuchDefinition, UsageError, NotOver, NothingToAudit, OwnAudit.
    """
    programme: Programme = view.definition("audit", asked.programme)
    if asked.auditor not in view.people:
        raise UsageError(f"'{asked.auditor}' is nobody in people.csv", help="name a person id of it")
    if asked.last >= view.now.date():
        raise NotOver(asked.last)
    for each in standings(view):
        before = each.audit
        same = before.programme.partition("@")[0] == programme.id
        if same and (before.first, before.last) == (asked.first, asked.last):
            return Change(findings=[f"{before.id} audits these days, by {before.auditor}: nothing to do"])
    seed = f"audit {programme.reference} {asked.first} {asked.last}"
    population = forms(view, asked.first, asked.last) if programme.reads_sample or programme.reads_records else []
    sample = _sample(programme, population, seed, asked) if programme.reads_sample else []
    if programme.reads_sample and not sample:
        raise NothingToAudit(asked.first, asked.last)
    refuse_own(view, asked.auditor, sample, "evaluated or handled in the sample")
    if programme.reads_records:
        refuse_own(view, asked.auditor, population, "evaluated or handled in these days")
        refuse_part(view, programme, asked)
    head = Audit(
        programme=programme.reference,
        auditor=asked.auditor,
        first=asked.first,
        last=asked.last,
        due=due_after(view.now.date()),
        seed=seed,
        population=len(population),
        drawn=len(sample),
    )
    return Change(
        [
            head,
            *(
                AuditItem(audit=ref(head), observation=each.observation.id, evaluator=each.observation.by)
                for each in sample
            ),
        ]
    )


def _sample(programme: Programme, population: Sequence[Form], seed: str, asked: Asked) -> list[Form]:
    size = asked.size or programme.sample
    return sorted(population, key=lambda each: (rank(seed, each.observation.id), each.observation.id))[:size]


def refuse_part(view: View, programme: Programme, asked: Asked) -> None:
    """Raise OwnAudit where the auditor gave the feedback or decided the disputes that a programme looks through."""
    checks = {test.check for test in programme.tests}
    done = {
        "feedback-acknowledged": [row.id for row in view.current(Feedback) if _mine(asked, row.by, row.on)],
        "disputes-in-time": [
            row.dispute
            for row in view.current(DisputeDecision)
            if row.outcome != WITHDRAWN and _mine(asked, row.by, day_of(view, row.at))
        ],
    }
    found = [name for check, names in done.items() if check in checks for name in names]
    if found:
        raise OwnAudit(asked.auditor, "gave or decided", found)


def _mine(asked: Asked, person: str, day: date) -> bool:
    return person == asked.auditor and asked.first <= day <= asked.last


def refuse_own(view: View, auditor: str, found: Sequence[Form], what: str) -> None:
    """Raise OwnAudit where the auditor scored any of some forms, in any version of them, or handled its transaction."""
    scored = {row.item for row in view.rows(Observation) if row.by == auditor}
    own = [each.observation.id for each in found if each.item.id in scored or each.item.colleague == auditor]
    if own:
        raise OwnAudit(auditor, what, own)
