"""A calibration through the command line: opened, scored blind, sealed, revealed, agreed, closed."""

from __future__ import annotations

import json
import shutil

import pytest
from command_line import run, snapshot
from desk import DRAWN, done, write

ITEMS = ("t_5-1", "t_5-2")
OPEN = f"calibrate open --items {','.join(ITEMS)} --evaluators p_ev1,p_ev2"


def hand_in(folder, actor, idv="met", next="4", items=ITEMS, more="", evidence="named Friday"):  # noqa: A002
    answers = {
        "idv": {"answer": idv, "evidence": f"asked for the postcode, says {actor}", "offset": "00:41"},
        "check": "4",
        "next": {"answer": next, "evidence": evidence},
    }
    path = folder / "drafts" / f"{actor}.json"
    path.write_text(json.dumps([{"item": item, "answers": answers} for item in items]), "utf-8")
    return run(f"calibrate score k_6 --from {path} {more}", folder, actor, DRAWN)


@pytest.fixture(scope="module")
def opened_once(_desks, tmp_path_factory):
    folder = shutil.copytree(_desks / "drawn", tmp_path_factory.mktemp("opened") / "desk")
    done(run(OPEN, folder, "p_tl1", DRAWN))
    return folder


@pytest.fixture
def opened(opened_once, tmp_path):
    return shutil.copytree(opened_once, tmp_path / "desk")


def test_what_is_sealed_shows_only_once_all_are_in(opened):
    assert done(hand_in(opened, "p_ev1")).out == "ks_7: 2 items of k_6 sealed\n"
    records = b"".join(text for name, text in snapshot(opened).items() if name.startswith("records"))
    assert b"says p_ev1" not in records
    early = run("calibrate report k_6", opened, "p_ev2")
    assert early.err.startswith("refused[still-sealed]: k_6 is still sealed: 1 of 2 are in.")
    last = done(hand_in(opened, "p_ev2", idv="not_met"))
    assert last.out == "ks_8: 2 items of k_6 sealed\nall are in, and k_6 is revealed: qacli calibrate report k_6\n"
    assert not list(opened.glob("drafts/*k_6*"))
    report = done(run("calibrate report k_6 --by difference --format json", opened, "p_tl1"))
    assert [(row["criterion"], row["critical"], row["answers"]) for row in report.rows] == [
        ("idv", "compliance", "p_ev1 met, p_ev2 not_met"),
        ("idv", "compliance", "p_ev1 met, p_ev2 not_met"),
    ]
    assert run("ledger verify", opened).code == 0
    assert [row["observation"] for row in run("sample list --format json", opened).rows] == [""] * 6


# REQUIREMENTS, section on acceptance: scorer opens the session after others were revealed -> refuse; mark unsealed
def test_c09_a_scorer_who_comes_after_the_others_were_revealed_is_refused_then_marked_unsealed(opened):
    done(hand_in(opened, "p_ev1"))
    done(run("calibrate reveal k_6 --partial 'on leave'", opened, "p_tl1", DRAWN))
    before = snapshot(opened / "records")
    late = hand_in(opened, "p_ev2", idv="not_met")
    assert (late.code, late.err.splitlines()[0]) == (
        1,
        "refused[unsealed]: p_ev2 cannot score k_6 blind: the scores of the others were revealed on 25 May 2026.",
    )
    assert snapshot(opened / "records") == before
    done(hand_in(opened, "p_ev2", idv="not_met", more="--unsealed"))
    report = done(run("calibrate report k_6 --format json", opened, "p_tl1"))
    assert "k_6: p_ev2 scored unsealed, after the others were revealed: in no figure" in report.err
    assert {row["criterion"]: (row["units"], row["raters"]) for row in report.rows} == {
        "idv": (0, 1),
        "check": (0, 1),
        "next": (0, 1),
    }
    assert run("calibrate list --format json", opened).rows[0]["unsealed"] == "p_ev2"


def test_a_partial_session_says_who_is_not_in_and_why(opened):
    done(hand_in(opened, "p_ev1"))
    assert run("calibrate reveal k_6 --partial x", opened, "p_ev2", DRAWN).err.startswith("refused[not-in-yet]")
    assert run("calibrate reveal k_6", opened, "p_tl1", DRAWN).err.startswith("refused[still-sealed]")
    assert done(run("calibrate reveal k_6 --partial 'on leave'", opened, "p_tl1", DRAWN)).err == (
        "left out: p_ev2 is not in\n"
    )
    assert "k_6 is partial: p_ev2 not in (on leave)" in run("calibrate report k_6", opened, "p_tl1").err


def test_a_draft_that_was_changed_after_it_was_sealed_is_named_and_not_revealed(opened):
    done(hand_in(opened, "p_ev1"))
    path = opened / "drafts" / "k_6.p_ev1.sealed.json"
    path.write_text(path.read_text("utf-8").replace('"met"', '"not_met"'), "utf-8")
    last = done(hand_in(opened, "p_ev2"))
    assert last.out == "ks_8: 2 items of k_6 sealed\n"
    changed = "p_ev1: drafts/k_6.p_ev1.sealed.json was changed after it was sealed as ks_7"
    assert changed in last.err
    refused = run("calibrate reveal k_6", opened, "p_tl1", DRAWN)
    assert (refused.code, changed in refused.err) == (1, True)
    path.unlink()
    assert "is gone or cannot be read" in run("calibrate reveal k_6", opened, "p_tl1", DRAWN).err
    done(hand_in(opened, "p_ev1"))
    assert run("calibrate list --format json", opened).rows[0]["state"] == "revealed"


