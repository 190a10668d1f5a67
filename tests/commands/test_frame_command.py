"""qacli frame, as typed."""

from __future__ import annotations

import json

import pytest
from command_line import run
from desk import DRAWN, done


def size(folder, more=""):
    return run(f"frame size weekly {more}", folder, "p_tl1", DRAWN)


def test_size_tells_what_the_sample_can_and_cannot(agreed):
    *colleagues, whole = done(size(agreed, "--period 2026-W21 --format json --fault 20 --drop 30")).rows
    # two calls and a chat of each of three colleagues in that week, two of which are drawn: 20 minutes each
    assert [(row["stratum"], row["eligible"], row["drawn"]) for row in colleagues] == [
        ("p_a07", 3, 2),
        ("p_a09", 3, 2),
        ("p_a12", 3, 2),
    ]
    assert (whole["stratum"], whole["eligible"], whole["drawn"], whole["hours"]) == ("all", 9, 6, 2)
    # one of three has the fault and is the one left out: 1/3 for each colleague, (1/3)^3 for all three
    assert colleagues[0]["% chance to miss a 1-in-10 fault"] == pytest.approx(100 / 3)
    assert whole["% chance to miss a 1-in-10 fault"] == pytest.approx(100 / 27)
    # R power.prop.test(p1 = .9, p2 = .6, power = .8): n = 31.98
    assert whole["n per week for a drop by 30"] == 32


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--margin 0", "--margin 0 is no share"),
        ("--drop 95", "nothing at 90 % can drop by 95 points"),
        ("--confidence 120", "out of range"),
        ("--period 2026-W02", "refused[empty-population]"),
    ],
)
def test_an_aim_that_is_none_is_refused(agreed, words, said):
    result = size(agreed, words)
    assert result.code
    assert said in result.err


def test_without_a_period_the_last_whole_one_of_the_source_counts(agreed):
    # the newest call is of Wednesday 20 May: week 21 is not whole
    assert "week 20 of 2026" in done(size(agreed)).err


def edited(folder, before, after, file="definitions/frames/weekly.yaml"):
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")


def review(folder, more="", today="2026-06-08", actor="p_tl1"):
    return run(f"frame review weekly {more}", folder, actor, today)


def test_a_review_tells_what_became_of_each_period(scored):
    told = done(review(scored, "--format json"))
    rows = {row["period"]: row for row in told.rows}
    # drawn on 25 May and one of six scored; the weeks after it were never drawn
    assert list(rows) == ["2026-W21", "2026-W22", "2026-W23"]
    week = rows["2026-W21"]
    assert (week["drawn"], week["scored"], week["late"], week["hours planned"]) == (6, 1, 5, 2)
    assert week["± points scored"] is None  # two colleagues of whom nothing is known
    assert rows["2026-W22"]["draw"] == "not drawn"
    for words in ("2 of 3 periods were not drawn: 2026-W22, 2026-W23", "5 of 6 items were not scored in time"):
        assert words in told.err
        assert words in json.loads(told.out)["findings"]


def test_a_review_on_record_moves_the_duty_and_silences_check(drawn):
    edited(drawn, "version: 1", "version: 2\nreview_by: 2026-06-01")
    due = "frame weekly@2 was to be reviewed by"
    assert f"error[overdue-review]: {due} 1 June 2026" in run("check", drawn, "p_tl1", "2026-06-08").out
    assert "qacli frame review weekly" in run("run --ahead 1", drawn, "p_tl1", "2026-06-08").out
    done(review(drawn, "--note 'chat gets a floor in version 3' --again 2026-12-01"))
    assert due not in run("check", drawn, "p_tl1", "2026-06-08").out
    rows = run("run --ahead 200 --format json", drawn, "p_tl1", "2026-06-08").rows
    assert [row["due"] for row in rows if row["work"] == "review"] == ["2026-12-01"]
    assert f"{due} 1 December 2026" in run("check", drawn, "p_tl1", "2026-12-02").out
    (row,) = run("export reviews --format json", drawn, "p_tl1", "2026-06-08").rows
    assert (row["item"], row["looked_at"]) == ("weekly@2", "2026-W21")


def test_again_without_a_note_is_no_review(drawn):
    result = review(drawn, "--again 2026-12-01")
    assert (result.code, "--again is recorded with a review" in result.err) == (2, True)


def test_a_frame_of_which_nothing_is_over_has_no_past(agreed):
    result = done(review(agreed, today="2026-05-20"))  # agreed on 25 May, played before it
    assert (result.out, "there is nothing to look back on" in result.err) == ("", True)
