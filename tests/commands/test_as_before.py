"""What a command that is shown needs at its end: in whose name it runs, and the day that is played."""

from __future__ import annotations

import pytest
from command_line import run
from desk import SETTINGS, write

from qacli.commands.options import as_before, parse_today
from qacli.model import Command, Hint
from qacli.workspace import Workspace


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        (None, " --as p_ev1"),
        ("2026-05-26", " --as p_ev1 --today 2026-05-26"),
        ("2026-05-26T14:30", " --as p_ev1 --today 2026-05-26T14:30"),
        ("2026-05-26T14:30:20", " --as p_ev1 --today 2026-05-26T14:30:20"),
        ("2026-05-26T12:00:00+02:00", " --as p_ev1 --today 2026-05-26T12:00+02:00"),
    ],
)
def test_a_played_day_is_played_on(scored_once, typed, end):
    assert as_before(Workspace(scored_once, "p_ev1", parse_today(typed))) == end
    assert parse_today(end.partition(" --today ")[2]) == parse_today(typed)


def test_a_live_folder_plays_no_day(desk_at):
    folder = desk_at("new")
    write(folder, {"qacli.yaml": SETTINGS.replace("provenance: example", "provenance: live")})
    assert as_before(Workspace(folder, "p_ev1", parse_today("2026-05-26"))) == " --as p_ev1"


def test_the_command_that_comes_next_is_shown_with_the_day(desk_at):
    told = run("score t_5-1 --form html", desk_at("drawn"), "p_ev1", "2026-05-26")
    assert "--as p_ev1 --today 2026-05-26" in told.out + told.err


def test_a_hint_reads_as_plain_words_until_its_commands_are_completed():
    inner = Hint(Command("procedure ack idv@1", "p_ev2"))
    hint = Hint("first: ", inner, "; or: ", Command("plan cancel a_4p --words ..."), " {}")
    assert hint == "first: qacli procedure ack idv@1 --as p_ev2; or: qacli plan cancel a_4p --words ... {}"
    assert hint.completed(lambda person: f" --as {person or 'me'} --today x") == (
        "first: qacli procedure ack idv@1 --as p_ev2 --today x; or: qacli plan cancel a_4p --words ... --as me --today x {}"
    )


def test_what_is_due_is_told_with_its_owner_and_the_day_that_is_played(desk_at):
    told = run("run", desk_at("drawn"), "p_tl1", "2026-06-10")
    assert " is to be scored: qacli score t_5-1 --as p_ev1 --today 2026-06-10" in told.out


def test_the_calendar_for_programs_names_whole_commands(desk_at):
    told = run("run --ahead 0 --format csv", desk_at("drawn"), "p_tl1", "2026-06-10")
    assert "qacli score t_5-1 --as p_ev1 --today 2026-06-10" in told.out


def test_whoever_types_by_own_login_needs_no_name(desk_at, monkeypatch):
    monkeypatch.setattr("qacli.workspace.people.login", lambda: "eve")
    folder = desk_at("new")
    write(folder, {"people.csv": "person,source,source_id,from,to,name,login\np_ev1,,,,,,eve\np_ev2,,,,,,\n"})
    found = Workspace(folder, "", None)
    assert (as_before(found), as_before(found, "p_ev1"), as_before(found, "p_ev2")) == ("", "", " --as p_ev2")


def test_a_refusal_names_who_does_what_is_to_come_first(desk_at):
    told = run("frame agree weekly", desk_at("drawn"), "p_tl1", "2026-05-26")
    assert "qacli frame agree weekly --as PERSON --today 2026-05-26" in told.err
