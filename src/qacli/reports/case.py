"""The business case as a document: each number with what makes it, in the format of the organisation."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qacli.improve.cases.case import DO_NOTHING
from qacli.improve.cases.fitting import case_of, template_of
from qacli.improve.cases.record import plain
from qacli.improve.cases.standing import standing_of
from qacli.improve.cases.trace import FIELD
from qacli.model import Refusal
from qacli.prepare.approval import AGREED, told
from qacli.prepare.period import in_words
from qacli.reports.environment import BANNERS, Inert, inert, render
from qacli.reports.sandbox import filled

if TYPE_CHECKING:
    from qacli.improve.cases.known import Known
    from qacli.improve.cases.reckoning import Outcome, Reckoned
    from qacli.improve.cases.standing import Standing
    from qacli.improve.cases.template import Template
    from qacli.model import View

WHOLE = 100
"""Money from here on is told without pence in a text; the tables of figures hold all."""
PERCENT = frozenset({"percent", "per cent", "points of per cent"})
CENT = Decimal("0.01")


class LeftOut(Refusal, rule="template-leaves-out"):
    """However the page looks, what was worked out stands on it."""

    def __init__(self, template: Template, missing: list[str]) -> None:
        super().__init__(
            f"the jinja of {template.reference} leaves out {', '.join(missing)}.",
            help="place each of them as it is: " + " ".join(f"{{{{ parts.{name} }}}}" for name in missing),
        )


class Telling:
    """Numbers of one case in words, each with the number under which its origin stands at the end."""

    def __init__(self, found: Reckoned) -> None:
        self.found = found
        recorded = [each.name for each in found.known.values() if each.command]
        assumed = [each.name for each in found.known.values() if not each.command]
        self.marks = {name: f"F{number}" for number, name in enumerate(recorded, 1)}
        self.marks |= {name: f"A{number}" for number, name in enumerate(assumed, 1)}

    def amount(self, amount: Decimal) -> Inert:
        """Return an amount without its currency: whole from 100 on."""
        shown = f"{amount:,.0f}" if abs(amount) >= WHOLE else f"{amount:,.2f}"
        return Inert("0" if shown in {"0.00", "-0.00"} else shown)

    def money(self, amount: Decimal) -> str:
        """Return an amount of money."""
        return f"{self.found.case.currency} {self.amount(amount)}"

    def number(self, each: Known, value: Decimal | None) -> Inert:
        """Return a figure in its unit where that is money or per cent; else as a plain number."""
        if value is None:
            return Inert("not known")
        if each.unit.startswith(self.found.case.currency):
            return Inert(self.money(value))
        percent = each.unit in PERCENT
        places = Decimal(1) if abs(value) >= (1 if percent else WHOLE) else CENT
        return Inert(f"{value.quantize(places).normalize():,f}{' %' * percent}")

    def range(self, each: Known) -> Inert:
        """Return how low and how high a figure may be."""
        if not each.ranged:
            return Inert("no range")
        return Inert(f"{self.number(each, each.low)} to {self.number(each, each.high)}")

    def span(self, middle: Decimal, ends: tuple[Decimal, Decimal]) -> str:
        """Return an amount, with how far it may reach where that is known."""
        reach = f" ({self.amount(ends[0])} to {self.amount(ends[1])})" if ends[0] != ends[1] else ""
        return f"{self.amount(middle)}{reach}"

    def against_nothing(self, gain: Decimal) -> str:
        """Return how an option compares with doing nothing."""
        return f"{self.money(abs(gain))} {'better' if gain >= 0 else 'worse'} than doing nothing"

    def payback(self, each: Outcome) -> str:
        """Return when what was spent has come back."""
        months = self.found.case.months
        if each.payback is None:
            return "from the start" if each.gain > 0 else "never at these figures"
        late = f", after the {months} that are counted" if each.payback > months else ""
        return f"after {plain(each.payback)} months{late}"

    def paid_back(self, each: Outcome) -> str:
        """Return in a sentence when what was spent has come back."""
        if each.payback is None:
            return (
                "It brings more than it costs from the start." if each.gain > 0 else "What is spent does not come back."
            )
        return f"If it works from the first day, what was spent has come back {self.payback(each)}."

    def field(self, text: str) -> str:
        """Return what stands for {text} in a sentence, with the mark of its origin."""
        name, _, part = text.partition(".")
        if text == "months":
            return f"{self.found.case.months} months"
        if name in self.found.outcomes:
            each = self.found.outcomes[name]
            return self.payback(each) if part == "payback" else self.money(getattr(each, part))
        known = self.found.known[name]
        shown = self.number(known, {"": known.value, "low": known.low, "high": known.high}.get(part))
        if part == "range":
            shown = self.range(known)
        return f"{shown} [{self.marks[name]}]"

    def text(self, text: str) -> str:
        """Return a written text as paragraphs of Markdown, with its figures filled in.

        An empty line begins a paragraph; YAML makes one line end of it in a text that is folded with >.
        """
        whole = FIELD.sub(lambda found: self.field(found[1]), text)
        parts = whole.strip().split("\n\n" if "\n\n" in whole else "\n")
        return "\n\n".join(inert(each) for each in parts if each.strip())

    def line(self, text: str) -> str:
        """Return a written text on one line, with its figures filled in, not yet made inert."""
        return FIELD.sub(lambda found: self.field(found[1]), text)

    def formula(self, text: str) -> str:
        """Return a formula with the marks of its names behind them."""
        return re.sub(r"[a-z][a-z0-9-]*", lambda name: f"{name[0]} [{self.marks[name[0]]}]", text)


def case_document(view: View, id: str) -> str:  # noqa: A002
    """Return a business case as Markdown, with its figures as they stand now.

    Raises NoSuchItem, what ``drafting.whole`` raises, TemplateRefused and LeftOut.
    """
    case = case_of(view, id)
    template = template_of(view, case)
    standing = standing_of(view, case)
    if standing.lacking or not standing.found:
        raise standing.lacking or Refusal(f"{case.reference} has no figures")
    parts = _parts(view, standing, template)
    values = {"title": inert(case.title), "organisation": inert(view.settings.organisation), "parts": parts}
    if not template.jinja:
        order = ("status", *(each.id for each in template.sections))
        return render("case.md.j2", {**values, "parts": [Inert(parts[name]) for name in order]})
    told_of = {"id": inert(case.id), "version": case.version, "owner": inert(view.people.get(case.owner).name)}
    text = filled(template.reference, template.jinja, {**values, "case": told_of})
    compulsory = [name for name, part in parts.items() if " ".join(part.split()) not in " ".join(text.split())]
    if compulsory:
        raise LeftOut(template, compulsory)
    return text


def refuse_unfit(view: View, id: str) -> None:  # noqa: A002
    """Raise TemplateRefused or LeftOut where a format of the organisation's own does not make the document."""
    if template_of(view, case_of(view, id)).jinja:
        case_document(view, id)


