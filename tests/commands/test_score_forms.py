"""Forms written, filled in elsewhere and handed in, at the command line."""

from __future__ import annotations

import json
import re
import shutil
import stat
from html.parser import HTMLParser

import pytest
from blank_forms import typed
from command_line import run, snapshot
from desk import AGENTS, DRAWN, done, form, items, write

from qacli.model import NotRecorded
from qacli.workspace import Workspace

WORDS = "10:20 A: Which postcode, please?\n10:21 C: [b]EC1[/b]\n"
ANSWERS = {"idv": {"answer": "met", "lines": [1]}, "check": {"answer": "4"}, "next": {"answer": "4"}}
# the cells of the card: idv, check, next
WHOLE = {"D6": "met", "E6": 1, "D7": 4, "D8": 4}


@pytest.fixture(scope="module")
def told():
    """What writing the forms printed, by kind."""
    return {}


@pytest.fixture(scope="module")
def _desk(_desks, tmp_path_factory, told):
    """The drawn desk with a transcript for every item of week 21, and the forms of p_ev1 written, once for all tests."""
    folder = shutil.copytree(_desks / "drawn", tmp_path_factory.mktemp("written") / "desk")
    write(folder, {f"transcripts/{agent}-{day}.txt": WORDS for agent in AGENTS for day in (19, 20)})
    write(folder, {f"transcripts/{agent}c19.txt": WORDS for agent in AGENTS})
    before = snapshot(folder / "records")
    for kind in ("html", "xlsx"):
        told[kind] = done(score(f"--form {kind}", folder))
    assert snapshot(folder / "records") == before
    return folder


@pytest.fixture
def desk(_desk, tmp_path):
    return shutil.copytree(_desk, tmp_path / "desk")


def score(words, folder, actor="p_ev1"):
    return run(f"score {words}", folder, actor, DRAWN)


class Body(HTMLParser):
    """What a page says of itself to its own script."""

    def handle_starttag(self, tag, attrs):
        if tag == "body":
            self.data = dict(attrs)


def result(folder, item, answers=ANSWERS, **more):
    """The file that the page of an item saves."""
    page = Body()
    page.feed((folder / f"out/forms/{item}.html").read_text("utf-8"))
    origin = json.loads(page.data["data-origin"])
    whole = {"schema": "qacli.score/1", "item": item, "form": origin, "answers": answers, **more}
    path = folder / f"{item}.score.json"
    path.write_text(json.dumps(whole, indent=1), "utf-8")
    return path


def filled(folder, sheets, name="filled.xlsx"):
    """The workbook with what was typed into the sheets of its items, from the first."""
    book = (folder / "out/forms/p_ev1.xlsx").read_bytes()
    for number, cells in enumerate(sheets):
        book = typed(book, cells, sheet=2 + 2 * number)
    (folder / name).write_bytes(book)
    return folder / name


def test_forms_are_written_for_all_that_waits_and_nothing_is_recorded(desk, told):
    pages = [line.rpartition("/")[2] for line in told["html"].out.split()]
    assert pages == ["t_5-1.html", "t_5-3.html", "t_5-5.html", "p_ev1.html"]
    assert told["html"].err == f"when filled in: qacli score --from t_5-1.score.json --as p_ev1 --today {DRAWN}\n"
    assert told["xlsx"].out.strip().endswith("out/forms/p_ev1.xlsx")
    made = list((desk / "out/forms").iterdir())
    assert ({stat.S_IMODE(path.stat().st_mode) for path in made}, len(made)) == ({0o600}, 5)
    # that it is another evaluator's is told when it is recorded
    assert done(score("t_5-2 --form html", desk)).out.split()[0].endswith("t_5-2.html")


def test_a_result_is_recorded_with_the_words_of_its_lines(desk):
    path = result(desk, "t_5-1")
    told = done(score(f"--from {path}", desk))
    assert told.out == "o_6: 75.0 of 100 on 100 of 100 weight; criticals: customer 0, business 0, compliance 0\n"
    rating = {row["column"]: row["value"] for row in run("ledger show o_6-1 --format json", desk).rows}
    assert (rating["evidence"], rating["offset"]) == ("colleague: Which postcode, please?", "00:00")
    head = {row["column"]: row["value"] for row in run("ledger show o_6 --format json", desk).rows}
    assert head["entered"] == "page"
    again = done(score(f"--from {path}", desk))
    assert (again.out, again.err) == ("", "t_5-1 is recorded already, as o_6\n")
    other = result(desk, "t_5-1", {**ANSWERS, "check": {"answer": "3", "evidence": "a part"}})
    assert "refused[already-scored]" in score(f"--from {other}", desk).err
    assert done(score(f"--from {other} --correct 'listened again'", desk)).out.startswith("o_7: 60.0 of 100")


