"""qacli run: what cron types."""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from unittest import mock

import desk
import pytest
from command_line import process, run
from desk import FRAME, HEADER, done, form, items, notices, write

from qacli.govern.duties.sampling import periods
from qacli.model import Busy
from qacli.prepare.frames.frame import Frame

MONDAY = "2026-05-25"  # the day after week 21


def due(folder, today=MONDAY, more=""):
    return run(f"run {more}", folder, "p_tl1", today)


def reminders(folder):
    return done(run("export reminders --format json", folder, "p_tl1")).rows


def test_a_sample_that_is_due_is_drawn_once_and_then_silence(agreed):
    first = done(due(agreed))
    assert first.out.startswith("drew d_")
    assert "weekly, 2026-W21, 6 of 9 eligible" in first.out
    assert len(items(agreed)) == 6
    again = done(due(agreed))
    assert (again.out, again.err) == ("", "")
    assert len(items(agreed)) == 6


def test_a_dry_run_says_what_it_would_draw_and_leaves_no_sample(agreed):
    result = done(due(agreed, more="--dry-run"))
    assert result.out == "would draw weekly, 2026-W21, 6 of 9 eligible\n"
    assert result.err == "dry run: nothing was recorded\n"
    assert items(agreed) == []


def test_programs_get_what_is_new_as_one_table(agreed):
    first = done(due(agreed, "2026-06-01", "--most 1 --format json"))
    assert json.loads(first.out)["schema"] == "qacli.news/1"
    drew, left, *_ = first.rows
    assert drew["what"].startswith(f"drew {drew['record']}: weekly, 2026-W21, 6 of 9 eligible, due since 25 May 2026")
    assert (drew["state"], drew["owner"], drew["duty"]) == ("drawn", "p_tl1", "draw/weekly/2026-W21")
    assert (left["state"], left["duty"], left["record"]) == ("waiting", "draw/weekly/2026-W22", None)
    # what cannot be drawn is told once, with its reason, and then the table is empty
    second = due(agreed, "2026-06-01", "--format csv")
    assert second.code == 1
    header, refused, *_ = second.out.splitlines()
    assert header == "state,record,due,owner,what,work,subject,duty,command"
    assert refused.startswith('refused,,2026-06-01,p_tl1,"weekly of 2026-W22, due since 1 June 2026, cannot be drawn')
    assert due(agreed, "2026-06-01", "--format csv").out == f"{header}\n"


def test_weeks_that_were_missed_are_drawn_oldest_first(agreed):
    # agreed on Monday of week 22, so week 21 is the first; nobody ran anything for a month
    write(
        agreed, {"exports/may.csv": (agreed / "exports/may.csv").read_text() + "J1,02/06/2026 10:00,A07,phone,K9,60\n"}
    )
    result = due(agreed, "2026-06-15")
    assert result.code == 1
    assert [line.split(", ")[1] for line in result.out.splitlines() if line.startswith("drew")] == [
        "2026-W21",
        "2026-W23",
    ]
    assert "weekly of 2026-W22, due since 1 June 2026, cannot be drawn: no transaction" in result.out
    # what cannot be drawn is told once, and still no success
    again = due(agreed, "2026-06-15")
    assert (again.code, again.out) == (1, "")


@pytest.mark.parametrize(
    ("until", "last"),
    [("2026-03-29", "2026-W12"), ("2026-03-30", "2026-W13"), ("2026-10-25", "2026-W42"), ("2026-10-26", "2026-W43")],
)
def test_a_week_ends_on_its_sunday_also_when_the_clocks_change(until, last):
    # in London the clocks change on 29 March and 25 October 2026, the last days of weeks 13 and 43
    frame = Frame.model_construct(cadence="week", from_=date(2026, 1, 1), to=None)
    found = [period.key for period in periods(frame, date(2026, 3, 16), date.fromisoformat(until))]
    assert (found[0], found[-1]) == ("2026-W11", last)
    assert len(found) == len(set(found)) == int(last[-2:]) - 10


