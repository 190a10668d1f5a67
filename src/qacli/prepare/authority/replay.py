"""Replaying decisions against the matrix of their day: over the limit, approved by oneself, split, or without authority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from qacli.model import Change, Row, View
from qacli.prepare.authority.acknowledging import acknowledged
from qacli.prepare.authority.matrix import Authority, Matrix

Rule = Literal["over-limit", "self-approved", "split", "no-authority", "not-acknowledged"]


class Decision(NamedTuple):
    """One line of a log of decisions. ``approver`` is empty where the person decided alone."""

    on: date
    case: str
    customer: str
    person: str
    decision: str
    amount: Decimal
    approver: str
    reason: str


class Breach(NamedTuple):
    """Decisions that went beyond what their person might decide: one, or several that count as one."""

    rule: Rule
    decisions: tuple[Decision, ...]
    amount: Decimal
    limit: Decimal | None  # None where there is no authority at all
    authority: str  # id@version of the line that was passed; empty where there is none
    words: str


@dataclass(frozen=True, kw_only=True)
class AuthorityBreach(Row, table="authority_breaches", letter="ab"):
    """A breach that was found and put on record, once."""

    rule: str
    person: str
    case: str
    decision: str
    first: date
    last: date
    decisions: int
    amount: Decimal
    limit: Decimal | None
    authority: str


def replayed(view: View, log: Sequence[Decision]) -> list[Breach]:
    """Return every breach in a log, by its first day. A decision stands in one breach at most, the gravest."""
    matrix, read = Matrix(view), acknowledged(view)
    found, alone = [], []
    for each in log:
        own = matrix.granted(each.person, each.decision, each.on)
        breach = _by_itself(matrix, each, own, read)
        if breach:
            found.append(breach)
        if own and each.amount <= own.limit and not _lifted(matrix, each, own):
            alone.append((each, own))
    splits = list(_split(alone))
    within = {each for breach in splits for each in breach.decisions}
    # a decision that is part of a split is told there, not again for want of a signature
    found = [each for each in found if each.rule != "not-acknowledged" or each.decisions[0] not in within]
    return sorted([*found, *splits], key=lambda each: (each.decisions[0].on, each.decisions[0].case, each.rule))


def _by_itself(
    matrix: Matrix, each: Decision, own: Authority | None, read: Mapping[tuple[str, str], date]
) -> Breach | None:
    """Return what is wrong with a decision by itself."""
    line = own
    if each.approver == each.person:
        return _breach("self-approved", each, own, f"{each.person} approved their own decision")
    if each.approver:
        line = matrix.granted(each.approver, each.decision, each.on)
    who = each.approver or each.person
    if line is None:
        return _breach("no-authority", each, None, f"no agreed line lets {who} decide {each.decision} on {each.on}")
    if each.amount > line.limit:
        return _breach("over-limit", each, line, f"{who} may decide up to {line.limit} {line.unit}")
    if read.get((who, line.reference), date.max) > each.on:
        return _breach("not-acknowledged", each, line, f"{who} had not acknowledged {line.reference} by {each.on}")
    return None


def _breach(rule: Rule, each: Decision, line: Authority | None, words: str) -> Breach:
    return Breach(rule, (each,), each.amount, line.limit if line else None, line.reference if line else "", words)


def _lifted(matrix: Matrix, each: Decision, own: Authority) -> bool:
    """Return whether somebody who may decide more approved it; a signature of one's equal lifts no limit."""
    if not each.approver or each.approver == each.person:
        return bool(each.approver)  # approved by oneself is a breach of its own
    line = matrix.granted(each.approver, each.decision, each.on)
    return line is None or line.limit > own.limit


def _split(alone: Sequence[tuple[Decision, Authority]]) -> Iterator[Breach]:
    """Yield decisions of one person on one case that together pass the limit within the days that count as one."""
    cases: dict[tuple[str, str, str], list[tuple[Decision, Authority]]] = {}
    for each, line in sorted(alone, key=lambda pair: pair[0].on):
        cases.setdefault((each.person, each.decision, each.case), []).append((each, line))
    for (person, what, case), pairs in cases.items():
        left = pairs
        while left:
            first, line = left[0]
            until = first.on + timedelta(days=line.split_days)
            together = [each for each, _ in left if each.on < until or each is first]
            total = sum((each.amount for each in together), Decimal(0))
            if len(together) > 1 and total > line.limit:
                days = (together[-1].on - first.on).days + 1
                when = "on one day" if days == 1 else f"in {days} days"
                words = f"{len(together)} x {what} by {person} on case {case} {when}: split {total} {line.unit}"
                yield Breach("split", tuple(together), total, line.limit, line.reference, words)
                left = left[len(together) :]
            else:
                left = left[1:]


def record(view: View, breaches: Sequence[Breach]) -> Change:
    """Record breaches; one that is on record already makes no row."""
    known = {
        (row.rule, row.person, row.case, row.decision, row.first, row.last) for row in view.current(AuthorityBreach)
    }
    rows = []
    for each in breaches:
        first, last = each.decisions[0], each.decisions[-1]
        if (each.rule, first.person, first.case, first.decision, first.on, last.on) not in known:
            rows.append(
                AuthorityBreach(
                    rule=each.rule,
                    person=first.person,
                    case=first.case,
                    decision=first.decision,
                    first=first.on,
                    last=last.on,
                    decisions=len(each.decisions),
                    amount=each.amount,
                    limit=each.limit,
                    authority=each.authority,
                )
            )
    findings = [] if rows or not breaches else ["all of it is on record: nothing to do"]
    return Change(rows, findings)
