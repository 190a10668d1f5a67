"""Unannounced checks through the command line: drawn by qacli run, told to one, closed with what was seen or why not."""

from __future__ import annotations

import pytest
from command_line import run
from desk import DRAWN, done, items, notices, spot, write

LIVE = spot("desk")
LATER = "2026-05-30"


@pytest.fixture
def spotted(agreed):
    """The desk with one unannounced check of each of three colleagues in week 22, drawn on its Monday."""
    write(agreed, {"definitions/frames/desk.yaml": LIVE})
    done(run("frame agree desk", agreed, "p_mgr1", DRAWN))
    done(run("sample draw desk", agreed, "p_tl1", DRAWN))
    return agreed


def checks(folder, actor, today=f"{DRAWN}T12:10", more=""):
    return done(run(f"spot list {more} --format json", folder, actor, today)).rows


def mine(folder, actor="p_ev1"):
    return next(row for row in checks(folder, actor) if row["evaluator"] == actor)


def test_c07_when_and_whom_is_told_to_the_evaluator_only(spotted):
    for actor in ("p_tl1", "p_ev1", "p_ev2"):
        for row in checks(spotted, actor):
            assert all(row[column] for column in ("day", "from", "until", "what")) == (row["evaluator"] == actor)
    calendar = done(run("run --ahead 14", spotted, "p_tl1", f"{DRAWN}T12:10")).out
    assert calendar.count("an unannounced check in 2026-W22 is to be made") == 3
    row = mine(spotted)
    told = f"unannounced check of {row['what']} from {row['from']} to {row['until']}"
    assert told not in calendar
    assert told in done(run("run --ahead 14", spotted, "p_ev1", f"{DRAWN}T12:10")).out
    # once it is over there is nothing to hide, and its owner is reminded
    late = done(run("run --since 2026-05-18 --format json", spotted, "p_tl1", LATER)).rows
    assert {each["state"] for each in late if each["work"] == "spot"} == {"late"}


def test_c07_the_diary_tells_what_became_of_each_check_and_not_what_is_to_come(spotted):
    def diary(actor, today):
        return {row["check"]: row for row in run("record diary --format json", spotted, actor, today).rows}

    row = mine(spotted)
    for actor in ("p_tl1", "p_ev1"):
        told = diary(actor, f"{DRAWN}T12:10")[row["check"]]
        assert (bool(told["day"]), bool(told["colleague"]), told["state"]) == (
            actor == "p_ev1",
            actor == "p_ev1",
            "due",
        )
    done(run(f"spot miss {row['check']} --reason 'no call came in'", spotted, "p_ev1", LATER))
    told = diary("p_tl1", LATER)
    assert (told[row["check"]]["state"], told[row["check"]]["why"]) == ("missed", "no call came in")
    assert {each["state"] for each in told.values()} == {"missed", "late"}


def test_what_was_seen_becomes_an_item_that_is_in_no_estimate(spotted):
    row = mine(spotted)
    began = f"{row['day']}T{row['from']}"
    words = f"spot done {row['check']} --transaction LIVE-1 --started {row['from']}"
    made = done(run(words, spotted, "p_ev1", LATER))
    assert made.out == f"t_7: LIVE-1 of {row['what']}, from {row['check']}\n"
    assert f"qacli record t_7 --technique side-by-side --kind spot --started {began}" in made.err
    item = items(spotted)[0]
    assert (item["purpose"], item["evaluator"], item["colleague"]) == ("spot", "p_ev1", row["what"])
    exported = done(run("export items --format json", spotted, "p_tl1")).rows[0]
    assert (exported["probability"], exported["weight"]) == (None, None)
    done(run(f"record t_7 --technique side-by-side --kind spot --started {began}", spotted, "p_ev1", LATER))
    given = run("sample assign t_7 --to p_ev2 --reason ill", spotted, "p_tl1", LATER)
    assert "refused[assignment-live]: t_7 was watched by p_ev1 while it happened" in given.err
    path = spotted / "form.yaml"
    path.write_text(
        "item: t_7\nanswers:\n  idv: {answer: met, evidence: asked for the postcode, offset: '00:41'}\n  check: 4\n"
        "  next: 4\n",
        "utf-8",
    )
    done(run(["score", "--from", str(path)], spotted, "p_ev1", LATER))
    told = run("summarise desk --purpose spot --from 2026-05-01 --to 2026-06-30", spotted, "p_tl1", LATER)
    assert "LIVE-1" not in told.out
    assert "1 observation" not in told.out + told.err
    assert done(run("sample verify", spotted, "p_tl1", LATER)).out == "d_6: drawn again, 3 of 3 checks the same\n"