def test_work_that_is_late_is_told_to_its_owner_once(drawn):
    # drawn on 25 May, to be scored within a week
    assert due(drawn, "2026-05-31").out == ""
    told = due(drawn, "2026-06-01").out.splitlines()
    late = [line for line in told if "is to be scored" in line]
    assert len(late) == 6
    assert late[0].startswith(("p_ev1: t_", "p_ev2: t_"))
    assert "is to be scored" not in due(drawn, "2026-06-02").out
    assert {row["due"] for row in reminders(drawn) if row["duty"].startswith("score/")} == {"2026-06-01"}


def test_a_notice_that_ends_without_another_is_told_four_weeks_before(drawn):
    ends = ("n-cust", "2026-01-01", "2026-07-31", "customers", "all", "no")
    staff = ("n-staff", "2026-01-01", "2026-12-31", "colleagues", "all", "yes")
    write(drawn, {"definitions/notices.yaml": notices([ends, staff])})
    assert "n-cust" not in due(drawn, "2026-07-02").out
    assert (
        "p_tl1: notice n-cust@1 ends on 2026-07-31, and none follows for customers on all"
        in due(drawn, "2026-07-03").out
    )


def test_a_definition_is_to_be_reviewed_by_its_day(drawn):
    path = drawn / "definitions/scales/binary.yaml"
    path.write_text(path.read_text("utf-8") + "review_by: 2026-08-01\n", "utf-8")
    row = next(
        row for row in done(due(drawn, "2026-07-20", "--ahead 20 --format json")).rows if row["work"] == "review"
    )
    assert (row["due"], row["subject"]) == ("2026-08-01", "binary@1")


def test_the_calendar_says_which_measures_a_draw_serves_and_records_nothing(agreed):
    card = agreed / "definitions/scorecards/desk.yaml"
    card.write_text(
        card.read_text("utf-8").replace("procedure: idv@1,", "procedure: idv@1, kpis: [fcr, csat],"), "utf-8"
    )
    before = (agreed / "journal.csv").read_bytes()
    rows = done(due(agreed, MONDAY, "--ahead 14 --format json")).rows
    draws = [(row["due"], row["owner"], row["serves"]) for row in rows if row["work"] == "draw"]
    assert draws == [(day, "p_tl1", "csat fcr") for day in ("2026-05-25", "2026-06-01", "2026-06-08")]
    assert (agreed / "journal.csv").read_bytes() == before


def test_runs_that_overlap_leave_one_record_for_each_duty(agreed):
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: process(f"qacli --as p_tl1 run --today {MONDAY}", agreed), range(3)))
    assert {each.returncode for each in runs} == {0}, [each.stderr for each in runs]
    assert sum(each.stdout.count("drew") for each in runs) == 1
    assert len(items(agreed)) == 6
    duties = [row["duty"] for row in reminders(agreed)]
    assert len(duties) == len(set(duties))


