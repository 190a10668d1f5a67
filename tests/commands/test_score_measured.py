"""Criteria that the system measures: filled in from the export, confirmed or overruled by a person, and counted."""

from __future__ import annotations

import json
import shutil

import pytest
from command_line import run
from desk import CARD, DRAWN, HEADER, PROFILES, WEEK, agreed, conversations, done, items, write
from test_prompts import SCALES, Sitting

from qacli.files.yaml import parse
from qacli.monitor.observing.answers import Answer
from qacli.monitor.suggesting.suggestion import Suggestion
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

TIMED = """\
      - {id: reply, observable: The call is answered within the time that we promise., scale: number100@1, weight: 40,
         anchors: {0: It is answered at twice the time or later., 100: The log shows an answer within the time.},
         not_applicable: never, procedure: need@1, promise: sorted, needs: [queue], filled_from: wait-seconds}
"""
CARD_TIMED = CARD.replace("weight: 60", "weight: 20") + TIMED
RULES = """\
- {id: promised, version: 1, owner: p_tl1, from: 2026-01-01, title: Answered within a minute., criterion: reply,
   measure: wait-seconds, best_at: 60, worst_at: 120}
"""
MAPPED = (
    PROFILES["telephony"]
    + """\
measures:
  wait-seconds: {column: wait, unit: "mm:ss"}
  transfers: {column: moved, values: {Y: 1, N: 0}}
"""
)
WAITS = {"A07-05": "00:20", "A07-06": "", "A09-05": "x"}
FORM = """\
item: {item}
answers: {{idv: {{answer: met, evidence: asked for the postcode}}, check: 4, next: 4{more}}}
"""


def exported() -> str:
    lines = [f"{line},{WAITS.get(line.partition(',')[0], '01:30')},N" for line in conversations()]
    return "\n".join([f"{HEADER},wait,moved", *lines, ""])


FILES = {
    "definitions/scorecards/desk.yaml": CARD_TIMED,
    "definitions/rules.yaml": RULES,
    "definitions/profiles/telephony.yaml": MAPPED,
    "exports/may.csv": exported(),
}


@pytest.fixture(scope="module")
def timed(_desks, tmp_path_factory):
    """The drawn desk with a criterion that is filled from a column of the export. Each test scores items of its own."""
    folder = shutil.copytree(_desks / "new", tmp_path_factory.mktemp("timed") / "desk")
    write(folder, FILES)
    agreed(folder)
    done(run(f"sample draw weekly --period {WEEK}", folder, "p_tl1", DRAWN))
    return folder


def hand_in(folder, item, more=""):
    path = folder / "drafts" / "form.yaml"
    path.write_text(FORM.format(item=item, more=more), "utf-8")
    return run(f"score --from {path}", folder, "p_ev1", DRAWN)


def test_c09_what_was_measured_is_confirmed_or_overruled_and_both_are_on_record(timed):
    first, second = (item["item"] for item in items(timed)[:2])
    left_out = hand_in(timed, first)
    assert left_out.code == 1
    assert (
        "missing-answer  reply: no answer was given; it was measured, 90 s, column 'wait' of the export: 50 by promised@1; "
        "to confirm it write measured\n"
    ) in left_out.err
    # 90 s lie half way from 60 to 120: 20 x 75 + 40 x 75 + 40 x 50
    assert done(hand_in(timed, first, ", reply: measured")).out.startswith("o_6: 65.0 of 100")
    by_hand = ', reply: {answer: 100, evidence: "the clock of the queue ran ahead that day"}'
    assert done(hand_in(timed, second, by_hand)).out.startswith("o_7: 85.0 of 100")
    (rule,) = run("summarise rule --format json", timed, "p_tl1", DRAWN).rows
    assert (rule["rule"], rule["kind"], rule["answer"], rule["n"], rule["overruled"]) == (
        "promised@1",
        "measure",
        "50",
        2,
        1,
    )
    told = [run(f"explain {each} --format json", timed).rows[-1] for each in ("o_6", "o_7")]
    assert [(row["answer"], row["by"], row["evidence"]) for row in told] == [
        ("50", "confirmed", "90 s, column 'wait' of the export"),
        ("100", "overruled", "the clock of the queue ran ahead that day"),
    ]
    page = done(run("explain o_7 --format md", timed)).out
    assert "promised\\@1 measured 90 s, column 'wait' of the export: 50; overruled by 100" in page


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        ("", ""),
        ("x", "'x' in column 'wait' is no wait-seconds: not filled in"),
        (None, "no file matches exports/may.csv"),
        ("01:30,more", "exports/may.csv: "),
    ],
    ids=["missing", "unreadable", "gone", "ragged"],
)
def test_what_was_not_measured_cannot_be_confirmed(timed, wait, said):
    path = timed / "exports" / "may.csv"
    if wait is None:
        path.unlink()
    else:
        path.write_text(exported().replace("01:30", wait), "utf-8")
    refused = hand_in(timed, items(timed)[2]["item"], ", reply: measured")
    path.write_text(exported(), "utf-8")
    assert refused.code == 1
    assert "not-measured  reply: nothing was measured here: write one of 0 to 100 in steps of 5" in refused.err
    assert said in refused.err


