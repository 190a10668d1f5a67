"""qacli frame, as typed."""

from __future__ import annotations

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
