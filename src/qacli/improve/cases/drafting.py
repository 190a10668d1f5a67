"""Drafting and approving a business case: its figures are worked out each time, and a second person decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from qacli.improve.cases.fitting import case_of, template_of, whole
from qacli.improve.cases.record import CaseApproval, CaseDraft, Moved, decided, drafted, last_draft, moved
from qacli.improve.cases.standing import is_current
from qacli.model import Change, Command, Hint, Refusal, View, ref
from qacli.prepare.approval import AGREED, DECLINED, decision_row, second_person, told
from qacli.prepare.authority.matrix import Authority, Matrix
from qacli.prepare.period import in_words

if TYPE_CHECKING:
    from qacli.improve.cases.case import Case

Decision = Literal["agreed", "declined"]
SPENDING = "business-case"
"""The decision by which lines of the matrix say who may approve a case, and up to which cost."""


class NotDrafted(Refusal, rule="not-drafted"):
    """A decision is made on a draft, with its figures on record."""

    def __init__(self, case: Case, draft: CaseDraft | None) -> None:
        why = f"its text or format was changed after {draft.id}" if draft else "it was never drafted"
        super().__init__(
            f"{case.reference} as it stands is not on record: {why}.",
            help=Hint(f"{case.owner} runs: ", Command(f"case draft {case.id}", case.owner)),
        )


class FiguresMoved(Refusal, rule="figures-moved"):
    """Nobody approves figures that are no longer so."""

    def __init__(self, case: Case, draft: CaseDraft, found: Sequence[Moved]) -> None:
        listed = "".join(f"\n  {each.in_words}" for each in found)
        super().__init__(
            f"{len(found)} figure{'s' * (len(found) != 1)} of {case.reference} changed since {draft.id}:{listed}",
            help=Hint("read it again with its figures of today: ", Command(f"case draft {case.id}")),
        )


class NotAskedToDecide(Refusal, rule="case-not-asked-of"):
    """Whom the case asks decides it."""

    def __init__(self, case: Case, actor: str) -> None:
        super().__init__(
            f"{case.reference} asks {case.ask.of}; {actor} cannot decide it.",
            help=Hint("that person runs: ", Command(f"case approve {case.id}", case.ask.of)),
        )


class DraftedByOneself(Refusal, rule="drafted-by-oneself"):
    """Who draws up a case does not decide it as well."""

    def __init__(self, draft: CaseDraft) -> None:
        super().__init__(
            f"{draft.by} drafted {draft.id} of {draft.case} and cannot decide it as well.",
            help="let its owner draft it",
        )


class DraftToCome(Refusal, rule="before-draft"):
    """Nobody decides on what was not written yet."""

    def __init__(self, draft: CaseDraft, drafted: date, today: date) -> None:
        super().__init__(
            f"{draft.id} of {draft.case} was drafted on {in_words(drafted)}: no decision on it is of {in_words(today)}.",
            help="decide on that day or after it",
        )


class BeyondAuthority(Refusal, rule="beyond-authority"):
    """Where the matrix says who may spend how much on a case, nobody decides on more."""

    def __init__(self, case: Case, actor: str, cost: Decimal, granted: Authority | None) -> None:
        may = f"{actor} may decide up to {granted.limit} {granted.unit}" if granted else f"{actor} may decide on none"
        above = granted.next_role if granted else None
        super().__init__(
            f"{case.reference} costs {cost:,} {case.currency}; {may}.",
            help=f"let the case ask a {above}: ask.of" if above else "see who may: qacli authority list",
        )


def draft(view: View, id: str) -> Change:  # noqa: A002
    """Record a case with its figures as they stand now. Raises NoSuchCase, NotWhole, OnePerson, NoTrace, NoResult.

    Where text, format and figures are those of the last draft, that is a finding. The text may still change: only what
    was approved is fixed.
    """
    case = case_of(view, id)
    found = whole(view, case)
    last = last_draft(view, case)
    if last and is_current(view, case, last) and not moved(view, last, found):
        return Change(findings=[f"{last.id} holds {case.reference} with the same text and figures: nothing to do"])
    since = [each.in_words for each in moved(view, last, found)] if last else []
    return Change(drafted(view, found, template_of(view, case).reference), since)


def approve(view: View, id: str, comment: str = "", decision: Decision = AGREED) -> Change:  # noqa: A002
    """Record the decision of whom a case asks, on its last draft. Text, format and figures must be those of the draft.

    Raises NoSuchCase, SamePerson, WrongRole, NotAskedToDecide, NotDrafted, DraftedByOneself, DraftToCome, FiguresMoved,
    BeyondAuthority and what ``whole`` raises; a draft that was decided so already is a finding.
    """
    case = case_of(view, id)
    role = second_person(view, "case", case)
    if view.actor != case.ask.of:
        raise NotAskedToDecide(case, view.actor)
    last = last_draft(view, case)
    if not last or not is_current(view, case, last):
        raise NotDrafted(case, last)
    if last.by == view.actor:
        raise DraftedByOneself(last)
    _refuse_before(view, last)
    if (before := decided(view, case)) and (before[0].decision, before[1].id) == (decision, last.id):
        return Change(findings=[f"{last.id} of {case.reference} was {told('case', decision)} already: nothing to do"])
    if decision != DECLINED:
        found = whole(view, case)
        if changed := moved(view, last, found):
            raise FiguresMoved(case, last, changed)
        _refuse_beyond(view, case, found.recommended.cost)
    view.definition("template", last.format)  # from here on both texts are kept as they were approved
    view.definition("case", case.reference)
    row = decision_row(view, "case", case, decision, role, comment)
    return Change([row, CaseApproval(approval=ref(row), draft=last.id)])


def _refuse_before(view: View, draft: CaseDraft) -> None:
    drafted, today = draft.at and draft.at.astimezone(view.now.tzinfo).date(), view.now.date()
    if drafted and today < drafted:
        raise DraftToCome(draft, drafted, today)


def _refuse_beyond(view: View, case: Case, cost: Decimal) -> None:
    # a line that nobody has agreed gives nothing, and says all the same that not everybody may
    if any(line.decision == SPENDING for line in view.definitions("authority")):
        granted = Matrix(view).granted(view.actor, SPENDING, view.now.date())
        if granted is None or granted.limit < cost:
            raise BeyondAuthority(case, view.actor, cost, granted)