def test_what_is_sealed_is_not_changed_and_what_is_unfinished_is_kept(opened):
    kept = done(hand_in(opened, "p_ev1", items=ITEMS[:1]))
    assert kept.out == "1 of 2 items scored, kept as a draft; left: t_5-2\n"
    assert done(hand_in(opened, "p_ev1", items=ITEMS[1:])).out == "ks_7: 2 items of k_6 sealed\n"
    again = hand_in(opened, "p_ev1", idv="not_met")
    assert again.err.startswith("refused[already-sealed]: p_ev1 has sealed k_6 already, as ks_7")


def test_nothing_incomplete_and_nobody_else_gets_in(opened):
    bare = hand_in(opened, "p_ev1", next="na", items=["t_5-9"])
    assert (bare.code, "t_5-9: no item of k_6" in bare.err) == (2, True)
    assert hand_in(opened, "p_tl1").err.startswith("refused[not-a-scorer]: k_6 is scored by p_ev1, p_ev2; p_tl1")
    lacking = hand_in(opened, "p_ev1", next="7")
    assert "unknown-point  next: '7' is none of" in lacking.err
    assert not list(opened.glob("drafts/t_5*"))
    card = hand_in(opened, "p_ev1", idv="met", evidence="4111 1111 1111 1111")
    assert card.err.startswith("refused[card-number]")
    assert not list(opened.glob("drafts/*sealed*"))


def test_a_minute_names_who_agreed_and_stands_for_good(opened):
    for person, idv in (("p_ev1", "met"), ("p_ev2", "not_met")):
        done(hand_in(opened, person, idv=idv))
    said = "calibrate minute k_6 --item t_5-1 --criterion {} --answer {} --reading {} --agreed {}"
    wrong = run(said.format("idw", "met", "' '", "p_ev1,p_zz"), opened, "p_tl1", DRAWN)
    for words in ("p_zz did not score", "not on desk@1.0; did you mean idv?", "say how it is read from now on"):
        assert words in wrong.err, wrong.err
    done(run(said.format("idv", "not_met", "'a first name is no check'", "p_ev1,p_ev2"), opened, "p_tl1", DRAWN))
    second = run(said.format("idv", "met", "'it is'", "p_ev1,p_ev2"), opened, "p_tl1", DRAWN)
    assert "km_9-1 says not_met already, and a minute is not changed" in second.err
    assert run("calibrate report k_6 --by minute --format json", opened, "p_tl1").rows[0]["agreed by"] == "p_ev1 p_ev2"
    done(run("calibrate close k_6", opened, "p_tl1", DRAWN))
    assert run(said.format("check", "4", "x", "p_ev1,p_ev2"), opened, "p_tl1", DRAWN).err.startswith(
        "refused[calibration-closed]"
    )


def test_items_are_drawn_by_a_seed_and_never_of_a_scorers_own_work(drawn):
    drew = done(run("calibrate open --items 2 --evaluators p_ev1,p_ev2 --seed may", drawn, "p_tl1", DRAWN))
    assert drew.out.startswith("k_6: 2 items, drawn from 6 by 'may'; due 2026-06-01: ")
    again = done(run("calibrate open --items 2 --evaluators p_ev1,p_ev2 --seed may", drawn, "p_tl1", DRAWN))
    assert (again.out, again.err) == ("", "k_6 is open already with these scorers, drawn by 'may': nothing to do\n")
    own = run("calibrate open --items 4 --evaluators p_ev1,p_a07", drawn, "p_tl1", DRAWN)
    assert own.err.startswith("error: 4 items are asked for, and ")
    named = run("calibrate open --items t_5-1 --evaluators p_ev1,p_a07", drawn, "p_tl1", DRAWN)
    assert named.err.startswith("refused[own-work]: nobody may score a transaction that they handled: t_5-1 of p_a07.")
    assert "at least two people" in run("calibrate open --items 1 --evaluators p_ev1", drawn, "p_tl1", DRAWN).err
    due = run("run --dry-run", drawn, "p_tl1", "2026-06-02")
    assert "p_ev1: k_6 is to be scored: qacli calibrate score k_6" in due.out


def test_a_personal_call_leaves_the_session_and_nothing_of_it_is_revealed(opened):
    done(hand_in(opened, "p_ev1"))
    done(run("score t_5-1 --personal-call", opened, "p_ev2", DRAWN))
    assert done(hand_in(opened, "p_ev2", items=ITEMS[1:])).out.startswith("ks_9: 1 item of k_6 sealed\nall are in")
    rows = run("export calibration_scores --format json", opened, "p_tl1").rows
    assert {row["item"] for row in rows} == {"t_5-2"}


def test_a_customer_who_opts_out_meanwhile_is_left_out(opened):
    write(opened, {"exports/optouts.csv": "customer_ref,from\nK20A07,2026-05-01\n"})
    sealed = done(hand_in(opened, "p_ev1", items=ITEMS[1:]))
    assert sealed.out == "ks_7: 1 item of k_6 sealed\n"
    assert sealed.err.startswith("left out: phone A07-20 of 20 May 2026 cannot be observed: its customer has opted out")
