"""Excusing what is due: only work that may be left undone, and nobody lets their own evaluations fall."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.govern.duties.due import due_by_key
from qacli.govern.duties.duty import Work
from qacli.model import Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.monitor.observing.excuse import Excuse, excuses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.govern.duties.duty import Duty

EXCUSABLE: Mapping[Work, str] = MappingProxyType(
    {
        "draw": "",
        "score": "",
        "calibration": "score it, or end the session with what has come in: qacli calibrate reveal SESSION",
        "dispute": "decide it; the colleague may take it back: qacli dispute withdraw DISPUTE",
        "question": "close it with what is known: qacli kpi answer QUESTION --close",
        "spot": 'say why it was not made: qacli spot miss CHECK --reason "..."',
        "briefing": "tell whoever was away: qacli brief deliver; answer the concern: qacli brief answer",
        "case": "decide it, if only with: qacli case approve CASE --decline",
        "resource": "decide it, if only that it is refused: qacli resource secure REQUEST --outcome refused",
        "escalation": "hand it over, or close it with what was decided: qacli escalate",
        "ladder": "put it on record, and do its step: qacli escalate ladder --record",
        "cause": "ask on, or judge the fix: qacli cause",
        "request": "the law sets its day: answer it, or extend it with qacli privacy",
        "feedback": "deliver it and have it answered, or take it back: qacli feedback decline FEEDBACK, qacli feedback withdraw FEEDBACK",
        "plan": 'cancel it with the reason: qacli plan cancel PLAN --words "..."',
        "action": "end it, or drop it with the reason: qacli plan close ACTION --outcome dropped --words ...",
        "notice": "write the next notice: qacli notice add",
        "requirement": "look at its source: qacli require review RULE --note ...",
        "consultation": "say, reply or look: qacli require say, reply, live",
        "review": "review it, and write the next day into review_by",
        "look": "",
        "watch": 'close it with the reason: qacli finding close FINDING --reason "..."',
        "settle": "qacli run does it",
        "triage": "decide it: qacli voice triage REMARK",
        "audit": "plan and run it: qacli audit plan PROGRAMME --auditor PERSON",
        "audit-finding": "put it right, have it verified, then: qacli audit close FINDING",
        "improvement": "decide on it: qacli audit adopt IMPROVEMENT, or --decline",
    }
)
"""Kind of work: what is done instead of excusing it; empty where it can be excused."""


class NotExcusable(Refusal, rule="not-excusable"):
    """Some work is not left undone by saying why."""

    def __init__(self, duty: Duty) -> None:
        super().__init__(f"{duty.words}: that cannot be excused.", help=EXCUSABLE[duty.kind])


class OwnExcuse(Refusal, rule="own-excuse"):
    """Whoever may drop their own items can drop the hard ones, and the sample is no longer random."""

    def __init__(self, duty: Duty) -> None:
        super().__init__(
            f"{duty.owner} cannot excuse their own item {duty.subject}.",
            help=Hint("somebody else does, or gives it to another: ", Command("sample assign")),
        )


class NoReasonToExcuse(Refusal, rule="excuse-reason"):
    """What was missed is told with why."""

    def __init__(self) -> None:
        super().__init__("an excuse says why.", help='for example: --reason "no export that week: the system moved"')


def excuse(view: View, key: str, reason: str) -> Change:
    """Record why a duty is not done. An excuse that is on record is a finding and makes no row.

    Raises NoReasonToExcuse, NotExcusable, OwnExcuse, UsageError for a duty that is not due.
    """
    if not reason.strip():
        raise NoReasonToExcuse
    if key in excuses(view):
        return Change(findings=[f"{key} was excused by {excuses(view)[key].by}: nothing to do"])
    duty = due_by_key(view).get(key)
    if duty is None:
        raise UsageError(
            f"nothing of the name {key} is due",
            help=Hint("what is, with its name: ", Command("run --ahead 0 --format csv")),
        )
    if EXCUSABLE[duty.kind]:
        raise NotExcusable(duty)
    if duty.kind == "score" and duty.owner == view.actor:
        raise OwnExcuse(duty)
    return Change([Excuse(duty=key, owner=duty.owner, due=duty.due, reason=Words(reason.strip()))])
