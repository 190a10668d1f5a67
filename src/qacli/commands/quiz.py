"""A quiz at the terminal, or its answers from a file: the questions as they are shown, and why each answer is right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.files.nearest import did_you_mean
from qacli.files.text import visible

if TYPE_CHECKING:
    from qacli.files.csv import CsvRow
    from qacli.files.faults import Fault
    from qacli.prepare.procedures.procedure import Question
    from qacli.prepare.procedures.quiz import Attempt, Questions


def asked(question: Question) -> str:
    """Return a question with its answers to choose from, one below the other."""
    lines = [f"  {letter}  {text}" for letter, text in question.answers.items()]
    return "\n".join([f"{question.id}  {question.asks}", *lines])


def answers_of(quiz: Questions, ask: Callable[[str], str], show: Callable[[str], None]) -> dict[str, str]:
    """Ask every question once and return the letters given. ``ask`` returns a typed line. Raises EOFError."""
    from qacli.prepare.procedures.quiz import pass_mark_in_words

    show(f"{quiz.reference}  {quiz.title}: {pass_mark_in_words(quiz)}")
    given = {}
    for question in quiz.questions:
        show(f"\n{asked(question)}")
        while (letter := ask(f"{'/'.join(question.answers)}> ").strip().casefold()) not in question.answers:
            choice = ", ".join(question.answers)
            show(f"  '{visible(letter)}' is none of {choice}" if letter else f"  type one of {choice}")
        given[question.id] = letter
    return given


def explained(quiz: Questions, answers: Mapping[str, str]) -> Iterator[str]:
    """Yield for each question whether it was right, and why."""
    for question in quiz.questions:
        given = answers[question.id]
        verdict = "right" if given == question.right else f"not {given} but {question.right}"
        yield f"{question.id}  {verdict}: {question.why}"


def attempts(path: Path, people: Collection[str], procedures: Collection[str]) -> list[Attempt]:
    """Return one attempt per person and procedure of a file.

    Raises FileFaults for people and procedures (by id) that are not known, and for questions answered twice.
    """
    from qacli.files import csv
    from qacli.files.faults import Fault, FileFaults
    from qacli.prepare.procedures.quiz import Attempt

    found: dict[tuple[str, str], dict[str, str]] = {}
    faults = []
    for row in csv.handed_in(path, columns=("person", "procedure", "question", "answer")):
        person, procedure, question, answer = row.cells
        answers = found.setdefault((person, procedure), {})
        for place, (what, name, known) in enumerate(
            (("person", person, people), ("procedure", procedure.partition("@")[0], procedures))
        ):
            if name not in known:
                faults.append(
                    Fault(
                        f"unknown-{what}",
                        f"there is no {what} '{visible(name)}'",
                        str(path),
                        row.line,
                        cell=f"{'AB'[place]}{row.record + 1}",
                        help=did_you_mean(name, known, f"correct the id of the {what}"),
                    )
                )
        if question in answers:
            faults.append(repeated_answer(f"{person} answers {question} of {procedure}", path, row, "C"))
        answers[question] = answer.strip().casefold()
    if faults:
        raise FileFaults(faults)
    return [Attempt(person, procedure, answers) for (person, procedure), answers in found.items()]


def repeated_answer(what: str, path: Path, row: CsvRow, column: str) -> Fault:
    """Return the fault of a question that is answered twice in one file."""
    from qacli.files.faults import Fault

    help_ = "keep one attempt in a file; another attempt comes in another file"
    return Fault("repeated-answer", f"{what} twice", str(path), row.line, cell=f"{column}{row.record + 1}", help=help_)
