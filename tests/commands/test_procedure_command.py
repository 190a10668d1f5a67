"""``qacli procedure``: reading, quizzes at the terminal and from files, and who knows which version."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

import pytest
import stage
from command_line import run, snapshot
from desk import DRAWN, IDV, done, write

IDV_2 = IDV.replace("version: 1", "version: 2").replace("2026-01-01", "2026-06-01")


def grid(folder, more="", today=DRAWN):
    """The matrix as {(person, procedure): state}."""
    result = run(f"procedure matrix {more}", folder, "p_tl1", today)
    rows = csv.DictReader(io.StringIO(result.out))
    return {(row["person"], row["procedure"]): row["state"] for row in rows}, result


@pytest.fixture
def at_a_terminal(drawn, monkeypatch):
    """Type answers at a terminal, in the name of p_tl1, who has read nothing yet; return what was seen."""

    def type_(line, *answers):
        waiting = iter(answers)
        monkeypatch.setattr("builtins.input", lambda prompt: next(waiting))
        monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
        said = stage.typed(f"qacli -C {drawn} --as p_tl1 {line} --today {DRAWN}", drawn, terminal=True, COLUMNS="120")
        assert next(waiting, None) is None, "not all answers were asked for"
        return said

    return type_


def test_c06_the_matrix_is_evaluator_by_procedure(drawn):
    found, result = grid(drawn, "--strict")
    assert result.code == 0
    assert found == {(person, name): "current" for person in ("p_ev1", "p_ev2") for name in ("idv@1", "need@1")}
    write(drawn, {"definitions/procedures/idv@2.yaml": IDV_2})
    found, result = grid(drawn)
    assert (found["p_ev1", "idv@1"], found["p_ev1", "need@1"]) == ("due soon", "current")
    assert "idv@1,2026-01-01,due soon,idv@1,2026-01-05,100,2026-05-25,idv@2,2026-06-01" in result.out
    done(run("procedure ack idv@2", drawn, "p_ev1", DRAWN))
    assert grid(drawn)[0]["p_ev1", "idv@1"] == "current"
    found, result = grid(drawn, "--strict", today="2026-06-01")
    assert (found["p_ev1", "idv@2"], found["p_ev2", "idv@2"]) == ("quiz open", "stale")
    assert (result.code, "2 of 4 are not ready, for 2 of 2 evaluators" in result.err) == (1, True)


def test_the_matrix_on_a_terminal_has_a_column_for_each_evaluator(drawn):
    write(drawn, {"definitions/procedures/idv@2.yaml": IDV_2})
    said = run("procedure matrix --format table", drawn, "p_tl1", "2026-06-01").out.splitlines()
    assert said[0].split() == ["procedure", "since", "p_ev1", "p_ev2"]
    assert said[1].split() == ["idv@2", "2026-06-01", *("stale:", "read", "1") * 2]


def test_c06_a_quiz_at_the_terminal_says_why_and_a_failed_one_may_be_repeated(at_a_terminal, drawn):
    said = at_a_terminal("procedure quiz idv", "a", "q", "", "A")
    assert said.code == 0
    assert "idv@1  Checking identity: all 2 have to be right (100 %)" in said.text
    assert "  'q' is none of a, b\n" in said.text
    assert said.text.index("q1  not a but b: Before the pass it may be anybody.") > said.text.index("How do you ask?")
    assert "q2  right: What you read out is given away.\n" in said.text
    assert "p_tl1, idv@1: 1 of 2 right, not passed; all 2 have to be right (100 %)\n" in said.text
    assert "p_tl1, idv@1: 2 of 2 right, passed\n" in at_a_terminal("procedure quiz idv", "b", "a").text
    assert "p_tl1 passed the quiz of idv@1 on 2026-05-25: nothing to do" in at_a_terminal("procedure quiz idv").text
    kept = done(run("export procedure_answers --format json", drawn, "p_tl1", DRAWN))
    mine = [(row["question"], row["answer"], row["right"]) for row in kept.rows][-4:]
    assert mine == [("q1", "a", False), ("q2", "a", True), ("q1", "b", True), ("q2", "a", True)]


def test_without_names_every_quiz_that_is_open_is_asked(at_a_terminal, drawn):
    assert at_a_terminal("procedure quiz").text == "no quiz waits for p_tl1\n"
    done(run("procedure ack need idv", drawn, "p_tl1", DRAWN))
    assert "2 of 2 right, passed" in at_a_terminal("procedure quiz", "b", "a").text


def test_without_a_terminal_a_quiz_is_not_asked(drawn):
    result = run("procedure quiz idv", drawn, "p_tl1", DRAWN)
    assert (result.code, "--from FILE, a CSV with the columns person, procedure, question, answer" in result.err) == (
        2,
        True,
    )


def test_all_that_is_needed_is_read_by_name(drawn):
    write(drawn, {"definitions/procedures/idv@2.yaml": IDV_2.replace("2026-06-01", "2026-05-21")})
    said = done(run("procedure ack --all", drawn, "p_ev1", DRAWN))
    assert said.out == (
        "idv@2  Checking identity: Nothing is said before the check is passed.\n"
        "1 acknowledgement of 1 procedure recorded\n"
    )
    assert said.err == f"next: qacli procedure quiz idv@2 --as p_ev1 --today {DRAWN}\n"
    assert run("procedure ack --all", drawn, "p_ev1", DRAWN).out == "p_ev1 has read all that their work needs\n"


def test_own_words_are_free_text_apart_from_the_reading(drawn):
    done(run("procedure ack idv --words 'I ask openly and wait.'", drawn, "p_tl1", DRAWN))
    assert "I ask openly" not in (drawn / "records/2026/procedure_acks.csv").read_text()
    assert "I ask openly and wait." in (drawn / "records/2026/words.csv").read_text()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("procedure ack idv --all", "exclude one another"),
        ("procedure ack idv --from read.csv", "exclude one another"),
        ("procedure ack --from read.csv --on 2026-05-04", "leave --on out"),
        ("procedure ack idv need --words x", "--words explains one procedure"),
        ("procedure show idv@1 --on 2026-05-04", "names its version, whatever the day"),
        ("procedure quiz idv --from answers.csv", "the file names the procedures"),
    ],
)
def test_options_that_have_no_meaning_together_are_refused(drawn, line, says):
    before = snapshot(drawn)
    result = run(line, drawn, "p_ev1", DRAWN)
    assert result.code == 2
    assert says in result.err
    assert snapshot(drawn) == before


def test_a_procedure_is_shown_as_it_was_on_a_day(drawn):
    write(drawn, {"definitions/procedures/idv@2.yaml": IDV_2})
    assert (
        "idv@1  Checking identity  (from 1 January 2026; owner p_tl1)"
        in run("procedure show idv", drawn, today=DRAWN).out
    )
    later = run("procedure show idv --on 2026-06-02 --questions", drawn, today=DRAWN).out
    assert "idv@2" in later
    assert "q1  When may you name a detail?\n  a  At once.\n  b  After the pass.\n" in later
    assert "Before the pass it may be anybody." not in later
    assert "No quiz. When you have read it: qacli procedure ack need@1" in run("procedure show need", drawn).out


def test_the_list_counts_who_read_and_who_cites(drawn):
    rows = {row["procedure"]: row for row in run("procedure list --format json", drawn).rows}
    assert set(rows) == {"idv@1", "need@1"}
    assert (rows["idv@1"]["questions"], rows["idv@1"]["pass_mark"], rows["idv@1"]["criteria"]) == (2, 100, 1)
    assert (rows["need@1"]["pass_mark"], rows["need@1"]["criteria"], rows["need@1"]["read"]) == (None, 2, 2)