@pytest.fixture
def listening():
    """An address that notes who asks."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_an_address_learns_the_exit_code_and_nothing_else(agreed, listening):
    address, asked = listening
    done(due(agreed, MONDAY, f"--ping {address}/weekly"))
    assert due(agreed, "2026-06-01", f"--ping {address}/weekly").code == 1  # week 22 has no transactions
    assert run(f"run --ping {address}/weekly", agreed, "p_nobody", MONDAY).code == 2
    done(due(agreed, MONDAY, f"--ping {address}/push?status={{code}}"))
    done(due(agreed, MONDAY, f"--dry-run --ping {address}/weekly"))
    assert asked == ["/weekly/0", "/weekly/1", "/weekly/2", "/push?status=0"]


def test_an_address_that_does_not_answer_undoes_nothing(agreed):
    result = done(due(agreed, MONDAY, "--ping http://127.0.0.1:9/x"))
    assert "warning: http://127.0.0.1:9/x/0 did not answer" in result.err
    assert len(items(agreed)) == 6
    assert "[Errno" not in result.err


@pytest.mark.parametrize(
    "url", ["gopher://x", "x", "http://", "http://h:x/y", "http://h/a b", "http://h/ü", "http://h/\t"]
)
def test_what_is_no_address_to_fetch_is_refused_before_anything_is_done(agreed, url):
    result = run(["run", "--ping", url], agreed, "p_tl1", MONDAY)
    assert (result.code, items(agreed)) == (2, [])
    assert f"--ping {url} is no address" in result.err


def test_no_slash_of_an_address_is_doubled(agreed):
    with mock.patch("urllib.request.urlopen") as fetched:
        done(due(agreed, MONDAY, "--ping http://h/x/"))
    assert fetched.call_args[0] == ("http://h/x/0",)


@pytest.mark.parametrize("kind", ["cron", "systemd"])
def test_the_example_names_this_folder(agreed, kind):
    assert f"-C {agreed} --as p_tl1 run" in done(due(agreed, MONDAY, f"--example {kind}")).out


def test_a_second_frame_is_drawn_too(agreed):
    write(agreed, {"definitions/frames/more.yaml": FRAME.replace("id: weekly", "id: more")})
    done(run("frame agree more", agreed, "p_mgr1", MONDAY))
    assert done(due(agreed)).out.count("drew") == 2


def test_after_a_long_absence_the_oldest_samples_come_first_and_the_rest_is_told(agreed):
    weeks = [
        f"J{number},{day}/2026 10:00,A07,phone,K9,60" for number, day in enumerate(("02/06", "09/06", "16/06", "23/06"))
    ]
    write(agreed, {"exports/may.csv": (agreed / "exports/may.csv").read_text() + "\n".join([*weeks, ""])})
    first = due(agreed, "2026-06-29", "--most 2")
    assert [line.split(", ")[1] for line in first.out.splitlines() if line.startswith("drew")] == [
        "2026-W21",
        "2026-W23",
    ]
    assert "due since 25 May 2026" in first.out
    assert "3 more samples are due: the next run draws the oldest 2, or: --most 3" in first.out
    # what cannot be drawn, week 22, takes nobody's place
    second = due(agreed, "2026-06-29", "--most 2")
    assert [line.split(", ")[1] for line in second.out.splitlines() if line.startswith("drew")] == [
        "2026-W24",
        "2026-W25",
    ]
    assert "1 more samples" not in due(agreed, "2026-06-29", "--most 2").out


def test_an_export_that_cannot_be_read_keeps_only_its_samples_from_being_drawn(drawn):
    path = drawn / "exports/may.csv"
    path.write_text(path.read_text("utf-8").replace("05/05/2026 10:05", "05/05/2026 25:05"), "utf-8")
    result = due(drawn, "2026-06-01")
    assert result.code == 65
    assert "25:05" in result.err
    assert result.out.count("is to be scored") == 6


def test_what_became_of_each_check_is_listed(drawn):
    mine = [row["item"] for row in items(drawn, "--for p_ev1")]
    for item, day in zip(mine, ("2026-05-29", "2026-06-03"), strict=False):
        done(run(["score", "--from", str(form(drawn, item))], drawn, "p_ev1", day))
    rows = done(due(drawn, "2026-06-05", "--since 2026-05-18 --format json")).rows
    found = {row["subject"]: (row["due"], row["done"], row["state"]) for row in rows}
    assert found["weekly of 2026-W21"] == ("2026-05-25", "2026-05-25", "done")
    assert found["weekly of 2026-W22"] == ("2026-06-01", None, "late")
    assert found[mine[0]] == ("2026-06-01", "2026-05-29", "done")
    assert found[mine[1]] == ("2026-06-01", "2026-06-03", "done late")
    assert found[mine[2]] == ("2026-06-01", None, "late")
    told = done(due(drawn, "2026-06-05", "--since 2026-05-18")).err
    assert told == "8 fell due since 2026-05-18: 5 late, 2 done, 1 done late\n"


def test_the_example_of_systemd_and_cron_is_quoted(agreed):
    spaced = agreed.rename(agreed.parent / "a desk")
    assert f"-C '{spaced}' --as p_tl1 run" in done(due(spaced, MONDAY, "--example cron")).out
    odd = spaced.rename(agreed.parent / "40 % of $5's")
    shelled = str(odd).replace("%", r"\%").replace("'", "'\"'\"'")
    assert f"-C '{shelled}' --as p_tl1 run" in done(due(odd, MONDAY, "--example cron")).out
    unit = done(due(odd, MONDAY, "--example systemd")).out
    assert f'-C "{odd.parent}/40 %% of $$5\'s" --as p_tl1 run' in unit
    assert f"Description=Monitoring work that is due in {odd.parent}/40 %% of $5's" in unit


def test_the_example_starts_the_qacli_that_printed_it(agreed, tmp_path):
    program = tmp_path / "an environment" / "qacli"
    program.parent.mkdir()
    program.touch(mode=0o755)
    with mock.patch("sys.argv", [str(program)]):
        assert f"* 1-5 '{program}' -C" in done(due(agreed, MONDAY, "--example cron")).out
        assert f'ExecStart="{program}" -C' in done(due(agreed, MONDAY, "--example systemd")).out
    with mock.patch("sys.argv", ["/somewhere/qacli/__main__.py"]):
        assert f"ExecStart={sys.executable} -m qacli -C" in done(due(agreed, MONDAY, "--example systemd")).out


def at(moment, folder, words="run", zone="Europe/London"):
    """Type qacli as p_tl1 at a moment of UTC, by the clock of a machine of another time zone."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(tz)

    with mock.patch.dict(os.environ, zone=zone), mock.patch("qacli.workspace.datetime", Clock):
        time.tzset()
        found = run(words, folder, "p_tl1")
    time.tzset()
    return found


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_week_ends_at_midnight_of_the_workspace_wherever_the_machine_stands(agreed, zone):
    # British summer time: midnight after Sunday 31 May is 23:00 UTC
    def weeks(moment):
        return [row["duty"] for row in at(moment, agreed, "run --ahead 0 --format json", zone).rows]

    assert weeks("2026-05-31T22:59") == ["draw/weekly/2026-W21"]
    assert weeks("2026-05-31T23:00") == ["draw/weekly/2026-W21", "draw/weekly/2026-W22"]


