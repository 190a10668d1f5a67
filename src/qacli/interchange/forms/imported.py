"""A scorecard made of a form that was read: complete as far as the form goes, and clear about what a person must add."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from qacli.files.yaml import short
from qacli.interchange.forms import guidance
from qacli.interchange.forms.form import Answer, Form, Question
from qacli.interchange.forms.points import shares, spread
from qacli.interchange.forms.scales_found import LONGEST, MOST_POINTS, Scales, points_of, slug, worst_first, written
from qacli.model import Refusal
from qacli.prepare.scorecards.lint import TO_COMPLETE
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard

CRITICAL = "compliance"
"""The class of a critical question where the form does not say whom a failure harms."""
PLACEHOLDER = "to-complete"


class NothingScored(Refusal, rule="nothing-scored"):
    """A form without weights or points cannot give a score."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"no question of '{title}' counts towards a score.", help="give its questions weights or points first"
        )


class TooManyAnswers(Refusal, rule="too-many-answers"):
    """More answers than a scale has points: taking some of them out would change scores, so a person decides."""

    def __init__(self, questions: Sequence[str]) -> None:
        said = "".join(f"\n  - {each}" for each in questions)
        super().__init__(
            f"more answers of different worth than a scale here has points, which is {MOST_POINTS}:{said}",
            help="in a copy of the form, give answers that nobody can tell apart the same worth, and read that in",
        )


class Imported(NamedTuple):
    """What reading a form in writes: the card and new scales as text trees, and what to say of it."""

    card: dict[str, Any]
    scales: Sequence[dict[str, Any]]
    findings: Sequence[str]


class Choice(NamedTuple):
    """What the person who reads a form in decides."""

    id: str
    owner: str
    on: date
    channels: Sequence[str]


def imported(form: Form, choice: Choice, known: Iterable[Scale] = ()) -> Imported:
    """Return the card of a form and the scales that it needs beside those that are known.

    Raises NothingScored, TooManyAnswers.
    """
    made = _Making(form, choice, known)
    form = made.form
    weights = _weights(form)
    sections: dict[str, dict[str, Any]] = {}
    for question, weight in zip(form.questions, weights, strict=True):
        section = sections.setdefault(question.section, {"id": made.unique(question.section, "section")})
        section["title"] = question.heading
        if question.weight and form.about.get("Section weights") == "multiply":
            section["weight"] = written(question.factor)
        section.setdefault("criteria", []).append(made.criterion(question, weight))
    if made.scales.too_long:
        raise TooManyAnswers(made.scales.too_long)
    card = {**_head(form, choice), "scoring": made.scoring(weights), "sections": list(sections.values())}
    used = {each["promise"] for section in sections.values() for each in section["criteria"]}
    card["promises"] |= dict.fromkeys(
        sorted(used - set(card["promises"])), f"{TO_COMPLETE}: what customers have been promised"
    )
    return Imported(card, list(made.scales.made.values()), [*made.findings, *made.scales.findings])


def card_id(form: Form) -> str:
    """Return the id that a form suggests for its card."""
    return form.about[guidance.FIRST].partition("@")[0] if form.about else slug(form.title) or "imported"


def _head(form: Form, choice: Choice) -> dict[str, Any]:
    about = form.about
    dates = {"to": about.get("In force to"), "review_by": about.get("Review by")}
    return {
        "id": choice.id,
        "version": about[guidance.FIRST].partition("@")[2] if about else "1.0",
        "owner": choice.owner,
        "from": about.get("In force from", str(choice.on)),
        **{name: day for name, day in dates.items() if day},
        "title": form.title,
        "channels": list(choice.channels) or guidance.listed(about, "Channels"),
        "promises": dict(guidance.named(about, "Promise")),
    }


