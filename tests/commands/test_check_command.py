"""``qacli check``: of many definitions that wait the first few are told, and programs get all of them."""

from __future__ import annotations

import json

from command_line import run
from desk import SETTINGS, write

DAY = "2026-05-26"


def many_frames(folder, count):
    frames = folder / "definitions" / "frames"
    text = (frames / "weekly.yaml").read_text("utf-8")
    for number in range(count):
        (frames / f"f{number:03}.yaml").write_text(text.replace("id: weekly", f"id: f{number:03}", 1), "utf-8")
    return folder


def test_of_many_frames_that_wait_the_first_few_are_told(desk_at):
    told = run("check", many_frames(desk_at("agreed"), 200), "p_tl1", DAY)
    waiting = [line for line in told.err.splitlines() if "approval" in line]
    assert told.code == 0
    assert len(waiting) == 6
    assert waiting[0].endswith(f"frame f000@1, by qacli frame agree f000 --as PERSON --today {DAY}")
    assert (
        waiting[-1]
        == f"and 195 more frames await approval; all of them: qacli check --format json --as p_tl1 --today {DAY}"
    )


def test_one_more_than_a_few_is_told_like_the_others(desk_at):
    told = run("check", many_frames(desk_at("agreed"), 6), "p_tl1", DAY)
    assert "more frames" not in told.err
    assert "frame f005@1" in told.err


def test_programs_get_all_that_waits(desk_at):
    found = json.loads(run("check --format json", many_frames(desk_at("agreed"), 200), "p_tl1", DAY).out)
    assert found["rows"] == []
    assert [each["item"] for each in found["awaiting"]] == [f"f{number:03}@1" for number in range(200)]
    assert found["awaiting"][0] == {
        "kind": "frame",
        "item": "f000@1",
        "owner": "p_tl1",
        "command": f"qacli frame agree f000 --as PERSON --today {DAY}",
    }


def test_who_may_approve_is_told_the_first_few_as_well(desk_at):
    folder = many_frames(desk_at("agreed"), 200)
    write(folder, {"qacli.yaml": SETTINGS + "roles: {manager: [p_mgr1]}\n"})
    told = run(f"--today {DAY}", folder, "p_mgr1")
    assert told.out.count("waits for approval") == 5
    assert "and 195 more frames wait for approval; all of them: qacli check --format json --as p_mgr1" in told.out
