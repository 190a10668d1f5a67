from __future__ import annotations

import io
import json
import os
from types import SimpleNamespace

import pytest
from command_line import run, snapshot
from desk import CARD, DRAWN, SETTINGS, agreed, done, form, items, write
from desk import drawn as draw

from qacli.commands.entering import NoFullScreen, Way, refuse_no_terminal
from qacli.commands.items import transcript_of
from qacli.workspace import Workspace

GOOD = """\
item: {item}
answers:
  idv: {{answer: met, evidence: asked for the postcode, offset: "00:41"}}
  check: 4
  next: {{answer: na, evidence: nothing was left}}
"""


def hand_in(folder, text, name="form.yaml", actor="p_ev1", more=""):
    path = folder / "drafts" / name
    path.write_text(text, "utf-8")
    return run(f"score --from {path} {more}", folder, actor, DRAWN)


def test_a_form_becomes_an_observation_told_in_one_sentence(drawn):
    result = done(hand_in(drawn, GOOD.format(item="t_5-1")))
    assert result.out == (
        "o_6: 75.0 of 100 on 60 of 100 weight (N/A: next); criticals: customer 0, business 0, compliance 0\n"
    )
    assert {item["item"]: item["observation"] for item in items(drawn)}["t_5-1"] == "o_6"
    assert [item["item"] for item in items(drawn, "--open --for p_ev1")] == ["t_5-3", "t_5-5"]


def test_a_failed_critical_is_named_with_its_time(drawn):
    result = done(hand_in(drawn, GOOD.replace("met,", "not_met,").format(item="t_5-1")))
    assert result.out.rstrip().endswith("compliance 1 (idv at 00:41)")


def test_a_form_comes_through_a_pipe(drawn):
    reading, writing = os.pipe()
    os.write(writing, GOOD.format(item="t_5-1").encode())
    os.close(writing)
    assert done(run(f"score --from /dev/fd/{reading}", drawn, "p_ev1", DRAWN)).out.startswith("o_6: ")
    os.close(reading)
    assert "its score is of an observation" in (said := run("explain t_5-1", drawn)).err
    assert "qacli explain o_6" in said.err