def _parts(view: View, standing: Standing, template: Template) -> dict[str, str]:
    """Return every section by its id, and the status, as Markdown."""
    shared = _values(view, standing, template)
    parts = {
        "status": render("case_part.md.j2", {**shared, "holds": "status", "heading": "", "text": ""}).strip() + "\n"
    }
    for section in template.sections:
        text = shared["telling"].text(standing.case.texts[section.id]) if section.holds == "text" else ""
        values = {**shared, "holds": section.holds, "heading": section.title, "text": Inert(text)}
        parts[section.id] = render("case_part.md.j2", values).strip() + "\n"
    return parts


def _values(view: View, standing: Standing, template: Template) -> dict[str, Any]:
    found = standing.found
    assert found
    telling = Telling(found)
    ours, rival = found.recommended, found.next_best
    doubts = next(each.title for each in template.sections if each.holds == "sensitivity")
    return {
        "banner": BANNERS[view.provenance],
        "organisation": view.settings.organisation,
        "case": found.case,
        "found": found,
        "telling": telling,
        "standing": standing,
        "status": _status(view, standing),
        "since": "the decision" if standing.decided_on else "that draft",
        "moved": [each.in_words for each in (standing.since_decision if standing.decided_on else standing.moved)],
        "name": lambda person: view.people.get(person).name,
        "today": view.now.date(),
        "idle": found.outcomes[DO_NOTHING],
        "better": rival if rival.gain > ours.gain else None,
        "steadier": max(
            (each for each in found.outcomes.values() if each.worst > ours.worst), key=_worst, default=None
        ),
        "rival": None if rival.option.id == DO_NOTHING else rival,
        "doubts": doubts,
    }


def _worst(each: Outcome) -> Decimal:
    return each.worst


def _status(view: View, standing: Standing) -> str:
    """Return in a sentence what the paper is: a text, a draft, or what was decided by whom on which figures."""
    draft, decision = standing.draft, standing.decision
    if not draft:
        return "Not on record yet: nobody can decide on it."
    if not standing.current:
        return f"Changed after {draft.id}: nobody can decide on it before it is drafted again."
    made = f"Draft {draft.id} of {_day(view, draft.at)} by {view.people.get(draft.by).name}"
    if not decision or not standing.decided_on:
        return f"{made}; not decided."
    by = f"{told('case', decision.decision)} by {view.people.get(decision.by).name} on {_day(view, decision.at)}"
    comment = f": {decision.comment}" if decision.comment else ""
    if standing.decided_on.id != draft.id:
        return f"{made}; not decided. Draft {standing.decided_on.id} was {by}{comment}."
    figures = " with these figures" if decision.decision == AGREED and not standing.moved else ""
    return f"{made}, {by}{figures}{comment}."


def _day(view: View, at: Any) -> str:
    return in_words(at.astimezone(view.now.tzinfo).date()) if at else "a day not known"
