"""The quiz of a procedure: every attempt with its answers, right or wrong, judged by the version that was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from qacli.model import Change, Command, Hint, Refusal, Row, View, ref
from qacli.prepare.notices.notice import UnknownPeople
from qacli.prepare.procedures.procedure import Procedure, Question


@dataclass(frozen=True, kw_only=True)
class Check(Row, table="procedure_checks", letter="pc"):
    """One attempt of one person at the quiz of one version of a procedure."""

    person: str
    procedure: str  # id@version
    on: date
    asked: int
    right: int
    passed: bool  # by the pass mark of that version

    @property
    def share(self) -> int:
        """Right answers in per cent, cut to whole numbers: 66 is not yet 67."""
        return 100 * self.right // self.asked


@dataclass(frozen=True, kw_only=True)
class CheckAnswer(Row, table="procedure_answers", parent="check"):
    """One answer of an attempt."""

    check: str
    question: str
    answer: str
    right: bool


class Questions(Protocol):
    """What is asked together: a procedure, or what somebody may decide."""

    @property
    def reference(self) -> str:
        """What it is about."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked."""

    @property
    def pass_mark(self) -> int:
        """Share of right answers to pass, in per cent."""


class Attempt(NamedTuple):
    """What one person answers: {question: letter}. ``procedure`` is an id, for the version in force, or id@version."""

    person: str
    procedure: str
    answers: Mapping[str, str]


class NoQuiz(Refusal, rule="no-quiz"):
    """Where nothing is asked, reading is enough."""

    def __init__(self, procedure: Procedure) -> None:
        super().__init__(
            f"{procedure.reference} has no questions.",
            help=Hint("reading it is enough: ", Command(f"procedure ack {procedure.id}")),
        )


class IncompleteQuiz(Refusal, rule="incomplete-quiz"):
    """A quiz is judged as a whole; everything that is wrong with the answers is listed."""

    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["answers cannot be recorded:", *(f"  {lack}" for lack in lacks)]),
            help=Hint("nothing was recorded. See what is asked: ", Command("procedure show PROCEDURE --questions")),
        )


def passed(quiz: Questions, right: int) -> bool:
    """Return whether so many right answers reach the pass mark."""
    return 100 * right >= quiz.pass_mark * len(quiz.questions)


def pass_mark_in_words(quiz: Questions) -> str:
    """Return what has to be right, for example: 4 of 5 have to be right (80 %); all 4 have to be right (100 %)."""
    asked = len(quiz.questions)
    needed = next(right for right in range(asked + 1) if passed(quiz, right))
    return f"{'all' if needed == asked else f'{needed} of'} {asked} have to be right ({quiz.pass_mark} %)"


def check(view: View, attempts: Sequence[Attempt]) -> Change:
    """Record attempts at quizzes. A quiz that was passed already, or the same attempt of the day, is a finding.

    Raises UnknownPeople, NoQuiz, IncompleteQuiz, NoSuchDefinition.
    """
    if strangers := sorted({each.person for each in attempts if each.person not in view.people}):
        raise UnknownPeople(strangers)
    asked: list[tuple[Attempt, Procedure]] = [
        (each, view.definition("procedure", each.procedure, view.now.date())) for each in attempts
    ]
    for _, procedure in asked:
        if not procedure.questions:
            raise NoQuiz(procedure)
    lacks = [lack for attempt, procedure in asked for lack in _lacks(attempt, procedure)]
    lacks += [f"{person}, {reference}: answered {times} times" for (person, reference), times in _repeated(asked)]
    if lacks:
        raise IncompleteQuiz(lacks)
    rows: list[Row] = []
    findings = []
    for attempt, procedure in asked:
        if why := _nothing_new(view, attempt, procedure):
            findings.append(f"{why}: nothing to do")
        else:
            rows += _rows(attempt, procedure, view.now.date())
    return Change(rows, findings)


def _repeated(asked: Sequence[tuple[Attempt, Procedure]]) -> list[tuple[tuple[str, str], int]]:
    """Return who answers one version more than once in one go, and how often: nobody could say which came last."""
    count = Counter((attempt.person, procedure.reference) for attempt, procedure in asked)
    return [(key, times) for key, times in count.items() if times > 1]


def _lacks(attempt: Attempt, procedure: Procedure) -> Iterator[str]:
    questions = {question.id: question for question in procedure.questions}
    whose = f"{attempt.person}, {procedure.reference}"
    for name in attempt.answers:
        if name not in questions:
            yield f"{whose}: there is no question '{name}'; its questions are {', '.join(questions)}"
    for name, question in questions.items():
        given = attempt.answers.get(name)
        if given is None:
            yield f"{whose}: no answer to {name}"
        elif given not in question.answers:
            yield f"{whose}: '{given}' is no answer to {name}; choose from {', '.join(question.answers)}"


def _nothing_new(view: View, attempt: Attempt, procedure: Procedure) -> str:
    """Return why an attempt adds nothing to the records; empty where it does."""
    mine = [row for row in view.current(Check) if (row.person, row.procedure) == (attempt.person, procedure.reference)]
    for row in mine:
        if row.passed:
            return f"{attempt.person} passed the quiz of {procedure.reference} on {row.on}"
    today = {row.id for row in mine if row.on == view.now.date()}
    given: dict[str, dict[str, str]] = {}
    for answer in view.current(CheckAnswer):
        if answer.check in today:
            given.setdefault(answer.check, {})[answer.question] = answer.answer
    if dict(attempt.answers) in given.values():
        return f"these answers of {attempt.person} to {procedure.reference} stand already"
    return ""


def _rows(attempt: Attempt, procedure: Procedure, on: date) -> list[Row]:
    right = {question.id: attempt.answers[question.id] == question.right for question in procedure.questions}
    count = sum(right.values())
    head = Check(
        person=attempt.person,
        procedure=procedure.reference,
        on=on,
        asked=len(right),
        right=count,
        passed=passed(procedure, count),
    )
    return [
        head,
        *(
            CheckAnswer(check=ref(head), question=name, answer=attempt.answers[name], right=right[name])
            for name in right
        ),
    ]