def test_each_whole_item_of_a_workbook_is_an_act_of_its_own_and_others_wait(desk):
    path = filled(desk, [WHOLE, {"D6": "no", "I7": "later"}])
    told = done(score(f"--from {path}", desk))
    assert told.out.startswith("o_6: 75.0")
    assert told.err == (
        "t_5-3 is not finished, so it is not recorded: no answer to check, next; no evidence for idv; kept as your draft: "
        f"fill in the form and hand it in again, or qacli score t_5-3 --as p_ev1 --today {DRAWN}\n"
        "1 form is untouched: t_5-5\n"
    )
    finished = {"D6": "no", "H6": "told the balance first", "D7": 4, "D8": 4, "I7": "later"}
    told = done(score(f"--from {filled(desk, [WHOLE, finished, WHOLE])}", desk))
    assert [line.partition(":")[0] for line in told.out.splitlines()] == ["o_7", "o_8"]
    assert told.err.endswith("\nt_5-1 is recorded already, as o_6\n")
    assert list((desk / "drafts").glob("t_*.json")) == []


def test_a_correction_by_a_workbook_replaces_what_was_changed_and_leaves_the_rest(desk):
    done(score(f"--from {filled(desk, [WHOLE, WHOLE, {'D6': 'met'}])}", desk))
    better = {**WHOLE, "D7": 3, "H7": "a part"}
    book = filled(desk, [better, WHOLE, {"D6": "met"}])
    refused = score(f"--from {book}", desk)
    assert refused.err == (
        "refused[already-scored]: p_ev1 scored t_5-1 already as o_6.\n"
        '  = help: to replace it openly, hand the file in again with --correct "why"\n'
    )
    # what was not changed is not corrected, and what is not scored yet has nothing to correct
    told = done(score(f"--from {book} --correct 'listened again'", desk))
    assert told.out.startswith("o_8: 60.0")
    assert [line.partition(",")[0] for line in told.err.splitlines()] == [
        "t_5-3 is recorded already",
        "t_5-5 is not finished",
    ]
    again = done(score(f"--from {filled(desk, [better, WHOLE, WHOLE])} --correct 'listened again'", desk))
    assert again.out.startswith("o_9: 75.0")
    assert [row["observation"] for row in items(desk) if row["evaluator"] == "p_ev1"] == ["o_8", "o_7", "o_9"]
    # an answer taken out waits for another, and the draft goes on as a correction
    half = done(score(f"--from {filled(desk, [{**better, 'D8': ''}])} --correct 'listened again'", desk))
    assert f"qacli score t_5-1 --correct 'listened again' --as p_ev1 --today {DRAWN}" in half.err
    alone = score(f"--from {filled(desk, [{}, {}, {}])} --correct 'listened again'", desk)
    assert (alone.out, alone.err) == ("", "3 forms are untouched: t_5-1, t_5-3, t_5-5\n")


def test_an_import_that_breaks_off_goes_on_where_it_stopped(desk, monkeypatch):
    path = filled(desk, [WHOLE, WHOLE])
    commits, commit = [], Workspace.commit

    def full_disk(*arguments, **more):
        commits.append(arguments)
        if len(commits) == 2:
            raise NotRecorded("not recorded: no space left on device")
        return commit(*arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "commit", full_disk)
        broken = score(f"--from {path}", desk)
    assert (broken.code, broken.out[:4], len(commits)) == (74, "o_6:", 2)
    assert broken.err.endswith("recorded is what stands above, and not t_5-3: hand the same file in again\n")
    went_on = done(score(f"--from {path}", desk))
    assert (went_on.out[:4], "t_5-1 is recorded already, as o_6\n" in went_on.err) == ("o_7:", True)


def test_a_form_holds_what_is_drafted_and_a_draft_is_not_overwritten(desk):
    done(score(f"--from {filled(desk, [{'D7': 3}])}", desk))
    done(score("--form html", desk))
    page = Body()
    page.feed((desk / "out/forms/t_5-1.html").read_text("utf-8"))
    assert json.loads(page.data["data-state"])["check"]["answer"] == "3"
    more = done(score(f"--from {filled(desk, [{'D7': 3, 'D8': 4}])}", desk))
    assert "kept as your draft" in more.err
    other = done(score(f"--from {filled(desk, [{'D7': 4, 'D8': 4}])}", desk))
    assert "your draft of it says otherwise of check and was left as it is" in other.err
    assert json.loads(next((desk / "drafts").glob("t_5-1.*")).read_text())["answers"]["check"][0] == "3"


