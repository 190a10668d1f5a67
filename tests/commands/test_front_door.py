from __future__ import annotations

import fcntl
import itertools
import os
from types import SimpleNamespace

import pytest
import stage
from command_line import process, run, snapshot
from desk import DRAWN, done, form, items, write

from qacli.cli import COMMANDS
from qacli.commands.context import Context
from qacli.ledger import lock
from qacli.workspace import Workspace


def test_the_help_names_every_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in ([], ["--help"], ["help"], ["-h"]):
        result = run(words)
        assert result.code == 0
        assert all(f"  {command.name}" in result.out for command in COMMANDS)


def test_plain_is_switched_off_in_the_help_as_it_is_in_a_command(tmp_path):
    for value, plain in (("0", False), ("no", False), ("", False), ("1", True), ("yes", True)):
        said = stage.typed("qacli --help", tmp_path, terminal=True, QACLI_PLAIN=value).text
        assert ("Prepare:" in said) is plain, value


def test_no_command_is_listed_twice():
    names = [command.name for command in COMMANDS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_each_command_has_its_own_help(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run([command, "--help"])
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: qacli {command}") or f"Usage: qacli {command}" in result.out


# --- where a command looks, and in whose name ---


@pytest.mark.parametrize(
    "line",
    [
        "-C {folder} --as p_ev1 sample list --for p_ev2",
        "sample list -C {folder} --as p_ev1 --for p_ev2",
        "--folder={folder} sample list --for p_ev2 --as=p_ev1",
        "--as p_nobody -C /nowhere sample list -C {folder} --as p_ev1 --for p_ev2",
    ],
)
def test_folder_and_person_stand_before_or_after_the_command_and_the_last_counts(drawn, tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    result = run(line.format(folder=drawn))
    assert (result.code, len(result.out.splitlines())) == (0, 4)


def test_the_folder_is_found_upward(drawn, monkeypatch):
    monkeypatch.chdir(drawn / "definitions" / "frames")
    assert run("sample list").code == 0


def test_variables_stand_in_for_options_and_options_win(drawn, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QACLI_FOLDER", str(drawn))
    monkeypatch.setenv("QACLI_AS", "p_a07")
    monkeypatch.setenv("QACLI_FORMAT", "json")
    assert run("sample list").out.startswith('{\n "schema": "qacli.items/1"')
    assert run("sample list --format csv").out.startswith("item,")
    score = ["score", "--from", str(form(drawn, items(drawn)[0]["item"])), "--today", DRAWN]
    assert "refused[own-work]" in run(score).err
    assert run([*score, "--as", "p_ev1"]).code == 0
    assert run(["--as", "p_ev1", *score]).err.startswith("refused[already-scored]")


def test_bare_qacli_says_what_is_due(drawn, tmp_path, monkeypatch):
    result = run("", drawn, "p_ev1")
    assert (result.code, result.out) == (0, "3 to score, next t_5-1 (phone of 2026-05-20): qacli score --as p_ev1\n")
    assert run("", drawn, "p_mgr1").out == "nothing is due for p_mgr1\n"
    monkeypatch.chdir(tmp_path)
    assert run("").out.startswith("Usage: qacli")
    result = run("", tmp_path)
    assert (result.code, result.err.splitlines()[0]) == (
        78,
        f"error: {tmp_path} is not in a qacli workspace: there is no qacli.yaml here or above",
    )


def due_line(folder, day):
    """What bare qacli says of the team leader's plan on a day."""
    said = run(f"-C {folder} --as p_tl1 --today {day}").out.splitlines()
    return next(line for line in said if line.startswith("plan "))


def test_bare_qacli_names_the_next_step_of_a_plan_that_is_late(scored):
    plan = next(row["plan"] for row in run("plan list --format json", scored, "p_tl1").rows)
    with_day = "plan {plan} for p_a07: was due 8 June 2026: qacli plan {step} {plan} --as p_tl1 --today 2026-06-09"
    assert [due_line(scored, "2026-06-09")] == [with_day.format(plan=plan, step="book")]
    done(run(f"plan book {plan} --on 2026-06-01", scored, "p_tl1", "2026-06-01"))
    assert [due_line(scored, "2026-06-09")] == [with_day.format(plan=plan, step="done")]
    done(run(f"plan done {plan} --on 2026-06-02", scored, "p_tl1", "2026-06-02"))
    late = due_line(scored, "2026-07-07")
    assert late.endswith(f"review was due 6 July 2026: qacli plan effect {plan} --as p_tl1 --today 2026-07-07")


def test_hints_name_the_person_unless_the_login_does(drawn, monkeypatch):
    line = "record t_5-1 --technique recording"
    assert run(line, drawn, "p_ev1", DRAWN).out.endswith(
        f"0 notes; next: qacli score t_5-1 --as p_ev1 --today {DRAWN}\n"
    )
    people = (drawn / "people.csv").read_text("utf-8")
    write(drawn, {"people.csv": people.replace("Ruth,", "Ruth,ruth")})
    monkeypatch.setattr("getpass.getuser", lambda: "ruth")
    assert run(line, drawn, today=DRAWN).out.endswith(f"0 notes; next: qacli score t_5-1 --today {DRAWN}\n")
    assert run("", drawn).out.endswith(": qacli score\n")


def test_bare_qacli_with_broken_settings_shows_the_place(drawn):
    write(drawn, {"qacli.yaml": "organisation: [Bank\nsector: private\n"})
    result = run("", drawn, "p_ev1")
    assert result.code == 65
    assert "--> qacli.yaml:" in result.err
    assert "Traceback" not in result.err


def test_quiet_and_plain_stand_before_the_command_too_and_quiet_is_quiet_at_the_door(drawn):
    assert run(["-C", str(drawn), "-q", "--plain", "summarise", "colleague"]).err == ""
    assert run(["--quiet", "-C", str(drawn), "--as", "p_ev1"]).err == ""
    assert run(["-C", str(drawn), "--as", "p_ev1"]).err == "all commands: qacli --help\n"


def test_quiet_silences_the_warnings_of_reading(drawn, capsys):
    workspace = Context(
        "sample list",
        {**dict.fromkeys(("as_", "format_", "output", "stated")), "folder": drawn, "quiet": True, "plain": False},
    ).workspace
    workspace.warn("a newer qacli wrote this")
    assert capsys.readouterr().err == ""
    Workspace.find(drawn).warn("a newer qacli wrote this")
    assert capsys.readouterr().err == "warning: a newer qacli wrote this\n"


def test_a_missing_people_file_is_called_missing(drawn):
    (drawn / "people.csv").unlink()
    for actor in ("", "p_ev1"):
        result = run("notice ack n-staff", drawn, actor, DRAWN)
        assert (result.code, "people.csv is missing: it says who is who" in result.err) == (78, True)


def test_ids_of_a_message_are_of_the_kind_that_is_asked_for(drawn):
    assert "ids look like d_4p; see" in run("sample list --draw x", drawn).err
    assert "ids look like t_4p-2; see" in run("record x --technique recording", drawn, "p_ev1").err


# --- usage ---


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("smple", "did you mean 'sample'?"),
        ("sumarise", "did you mean 'summarise'?"),
        ("xyzzy", "all commands: qacli --help"),
        ("sample lst", "Did you mean 'list'?"),
        ("sample list --fro x", "No such option: --fro"),
        ("sample list --format jsn", "'jsn' is not one of 'table', 'csv', 'json', 'md'"),
        ("-C", "-C needs a value"),
        ("sample draw", "Missing argument 'FRAME'"),
        (
            "summarise",
            "Missing argument 'BY'. Choose from: colleague, team, channel, reason, criterion, deviation, fault, rule,",
        ),
        ("explain t_5-1", "t_5-1 is an item; it has no score yet, and a score is of an observation"),
        ("explain t_5-1", "score it: qacli score t_5-1"),
        ("score --from exports", "exports is a folder"),
        ("feedback", "Missing command"),
        ("--bogus score", "'--bogus' stands before the command"),
        ("--bogus score", "before it may stand -C, --folder, --as, --today, -q"),
        ("authority set", "Missing argument 'LINE'. Missing option '--role'. Missing option '--decision'. Missing"),
        ("authority set score --role evaluator", "error: Missing option '--decision'. Missing option '--limit'.\n"),
        ("--today 32", "--today 32 is not a date"),
        ("sample draw weekly --period May", "'May' is not a period"),
        ("sample list --today 32", "--today 32 is not a date"),
        ("notice ack n-staff --on 1.5.2026", "'1.5.2026' is not a date"),
        ("ledger show --last -3", "'--last'"),
        ("summarise team --from 2026-06-01 --to 2026-05-01", "--to 2026-05-01 comes before --from 2026-06-01"),
        ("notice gaps --from 2026-06-01 --to 2026-05-01", "--to 2026-05-01 comes before --from 2026-06-01"),
        ("report plans --for ../../x", "there is no person '../../x'"),
        ("notice ack n-staff --as p_ev9", "did you mean 'p_ev2'?"),
        ("source add exports/may.csv --name ../x", "'../x' cannot name a profile"),
        ("source add nowhere.csv", "nowhere.csv is not there"),
        ("source add exports/may.csv --name b --column kolleague=agent_id", "'kolleague' is no field of transactions"),
        ("score --from nowhere.json", "nowhere.json is not there"),
        ("score", "there is no terminal to ask on"),
        ("score t_5-1 --correct ''", "--correct needs a reason"),
        ("record t_5-1 --technique telepathy", "no technique 'telepathy'"),
        ("record t_5-1 --technique recordings", "did you mean 'recording'?"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_says_how_to_write_it(drawn, line, words, monkeypatch):
    monkeypatch.chdir(drawn)
    result = run(line, actor="" if "--as" in line or line == "-C" else "p_ev1")
    assert result.code == 2, result
    assert words in result.err
    assert result.out == ""


def test_a_live_folder_refuses_today_before_anything_is_asked(desk_at):
    folder = desk_at("new")
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(folder, {"qacli.yaml": settings.replace("provenance: example", "provenance: live")})
    before = snapshot(folder)
    for line in ("notice ack n-staff", "frame agree weekly", "sample draw weekly", "score"):
        result = run(line, folder, "p_mgr1", "2026-05-26")
        assert (result.code, result.err.splitlines()[0][:23]) == (1, "refused[today-in-live]:")
    assert run("notice ack n-staff --dry-run", folder, "p_a07", "2026-05-26").code == 0
    assert run("plan list", folder, "p_tl1", "2026-05-26").code == 0
    assert snapshot(folder) == before


# --- exit codes ---


def test_exit_codes_of_the_trail(drawn):
    ledger = drawn / "records/2026/items.csv"
    good = ledger.read_bytes()
    ledger.write_bytes(good.replace(b"A07", b"A08", 1))
    assert run("ledger verify", drawn).code == 1
    ledger.write_bytes(good[:-9])
    result = run("notice ack n-staff --on 2026-05-20", drawn, "p_ev1", DRAWN)
    assert (result.code, "ledger verify" in result.err) == (65, True)


def test_a_writer_that_waits_in_vain_says_busy(drawn, monkeypatch):
    clock = itertools.count(0, 10)  # ten seconds pass at every look
    monkeypatch.setattr(lock, "time", SimpleNamespace(monotonic=lambda: next(clock), sleep=lambda _: None))
    with (drawn / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = run("notice ack n-staff --on 2026-05-20", drawn, "p_ev1", DRAWN)
    assert result.code == 75
    assert "nothing was recorded" in result.err.lower() or "another qacli" in result.err


def test_a_failed_write_says_not_recorded(drawn, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = snapshot(drawn)
    monkeypatch.setattr(os, "fsync", full)
    result = run("notice ack n-staff --on 2026-05-20", drawn, "p_ev1", DRAWN)
    assert result.code == 74
    assert "No space left" in result.err
    assert snapshot(drawn) == before


def test_a_folder_that_may_not_be_written(drawn, monkeypatch):
    def forbidden(files):
        raise PermissionError(13, "Permission denied", str(next(iter(files))))

    monkeypatch.setattr("qacli.workspace.start.replace_files", forbidden)
    result = run(["init", str(drawn / "inner")], actor="p_tl1")
    assert (result.code, result.err) == (
        77,
        f"error: Permission denied: {drawn / 'inner' / 'qacli.yaml'}\n"
        "  = help: ask whoever looks after that folder for the right to it\n",
    )


def test_a_bug_is_called_one(drawn, monkeypatch):
    monkeypatch.setattr("qacli.workspace.check.check", lambda _: 1 / 0)
    result = run("check", drawn)
    assert result.code == 70
    assert "ZeroDivisionError" in result.err
    assert result.err.endswith("this is a bug in qacli, not in your input; please report the lines above\n")


def test_a_folder_in_two_places_of_writing(drawn):
    journal = drawn / "journal.csv"
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    assert len(lines) > 1
    result = run("ledger host take", drawn, "p_tl1")
    assert (result.code, result.err) == (0, "this computer writes here already: nothing to do\n")


def test_hostile_words_in_messages_are_spelled_out(drawn):
    result = run(["sample", "list", "--draw", "d_\x1b[2J\u202e"], drawn)
    assert result.code == 1
    assert "d_\\x1b[2J\\u202e" in result.err
    assert run(["\x1b[2J"], drawn).err.startswith("error: there is no command '\\x1b[2J'")


# --- streams ---


def test_a_reader_that_goes_away_early_hears_no_complaint(drawn):
    found = process("qacli sample list --format md | head -1; echo ${PIPESTATUS[0]}", drawn)
    assert found.stdout.splitlines()[0].startswith("| item | transaction")
    assert found.stdout.splitlines()[1] in {"0", "141"}
    assert found.stderr == ""
    long = process(
        "for i in 1 2 3 4; do qacli sample list; done > /dev/null; qacli ledger show --last 0 | true; "
        "echo ${PIPESTATUS[0]}",
        drawn,
    )
    assert (long.stdout, long.stderr) == ("141\n", "")


@pytest.mark.parametrize(
    ("stream", "why"), [(">&-", "Bad file descriptor"), ("> /dev/full", "No space left on device")]
)
def test_output_that_cannot_be_written(drawn, stream, why):
    found = process(f"qacli sample list {stream}; echo $? >&2", drawn)
    assert found.stderr == f"error: {why}\n74\n"
    # after the commit it is no failure, or a script would record it again
    ack = f"qacli notice ack n-staff --on 2026-05-20 --as p_ev1 --today {DRAWN}"
    found = process(f"{ack} {stream}; echo $? >&2", drawn)
    assert found.stderr == f"warning: recorded, but not shown: {why}\n0\n"
    assert "p_ev1 already acknowledged" in process(ack, drawn).stderr
    # nor is a report file that cannot be written
    found = process(f"{ack.replace('ev1', 'ev2')} -o /nowhere/x.txt; echo $? >&2", drawn)
    assert (
        found.stderr
        == "warning: recorded, but not shown: /nowhere/x.txt cannot be written: No such file or directory\n0\n"
    )


def test_the_version_and_the_completion_fail_in_one_line_as_well(tmp_path):
    found = process(
        "for line in --version '--show-completion bash'; do for out in /dev/full /dev/null; do "
        "qacli $line > $out; echo $? >&2; done; done; qacli --version >&-; echo $? >&2",
        tmp_path,
    )
    full = "error: No space left on device\n74\n0\n"
    assert (found.stdout, found.stderr) == ("", f"{full}{full}error: Bad file descriptor\n74\n")


def test_all_streams_closed(drawn):
    assert process("qacli sample list <&- >&- 2>&-; echo $?", drawn).stdout == "74\n"
    assert process("qacli check >&- 2>&-; echo $?", drawn).stdout == "0\n"


def test_a_terminal_that_speaks_no_unicode(drawn):
    write(drawn, {"qacli.yaml": (drawn / "qacli.yaml").read_text("utf-8").replace("Harbour & Vale", "Häfen")})
    found = process(
        "qacli frame show weekly --format table && qacli summarise team --format table",
        drawn,
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert (found.returncode, "Traceback" in found.stderr) == (0, False)
