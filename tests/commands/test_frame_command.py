"""qacli frame, as typed."""

from __future__ import annotations

import json

import pytest
from command_line import run
from desk import DRAWN, done

from qacli.monitor.sampling import rehearsal


@pytest.fixture(autouse=True)
def few_draws_on_paper(monkeypatch):
    monkeypatch.setattr(rehearsal, "TIMES", 10)


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


HOURS = ("evaluators: [p_ev1, p_ev2]", "evaluators: {p_ev1: {hours: 1}, p_ev2: {hours: 0.5, quota: 4}}")


def compare(folder, more=""):
    return run(f"frame compare weekly --period 2026-W21 {more}", folder, "p_tl1", DRAWN)


def test_designs_are_compared_on_the_real_population(agreed):
    told = done(compare(agreed, "--format json"))
    rows = {row["design"]: row for row in told.rows}
    assert list(rows) == ["simple", "systematic", "proportional", "equal", "quota", "two-stage", "time-block"]
    assert [name for name, row in rows.items() if row["as agreed"]] == ["quota"]
    # nine conversations of three colleagues in that week, two of each: one phone call or chat in three is left out
    assert (rows["quota"]["n"], rows["quota"]["hours"], rows["quota"]["colleagues unseen"]) == (6, 2, 0)
    assert rows["two-stage"]["colleagues unseen"] == 1
    assert "neyman left out: how much scores vary by channel is not known yet" in told.err
    assert "risk-weighted left out: the frame names no classes of risk" in told.err
    assert "6 evaluations take 2.0 hours" in told.err


def test_a_comparison_says_the_same_each_time_and_whatever_was_drawn_since(agreed):
    first = done(compare(agreed, "--designs quota,simple"))
    done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN))
    assert first.out == done(compare(agreed, "--designs quota,simple")).out
    assert len(first.out.splitlines()) == 3


def test_a_comparison_for_another_number_scales_every_design(agreed):
    rows = done(compare(agreed, "--size 3 --format json")).rows
    assert {row["design"]: row["n"] for row in rows if row["design"] != "time-block"} == dict.fromkeys(
        ["simple", "systematic", "quota"], 3
    ) | {"two-stage": 6}  # at least two colleagues, three of each of whom there are
    assert "floor" in compare(agreed, "--size 3").err  # proportional and equal ask for two of each channel


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--designs simple,snowball", "there is no design snowball to compare"),
        ("--fault 0", "--fault 0 is no share"),
        ("--period 2026-W02", "refused[empty-population]"),
        ("--period 2026-05", "refused[period-not-cadence]"),
    ],
)
def test_what_cannot_be_compared_is_said(agreed, words, said):
    result = run(f"frame compare weekly {words}", agreed, "p_tl1", DRAWN)
    assert result.code
    assert said in result.err


def test_whoever_agrees_is_told_first_what_it_takes_and_tells(agreed):
    edited(agreed, "version: 1", "version: 2")
    edited(agreed, *HOURS)
    told = done(run("frame agree weekly", agreed, "p_mgr1", DRAWN)).err
    assert "weekly@2: 2 per colleague, every week; 2026-W22 due 1 June 2026" in told
    assert "2 evaluations take" not in told
    assert "one colleague: you can afford" in told
    again = done(run("frame agree weekly", agreed, "p_mgr1", DRAWN))
    assert (again.out, again.err) == ("", "weekly@2 was already agreed by p_mgr1: nothing to do\n")


def test_a_frame_that_needs_more_hours_than_its_evaluators_have_is_told(agreed):
    edited(agreed, "version: 1", "version: 2")
    edited(agreed, "design: quota\nper_colleague: 2", "design: simple\nsize: 6")
    edited(agreed, *HOURS)
    over = "6 evaluations need 2.0 hours every week, and its evaluators have room for 4, 1.3 hours: 2 would have nobody"
    faults = run("check --format json", agreed, "p_tl1", DRAWN).rows
    assert ("too-few-hours", f"weekly@2: {over}") in {(row["code"], row["message"]) for row in faults}
    assert over in done(run("frame agree weekly", agreed, "p_mgr1", DRAWN)).err
    assert over in size(agreed, "--period 2026-W21").err


def test_show_tells_next_draws_hours_and_review(agreed):
    edited(agreed, "version: 1", "version: 2\nreview_by: 2026-12-01\nto: 2026-05-31")
    edited(agreed, *HOURS)
    rows = {row["setting"]: row["value"] for row in run("frame show weekly --format json", agreed, "p_tl1", DRAWN).rows}
    assert rows["evaluators"] == "p_ev1 1 h; p_ev2 0.5 h, at most 4"
    assert rows["next draws"] == "2026-W22 due 1 June 2026"
    assert (rows["next review"], rows["in force"]) == ("2026-12-01", "from 2026-01-01 to 2026-05-31")
    assert rows["agreed"] == "not yet, as it stands"