def test_all_that_is_wrong_in_all_files_is_told_and_nothing_is_recorded(desk):
    before = snapshot(desk / "records")
    book = filled(desk, [WHOLE, {"D6": "met", "E6": 7, "D7": 6, "D8": 4}])
    page = result(desk, "t_5-5", {**ANSWERS, "idv": {"answer": "met", "lines": [1], "offset": "noon"}})
    told = score(f"--from {book} --from {page}", desk)
    assert told.code == 65
    for words in (
        "filled.xlsx (cell 't_5-3'!E6)",
        "idv: the transcript has no line 7",
        "filled.xlsx (cell 't_5-3'!D7)",
        "check: '6' is none of 1, 2, 3, 4, 5",
        "t_5-5.score.json:17:14",
        "answers > idv > offset: 'noon' is no time from the start",
        "3 errors",
    ):
        assert words in told.err, told.err
    assert snapshot(desk / "records") == before
    twice = score(f"--from {filled(desk, [WHOLE])} --from {result(desk, 't_5-1')}", desk)
    assert (twice.code, "t_5-1 is scored twice" in twice.err) == (65, True)


def test_a_formula_is_told_with_all_else_that_is_wrong_in_order_of_the_cells(desk):
    book = filled(desk, [{**WHOLE, "I8": "=D6"}, {"D6": "perhaps", "E6": "=1", "E7": 9}])
    unknown, torn = desk / "unknown.yaml", desk / "torn.score.json"
    unknown.write_text("item: t_9-9\nanswers: {idv: met}\n", "utf-8")
    torn.write_text('{"item": "t_5-1", "answers', "utf-8")
    before = snapshot(desk / "records")
    told = score(f"--from {book} --from {unknown} --from {torn}", desk)
    assert told.code == 65
    assert re.findall(r"filled.xlsx \(cell (.*)\)", told.err) == [
        "'t_5-1'!I8",
        "'t_5-3'!D6",
        "'t_5-3'!E6",
        "'t_5-3'!E7",
    ]
    for words in ("next: Comment: the cell holds a formula", "--> " + str(torn), "error: there is no t_9-9 in items"):
        assert words in told.err, told.err
    assert snapshot(desk / "records") == before


@pytest.mark.parametrize(
    ("name", "content", "words", "help_"),
    [
        (
            "p_ev1.csv",
            b"To score: p_ev1,,\n",
            "this is one sheet saved as CSV",
            "save the whole workbook as .xlsx or .ods",
        ),
        ("p_ev1.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file, and no", "as .xlsx or .ods"),
        ("p_ev1", b"PK\x03\x04", "a zip archive or an Excel workbook, and no filled form", "keep that ending"),
        ("p_ev1.pdf", b"%PDF-1.7", "this is a PDF, and no filled form", "hand that in"),
        ("t_5-1.html", b"\xef\xbb\xbf<!DOCTYPE html>\n<html>", "this is a page", "Save result file, and hand in"),
        ("t_5-1.score.json", b" \n", "the file is empty", "save it again"),
    ],
)
def test_what_is_handed_in_for_a_form_by_mistake_is_told_with_what_to_hand_in(desk, name, content, words, help_):
    (desk / name).write_bytes(content)
    told = score(f"--from {desk / name}", desk)
    assert (told.code, "error[no-form]" in told.err, words in told.err, help_ in told.err) == (65, True, True, True), (
        told
    )


def test_every_refusal_is_told_and_nothing_is_recorded(desk):
    mine = {item["item"]: item["transaction"] for item in items(desk)}
    lines = [line.split(",") for line in (desk / "exports/may.csv").read_text("utf-8").splitlines()]
    customers = [line[4] for line in lines if line[0] in (mine["t_5-1"], mine["t_5-5"])]
    write(desk, {"exports/optouts.csv": "customer_ref,from\n" + "".join(f"{each},2026-05-01\n" for each in customers)})
    before = snapshot(desk / "records")
    told = score(f"--from {filled(desk, [WHOLE, WHOLE, {'D6': 'met'}])}", desk)
    assert (told.code, told.err.count("refused[opt-out]")) == (1, 2)
    told = score(f"--from {filled(desk, [WHOLE, {**WHOLE, 'D7': 6}, {'D6': 'met'}])}", desk)
    assert (told.code, told.err.count("refused[opt-out]"), told.err.count("error[unknown-point]")) == (65, 2, 1)
    assert told.err.endswith("  = help: nothing was recorded; mend these and hand it in again\n")
    assert snapshot(desk / "records") == before
    assert list((desk / "drafts").glob("t_*.json")) == []
    waiting = done(score("--form html", desk))
    assert waiting.err.count("no form of t_5-") == 2
    assert "t_5-3.html" in waiting.out