def test_a_calibration_takes_the_same_word(timed):
    pair = [item["item"] for item in items(timed)[3:5]]
    opened = done(run(f"calibrate open --items {','.join(pair)} --evaluators p_ev1,p_ev2", timed, "p_tl1", DRAWN))
    session = opened.out.partition(":")[0]
    forms = timed / "drafts" / "forms.yaml"
    forms.write_text(
        "".join(f"- {FORM.format(item=each, more=', reply: measured')}".replace("\nan", "\n  an") for each in pair),
        "utf-8",
    )
    assert "2 items of" in done(run(f"calibrate score {session} --from {forms}", timed, "p_ev1", DRAWN)).out
    (sealed,) = timed.glob(f"drafts/{session}.p_ev1.sealed.json")
    given = json.loads(sealed.read_text("utf-8"))["given"]
    assert [given[each]["reply"][:2] for each in pair] == [["50", "90 s, column 'wait' of the export"]] * 2


def test_a_trial_of_the_rule_and_a_check_of_the_source_read_the_column(timed):
    tried = done(run("scorecard rules desk --show promised --format json", timed, "p_tl1", DRAWN)).rows
    assert [(row["suggests"], row["words"]) for row in tried] == [("50", "90 s, column 'wait' of the export")] * 6
    said = run("source check", timed, "p_tl1").out
    assert "wait-seconds <- wait          20 to 90 s, 1 blank, 1 cannot be read, as 'x'" in said
    assert "transfers    <- moved         0 to 0\n" in said


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("measure: wait-second", "nothing measures wait-second"),
        ("measure: handling-seconds", "reply is filled from wait-seconds, not from handling-seconds"),
    ],
)
def test_a_rule_measures_what_something_gives_and_its_criterion_names(desk_at, rule, message):
    folder = desk_at("new")
    write(folder, {**FILES, "definitions/rules.yaml": RULES.replace("measure: wait-seconds", rule)})
    said = run("check", folder, "p_tl1", DRAWN)
    assert (said.code, message in said.out + said.err) == (1, True), said


@pytest.mark.parametrize(
    ("measures", "message"),
    [
        ("wait-seconds: {column: wait}", "say what 'wait' counts"),
        ("transfers: {column: moved, unit: seconds}", "transfers is a count by its name"),
        ("mood: {column: agent_sentiment}", "agent_sentiment"),
    ],
)
def test_a_measure_says_what_it_counts(desk_at, measures, message):
    folder = desk_at("new")
    write(folder, {"definitions/profiles/telephony.yaml": f"{PROFILES['telephony']}measures: {{{measures}}}\n"})
    said = run("check", folder, "p_tl1", DRAWN)
    assert (said.code, message in said.out + said.err) == (1, True), said


MEASURED = Suggestion("reply", "50", "promised@1", None, "90 s, column 'wait' of the export", "wait-seconds")
NUMBER = """\
{id: number100, version: 1, owner: p_tl1, from: 2026-01-01, title: Number, kind: number, met_at: 100,
 range: {from: 0, to: 100, step: 5}}
"""


@pytest.fixture
def asked(monkeypatch):
    monkeypatch.setitem(SCALES, "number100@1", Scale.model_validate(parse(NUMBER, "s.yaml").data))
    card = Scorecard.model_validate(parse(CARD_TIMED, "card.yaml").data)

    def answer(*lines):
        sitting = Sitting("y", "postcode", "4", "4", *lines, card=card, suggested=[MEASURED])
        return sitting, sitting.run()["reply"]

    return answer


def test_at_the_prompts_enter_confirms_what_was_measured(asked):
    sitting, answer = asked("")
    assert answer == Answer("50", "90 s, column 'wait' of the export")
    assert "  [1] promised@1 measured 90 s, column 'wait' of the export: 50; you decide" in sitting.shown
    assert sitting.asked[-2] == "0 to 100 in steps of 5 (50 measured, Enter confirms)> "


def test_at_the_prompts_another_answer_says_why(asked):
    assert asked("100", "the clock ran ahead")[1] == Answer("100", "the clock ran ahead")
