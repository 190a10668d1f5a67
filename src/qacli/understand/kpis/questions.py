"""The log of open questions: what figures made somebody ask, what was looked at, the answer, and who closed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from qacli.model import Change, Command, Hint, Refusal, Row, View, Words
from qacli.prepare.period import in_words


@dataclass(frozen=True, kw_only=True)
class KpiQuestion(Row, table="kpi_questions", letter="kq"):
    """A question that somebody asked of the figures; ``raised_from`` names the figure, chart or finding behind it."""

    question: Words
    kpi: str
    raised_from: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class KpiAnswer(Row, table="kpi_answers", letter="ka"):
    """What was looked at and found. ``closes`` ends the question; an answer may also leave it open."""

    question: str
    data_used: Words
    answer: Words
    closes: bool


class Standing(NamedTuple):
    """A question with its answers, oldest first; ``age`` counts its days until it was closed, or until today."""

    question: KpiQuestion
    answers: tuple[KpiAnswer, ...]
    asked_on: date
    closed_on: date | None
    age: int

    @property
    def closed_by(self) -> str:
        """Who gave the answer that closed it; empty while it is open."""
        return next((answer.by for answer in self.answers if answer.closes), "")


class NothingAsked(Refusal, rule="no-question"):
    """A question says something."""

    def __init__(self) -> None:
        super().__init__(
            "the question is empty.", help=Hint("ask in a sentence: ", Command('kpi question "why did chat FCR fall?"'))
        )


class NoData(Refusal, rule="answer-without-data"):
    """An answer names what was looked at: else nobody can tell a finding from a guess."""

    def __init__(self, question: str) -> None:
        super().__init__(
            f"the answer to {question} does not say what was looked at, or what was found.",
            help='say both: --data "kpi drill fcr, week 20 against week 19" --words "..."',
        )


class AlreadyClosed(Refusal, rule="question-closed"):
    """A closed question stays as it was answered."""

    def __init__(self, found: Standing) -> None:
        day = f" on {in_words(found.closed_on)}" if found.closed_on else ""
        super().__init__(
            f"{found.question.id} was closed by {found.closed_by}{day}.",
            help=Hint("ask again: ", Command("kpi question TEXT")),
        )


class NotAnswered(Refusal, rule="question-open"):
    """A question is closed with an answer."""

    def __init__(self, question: str) -> None:
        super().__init__(
            f"{question} has no answer yet.",
            help=Hint("answer it: ", Command(f"kpi answer {question} --data ... --words ... --close")),
        )


def ask(view: View, question: str, kpi: str = "", raised_from: str = "", owner: str = "") -> Change:
    """Raise a question. The same words asked again while it is open make no row. Raises NothingAsked, NoSuchDefinition."""
    if not question.strip():
        raise NothingAsked
    if kpi:
        kpi = view.look_up("kpi", kpi).id
    for found in standings(view):
        if found.closed_on is None and found.question.question.text == question.strip():
            return Change(findings=[f"{found.question.id} asks the same and is open: nothing to do"])
    row = KpiQuestion(
        question=Words(question.strip()), kpi=kpi, raised_from=raised_from.strip(), owner=owner or view.actor
    )
    return Change([row])


def answer(view: View, question: str, data: str, words: str, *, close: bool = False) -> Change:
    """Answer a question, and close it if asked. Raises NoSuchRow, NoData, AlreadyClosed."""
    found = _open(view, question)
    if not data.strip() or not words.strip():
        raise NoData(found.question.id)
    row = KpiAnswer(question=question, data_used=Words(data.strip()), answer=Words(words.strip()), closes=close)
    return Change([row])


def close(view: View, question: str, words: str = "") -> Change:
    """Close a question that was answered: its last answer stands. Raises NoSuchRow, NotAnswered, AlreadyClosed."""
    found = _open(view, question)
    if not found.answers:
        raise NotAnswered(question)
    last = found.answers[-1]
    row = KpiAnswer(
        question=question, data_used=last.data_used, answer=Words(words.strip() or last.answer.text), closes=True
    )
    return Change([row])


def standings(view: View) -> list[Standing]:
    """Return every question with what became of it, the oldest first."""
    answers: dict[str, list[KpiAnswer]] = {}
    for row in view.current(KpiAnswer):
        answers.setdefault(row.question, []).append(row)
    return [_standing(view, question, answers.get(question.id, [])) for question in view.current(KpiQuestion)]


def due_by(view: View, found: Standing) -> date:
    """Return the day by which an open question is to be answered."""
    return found.asked_on + timedelta(days=view.settings.thresholds.answer_within)


def _standing(view: View, question: KpiQuestion, answers: list[KpiAnswer]) -> Standing:
    asked_on = _day(view, question)
    closing = next((row for row in answers if row.closes), None)
    closed_on = _day(view, closing) if closing else None
    return Standing(question, tuple(answers), asked_on, closed_on, ((closed_on or view.now.date()) - asked_on).days)


def _day(view: View, row: Row) -> date:
    return row.at.astimezone(view.now.tzinfo).date() if row.at else view.now.date()


def _open(view: View, question: str) -> Standing:
    view.one(KpiQuestion, question)
    found = next(each for each in standings(view) if each.question.id == question)
    if found.closed_on is not None:
        raise AlreadyClosed(found)
    return found