def test_a_form_of_another_person_or_of_a_card_that_was_changed_is_refused(desk):
    path = result(desk, "t_5-1")
    told = score(f"--from {path}", desk, "p_ev2")
    assert (told.code, "hand it in for the person who filled it in: --as p_ev1" in told.err) == (65, True)
    card = desk / "definitions/scorecards/desk.yaml"
    agreed = card.read_text("utf-8")
    card.write_text(agreed.replace("A next step with a day.", "A next step with a name."), "utf-8")
    assert "refused[changed-version]" in score(f"--from {path}", desk).err
    card.write_text(agreed, "utf-8")
    path.write_text(re.sub('"card_hash": ".{4}', '"card_hash": "0000', path.read_text("utf-8")), "utf-8")
    told = score(f"--from {path}", desk)
    assert (told.code, "error[changed-form]" in told.err) == (65, True)
    assert "write the form anew: qacli score t_5-1 --form html, or --form xlsx" in told.err


def test_a_form_goes_where_o_says_and_a_dry_run_writes_none(desk):
    before = snapshot(desk / "out")
    dry = done(score("--form html --dry-run", desk))
    assert "dry run: nothing was written" in dry.err
    assert snapshot(desk / "out") == before
    target = desk / "mine.xlsx"
    assert done(score(f"--form xlsx -o {target}", desk)).out == ""
    assert target.read_bytes().startswith(b"PK")
    told = score(f"--form html -o {desk / 'all.html'}", desk)
    assert (told.code, "3 forms do not go into one page" in told.err) == (2, True)
    named = ("--form html -o x.xlsx", "--form xlsx -o x.csv", "--from x.json -o x.html")
    for line in (*named, "--form html --from x.json", "--form xlsx --correct why", "t_5-1 --form html --personal-call"):
        assert score(line, desk).code == 2


def test_who_has_nothing_waiting_is_told_so(desk):
    assert "nothing waits for p_tl1" in score("--form xlsx", desk, "p_tl1").err


def test_the_form_of_a_personal_call_is_removed(desk):
    told = done(score("t_5-1 --personal-call", desk))
    assert not (desk / "out/forms/t_5-1.html").exists()
    assert "out/forms/p_ev1.xlsx may hold its conversation: delete it, and write it anew with --form xlsx" in told.err


def test_lines_in_the_file_of_a_program_are_words_too(desk):
    path = desk / "own.yaml"
    path.write_text("item: t_5-1\nanswers:\n  idv: {answer: met, lines: [1]}\n  check: 4\n  next: 4\n", "utf-8")
    done(score(f"--from {path} --from {form(desk, 't_5-3')}", desk))
    rating = {row["column"]: row["value"] for row in run("ledger show o_6-1-1 --format json", desk).rows}
    assert rating["evidence"] == "colleague: Which postcode, please?"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"item": "t_9-9"}, "there is no t_9-9 here"),
        ({"form": {"evaluator": "p_ev1"}}, "form lacks 'card', 'card_hash'"),
        ({"frm": 1}, "unknown setting 'frm'"),
        ({"answers": {"idv": {"answer": "met", "lines": list(range(60))}}}, "lines"),
        ({"answers": {"idv": {"answer": "met", "lines": ["one"]}}}, "'one' is not a whole number"),
    ],
)
def test_what_no_page_saves_is_refused(desk, more, words):
    before = snapshot(desk / "records")
    told = (
        score(f"--from {result(desk, 't_5-1', **{'answers': ANSWERS, **more})}", desk)
        if "item" not in more
        else _renamed(desk, more)
    )
    assert (told.code != 0, words in told.err, "Traceback" in told.err) == (True, True, False), told.err
    assert snapshot(desk / "records") == before


def _renamed(folder, more):
    path = result(folder, "t_5-1")
    path.write_text(path.read_text("utf-8").replace('"t_5-1"', f'"{more["item"]}"'), "utf-8")
    return score(f"--from {path}", folder)


def test_a_form_of_scoring_is_none_for_calibration(desk):
    done(run("calibrate open --items 2 --evaluators p_ev1,p_ev2", desk, "p_tl1", DRAWN))
    told = run(f"calibrate score k_6 --from {result(desk, 't_5-1')}", desk, "p_ev1", DRAWN)
    assert (told.code, "error[form-for-scoring]" in told.err) == (65, True)
