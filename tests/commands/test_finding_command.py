"""``qacli finding`` and what goes with it: from a fault in routine samples to fresh checks that confirm it."""

from __future__ import annotations

import shutil
from datetime import date
from unittest import mock

import desk
import pytest
import quarter
from command_line import run

from qacli.govern.duties.duty import Duty

FORM = """\
- item: {item}
  answers:
    idv: {{answer: {idv}, evidence: asked for the postcode, offset: "00:41"}}
    check: 4
    next: {{answer: 4, evidence: named Friday}}
"""


@pytest.fixture(scope="module")
def looked_once(quarter_once, tmp_path_factory):
    folder = shutil.copytree(quarter_once, tmp_path_factory.mktemp("quarter") / "desk")
    return folder, run("run", folder, "p_tl1", quarter.LOOKED)


@pytest.fixture
def looked(looked_once, tmp_path):
    return shutil.copytree(looked_once[0], tmp_path / "desk")


def of_kind(folder, kind):
    return next(row for row in run("finding list --format json", folder, "p_tl1").rows if row["kind"] == kind)


def score(folder, draw, failing):
    """Score the items of a draw; the first so many fail the identity check."""
    items = desk.items(folder, f"--draw {draw}")
    for number, item in enumerate(items):
        text = FORM.format(item=item["item"], idv="not_met" if number < failing else "met")
        path = folder / f"{item['item']}.yaml"
        path.write_text(text, "utf-8")
        desk.done(run(f"score --from {path}", folder, item["evaluator"], "2026-07-13"))


def test_c10_what_stands_out_is_put_on_watch_with_n_interval_and_all_looks_counted(looked_once):
    folder, ran = looked_once
    shared, falling = of_kind(folder, "rise")["finding"], of_kind(folder, "fall")["finding"]
    assert f"watch {shared} raised: idv (chat) failed 21 of 62 (34%, 23 to 46), 4 May 2026 to 8 June" in ran.out
    assert f"watch {falling} raised: p_a03: scores fall by 2.4 points a week" in ran.out
    assert f"to confirm: qacli sample confirm {shared}" in ran.err
    told = run("finding list", folder, "p_tl1").err
    assert "35 looks at 159 routine observations" in told
    assert "1 more had too little to tell; 2 stand out (Holm" in told


def test_c10_a_finding_says_how_it_is_spread_and_which_event_is_a_candidate(looked_once):
    folder, _ = looked_once
    shown = desk.done(run(f"finding show {of_kind(folder, 'rise')['finding']}", folder, "p_tl1")).out
    assert "spread over many colleagues: looks like process, not person" in shown
    assert (
        "nearest known event: chg-0505 of 2026-05-05 (chat release 7.2; 1 day after): a candidate, not a cause" in shown
    )
    assert "chg-0420" not in shown  # it touched calls only


def test_c10_three_scores_of_98_are_too_few_and_give_no_rank(looked_once):
    rows = run("summarise colleague --format json", looked_once[0], "p_tl1").rows
    few = next(row for row in rows if row["colleague"] == "p_a23")
    assert (few["n"], few["verdict"], few["mean"]) == (3, "too few", None)
    assert {row["rank"] for row in rows} == {None}


def test_c10_the_summary_of_criteria_says_before_during_after_and_the_watch(looked_once):
    folder, _ = looked_once
    told = desk.done(run("summarise criterion --channel chat", folder, "p_tl1")).err
    assert (
        "idv (chat) failed 21 of 62 (34%, 23 to 46), 4 May 2026 to 8 June 2026; before 2 of 63 (3%, 1 to 11); after 0 of"
        in told
    )
    assert "better than during it, not shown to be back where it was" in told
    assert f"watch {of_kind(folder, 'rise')['finding']}: to confirm: qacli sample confirm" in told


def test_the_same_days_are_looked_at_once(looked):
    again = run("finding look --period 2026-06", looked, "p_tl1", quarter.LOOKED)
    assert (again.code, "refused[looked-already]" in again.err) == (1, True)
    early = run("finding look --period 2026-07", looked, "p_tl1", quarter.LOOKED)
    assert (early.code, "refused[period-not-over]" in early.err) == (1, True)


def test_a_look_that_another_run_has_made_meanwhile_is_told_to_nobody(looked):
    due = Duty("look/2026-06", date(2026, 7, 8), "look", "2026-06", "p_tl1", "look for what stands out")
    with mock.patch("qacli.govern.duties.due.duties", return_value=[due]):
        ran = desk.done(run("run", looked, "p_tl1", quarter.LOOKED))
    assert (ran.out, ran.err) == ("", "")


def test_c10_fresh_checks_confirm_a_watch_when_run_finds_them_scored(looked):
    name = of_kind(looked, "rise")["finding"]
    drawn = desk.done(run(f"sample confirm {name}", looked, "p_tl1", "2026-07-10"))
    draw = next(word for word in drawn.err.split() if word.startswith("d_"))
    fresh = desk.items(looked, f"--draw {draw}")
    assert len(fresh) == 8
    assert all("2026-05-04" <= item["day"] <= "2026-06-08" and item["purpose"] == "spot" for item in fresh)
    twice = run(f"sample confirm {name}", looked, "p_tl1", "2026-07-10")
    assert "refused[finding-not-on-watch]" in twice.err
    score(looked, draw, failing=3)
    ran = desk.done(run("finding settle", looked, "p_tl1", "2026-07-14"))
    assert f"{name} confirmed: 3 of 8 (38%, 14 to 69) of the fresh checks failed" in ran.out
    assert of_kind(looked, "rise")["status"] == "confirmed"
    closed = desk.done(run(f"finding close {name} --reason 'panel is a gate now'", looked, "p_tl1", "2026-07-15"))
    assert f"{name} closed" in closed.out
    assert "refused[finding-not-open]" in run(f"finding close {name} --reason x", looked, "p_tl1", "2026-07-15").err


def test_c10_fresh_checks_of_a_colleague_are_of_that_colleague_and_of_the_last_weeks(looked):
    name = of_kind(looked, "fall")["finding"]
    desk.done(run(f"sample confirm {name} --size 6", looked, "p_tl1", "2026-07-10"))
    draw = run("sample list --draws --format json", looked, "p_tl1").rows[-1]["draw"]
    fresh = desk.items(looked, f"--draw {draw}")
    assert [item["colleague"] for item in fresh] == ["p_a03"] * 6
    assert min(item["day"] for item in fresh) >= "2026-06-01"


def test_a_later_run_looks_no_more_and_reminds_of_watches(looked):
    later = run("run", looked, "p_tl1", "2026-07-18").out
    name = of_kind(looked, "rise")["finding"]
    assert f"p_tl1: {name} is on watch: fresh checks are to be drawn: qacli sample confirm {name}" in later
    assert "raised" not in later


def test_a_finding_says_what_is_asked_and_a_frame_needs_to_be_told(looked_once):
    folder, _ = looked_once
    name = of_kind(folder, "rise")["finding"]
    both = run(f"sample confirm {name} --question 'why?'", folder, "p_tl1", "2026-07-10")
    assert (both.code, "says what is asked" in both.err) == (2, True)
    bare = run("sample confirm weekly --size 3 --question 'why?'", folder, "p_tl1", "2026-07-10")
    assert (bare.code, "--period is missing" in bare.err) == (2, True)