def test_lines_of_a_pipe_are_answers_and_what_they_leave_open_stays_a_draft(drawn, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\ne 1\n4\n"))
    begun = run("score t_5-1 --lines", drawn, "p_ev1", DRAWN)
    again = f"draft kept; go on with: qacli score t_5-1 --as p_ev1 --today {DRAWN}\n"
    assert (begun.code, begun.out.endswith(again)) == (130, True)
    assert "n/y/a> n\n" in begun.out, "what was typed is shown, as on a terminal"
    monkeypatch.setattr("sys.stdin", io.StringIO("4\nr\n"))
    result = done(run("score t_5-1 --lines --total", drawn, "p_ev1", DRAWN))
    assert "  so far 75.0 of 100\n" in result.out
    assert "  1 idv  not_met  00:00 colleague: Which postcode, please?\n" in result.out
    assert result.out.splitlines()[-1].startswith("o_6: 75.0 of 100 on 100 of 100 weight")
    assert not (drawn / "drafts" / "t_5-1.p_ev1.json").exists()


def test_a_card_number_typed_in_the_wrong_place_is_not_repeated(drawn, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n\nread out 4111 1111 1111 1111\nq\n"))
    begun = run("score t_5-1 --lines", drawn, "p_ev1", DRAWN)
    assert "is none of n/y/a" in begun.out, "it stood where an answer is asked for"
    assert "4111" not in begun.out + begun.err


def test_nothing_entered_keeps_no_draft_and_whose_item_it_is_stands_above(drawn, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("x\n"))
    begun = run("score t_5-2 --lines", drawn, "p_ev1", DRAWN)
    assert "\nnothing was entered; " in begun.out
    assert begun.out.endswith(f"begin anew with: qacli score t_5-2 --as p_ev1 --today {DRAWN}\n")
    assert begun.out.splitlines()[1] == "assigned to p_ev2"
    assert not list(drawn.glob("drafts/t_5-2.*"))


def test_an_item_that_is_not_there_is_told_before_the_terminal_that_is_not_there(drawn):
    for way in ("", "--tui", "--lines"):
        refused = run(f"score t_5-99 {way}", drawn, "p_ev1", DRAWN)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.startswith("error: there is no t_5-99 in items\n")
    assert run("score t_5-1", drawn, "p_ev1", DRAWN).err.startswith("error: there is no terminal to ask on\n")


def test_a_full_screen_is_refused_off_a_terminal_and_where_it_is_not_installed(drawn, monkeypatch):
    refused = run("score --tui", drawn, "p_ev1", DRAWN)
    assert (refused.code, "leave --tui out; or hand in a filled form: --from FILE" in refused.err) == (2, True)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    monkeypatch.setattr("qacli.commands.entering.find_spec", lambda name: None)
    with pytest.raises(NoFullScreen, match="no full screen") as missing:
        refuse_no_terminal(Way(tui=True), "")
    assert missing.value.help == "run: pip install 'qacli[tui]'; or leave --tui out"


def test_a_way_of_asking_is_refused_where_nothing_is_asked(drawn, monkeypatch):
    refused = hand_in(drawn, GOOD.format(item="t_5-1"), more="--tui")
    assert (refused.code, refused.err) == (
        2, "error: --tui is about asking, and --from asks nothing\n  = help: leave --tui out\n",
    )  # fmt: skip
    assert "--total is about" in run("score t_5-1 --personal-call --total", drawn, "p_ev1", DRAWN).err
    monkeypatch.setenv("QACLI_TUI", "1")
    assert done(hand_in(drawn, GOOD.format(item="t_5-1"))).out.startswith("o_6: ")


def test_explain_shows_the_arithmetic(drawn):
    hand_in(drawn, GOOD.format(item="t_5-1"))
    found = done(run("explain o_6 --format json", drawn))
    assert {row["criterion"]: (row["weight used"], row["points"]) for row in found.rows} == {
        "idv": (0, 0),
        "check": (100, 75),
        "next": (0, 0),
    }
    assert "75.00 = 75.00" in found.err


def test_explain_of_a_score_set_to_0_shows_the_sum_and_what_set_it(desk_at):
    folder = desk_at("new")
    write(folder, {"definitions/scorecards/desk.yaml": CARD + "scoring: {critical: {compliance: zero}}\n"})
    draw(agreed(folder))
    done(hand_in(folder, GOOD.replace("met,", "not_met,").format(item="t_5-1")))
    found = done(run("explain o_6 --format table", folder))
    assert "failed compliance-critical: sets the score to 0" in found.out
    assert "apart" not in found.out + found.err
    assert (
        "points: 75.00 = 75.00; set to 0 by idv\n  exactly, before that: 60 x 75 / 60 = 75\n  recorded as 0;"
        in found.err
    )
    assert "\no_6: 0.0 of 100" in found.err


def test_json_and_lists_and_several_files(drawn):
    one = {
        "schema": "qacli.score/1",
        "item": "t_5-1",
        "answers": {"idv": {"answer": "met", "evidence": "asked"}, "check": "4", "next": "4"},
    }
    path = drawn / "more.json"
    path.write_text(json.dumps([{**one, "item": "t_5-3"}, {**one, "item": "t_5-5"}]), "utf-8")
    result = done(hand_in(drawn, json.dumps(one), "one.json", more=f"--from {path}"))
    assert [line.partition(":")[0] for line in result.out.splitlines()] == ["o_6-1", "o_6-2", "o_6-3"]


def test_work_assigned_to_another_is_taken_and_said(drawn):
    result = done(hand_in(drawn, GOOD.format(item="t_5-2")))
    assert result.err == "t_5-2 was assigned to p_ev2\n"


def test_all_that_is_wrong_in_a_file_is_shown_with_its_place(drawn):
    result = hand_in(
        drawn,
        """\
item: T-1
anwsers:
  idv: met
answers:
  idv: {answer: met, evidense: asked}
""",
    )
    assert result.code == 65
    for words in (
        "form.yaml:1:7",
        "'T-1' is no item of a sample",
        "form.yaml:2:1",
        "'anwsers'",
        "did you mean 'evidence'?",
        "form.yaml:5:",
    ):
        assert words in result.err, result.err


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (GOOD.format(item="t_zz-1"), 1, "there is no t_zz-1 in items"),
        (GOOD.format(item="o_5"), 65, "form.yaml:1:7"),
        ("[]", 2, "holds no form"),
        ("", 65, "the file is empty"),
        ("just words", 65, "error[no-form]: this is text, and no filled form\n --> "),
        ("- 3\n- 4\n", 65, "form.yaml"),
        ("{item: t_5-1, answers: [met]}", 65, "form.yaml"),
        ("{item: t_5-1}", 65, "answers"),
        (
            f"- {GOOD.format(item='t_5-1')}".replace("\n", "\n  ")
            + "\n"
            + f"- {GOOD.format(item='t_5-1')}".replace("\n", "\n  "),
            65,
            "t_5-1 is scored twice",
        ),
        (GOOD.format(item="t_5-1").replace("asked for", "asked \\x1b for"), 0, ""),
        (GOOD.format(item="t_5-1").replace("asked for the postcode", '"asked \\x1b for"'), 65, "U+001B"),
        (GOOD.format(item="t_5-1").replace("the postcode", "4111 1111 1111 1111"), 1, "refused[card-number]"),
    ],
)
def test_files_that_are_no_form(drawn, text, code, words):
    before = snapshot(drawn / "records")
    result = hand_in(drawn, text)
    assert (result.code, words in result.err) == (code, True), result
    assert "Traceback" not in result.err
    assert "4111" not in result.err
    assert (snapshot(drawn / "records") == before) == (code != 0)


