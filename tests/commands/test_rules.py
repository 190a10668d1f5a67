"""Rules from a file: tried on what was drawn, shown to an evaluator, and how often they are overruled."""

from __future__ import annotations

import csv
import io

import pytest
from command_line import run
from desk import DRAWN, done, items, write
from test_prompts import SCORE, terminal

RULES = """\
- {id: early, version: 1, owner: p_tl1, from: 2026-01-01, title: A detail comes first., criterion: idv,
   any_of: ['balance'], found: not_met, missing: met}
- {id: friday, version: 1, owner: p_tl1, from: 2026-01-01, title: A day is named., criterion: next,
   any_of: ['on (mon|tues|fri)day'], found: "4", channels: [chat]}
"""


@pytest.fixture
def ruled(drawn):
    """A desk with rules, and a transcript of its first item."""
    first = items(drawn)[0]["transaction"]
    (transcript,) = drawn.glob(f"transcripts/{first}.*")
    transcript.unlink()
    said = "10:02 C: Hello\n10:03 A: The balance is 5 pounds\n"
    write(drawn, {"definitions/rules.yaml": RULES, f"transcripts/{first}.txt": said})
    return drawn


def rows(words, folder):
    return list(csv.DictReader(io.StringIO(done(run(f"{words} --format csv", folder, "p_tl1", DRAWN)).out)))


def test_from_the_rule_to_the_share_that_is_overruled(ruled):
    before = rows("scorecard rules desk", ruled)
    assert [(row["rule"], row["suggests found"], row["person agreed"]) for row in before] == [
        ("early@1", "1", ""),
        ("friday@1", "0", ""),
    ]
    with terminal(ruled, SCORE) as screen:
        assert "early@1 suggests not_met: balance, turn 2; you decide" in screen.until("n/y/a> ")
        screen.type("y\n")
        screen.until("answer again)> ")
        screen.type("asked for the postcode\n")
        screen.until("1/2/3/4/5> ")
        screen.type("4\n")
        screen.until("1/2/3/4/5/a> ")
        screen.type("4\n")
        screen.until("q keeps the draft> ")
        screen.type("r\n")
        assert screen.end()[1] == 0
    (told,) = rows("summarise rule", ruled)
    assert (told["rule"], told["answer"], told["n"], told["overruled"]) == ("early@1", "not_met", "1", "1")
    assert told["note"] == "too few"
    assert rows("scorecard rules desk", ruled)[0]["person agreed"] == "0 of 1"
    assert rows("scorecard rules desk --show early", ruled)[0]["words"] == "balance"
    refused = run("scorecard rules desk --show none", ruled, "p_tl1", DRAWN)
    assert (refused.code, "its rules: early, friday" in refused.err) == (1, True)


def test_check_finds_answers_that_no_card_has(ruled):
    write(
        ruled,
        {
            "definitions/rules.yaml": RULES.replace("found: not_met", "found: perhaps").replace(
                "criterion: next", "criterion: nxt"
            )
        },
    )
    said = run("check", ruled, "p_tl1", DRAWN)
    assert said.code == 1
    assert "perhaps is no answer to idv, which is rated on binary@1" in said.out + said.err
    assert "no scorecard has a criterion nxt" in said.out + said.err


def test_without_rules_the_summary_says_so(drawn):
    assert "no rule suggested" in done(
        run("summarise rule --format table", drawn, "p_tl1", DRAWN)
    ).err or "nothing" in (run("summarise rule --format table", drawn, "p_tl1", DRAWN).err)
