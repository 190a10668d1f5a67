"""A quiz: what is right, what passes, and that every attempt is kept."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from qacli.prepare.notices.notice import UnknownPeople
from qacli.prepare.procedures.procedure import Procedure
from qacli.prepare.procedures.quiz import Attempt, Check, CheckAnswer, IncompleteQuiz, NoQuiz, check, pass_mark_in_words

QUESTION = "{{id: q{}, asks: What?, answers: {{a: This., b: That.}}, right: a, why: So it is.}}"
PROCEDURE = """
id: {}
version: 4
owner: p_tl1
from: 2026-05-05
title: T
standard: S
text: X
pass_mark: {}
"""


def procedure(read, name, mark, count):
    asked = "".join(f"  - {QUESTION.format(number)}\n" for number in range(1, count + 1))
    return read(Procedure, PROCEDURE.format(name, mark) + (f"questions:\n{asked}" if count else ""))


@pytest.fixture
def view(desk, read):
    made = [procedure(read, "idv", 100, 4), procedure(read, "chat", 80, 5), procedure(read, "hold", 80, 0)]
    return desk(
        datetime(2026, 5, 18, 9, tzinfo=ZoneInfo("Europe/London")), definitions=[("procedure", each) for each in made]
    )


def answers(letters):
    return {f"q{number}": letter for number, letter in enumerate(letters, 1)}


# 100 on critical procedures ("totally familiar"), 80 elsewhere: of five, four are enough; of four, three are not.
@pytest.mark.parametrize(
    ("name", "given", "right", "passed"),
    [
        ("idv", "aaaa", 4, True),
        ("idv", "aaab", 3, False),
        ("chat", "aaaab", 4, True),
        ("chat", "aaabb", 3, False),
        ("chat", "bbbbb", 0, False),
    ],
)
def test_c06_an_attempt_is_judged_by_the_pass_mark_of_its_version(view, name, given, right, passed):
    rows = check(view, [Attempt("p_a07", name, answers(given))]).rows
    assert rows[0] == Check(
        person="p_a07", procedure=f"{name}@4", on=date(2026, 5, 18), asked=len(given), right=right, passed=passed
    )
    assert [(row.question, row.answer, row.right) for row in rows[1:]] == [
        (f"q{number}", letter, letter == "a") for number, letter in enumerate(given, 1)
    ]
    assert all(isinstance(row, CheckAnswer) for row in rows[1:])


def test_a_failed_attempt_is_kept_and_may_be_repeated_a_passed_one_is_done(view):
    failed, passed = Attempt("p_a07", "idv", answers("aaab")), Attempt("p_a07", "idv", answers("aaaa"))
    view.commit(check(view, [failed]))
    view.commit(check(view, [passed]))
    assert [row.passed for row in view.current(Check)] == [False, True]
    again = check(view, [failed])
    assert (again.rows, again.findings) == ([], ["p_a07 passed the quiz of idv@4 on 2026-05-18: nothing to do"])


def test_everything_wrong_with_the_answers_is_told(view):
    with pytest.raises(IncompleteQuiz) as refused:
        check(
            view, [Attempt("p_a07", "idv", {"q1": "a", "q2": "z", "q9": "a", "q3": "b"}), Attempt("p_a22", "chat", {})]
        )
    said = refused.value.message.splitlines()
    assert said[1:4] == [
        "  p_a07, idv@4: there is no question 'q9'; its questions are q1, q2, q3, q4",
        "  p_a07, idv@4: 'z' is no answer to q2; choose from a, b",
        "  p_a07, idv@4: no answer to q4",
    ]
    assert len(said) == 1 + 3 + 5


def test_two_attempts_at_one_version_do_not_come_in_one_go(view):
    both = [Attempt("p_a07", name, answers("aaaa")) for name in ("idv", "idv@4")]
    with pytest.raises(IncompleteQuiz, match="p_a07, idv@4: answered 2 times"):
        check(view, both)


def test_nobody_is_asked_where_there_is_nothing_to_ask_or_nobody(view):
    with pytest.raises(NoQuiz, match="hold@4 has no questions"):
        check(view, [Attempt("p_a07", "hold", {})])
    with pytest.raises(UnknownPeople, match="p_x"):
        check(view, [Attempt("p_x", "idv", answers("aaaa"))])


def test_the_pass_mark_is_told_in_answers(read):
    assert pass_mark_in_words(procedure(read, "idv", 100, 4)) == "all 4 have to be right (100 %)"
    assert pass_mark_in_words(procedure(read, "idv", 80, 5)) == "4 of 5 have to be right (80 %)"
    assert pass_mark_in_words(procedure(read, "idv", 80, 4)) == "all 4 have to be right (80 %)"