def test_what_every_form_lacks_is_listed_at_once(drawn):
    bare = {"answers": {"idv": "met", "check": "4"}}
    result = hand_in(drawn, json.dumps([{"item": "t_5-1", **bare}, {"item": "t_5-3", "answers": {}}]))
    assert (result.code, result.err) == (
        1,
        """\
refused[incomplete-form]: 2 entries for t_5-1 cannot be recorded:
  missing-evidence  idv: say what was seen or heard: it is compliance-critical
  missing-answer    next: no answer was given
3 entries for t_5-3 cannot be recorded:
  missing-answer    idv: no answer was given
  missing-answer    check: no answer was given
  missing-answer    next: no answer was given
  = help: nothing was recorded; mend these and hand it in again
""",
    )


def test_another_item_than_the_one_named_is_refused(drawn):
    path = form(drawn, "t_5-3")
    result = run(f"score t_5-1 --from {path}", drawn, "p_ev1", DRAWN)
    assert (result.code, "the file is about t_5-3, not t_5-1" in result.err) == (2, True)


# --- corrections ---


def test_scoring_twice_is_refused_and_says_how_to_correct(drawn):
    done(hand_in(drawn, GOOD.format(item="t_5-1")))
    result = hand_in(drawn, GOOD.format(item="t_5-1"))
    assert (result.code, result.err) == (
        1,
        """\
refused[already-scored]: p_ev1 scored t_5-1 already as o_6.
  = help: to replace it openly: qacli score t_5-1 --correct "why" --as p_ev1 --today 2026-05-25
""",
    )
    done(hand_in(drawn, GOOD.format(item="t_5-1"), actor="p_ev2"))  # a second evaluator may