def _weights(form: Form) -> list[Decimal]:
    """Return the weight of each question: as its guidance says, else its share of 100; a bonus stands beside the 100."""
    if form.questions and all("Weight" in each.notes for each in form.questions):
        return [Decimal(each.notes["Weight"]) for each in form.questions]
    counted = [Decimal(0) if each.bonus else each.weight for each in form.questions]
    if not any(counted):
        raise NothingScored(form.title)
    total = sum(counted)
    return [
        round(each.weight * 100 / total, 6).normalize() if each.bonus else share
        for each, share in zip(form.questions, shares(counted), strict=True)
    ]


def _critical(question: Question) -> bool:
    return "Critical" in question.notes or any(answer.fails for answer in question.answers)


class _Making:
    """A card in the making: the ids that are taken, the scales made so far, what has been found on the way."""

    def __init__(self, form: Form, choice: Choice, known: Iterable[Scale]) -> None:
        counted = [each for each in form.questions if each.weight or _critical(each)]
        self.form, self.choice = form._replace(questions=counted), choice
        self.findings = list(form.findings)
        for question in form.questions:
            if question not in counted:
                self.findings.append(
                    f"question '{short(question.text)}' counts for nothing in the form: not taken over"
                )
        self.scales = Scales(choice.id, choice.owner, choice.on, known)
        self.effects: dict[str, set[str]] = {}
        self._taken: dict[str, set[str]] = {}

    def unique(self, name: str, kind: str) -> str:
        """Return a name as an id that no other of its kind has on this card."""
        taken = self._taken.setdefault(kind, set())
        wanted = name if re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name) else slug(name) or kind
        number, found = 2, wanted
        while found in taken:
            number, found = number + 1, f"{wanted[:LONGEST]}-{number}"
        taken.add(found)
        return found

    def criterion(self, question: Question, weight: Decimal) -> dict[str, Any]:
        notes = question.notes
        answers = self._answers(question)
        scale = self.scales.reference(question, answers)
        critical = notes.get("Critical", CRITICAL if _critical(question) else "none")
        if critical != "none":
            self.effects.setdefault(critical, set()).add(next((each.fails for each in answers if each.fails), "apart"))
        found = {
            "id": self.unique(question.id or question.text, "criterion"),
            "observable": question.text,
            "scale": scale,
            "weight": f"{weight:f}",
            "critical": critical,
            "bonus": "yes" if question.bonus else "",
            "fails_on": guidance.listed(notes, "Fails on") or _out_of_order(answers, keep=bool(notes)),
            "only_if": _only_if(notes),
            "anchors": dict(guidance.named(notes, "Point")) or _anchors(question, answers),
            "not_applicable": _not_applicable(question),
            "procedure": notes.get("Standard", f"{PLACEHOLDER}@1"),
            "promise": notes.get("Promise", PLACEHOLDER),
            "kpis": guidance.listed(notes, "Measures"),
            "needs": guidance.listed(notes, "Perceived by"),
            "filled_from": notes.get("Filled from", ""),
            "benefit": notes.get("So that", ""),
        }
        return {name: value for name, value in found.items() if value}

    def _answers(self, question: Question) -> list[Answer]:
        """Return the answers worst first, each worth more than the one before; those of equal worth become one."""
        answers = list(question.answers)
        worth = guidance.listed(question.notes, "Worth")
        if len(worth) == len(answers):
            return [each._replace(value=Decimal(value)) for each, value in zip(answers, worth, strict=True)]
        if len({answer.value for answer in answers}) == 1:
            # nothing tells which is worse but that it fails; systems list the best first, qacli the worst
            listed = answers if question.notes else answers[::-1]
            answers = sorted(listed, key=lambda each: not each.fails)
            return [each._replace(value=value) for each, value in zip(answers, spread(len(answers)), strict=True)]
        merged: list[Answer] = []
        for answer in sorted(answers, key=lambda each: each.value or Decimal(0)):
            if merged and merged[-1].value == answer.value:
                merged.append(self._both(question, merged.pop(), answer))
            else:
                merged.append(answer)
        return [each._replace(value=each.value or Decimal(0)) for each in merged]

    def _both(self, question: Question, one: Answer, other: Answer) -> Answer:
        self.findings.append(
            f"'{one.label}' and '{other.label}' of '{short(question.text)}' are worth the same: one point here"
        )
        return one._replace(label=f"{one.label} / {other.label}", fails=one.fails or other.fails)

    def scoring(self, weights: Sequence[Decimal]) -> dict[str, Any]:
        """Return the policy: what failed criticals do, by what the answers of each class do in the form."""
        about = self.form.about
        effects = dict(each.split(" ") for each in guidance.listed(about, "Failed criticals"))
        for name, found in self.effects.items():
            effects[name] = next(each for each in ("zero", "zero_section", "apart") if each in found)
            if len(found) > 1:
                self.findings.append(
                    f"questions of class {name} differ in what they fail; here all do alike: {effects[name]}"
                )
        policy = {field: about[name] for name, field in guidance.POLICY.items() if name in about}
        heavy = any(weight and _critical(each) for each, weight in zip(self.form.questions, weights, strict=True))
        return {
            "not_applicable": "exclude",
            **({"critical_weight": "counted"} if heavy else {}),
            **policy,
            **({"critical": effects} if effects else {}),
            **({"bands": bands} if (bands := _bands(about)) else {}),
        }


