"""Lists of samples narrowed as people ask, and recorded draws shown again."""

from __future__ import annotations

import pytest
from command_line import run
from desk import done


def listed(folder, more):
    return run(f"sample list {more} --format json", folder, "p_tl1").rows


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ("", 6),
        ("--of p_a07", 2),
        ("--of p_a07 --scored", 1),
        ("--open", 5),
        ("--scored", 1),
        ("--draw d_5 --frame weekly --period 2026-W21 --purpose routine", 6),
        ("--period 2026-05", 6),
        ("--period 2026-W20", 0),
        ("--purpose spot", 0),
        ("--from 2026-05-20 --to 2026-05-20", 3),
        ("--from 2026-05-21", 0),
        ("--draws", 1),
        ("--draws --purpose spot", 0),
        ("--draws --period 2026-Q2 --frame weekly --open", 1),
        ("--replaced", 0),
    ],
)
def test_a_list_is_narrowed(scored_once, more, count):
    assert len(listed(scored_once, more)) == count


def test_one_line_per_draw_counts_its_items(scored_once):
    (row,) = listed(scored_once, "--draws")
    assert (row["draw"], row["frame"], row["items"], row["scored"], row["replaced"]) == ("d_5", "weekly@1", 6, 1, 0)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("--frame weekli", "did you mean 'weekly'?"),
        ("--frame other", "drawn from: weekly"),
        ("--open --scored", "--open and --scored leave nothing"),
        ("--period May", "'May' is not a period"),
        ("--of p_a99", "there is no person 'p_a99'"),
    ],
)
def test_what_cannot_be_asked_for_is_told(scored_once, more, told):
    found = run(f"sample list {more}", scored_once, "p_tl1")
    assert found.code == 2
    assert told in found.err


def test_a_recorded_draw_is_shown_as_it_was_told_when_it_was_drawn(scored_once):
    shown = done(run("sample show d_5", scored_once, "p_tl1"))
    assert shown.out.splitlines()[1] == "p_a07,3,2,2,1.5,33.333333"
    told = shown.err.splitlines()
    assert told[0] == "d_5: weekly@1, 2026-W21, routine, quota, drawn by p_tl1 on 25 May 2026"
    assert told[1].startswith("population 9 transactions of 2026-W21, sha256 ")
    assert told[2] == "  eligible 9 in 3 strata"


def test_balance_and_loss_are_two_tables_from_the_source(scored_once):
    balance = run("sample show d_5 --balance --format json", scored_once, "p_tl1")
    rows = {(row["trait"], row["part"]): row for row in balance.rows}
    # by colleague two of three: one chat and two calls each, two calls drawn each
    assert rows["channel", "chat"]["eligible"] == 3
    assert (rows["channel", "chat"]["drawn"], rows["channel", "phone"]["drawn"]) == (0, 6)
    assert rows["channel", "chat"]["expected"] == pytest.approx(2)
    assert "0 of" in balance.err
    lost = run("sample show d_5 --lost", scored_once, "p_tl1")
    assert "nothing was lost to opt-outs or to days without a notice" in lost.err
    assert run("sample show d_5 --lost --balance", scored_once, "p_tl1").code == 2


def test_an_audit_says_what_it_cannot_tell(scored_once):
    found = run("sample audit --format json", scored_once, "p_tl1")
    assert {row["verdict"] for row in found.rows} == {"nothing was replaced"}
    assert "0 of 6 items were replaced" in found.err