def test_a_check_that_was_missed_says_why_and_ends_once(spotted):
    row = mine(spotted)
    assert "refused[spot-reason]" in run(f"spot miss {row['check']}", spotted, "p_ev1", LATER).err
    done(run(f"spot miss {row['check']} --reason 'no call came'", spotted, "p_ev1", LATER))
    again = run(f"spot miss {row['check']} --reason 'no call came'", spotted, "p_ev1", LATER)
    assert f"refused[spot-closed]: {row['check']} was closed by p_ev1 as missed." in again.err
    kept = done(run("run --since 2026-05-18 --for p_ev1 --format json", spotted, "p_tl1", LATER)).rows
    assert ("missed", "no call came") in [(each["state"], each["why"]) for each in kept]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("--started 2026-05-18T09:00", "refused[spot-time]: it began at 09:00 on 18 May 2026, the check was for"),
        ("--colleague p_ev2", "refused[spot-time]: it was p_ev2 on phone, the check was for"),
        ("--channel chat", "refused[spot-time]: it was on chat, which desk@1 does not look at"),
        ("--colleague p_ev1", "refused[own-work]"),
        ("--transaction ''", "spot done lacks --transaction"),
    ],
)
def test_what_was_not_drawn_is_not_taken_for_it(spotted, words, problem):
    check = mine(spotted)["check"]
    result = run(f"spot done {check} --transaction LIVE-1 {words}", spotted, "p_ev1", LATER)
    assert result.code != 0
    assert problem in result.err
    assert not items(spotted)


def test_times_that_were_moved_by_hand_are_found(spotted):
    path = spotted / "records/2026/spot_checks.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace(":00Z,p_a", ":00Z,p_x", 1), "utf-8")
    result = run("sample verify", spotted, "p_tl1", LATER)
    assert result.code == 1
    assert "sp_6-1 is recorded, but the draw does not give it" in result.out
    assert "the draw gives another check, which is not recorded" in result.out


def test_nobody_is_looked_at_who_was_not_told(agreed):
    # the notice to staff ends on the Wednesday of week 22
    ends = ("n-staff", "2026-01-01", "2026-05-27", "colleagues", "all", "yes")
    customers = ("n-phone", "2026-01-01", "2026-12-31", "customers", "phone", "no")
    write(agreed, {"definitions/frames/desk.yaml": LIVE, "definitions/notices.yaml": notices([customers, ends])})
    done(run("frame agree desk", agreed, "p_mgr1", DRAWN))
    told = done(run("sample draw desk", agreed, "p_tl1", DRAWN))
    assert "left out as no-acknowledgement: colleagues must have acknowledged a notice to them" in told.err
    days = {row["day"] for who in ("p_ev1", "p_ev2") for row in checks(agreed, who) if row["day"]}
    assert days <= {"2026-05-25", "2026-05-26", "2026-05-27"}
    assert days


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("side-by-side", "recording", "refused[spot-not-live]: desk@1 makes unannounced checks, and recording@1"),
        ("mon-fri", "mon", "refused[spot-too-late]: no time is left in week 22 of 2026"),
        ("of_each: 1", "of_each: 1\n  of: [p_tl1]", "refused[spot-nobody]: desk@1 finds nobody to look at: no-ack"),
    ],
)
def test_frames_that_cannot_be_drawn(agreed, old, new, refused):
    write(agreed, {"definitions/frames/desk.yaml": LIVE.replace(old, new)})
    done(run("frame agree desk", agreed, "p_mgr1", DRAWN))
    result = run("sample draw desk", agreed, "p_tl1", f"{DRAWN}T18:00")
    assert result.code == 1
    assert refused in result.err


def test_a_frame_of_times_is_asked_nothing_of_an_export(spotted):
    assert "refused[frame-draws-times]" in run("frame size desk", spotted, "p_tl1", DRAWN).err
    again = done(run("sample draw desk", spotted, "p_tl1", DRAWN))
    assert "desk of 2026-W22 was drawn as d_6: nothing to do" in again.err
