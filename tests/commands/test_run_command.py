"""qacli run: what cron types."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from command_line import process, run
from desk import FRAME, done, items, notices, write

from qacli.govern.duties import periods
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
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: process(f"qacli --as p_tl1 run --today {MONDAY}", agreed), range(4)))
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


def test_an_address_is_fetched_when_all_went_well_and_only_then(agreed, listening):
    address, asked = listening
    done(due(agreed, MONDAY, f"--ping {address}/weekly"))
    assert asked == ["/weekly"]
    assert due(agreed, "2026-06-01", f"--ping {address}/weekly").code == 1  # week 22 has no transactions
    assert asked == ["/weekly"]


def test_an_address_that_does_not_answer_undoes_nothing(agreed):
    result = done(due(agreed, MONDAY, "--ping http://127.0.0.1:9/x"))
    assert "all is recorded, but http://127.0.0.1:9/x did not answer" in result.err
    assert due(agreed, MONDAY, "--ping gopher://x").code == 2


@pytest.mark.parametrize("kind", ["cron", "systemd"])
def test_the_example_names_this_folder(agreed, kind):
    assert f"-C {agreed} --as p_tl1 run" in done(due(agreed, MONDAY, f"--example {kind}")).out


def test_a_second_frame_is_drawn_too(agreed):
    write(agreed, {"definitions/frames/more.yaml": FRAME.replace("id: weekly", "id: more")})
    done(run("frame agree more", agreed, "p_mgr1", MONDAY))
    assert done(due(agreed)).out.count("drew") == 2
