"""A transaction that turns out to be the colleague's own affair: the fact stays, nothing else."""

from __future__ import annotations

import pytest
from command_line import run, snapshot
from desk import DRAWN, done, form, items

NOTES = "criterion,offset,polarity,fact\nidv,00:41,-,spoke with her mother\n"


@pytest.fixture
def noted(drawn):
    """The desk with notes and a score about its first item."""
    (drawn / "notes.csv").write_text(NOTES, "utf-8")
    item = items(drawn)[0]["item"]
    done(run(f"record {item} --technique transcript --notes {drawn / 'notes.csv'}", drawn, "p_ev1", DRAWN))
    (drawn / "notes.csv").unlink()
    done(run(f"score --from {form(drawn, item)}", drawn, "p_ev1", DRAWN))
    return drawn, item


def test_c05_only_the_fact_of_a_personal_call_is_kept(noted):
    folder, item = noted
    before = {row["item"]: row for row in items(folder)}
    result = done(run(f"score {item} --personal-call", folder, "p_ev1", DRAWN))
    after = {row["item"]: row for row in items(folder)}
    (other,) = after.keys() - before.keys()
    assert result.out == f"{item} is closed as a personal call; {other} takes its place\n"
    # one for one, of the same stratum, and nobody's choice
    assert before.keys() - after.keys() == {item}
    assert after[other]["stratum"] == before[item]["stratum"]
    assert after[other]["transaction"] not in {row["transaction"] for row in before.values()}
    left = b"".join(snapshot(folder).values())
    assert b"her mother" not in left
    assert b"asked for the postcode" not in left
    assert done(run("ledger verify", folder)).out == ""
    assert "6 of 6 the same" in done(run("sample verify", folder)).out
    told = run("summarise channel --format table", folder).err
    assert "closed as personal calls, in no figure; the next of the stratum stands in their place: 1 by p_ev1" in told
    again = run(f"score {item} --personal-call", folder, "p_ev1", DRAWN)
    assert (again.code, again.out) == (1, "")


@pytest.mark.parametrize("subject", ["p_a07", "observations"])
def test_what_is_held_for_a_claim_is_not_overwritten_as_a_personal_call(noted, subject):
    folder, item = noted
    done(run(f"privacy hold {subject} --reason 'a claim'", folder, "p_tl1", DRAWN))
    before = snapshot(folder)
    result = run(f"score {item} --personal-call", folder, "p_ev1", DRAWN)
    assert result.code == 1
    assert result.err.startswith(f"refused[legal-hold]: {item} cannot be closed as a personal call: legal hold h_")
    assert snapshot(folder) == before
    done(run(f"privacy hold {subject} --release --reason 'it is settled'", folder, "p_mgr1", DRAWN))
    assert (
        f"{item} is closed as a personal call" in done(run(f"score {item} --personal-call", folder, "p_ev1", DRAWN)).out
    )


def test_c05_a_score_is_not_taken_back_by_its_own_colleague(noted):
    folder, item = noted
    before = snapshot(folder)
    result = run(f"record {item} --personal-call", folder, "p_a07", DRAWN)
    assert result.code == 1
    assert result.err.startswith(f"refused[own-call-observed]: {item} was handled by p_a07 and has been scored")
    assert snapshot(folder) == before


def test_c05_a_colleague_may_object_before_anybody_listened(drawn):
    item = items(drawn)[0]
    assert item["colleague"] == "p_a07"
    done(run(f"record {item['item']} --personal-call", drawn, "p_a07", DRAWN))
    assert item["item"] not in {row["item"] for row in items(drawn)}
    waiting = {row["transaction"] for row in items(drawn, "--open")}
    assert item["transaction"] not in waiting
    assert len(waiting) == 6


def test_an_item_is_closed_without_a_replacement_where_none_is_to_be_had(drawn):
    first, second, *_ = [row for row in items(drawn) if row["colleague"] == "p_a07"]
    (drawn / "exports/may.csv").unlink()
    result = done(run(f"score {first['item']} --personal-call", drawn, "p_ev1", DRAWN))
    assert "no file matches exports/may.csv" in result.err
    assert f"no other transaction of its stratum takes the place of {first['item']}" in result.err
    assert result.out == f"{first['item']} is closed as a personal call\n"
    assert second["item"] in {row["item"] for row in items(drawn)}


def test_c05_what_rests_on_a_personal_call_and_copies_of_it_are_named(scored):
    (scored / "out/sheet.md").write_text("asked for the postcode\n", "utf-8")
    result = done(run("score t_5-1 --personal-call", scored, "p_ev1", DRAWN))
    assert result.err == "f_7 rests on it: tell p_a07\nout/sheet.md: holds the text; delete it, or write it again\n"


@pytest.mark.parametrize(
    "line",
    [
        "score --personal-call",
        "score t_5-1 --personal-call --correct x",
        "score t_5-1 --personal-call --from form.yaml",
        "record t_5-1 --personal-call --notes notes.csv",
        "record t_5-1",
    ],
)
def test_nothing_can_be_kept_beside_the_fact(drawn, line):
    before = snapshot(drawn)
    assert run(line, drawn, "p_ev1", DRAWN).code == 2
    assert snapshot(drawn) == before
