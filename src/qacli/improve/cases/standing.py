"""How far business cases are: written, drafted, decided, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.cases.fitting import NotWhole, case_of, template_of, whole
from qacli.improve.cases.record import CaseDraft, Moved, decided, last_draft, moved
from qacli.model import Refusal, View
from qacli.prepare.approval import Approval, told

if TYPE_CHECKING:
    from qacli.improve.cases.case import Case
    from qacli.improve.cases.reckoning import Reckoned


class Standing(NamedTuple):
    """A case and how far it is. ``found`` is None where a figure cannot be made now, and ``lacking`` says why.

    ``moved`` are the figures that changed since the last draft, ``since_decision`` those since the draft decided on.
    ``edited`` says that the file no longer holds the text that was approved; all figures are those of the approved one.
    """

    case: Case
    draft: CaseDraft | None
    found: Reckoned | None
    lacking: Refusal | None
    moved: Sequence[Moved]
    current: bool  # the draft is of the text and format as they stand
    decision: Approval | None
    decided_on: CaseDraft | None
    since_decision: Sequence[Moved]
    edited: bool

    @property
    def state(self) -> str:
        """written, drafted, approved or declined, and what has changed since."""
        if not self.draft:
            return "written"
        if not self.current:
            return "text changed since the draft"
        base = "drafted"
        if self.decision:
            base = told("case", self.decision.decision)
            if self.decided_on and self.decided_on.id != self.draft.id:
                base = f"drafted again, {base} before"
        if self.edited:
            return f"{base}, text changed since"
        if self.lacking:
            return f"{base}, a figure cannot be made now"
        return f"{base}, figures changed since" if self.moved else base


def is_current(view: View, case: Case, last: CaseDraft) -> bool:
    """Return whether a draft is of the text and the format as they stand. Raises NotWhole."""
    template = template_of(view, case).reference
    return (last.sha256, last.format, last.format_sha256) == (
        view.sha256("case", case.reference),
        template,
        view.sha256("template", template),
    )


def standing_of(view: View, case: Case) -> Standing:
    """Return a case and how far it is, with its figures as they stand now."""
    found, lacking = None, None
    try:
        found = whole(view, case)
    except Refusal as wrong:
        lacking = wrong
    last = last_draft(view, case)
    current = bool(last and not isinstance(lacking, NotWhole) and is_current(view, case, last))
    before = decided(view, case)
    decision, on = before or (None, None)
    changed, since = (moved(view, each, found) if each and found else [] for each in (last, on))
    edited = any(each.reference == case.reference and each != case for each in view.definitions("case"))
    return Standing(case, last, found, lacking, changed, current, decision, on, since, edited)


def standings(view: View) -> list[Standing]:
    """Return the newest version of every case, by id."""
    names = sorted({each.id for each in view.definitions("case")})
    return [standing_of(view, case_of(view, name)) for name in names]


def awaited(view: View) -> Iterator[tuple[Case, CaseDraft]]:
    """Yield each case whose last draft nobody has decided on, with that draft, without working out its figures."""
    for case in view.definitions("case"):
        last = last_draft(view, case)
        before = decided(view, case)
        if last and not (before and before[1].id == last.id):
            yield case, last