@pytest.mark.parametrize(
    ("agreed_on", "week", "nights"),
    [
        # summer time begins on Sunday 29 March: Monday begins at 23:00 UTC
        ("2026-03-23", "2026-W13", ("03-29T00:30", "03-29T01:30", "03-29T22:30", "03-29T23:30", "03-30T00:30")),
        # and ends on Sunday 25 October, when 01:30 comes twice: Monday begins at 00:00 UTC
        ("2026-10-19", "2026-W43", ("10-25T00:30", "10-25T01:30", "10-25T23:30", "10-26T00:30", "10-26T05:00")),
    ],
)
def test_the_weeks_in_which_the_clocks_change_are_drawn_once_each(tmp_path, agreed_on, week, nights):
    folder = desk.make(tmp_path / "desk")
    days = [f"{day}/{agreed_on[5:7]}/2026" for day in (28, 29, 24, 25) if (day > 25) == (agreed_on[6] == "3")]
    write(
        folder, {"exports/may.csv": "\n".join([HEADER, *(f"C{day},{day} 12:00,A07,phone,K9,60" for day in days), ""])}
    )
    with mock.patch.object(desk, "DRAWN", agreed_on):
        desk.agreed(folder)
    drew = []
    for night in nights:
        found = at(f"2026-{night}", folder).out.splitlines()
        drew += [(night, line.split(", ")[1]) for line in found if line.startswith("drew")]
    assert drew == [(nights[3], week)]


def test_a_clock_that_went_back_makes_nothing_twice(agreed):
    done(due(agreed, MONDAY))
    before = (agreed / "journal.csv").read_bytes()
    for moment in ("2026-05-20", "2026-05-25T00:00", "2026-05-24T23:59"):
        assert due(agreed, moment).out == ""
    assert (agreed / "journal.csv").read_bytes() == before
    assert done(run("sample verify", agreed, "p_tl1", "2026-05-20")).out.endswith("6 of 6 the same\n")


def test_a_folder_that_is_busy_in_between_is_no_success(agreed):
    def busy(view, found):
        raise Busy("another qacli holds the lock")

    with mock.patch("qacli.govern.duties.due.remind", busy):
        result = due(agreed)
    assert (result.code, result.out.startswith("drew d_")) == (75, True)
    assert "another qacli holds the lock" in result.err