def _out_of_order(answers: Sequence[Answer], *, keep: bool) -> list[str]:
    """Return the points that fail, where they are not simply the worst ones."""
    points = zip(points_of(answers, keep=keep), answers, strict=True)
    return [] if worst_first(answers) else [point["point"] for point, answer in points if answer.fails]


def _bands(about: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": text, "from": number} for number, text in guidance.named(about, "Band")]


def _only_if(notes: Mapping[str, str]) -> dict[str, Any]:
    criterion, _, answers = notes.get("Asked only if", "").partition(" is ")
    return {"criterion": criterion, "answers": answers.split(guidance.LIST)} if answers else {}


def _anchors(question: Question, answers: Sequence[Answer]) -> dict[str, str]:
    """Return what has to be described: the worst and the best answer; guidance of the form stands with the best."""
    points = points_of(answers, keep=False)
    worst, best = f"what is seen or heard when it is '{answers[0].label}'", f"when it is '{answers[-1].label}'"
    return {
        points[0]["point"]: f"{TO_COMPLETE}: {worst}",
        points[-1]["point"]: f"{TO_COMPLETE}: {question.guidance or f'what is seen or heard {best}'}",
    }


def _not_applicable(question: Question) -> str:
    if question.only_if and not question.notes:
        return f"{TO_COMPLETE}: applies only where {question.only_if}"
    if not question.may_be_not_applicable:
        return "never"
    return question.notes.get("Not applicable", f"{TO_COMPLETE}: when it does not apply")


def to_complete(card: Scorecard) -> list[str]:
    """Return what a person still has to add to a card, in the order in which to do it."""
    left = [criterion for criterion in card.criteria() if _unfinished(criterion)]
    said = []
    if any(text.startswith(TO_COMPLETE) for text in card.promises.values()):
        said.append("promises: what customers have been promised, and which promise each criterion serves")
    if any(each.procedure.startswith(PLACEHOLDER) for each in left):
        said.append("procedures: which one sets the standard of each criterion")
    if any(text.startswith(TO_COMPLETE) for each in left for text in each.anchors.values()):
        said.append("anchors: what the worst and the best answer look or sound like")
    if any(each.procedure.startswith(PLACEHOLDER) for each in left):
        said.append("scales: from which answer on the standard is met (met_at)")
    if any(each.not_applicable.startswith(TO_COMPLETE) for each in left):
        said.append("not_applicable: when a criterion does not apply")
    return said


def _unfinished(criterion: Criterion) -> bool:
    texts: Mapping[str, str] = {**criterion.anchors, " ": criterion.not_applicable, "  ": criterion.procedure}
    return any(text.startswith((TO_COMPLETE, PLACEHOLDER)) for text in texts.values())
