"""Scorecards: what is looked for in a transaction, what it weighs, and how a score comes about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import AnswerId, Date, Definition, Id, Number, Reference, Strict, Text, YesNo, wrong_at
from qacli.prepare.scorecards.conditions import Condition, conditions_lead_back
from qacli.prepare.scorecards.scoring_policy import Scoring
from qacli.prepare.scorecards.scoring_rules import SCORING_RULES

Sign = Literal["words", "voice", "timing", "queue", "screen", "record", "presence", "opinion"]
"""What there is to perceive: words said or written; the voice (tone, pace, cutting in); timing (holds, gaps between
messages); the queue (the wait before anybody answers); the screen while it is worked on; the record that was left;
presence (face, posture, place); the customer's own opinion."""

Evidence = Literal["fail", "top", "not-applicable", "critical", "every"]
EVIDENCE: tuple[Evidence, ...] = ("fail", "top", "not-applicable", "critical")
"""Answers that say what was seen or heard, unless a card says otherwise."""


class Criterion(Strict):
    """One thing that an evaluator can see or hear."""

    id: Id = Field(description="Short name, for example ph-idv. It is never renamed or used again.")
    observable: Text = Field(description="What is seen or heard when the standard is met.")
    scale: Reference = Field(description="Rating scale and version, for example point5@1.")
    weight: Number = Field(ge=0, le=100, description="Share of the score, or points; critical criteria weigh 0.")
    critical: Literal["none", "customer", "business", "compliance"] = Field(
        default="none", description="Whom a failure harms; none for an ordinary criterion."
    )
    bonus: YesNo = Field(default=False, description="Whether it adds to the score and takes nothing away when not met.")
    fails_on: tuple[AnswerId, ...] = Field(
        default=(), description="Answers that fail this critical criterion, instead of the rule of the card."
    )
    only_if: Condition | None = Field(default=None, description="Ask it only after a certain answer to another.")
    anchors: dict[AnswerId, Text] = Field(min_length=1, description="What each point looks or sounds like.")
    not_applicable: Text = Field(description="When the criterion does not apply, or never.")
    procedure: Reference = Field(description="Procedure and version that sets the standard, for example idv@4.")
    promise: Id = Field(description="Promise to customers that this serves.")
    kpis: tuple[Id, ...] = Field(default=(), description="Measures that should move with it.")
    needs: tuple[Sign, ...] = Field(
        default=("words",),
        min_length=1,
        description="What has to be perceived to judge it, for example [words, voice].",
    )
    filled_from: Id | None = Field(
        default=None,
        description="System measure that gives the answer, for example first-reply-seconds. Until data fill it in, the "
        "evaluator types it and names where it was read.",
    )
    controllable: Literal["yes", "partly", "no", "unknown"] = Field(
        default="unknown",
        description="Whether the colleague alone can meet it: no where a system, a rule or another team decides. Lists of "
        "faults say it, so that nobody is coached for what they cannot change.",
    )
    causes: tuple[Text, ...] = Field(
        default=(), description="What usually lies behind a failure, for example [panel hidden, wording not known]."
    )
    benefit: Text | None = Field(
        default=None, description="What the customer gets, to complete: so that ... Feedback says it to the colleague."
    )

    @property
    def perceived(self) -> tuple[Sign, ...]:
        """What an observer has to perceive; nothing where a system measures it, for that is read in its log."""
        return () if self.filled_from else self.needs

    @property
    def may_be_not_applicable(self) -> bool:
        """Whether the card allows the answer not applicable."""
        return self.not_applicable != "never"


class Section(Strict):
    """A part of the card that belongs together."""

    id: Id = Field(description="Short name, for example resolve.")
    title: Text = Field(description="Heading on forms and reports.")
    weight: Number | None = Field(
        default=None, gt=0, le=100, description="Percentage or factor, where scoring.section_weights says so."
    )
    criteria: tuple[Criterion, ...] = Field(min_length=1, description="In the order in which they come up.")


class Expectation(Strict):
    """Where a promise comes from: what customers said, what a law or a charter asks, and when somebody last looked."""

    promise: Id = Field(description="The promise, from the top of the card.")
    source: Literal["survey", "complaints", "law", "charter", "front-line"] = Field(
        description="survey, complaints, law, charter or front-line: who expects it."
    )
    reference: Text = Field(description="Where it can be read, for example: survey of March 2026, question 4.")
    on: Date = Field(description="Day of the source, or on which it was last looked at.")


class Scorecard(Definition):
    """A scorecard for one or more channels."""

    title: Text = Field(description="Name shown to people.")
    channels: tuple[Id, ...] = Field(min_length=1, description="Channels that it is made for, for example [phone].")
    promises: dict[Id, Text] = Field(min_length=1, description="What customers have been promised.")
    expectations: tuple[Expectation, ...] = Field(
        default=(), description="What each promise rests on: surveys, complaints, the law."
    )
    scoring: Scoring = Field(default_factory=Scoring, description="How answers become a score.")
    evidence: tuple[Evidence, ...] = Field(
        default=EVIDENCE,
        description="Which answers say what was seen or heard: fail, top, not-applicable, critical; or every.",
    )
    sections: tuple[Section, ...] = Field(min_length=1, description="The criteria, in order of the conversation.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return what the RULES find."""
        return (error for rule in RULES for error in rule(self))

    def criteria(self) -> tuple[Criterion, ...]:
        """Return every criterion in the order of the card."""
        return tuple(criterion for section in self.sections for criterion in section.criteria)

    def criterion(self, id: str) -> Criterion:  # noqa: A002
        """Return one criterion. Raises KeyError."""
        return {criterion.id: criterion for criterion in self.criteria()}[id]

    def section_of(self, id: str) -> Section:  # noqa: A002
        """Return the section in which a criterion stands. Raises KeyError."""
        return {criterion.id: section for section in self.sections for criterion in section.criteria}[id]

    def placed(self) -> Iterator[tuple[tuple[str | int, ...], Criterion]]:
        """Yield every criterion with its place in the file."""
        for s, section in enumerate(self.sections):
            for c, criterion in enumerate(section.criteria):
                yield ("sections", s, "criteria", c), criterion


def ids_differ(card: Scorecard) -> Iterator[PydanticCustomError]:
    """Criterion ids, and section ids, stand once on a card."""
    yield from _repeated([(place, criterion.id) for place, criterion in card.placed()], "criterion")
    yield from _repeated([(("sections", s), section.id) for s, section in enumerate(card.sections)], "section")


def _repeated(named: Sequence[tuple[tuple[str | int, ...], str]], what: str) -> Iterator[PydanticCustomError]:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            yield wrong_at((*place, "id"), f"repeated-{what}", f"{what} {name} stands twice on this card")
        seen.add(name)


def promises_exist(card: Scorecard) -> Iterator[PydanticCustomError]:
    """Each criterion serves a promise of this card, and each expectation bears one out."""
    for place, criterion in card.placed():
        if criterion.promise not in card.promises:
            yield wrong_at(
                (*place, "promise"),
                "unknown-promise",
                f"{criterion.promise} is not among the promises of this card: {', '.join(card.promises)}",
            )

    for number, expectation in enumerate(card.expectations):
        if expectation.promise not in card.promises:
            yield wrong_at(
                ("expectations", number, "promise"),
                "unknown-promise",
                f"{expectation.promise} is not among the promises of this card: {', '.join(card.promises)}",
            )


RULES: tuple[Callable[[Scorecard], Iterator[PydanticCustomError]], ...] = (
    *SCORING_RULES,
    ids_differ,
    promises_exist,
    conditions_lead_back,
)