def test_a_correction_replaces_in_summaries_and_keeps_both_in_the_records(drawn):
    done(hand_in(drawn, GOOD.format(item="t_5-1")))
    assert summary(drawn)["minimum"] == 75
    better = GOOD.replace("check: 4", "check: {{answer: 5, evidence: asked one question more}}").format(item="t_5-1")
    result = done(hand_in(drawn, better, more="--correct 'listened again'"))
    assert result.out.startswith("o_7: 100.0 of 100")
    row = summary(drawn)
    assert (row["n"], row["minimum"], row["maximum"]) == (1, 100, 100)
    assert {item["item"]: item["observation"] for item in items(drawn)}["t_5-1"] == "o_7"
    old = run("ledger show o_6 --format json", drawn)
    assert "o_6 was corrected and is no longer in force" in old.err
    assert {"column": "score", "value": 75}.items() <= next(row for row in old.rows if row["column"] == "score").items()
    assert any(row["value"] == "listened again" for row in run("ledger show c_7 --format json", drawn).rows)
    replaced = done(run("explain o_6", drawn)).err
    assert 'o_6 corrected, o_7 counts instead: "listened again"; check from 4 to 5\n' in replaced
    assert "versions: o_6 75 by p_ev1, then o_7 100 by p_ev1\n" in replaced
    assert run("ledger verify", drawn).code == 0
    # and again: the newest is the one to correct
    assert done(hand_in(drawn, better, more="--correct again")).out.startswith("o_8")
    assert summary(drawn)["n"] == 1


def summary(folder):
    """What is summarised of p_a07."""
    (row,) = (row for row in run("summarise colleague --format json", folder).rows if row["colleague"] == "p_a07")
    return row


def test_a_correction_needs_something_to_correct_and_a_reason(drawn):
    result = hand_in(drawn, GOOD.format(item="t_5-1"), more="--correct why")
    assert (result.code, result.err.splitlines()[0]) == (
        1,
        "refused[nothing-to-correct]: p_ev1 has not scored t_5-1, so there is nothing to correct.",
    )
    done(hand_in(drawn, GOOD.format(item="t_5-1")))
    assert hand_in(drawn, GOOD.format(item="t_5-1"), more="--correct ' '").code == 2
    # nobody corrects the observation of another
    assert hand_in(drawn, GOOD.format(item="t_5-1"), actor="p_ev2", more="--correct why").code == 1


@pytest.mark.parametrize(("stated", "seconds"), [("", [0, 1260]), (", times: elapsed", [0, 21])])
def test_the_times_of_a_transcript_are_read_as_the_settings_say(drawn, stated, seconds):
    write(
        drawn,
        {
            "qacli.yaml": SETTINGS.replace("C: customer}", f"C: customer}}{stated}"),
            "transcripts/T9.txt": "0:41 A: Hello.\n1:02 C: Hello.\n",
        },
    )
    turns = transcript_of(SimpleNamespace(workspace=Workspace(drawn)), SimpleNamespace(transaction="T9"))
    assert [turn.seconds for turn in turns] == seconds


def test_an_edited_scorecard_stops_scoring_and_not_reading(drawn):
    done(hand_in(drawn, GOOD.format(item="t_5-1")))
    before = done(run("summarise colleague", drawn, "p_tl1", DRAWN))
    card = drawn / "definitions/scorecards/desk.yaml"
    card.write_text(card.read_text("utf-8").replace("weight: 60", "weight: 50").replace("weight: 40", "weight: 50"))
    after = done(run("summarise colleague", drawn, "p_tl1", DRAWN))
    assert after.out == before.out
    assert after.err.count("scorecard desk@1.0 was changed after records cited it") == 1
    assert done(run("explain o_6 --format csv", drawn)).out.count("\n") == 4
    refused = hand_in(drawn, GOOD.format(item="t_5-3"))
    assert (refused.code, "refused[changed-version]" in refused.err) == (1, True)