def test_show_tells_every_setting_of_the_design(agreed):
    edited(agreed, "version: 1", "version: 2")
    risk = "risk: {long: {weight: 3, minimum_seconds: 250}, chats: {weight: 2, channel: [chat]}}"
    edited(agreed, "design: quota\nper_colleague: 2", f"design: risk-weighted\nsize: {{fraction: 50}}\n{risk}")
    rows = {row["setting"]: row["value"] for row in run("frame show weekly --format json", agreed, "p_tl1", DRAWN).rows}
    assert rows["risk"] == "long: weight 3, minimum seconds 250; chats: weight 2, channel chat"
    assert rows["size"] == "50 % of those eligible, every week"


TWO_STAGE = "design: two-stage\ncluster_by: hour\nclusters: 3\nper_cluster: 2"


def test_two_stages_of_which_nobody_knows_how_alike_they_are_tell_no_margin(agreed):
    edited(agreed, "version: 1", "version: 2")
    edited(agreed, "design: quota\nper_colleague: 2", TWO_STAGE)
    told = done(size(agreed, "--period 2026-W21 --format json"))
    assert told.rows[-1]["± points at 95 %"] is None
    assert (
        "the whole: how exactly is undefined: nobody knows how much of what varies lies between hours: write alike into the "
        "frame, or score more; there are 0 past scores of 0 hours, too few"
    ) in " ".join(told.err.split())
    shown = {
        row["setting"]: row["value"] for row in run("frame show weekly --format json", agreed, "p_tl1", DRAWN).rows
    }
    assert shown["tells"].startswith("undefined: nobody knows how much")
    (row,) = done(compare(agreed, "--designs time-block --format json")).rows
    assert row["as agreed"]
    assert row["± points at 95 %"]


def test_two_stages_tell_as_they_are_planned(agreed):
    edited(agreed, "version: 1", "version: 2")
    edited(agreed, "design: quota\nper_colleague: 2", TWO_STAGE.replace("hour", "day") + "\nalike: 20")
    told = done(size(agreed, "--period 2026-W21 --format json --drop 60"))
    *days, whole = told.rows
    assert [row["eligible"] for row in days] == [6, 3]  # two days, all of them drawn
    # A = ((3/4.5)² + (6/4.5)²)/2, B = A/2; 1/M and m cancel: .8·(B/2 - 1/9) of 1/4, by 1.96
    square = ((3 / 4.5) ** 2 + (6 / 4.5) ** 2) / 2
    assert whole["± points at 95 %"] == pytest.approx(196 * (0.25 * 0.8 * (square / 4 - 1 / 9)) ** 0.5, rel=1e-3)
    assert "20 % of what varies lies between days, as the frame plans" in told.err
    shown = {
        row["setting"]: row["value"] for row in run("frame show weekly --format json", agreed, "p_tl1", DRAWN).rows
    }
    # Kish: 1 + (2 - 1)·.2 = 1.2; 1.96·sqrt(.25·1.2/6) = 43.8
    assert shown["tells"] == (
        "a share to within 43.8 points at 95 %, of very many; design effect 1.20; 20 % of what varies lies between days, as "
        "the frame plans"
    )


def test_unequal_chances_tell_a_margin(agreed):
    edited(agreed, "version: 1", "version: 2")
    risk = "risk: {chats: {weight: 2, channel: [chat]}}"
    edited(agreed, "design: quota\nper_colleague: 2", f"design: risk-weighted\nsize: 6\n{risk}")
    *_, whole = done(size(agreed, "--period 2026-W21 --format json --margin 30")).rows
    # 3 chats that weigh 2 and 6 calls: all chats, and half of the calls: 6·(1/.5 - 1)/81 of 1/4, by 1.96
    assert whole["± points at 95 %"] == pytest.approx(196 * (0.25 * 6 / 81) ** 0.5, rel=1e-3)
    assert whole["n for ± 30 points"] == 6  # five would leave the calls a chance of .42 each
    shown = {
        row["setting"]: row["value"] for row in run("frame show weekly --format json", agreed, "p_tl1", DRAWN).rows
    }
    assert shown["tells"].startswith("undefined before it is known how many belong to each stratum")


def test_a_quota_may_aim(agreed):
    edited(agreed, "version: 1", "version: 2")
    edited(agreed, "per_colleague: 2", "size: {margin: 40}")
    told = done(size(agreed, "--period 2026-W21 --format json"))
    assert told.rows[-1]["drawn"] == 6
    assert "2 per colleague from a margin of 40 points at 95 % for a share near 50 %, of 9 eligible" in told.err


def test_the_words_on_a_change_are_those_of_the_table(agreed):
    # 3 of 6 calls and 3 of 3 chats tell as much as 1/((6/9)²/3 + (3/9)²/3) = 5.4 drawn alike, and not as 6
    by_channel = "design: stratified\nallocation: equal\nstratify_by: channel\nsize: 6\n"
    edited(agreed, "design: quota\nper_colleague: 2\n", by_channel)
    found = done(size(agreed, "--period 2026-W21 --format json"))
    drop = found.rows[-1]["drop from 90 % that it shows"]
    told = found.err.partition("the smallest drop from 90 % that shows: ")[2].partition(" (one week)")[0]
    assert told == ("none at all" if drop is None else f"{drop:.1f} points")
