"""What stands beside the sum of a score: evidence, the line of the transcript, disputes, and a page for the colleague."""

from __future__ import annotations

import json

import pytest
from command_line import run
from desk import DRAWN, FORM, done, items, write

DAY = "2026-05-26"


@pytest.fixture(scope="module")
def disputed(_desks, tmp_path_factory):
    """A desk where a failed check was contested, upheld, and an answer corrected before that."""
    import shutil

    folder = shutil.copytree(_desks / "drawn", tmp_path_factory.mktemp("explained") / "desk")
    write(folder, {"transcripts/A07-19.txt": "10:19 C: Hello\n10:19 A: Your postcode?\n10:20 C: EC1\n10:25 A: Bye\n"})
    item = next(each["item"] for each in items(folder) if each["transaction"] == "A07-19")
    form = folder / "drafts" / "form.yaml"
    form.write_text(FORM.format(item=item, idv="not_met", next="1"), "utf-8")
    done(run(f"score --from {form}", folder, "p_ev1", DRAWN))
    form.write_text(FORM.format(item=item, idv="not_met", next="4"), "utf-8")
    done(run(f"score --from {form} --correct 'a day was named'", folder, "p_ev1", DRAWN))
    done(run("feedback prepare o_7 --for p_a07", folder, "p_tl1", DRAWN))
    done(run("feedback deliver f_8", folder, "p_tl1", DRAWN))
    claim = "dispute raise o_7 --criterion idv=met --words 'I asked at 10:19'"
    done(run(claim, folder, "p_a07", DAY))
    done(run("dispute decide x_a --outcome upheld --words 'the postcode came first'", folder, "p_ev2", DAY))
    return folder


def test_evidence_stands_with_the_line_of_the_transcript_at_its_time(disputed):
    row = run("explain o_7 --format json", disputed).rows[0]
    assert (row["criterion"], row["offset"], row["evidence"]) == ("idv", "00:41", "asked for the postcode")
    assert row["transcript"] == "00:00 colleague: Your postcode?"
    assert row["rule"] == "failed compliance-critical: told apart from the score"
    said = done(run("explain o_7 --format table", disputed)).err
    assert "  idv: not_met (Not met) at 00:41" not in said, "a label that says no more than its point is not said twice"
    assert "  idv: not_met at 00:41: asked for the postcode\n    > 00:00 colleague: Your postcode?\n" in said


def test_corrections_and_disputes_are_told_from_every_version(disputed):
    whole = [json.loads(done(run(f"explain {each} --format json", disputed)).out) for each in ("o_6", "o_7", "o_b")]
    assert [each["score"] for each in whole] == [45, 75, 75]
    assert whole[0]["history"] == whole[1]["history"] == whole[2]["history"]
    first, *rest = whole[0]["history"]
    assert first == "versions: o_6 45 by p_ev1, then o_7 75 by p_ev1, then o_b 75 by p_ev2"
    assert rest == [
        '2026-05-25 p_ev1: o_6 corrected, o_7 counts instead: "a day was named"; next from 1 to 4',
        '2026-05-26 p_a07: x_a contests o_7, idv (not_met, asks for met): "I asked at 10:19"',
        '2026-05-26 p_ev2: x_a upheld, o_b counts instead: "the postcode came first"; idv from not_met to met',
    ]


def test_the_page_for_the_colleague_needs_no_other(disputed):
    page = done(run("explain o_b --format md", disputed))
    assert page.err == ""
    for words in (
        "# How o\\_b was scored",
        "phone A07-19 of 19 May 2026",
        "handled by p\\_a07; scored by p\\_ev2",
        "| check | The colleague says back what the customer wants. | 4 (meets the standard) | 75.0 | 60.0 | 60.0 | 45.0 |  |",
        "## What was seen or heard",
        "- exactly: (60 x 75 + 40 x 75) / 100 = 7500 / 100 = 75",
        "## What became of it",
    ):
        assert words in page.out, page.out


def test_a_transcript_that_cannot_be_read_is_told_and_explains_all_the_same(disputed):
    path = disputed / "transcripts" / "A07-19.txt"
    kept = path.read_text("utf-8")
    path.write_text("10:19 X: Hello\n", "utf-8")
    said = done(run("explain o_7 --format json", disputed))
    path.write_text(kept, "utf-8")
    assert "no line is quoted: " in said.err
    assert said.rows[0]["transcript"] == ""


def test_no_line_is_quoted_of_a_customer_who_opted_out_since(disputed):
    write(disputed, {"exports/optouts.csv": "customer_ref,from\nK19A07,2026-01-01\n"})
    said = done(run("explain o_7 --format json", disputed))
    write(disputed, {"exports/optouts.csv": "customer_ref,from\n"})
    assert "no line is quoted: the customer has opted out since" in said.err
    assert [row["transcript"] for row in said.rows] == ["", "", ""]


def test_nothing_is_quoted_of_a_score_that_was_withdrawn(drawn):
    (item,) = (each["item"] for each in items(drawn) if each["transaction"] == "A07-20")
    form = drawn / "drafts" / "form.yaml"
    form.write_text(FORM.format(item=item, idv="met", next="4"), "utf-8")
    done(run(f"score --from {form}", drawn, "p_ev1", DRAWN))
    assert (
        done(run("explain o_6 --format json", drawn)).rows[0]["transcript"]
        == "00:00 colleague: Which postcode, please?"
    )
    done(run(f"score {item} --personal-call", drawn, "p_ev1", DRAWN))
    said = done(run("explain o_6 --format json", drawn))
    assert "o_6 withdrawn" in said.err
    assert {row["transcript"] for row in said.rows} == {""}
    assert "postcode" not in said.out