POLICY = """\
scoring:
  section_weights: share
  critical: {compliance: {deduct: 30}}
  pass_mark: 85
  bands: [{name: Support, from: 0}, {name: Sound, from: 75}]
"""
CLOSING = """\
      - {id: offer, observable: The colleague offers a copy., scale: binary@1, weight: 10, bonus: yes,
         anchors: {not_met: No offer., met: An offer.}, not_applicable: never, procedure: need@1, promise: sorted}
  - id: close
    title: Closing
    weight: 40
    criteria:
      - {id: bye, observable: The colleague asks what else there is., scale: binary@1, weight: 70,
         anchors: {not_met: Rings off., met: Asks.}, not_applicable: never, procedure: need@1, promise: sorted}
      - {id: more, observable: The further wish is settled., scale: point5@1, weight: 30,
         only_if: {criterion: bye, answers: [met]}, anchors: {1: Left open., 4: Settled., 5: As 4 and written down.},
         not_applicable: never, procedure: need@1, promise: sorted}
"""
SILENT = """\
item: t_5-1
answers:
  idv: {answer: not_met, evidence: balance first, offset: "00:41"}
  check: 4
  next: 4
  offer: not_met
  bye: {answer: not_met, evidence: rang off}
  more: 4
"""


def test_c09_the_policy_of_a_card_holds_from_the_form_to_the_feedback(desk_at):
    folder = desk_at("new")
    card = (CARD + CLOSING).replace("weight: 60,", "weight: 50,").replace("weight: 40,\n", "weight: 50,\n", 1)
    card = card.replace("title: Opening\n", "title: Opening\n    weight: 60\n").replace(
        "sections:\n", POLICY + "sections:\n"
    )
    write(folder, {"definitions/scorecards/desk.yaml": card})
    draw(agreed(folder))
    assert "not-asked  more: only asked when bye is met: leave the answer out" in hand_in(folder, SILENT).err
    # 60 x 75 / 100 + 40 x 0, less 30
    result = done(hand_in(folder, SILENT.replace("  more: 4\n", "")))
    assert result.out == (
        "o_6: 15.0 of 100 on 88 of 100 weight, fail (pass mark 85), Support (not asked: more); "
        "criticals: customer 0, business 0, compliance 1 (idv at 00:41)\n"
    )
    found = done(run("explain o_6 --format json", folder))
    assert [(row["criterion"], row["answer"], row["points"], row["rule"]) for row in found.rows[3:]] == [
        ("offer", "not_met", 0, "bonus: adds to the sum only"),
        ("bye", "not_met", 0, ""),
        ("more", "not asked", 0, "only asked when bye is met: its weight is shared among the others"),
    ]
    assert [line for line in found.err.splitlines() if line.startswith(("policy", "section", "points", "exactly"))] == [
        "policy of desk@1.0: each section is a percentage of the score; a failed compliance-critical takes 30 off the score",
        "section open: 45.00 points of 60.00",
        "section close: 0.00 points of 40.00",
        "points: 22.50 + 22.50 = 45.00; less 30 for idv = 15.00",
        "exactly, before that: section open: (50 x 75 + 50 x 75 + 10 x 0 (bonus)) / 100 = 7500 / 100 = 75",
        "exactly, before that: section close: 70 x 0 / 70 = 0",
        "exactly, before that: (60 x 75 + 40 x 0) / 100 = 4500 / 100 = 45",
    ]
    # another answer to the trigger opens what hangs on it
    again = SILENT.replace("bye: {answer: not_met, evidence: rang off}", "bye: {answer: met, evidence: asked}")
    done(hand_in(folder, again, more="--correct 'heard it again'"))
    found = done(run("explain o_7 --format json", folder))
    assert [(row["criterion"], row["answer"], row["points"]) for row in found.rows[4:]] == [
        ("bye", "met", 28),
        ("more", "4", 9),
    ]
    done(run("feedback prepare o_7 --for p_a07", folder, "p_tl1", DRAWN))
    done(run("report feedback f_8", folder, "p_tl1", DRAWN))
    sheet = (folder / "out" / "feedback" / "f_8.md").read_text("utf-8")
    assert "It takes 30 off the score." in sheet
    assert "offer" not in sheet
    assert done(run("ledger verify", folder)).code == 0
