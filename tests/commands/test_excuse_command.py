"""qacli excuse: what is due and will not be done, with who said so and why."""

from __future__ import annotations

import pytest
from command_line import run
from desk import done, items

LATE = "2026-06-05"


def excuse(folder, duty, reason="the system moved", actor="p_tl1"):
    return run(["excuse", duty, "--reason", reason], folder, actor, LATE)


def test_a_sample_that_cannot_be_drawn_is_excused_and_told_no_more(drawn):
    # week 22 has no transactions: every run says so with its exit code
    assert run("run", drawn, "p_tl1", LATE).code == 1
    done(excuse(drawn, "draw/weekly/2026-W22"))
    assert run("run", drawn, "p_tl1", LATE).code == 0
    assert "2026-W22" not in done(run("run --ahead 0", drawn, "p_tl1", LATE)).out
    rows = done(run("run --since 2026-06-01 --format json", drawn, "p_tl1", LATE)).rows
    assert ("weekly of 2026-W22", "excused", "the system moved (p_tl1)") in [
        (row["subject"], row["state"], row["why"]) for row in rows
    ]
    assert "was excused by p_tl1: nothing to do" in done(excuse(drawn, "draw/weekly/2026-W22")).err
    # an excuse binds nobody: once the export is there the week can be drawn, and counts as drawn
    assert "no transaction" in run("sample draw weekly --period 2026-W22", drawn, "p_tl1", LATE).err


def test_an_item_is_excused_by_somebody_else_and_waits_no_more(drawn):
    item = items(drawn, "--for p_ev1")[0]["item"]
    own = excuse(drawn, f"score/{item}", actor="p_ev1")
    assert f"refused[own-excuse]: p_ev1 cannot excuse their own item {item}." in own.err
    done(excuse(drawn, f"score/{item}"))
    assert "2 to score" in done(run("", drawn, "p_ev1")).out
    rows = done(run("run --since 2026-05-18 --for p_ev1 --format json", drawn, "p_tl1", LATE)).rows
    assert [row["state"] for row in rows].count("excused") == 1


@pytest.mark.parametrize(
    ("duty", "reason", "told"),
    [
        ("draw/weekly/2026-W22", " ", "refused[excuse-reason]"),
        ("draw/weekly/2026-W21", "x", "nothing of the name draw/weekly/2026-W21 is due"),
        ("draw/weekly/2027-W01", "x", "nothing of the name draw/weekly/2027-W01 is due"),
        ("review/scale/binary@1/2026-06-01", "x", "refused[not-excusable]: scale binary@1 is to be reviewed"),
    ],
)
def test_what_cannot_be_excused(drawn, duty, reason, told):
    path = drawn / "definitions/scales/binary.yaml"
    path.write_text(path.read_text("utf-8") + "review_by: 2026-06-01\n", "utf-8")
    result = excuse(drawn, duty, reason)
    assert result.code in {1, 2}
    assert told in result.err
