"""Records of a business case: each draft with its figures and what its options came to; and which draft was approved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from qacli.improve.cases.case import Case
from qacli.improve.cases.known import Known
from qacli.improve.cases.reckoning import Reckoned
from qacli.model import Row, View, Words, ref
from qacli.prepare.approval import Approval


@dataclass(frozen=True, kw_only=True)
class CaseDraft(Row, table="case_drafts", letter="ic"):
    """A case as it was worked out on one day, bound to its text by ``sha256`` and to its format by ``format_sha256``."""

    case: str
    sha256: str
    format: str  # id@version of the template
    format_sha256: str
    currency: str
    months: int
    recommended: str


@dataclass(frozen=True, kw_only=True)
class CaseFigure(Row, table="case_figures", parent="draft"):
    """One figure or assumption of a draft; ``command`` shows it, empty for an assumption; ``low`` and ``high`` if known."""

    draft: str
    name: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    command: str
    trace: Words


@dataclass(frozen=True, kw_only=True)
class CaseOption(Row, table="case_options", parent="draft"):
    """What one option of a draft comes to over its months; ``low`` and ``high`` are its gain at the worst and the best."""

    draft: str
    option: str
    cost: Decimal
    benefit: Decimal
    gain: Decimal
    low: Decimal
    high: Decimal
    risk: Words


@dataclass(frozen=True, kw_only=True)
class CaseApproval(Row, table="case_approvals", parent="approval"):
    """The draft whose figures a decision on a case was made on."""

    approval: str
    draft: str


class Moved(NamedTuple):
    """A figure that is not what it was when it was drafted; ``before`` or ``now`` is None where it was not there."""

    name: str
    before: CaseFigure | None
    now: Known | None

    @property
    def in_words(self) -> str:
        """What it was and what it is."""
        was = f"{plain(self.before.value)}{_range(self.before)}" if self.before else "not there"
        now = f"{plain(self.now.value)}{_range(self.now)}" if self.now else "not there"
        return f"{self.name} was {was} and is {now}"


def plain(number: Decimal) -> str:
    """Return a number without zeros at its end."""
    return f"{number.normalize():f}"


def _range(each: CaseFigure | Known) -> str:
    return "" if each.low is None or each.high is None else f" ({plain(each.low)} to {plain(each.high)})"


def drafted(view: View, found: Reckoned, format_: str) -> list[Row]:
    """Return the rows of a draft. ``format_`` is the template, by id@version."""
    case = found.case
    head = CaseDraft(
        case=case.reference,
        sha256=view.sha256("case", case.reference),
        format=format_,
        format_sha256=view.sha256("template", format_),
        currency=case.currency,
        months=case.months,
        recommended=case.recommend,
    )
    figures = [
        CaseFigure(
            draft=ref(head),
            name=each.name,
            value=each.value,
            low=each.low,
            high=each.high,
            unit=each.unit,
            command=each.command,
            trace=Words(each.trace),
        )
        for each in found.known.values()
    ]
    options = [
        CaseOption(
            draft=ref(head),
            option=name,
            cost=each.cost,
            benefit=each.benefit,
            gain=each.gain,
            low=each.worst,
            high=each.best,
            risk=Words("; ".join(risk.what for risk in each.option.risks)),
        )
        for name, each in found.outcomes.items()
    ]
    return [head, *figures, *options]


def last_draft(view: View, case: Case) -> CaseDraft | None:
    """Return the newest draft of a version of a case; None before the first."""
    mine = view.current(CaseDraft, case=case.reference)
    return mine[-1] if mine else None


def figures_of(view: View, draft: CaseDraft) -> dict[str, CaseFigure]:
    """Return the figures of a draft by name."""
    return {row.name: row for row in view.current(CaseFigure) if row.draft == draft.id}


def moved(view: View, draft: CaseDraft, found: Reckoned) -> list[Moved]:
    """Return the figures that are not what they were in a draft."""
    before = figures_of(view, draft)
    names = dict.fromkeys((*before, *found.known))
    pairs = [Moved(name, before.get(name), found.known.get(name)) for name in names]
    return [each for each in pairs if _content(each.before) != _content(each.now)]


def _content(each: CaseFigure | Known | None) -> tuple[Decimal | None, ...] | None:
    return None if each is None else (each.value, each.low, each.high)


def decided(view: View, case: Case) -> tuple[Approval, CaseDraft] | None:
    """Return the last decision on exactly this text of a case with the draft that it was made on; None before one."""
    drafts = {row.approval: row.draft for row in view.current(CaseApproval)}
    sha256 = view.sha256("case", case.reference)
    mine = [
        row
        for row in view.current(Approval)
        if (row.kind, row.item, row.sha256) == ("case", case.reference, sha256) and row.id in drafts
    ]
    return (mine[-1], view.one(CaseDraft, drafts[mine[-1].id])) if mine else None
