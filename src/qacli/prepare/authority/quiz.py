"""The quiz on authority: its questions are made from the lines of a role, so that they can never differ from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from qacli.model import Change, Command, Hint, QacliError, Refusal, Row, View, ref
from qacli.prepare.authority.acknowledging import NoAuthorityHeld, acknowledged
from qacli.prepare.authority.matrix import Authority, Matrix
from qacli.prepare.procedures.procedure import Question

STEP = Decimal("0.01")
"""So much above a limit is above it."""
HALF = Decimal("0.6")
"""Two decisions of this part of a limit are together above it."""


@dataclass(frozen=True, kw_only=True)
class AuthorityCheck(Row, table="authority_checks", letter="ac"):
    """One attempt of one person at the quiz on the lines of one role."""

    person: str
    level: str
    lines: str  # id@version of each line that was asked about, separated by blanks
    asked: int
    right: int
    passed: bool  # all right: these are not opinions


@dataclass(frozen=True, kw_only=True)
class AuthorityAnswer(Row, table="authority_answers", parent="check"):
    """One answer of an attempt."""

    check: str
    question: str
    answer: str
    right: bool


class Quiz(NamedTuple):
    """What is asked of whoever holds a role."""

    role: str
    lines: str
    questions: tuple[Question, ...]
    pass_mark: int = 100

    @property
    def reference(self) -> str:
        """What the quiz is about."""
        return self.role

    @property
    def title(self) -> str:
        """Its heading."""
        return "what you may decide"


class UnreadAuthority(Refusal, rule="unread-authority"):
    """First it is read, then asked."""

    def __init__(self, person: str, lines: Sequence[str]) -> None:
        super().__init__(
            f"{person} has not acknowledged {', '.join(lines)}.",
            help=Hint("read it: ", Command("authority list", person), "; then: ", Command("authority ack", person)),
        )


class WrongAnswers(QacliError):
    """A quiz is judged as a whole."""

    def __init__(self, role: str, lacks: Sequence[str]) -> None:
        super().__init__(
            "\n".join([f"answers on {role} cannot be recorded:", *(f"  {lack}" for lack in lacks)]),
            help=Hint("nothing was recorded; see what is asked: ", Command("authority quiz --questions")),
        )


def quizzes_of(view: View, person: str) -> list[Quiz]:
    """Return the quizzes on what a person may decide today, one for each of their roles. Raises NoAuthorityHeld."""
    today = view.now.date()
    mine = Matrix(view).of(person, today)
    if not mine:
        raise NoAuthorityHeld(person, today)
    roles = dict.fromkeys(line.role for line in mine)
    return [_quiz(role, [line for line in mine if line.role == role]) for role in roles]


def _quiz(role: str, lines: Sequence[Authority]) -> Quiz:
    asked = [question for line in lines for question in _questions(line)]
    named = " ".join(line.reference for line in lines)
    return Quiz(role, named, tuple(asked))


def _questions(line: Authority) -> list[Question]:
    above = f"No: {line.next_role} decides." if line.next_role else "No: nobody here decides that."
    answers = {"a": "Yes, I decide it.", "b": above}
    what, unit, part = line.decision, line.unit, f"{(line.limit * HALF).normalize():f}"
    under = f" ({'; '.join(line.conditions)})" if line.conditions else ""
    found = [
        Question(
            id=f"{line.id}-above",
            asks=f"{what} of {line.limit + STEP} {unit}: may you decide it, as {line.role}?",
            answers=answers,
            right="b",
            why=f"The limit is {line.limit} {unit}.",
        )
    ]
    if line.limit:
        at = Question(
            id=f"{line.id}-at",
            asks=f"{what} of {line.limit} {unit}{under}: may you decide it, as {line.role}?",
            answers=answers,
            right="a",
            why=f"The limit is {line.limit} {unit}, and it is not passed.",
        )
        split = Question(
            id=f"{line.id}-split",
            asks=f"{part} {unit} of {what} were given on a case yesterday; {part} {unit} more are asked for: may you?",
            answers=answers,
            right="b",
            why=f"Within {line.split_days} days they count as one: {2 * Decimal(part)} {unit}, above {line.limit}.",
        )
        found = [at, *found, *([split] if line.split_days else [])]
    return found


def check(view: View, person: str, role: str, answers: Mapping[str, str]) -> Change:
    """Record an attempt. Raises NoAuthorityHeld, UnreadAuthority, WrongAnswers for a role or answers that are none."""
    quiz = next((each for each in quizzes_of(view, person) if each.role == role), None)
    if quiz is None:
        raise WrongAnswers(role, [f"{person} does not hold it"])
    read = acknowledged(view)
    if unread := [name for name in quiz.lines.split() if (person, name) not in read]:
        raise UnreadAuthority(person, unread)
    known = {question.id: question for question in quiz.questions}
    lacks = [f"there is no question '{name}'" for name in answers if name not in known]
    lacks += [f"no answer to {name}" for name in known if name not in answers]
    lacks += [
        f"'{given}' is no answer to {name}: choose from {', '.join(known[name].answers)}"
        for name, given in answers.items()
        if name in known and given not in known[name].answers
    ]
    if lacks:
        raise WrongAnswers(role, lacks)
    right = {name: answers[name] == question.right for name, question in known.items()}
    head = AuthorityCheck(
        person=person,
        level=role,
        lines=quiz.lines,
        asked=len(right),
        right=sum(right.values()),
        passed=all(right.values()),
    )
    return Change(
        [
            head,
            *(
                AuthorityAnswer(check=ref(head), question=name, answer=answers[name], right=well)
                for name, well in right.items()
            ),
        ]
    )


def outcomes(view: View) -> dict[tuple[str, str], str]:
    """Return by (person, role) how the quiz on their lines of today ended: passed once, else failed; not taken is absent."""
    found: dict[tuple[str, str], str] = {}
    rows, matrix = view.current(AuthorityCheck), Matrix(view)
    for person in dict.fromkeys(row.person for row in rows):
        mine = matrix.of(person, view.now.date())
        for role in dict.fromkeys(line.role for line in mine):
            named = {line.reference for line in mine if line.role == role}
            taken = [
                row for row in rows if (row.person, row.level) == (person, role) and set(row.lines.split()) == named
            ]
            if taken:
                found[person, role] = "passed" if any(row.passed for row in taken) else "failed"
    return found
