"""Drafting, checking and approving a business case: its figures are worked out each time, and a second person decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from qacli.improve.briefing.evidence import refuse_names
from qacli.improve.cases.case import Case, Place
from qacli.improve.cases.reckoning import Reckoned, reckon
from qacli.improve.cases.record import CaseApproval, CaseDraft, Moved, decided, drafted, last_draft, moved
from qacli.improve.cases.template import Template
from qacli.model import Change, Refusal, View, ref
from qacli.prepare.approval import AGREED, DECLINED, Approval, NoSuchItem, decision_row, second_person, told
from qacli.prepare.authority.matrix import Authority, Matrix
from qacli.prepare.people import People

Decision = Literal["agreed", "declined"]
SPENDING = "business-case"
"""The decision by which lines of the matrix say who may approve a case, and up to which cost."""


class NotWhole(Refusal, rule="case-incomplete"):
    """A case names a format, people and sections that are there."""

    def __init__(self, case: Case, found: Sequence[Misfit]) -> None:
        listed = "".join(f"\n  {each.message}; {each.hint}" for each in found)
        super().__init__(
            f"{case.reference} does not hold together:{listed}", help="mend its file; nothing was recorded"
        )


class NotDrafted(Refusal, rule="not-drafted"):
    """A decision is made on a draft, with its figures on record."""

    def __init__(self, case: Case, draft: CaseDraft | None) -> None:
        why = f"its text or format was changed after {draft.id}" if draft else "it was never drafted"
        super().__init__(
            f"{case.reference} as it stands is not on record: {why}.",
            help=f"{case.owner} runs: qacli case draft {case.id}",
        )


class FiguresMoved(Refusal, rule="figures-moved"):
    """Nobody approves figures that are no longer so."""

    def __init__(self, case: Case, draft: CaseDraft, found: Sequence[Moved]) -> None:
        listed = "".join(f"\n  {each.in_words}" for each in found)
        super().__init__(
            f"{len(found)} figure{'s' * (len(found) != 1)} of {case.reference} changed since {draft.id}:{listed}",
            help=f"read it again with its figures of today: qacli case draft {case.id}",
        )


class NotAskedToDecide(Refusal, rule="case-not-asked-of"):
    """Whom the case asks decides it."""

    def __init__(self, case: Case, actor: str) -> None:
        super().__init__(
            f"{case.reference} asks {case.ask.of}; {actor} cannot decide it.",
            help=f"that person runs: qacli case approve {case.id} --as {case.ask.of}",
        )


class DraftedByOneself(Refusal, rule="drafted-by-oneself"):
    """Who draws up a case does not decide it as well."""

    def __init__(self, draft: CaseDraft) -> None:
        super().__init__(
            f"{draft.by} drafted {draft.id} of {draft.case} and cannot decide it as well.",
            help="let its owner draft it",
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


class Misfit(NamedTuple):
    """What a case names that is not there: where in its file, a code, what is wrong and what to do."""

    place: Place
    code: str
    message: str
    hint: str


class Standing(NamedTuple):
    """A case and how far it is. ``found`` is None where a figure cannot be made now, and ``lacking`` says why.

    ``moved`` are the figures that changed since the last draft, ``since_decision`` those since the draft decided on.
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
        if self.lacking:
            return f"{base}, a figure cannot be made now"
        return f"{base}, figures changed since" if self.moved else base


def misfits(case: Case, templates: Sequence[Template], people: People) -> Iterator[Misfit]:
    """Yield what does not fit between a case, the formats of the folder and people.csv."""
    template = _template(case, templates)
    if template is None:
        known = ", ".join(sorted({each.id for each in templates})) or "none yet; qacli init writes one"
        yield Misfit(
            ("template",), "unknown-template", f"there is no template {case.template}", f"defined are: {known}"
        )
    else:
        for name, section in template.written.items():
            if name not in case.texts:
                asks = f": {section.asks}" if section.asks else ""
                yield Misfit(
                    ("texts",), "section-missing", f"the text of section {name} is missing", f"say in it{asks}"
                )
        for name in case.texts:
            if name not in template.written:
                hint = f"sections: {', '.join(template.written)}"
                yield Misfit(
                    ("texts", name), "unknown-section", f"{template.reference} has no section {name} for a text", hint
                )
    for place, person in _people(case):
        if person not in people:
            yield Misfit(place, "unknown-person", f"nobody in people.csv is {person}", "name a person id of it")


def _people(case: Case) -> Iterator[tuple[Place, str]]:
    yield ("owner",), case.owner
    yield ("ask", "of"), case.ask.of
    for number, action in enumerate(case.actions):
        yield ("actions", number, "owner"), action.owner
    for at, option in enumerate(case.options):
        for number, risk in enumerate(option.risks):
            yield ("options", at, "risks", number, "owner"), risk.owner


def _template(case: Case, templates: Sequence[Template]) -> Template | None:
    fits = [each for each in templates if case.template in {each.id, each.reference} and each.in_force(case.from_)]
    return max(fits, key=lambda each: each.newness) if fits else None


def template_of(view: View, case: Case) -> Template:
    """Return the format of a case, in force on its first day. Raises NotWhole."""
    found = _template(case, view.definitions("template"))
    if found is None:
        raise NotWhole(case, list(misfits(case, view.definitions("template"), view.people)))
    return found


def case_of(view: View, id: str) -> Case:  # noqa: A002
    """Return a case as it stands, its newest version or id@version. Raises NoSuchItem."""
    there: Sequence[Case] = view.definitions("case")
    mine = [each for each in there if id in {each.id, each.reference}]
    if not mine:
        raise NoSuchItem("case", id, sorted({each.id for each in there}))
    return max(mine, key=lambda each: each.newness)


def whole(view: View, case: Case) -> Reckoned:
    """Return a case with its figures as they stand now. Raises NotWhole, OnePerson, NoTrace, NoResult."""
    if wrong := list(misfits(case, view.definitions("template"), view.people)):
        raise NotWhole(case, wrong)
    for _, text in case.written():
        refuse_names(view, text)
    return reckon(view, case)


def draft(view: View, id: str) -> Change:  # noqa: A002
    """Record a case with its figures as they stand now. Raises NoSuchItem, NotWhole, OnePerson, NoTrace, NoResult.

    Where text, format and figures are those of the last draft, that is a finding. The text may still change: only what
    was approved is fixed.
    """
    case = case_of(view, id)
    found = whole(view, case)
    last = last_draft(view, case)
    if last and _is_current(view, case, last) and not moved(view, last, found):
        return Change(findings=[f"{last.id} holds {case.reference} with the same text and figures: nothing to do"])
    since = [each.in_words for each in moved(view, last, found)] if last else []
    return Change(drafted(view, found, template_of(view, case).reference), since)


def approve(view: View, id: str, comment: str = "", decision: Decision = AGREED) -> Change:  # noqa: A002
    """Record the decision of whom a case asks, on its last draft. Text, format and figures must be those of the draft.

    Raises NoSuchItem, SamePerson, WrongRole, NotAskedToDecide, NotDrafted, DraftedByOneself, FiguresMoved, BeyondAuthority and what
    ``whole`` raises; a draft that was decided so already is a finding.
    """
    case = case_of(view, id)
    role = second_person(view, "case", case)
    if view.actor != case.ask.of:
        raise NotAskedToDecide(case, view.actor)
    last = last_draft(view, case)
    if not last or not _is_current(view, case, last):
        raise NotDrafted(case, last)
    if last.by == view.actor:
        raise DraftedByOneself(last)
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


def _refuse_beyond(view: View, case: Case, cost: Decimal) -> None:
    # a line that nobody has agreed gives nothing, and says all the same that not everybody may
    if any(line.decision == SPENDING for line in view.definitions("authority")):
        granted = Matrix(view).granted(view.actor, SPENDING, view.now.date())
        if granted is None or granted.limit < cost:
            raise BeyondAuthority(case, view.actor, cost, granted)


def _is_current(view: View, case: Case, last: CaseDraft) -> bool:
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
    current = bool(last and not isinstance(lacking, NotWhole) and _is_current(view, case, last))
    before = decided(view, case)
    decision, on = before or (None, None)
    changed, since = (moved(view, each, found) if each and found else [] for each in (last, on))
    return Standing(case, last, found, lacking, changed, current, decision, on, since)


def standings(view: View) -> list[Standing]:
    """Return the newest version of every case, by id."""
    newest: dict[str, Case] = {}
    for each in view.definitions("case"):
        if each.id not in newest or newest[each.id].newness < each.newness:
            newest[each.id] = each
    return [standing_of(view, newest[name]) for name in sorted(newest)]


def awaited(view: View) -> Iterator[tuple[Case, CaseDraft]]:
    """Yield each case whose last draft nobody has decided on, with that draft, without working out its figures."""
    for case in view.definitions("case"):
        last = last_draft(view, case)
        before = decided(view, case)
        if last and not (before and before[1].id == last.id):
            yield case, last
