from __future__ import annotations

import pytest
from command_line import run
from desk import DRAWN, done, form, items

LIVE = "--technique live-remote --started 2026-05-20T{} --ended 2026-05-20T{}"


def record(folder, number, times, actor="p_ev1"):
    started, _, ended = times.partition("-")
    name = items(folder)[number]["item"]
    return run(
        f"record {name} {LIVE.format(started, ended)}"
        if ended
        else f"record {name} --technique side-by-side --started 2026-05-20T{started}",
        folder,
        actor,
        DRAWN,
    )


def test_c07_one_observer_two_live_calls_at_once_is_refused(drawn):
    done(record(drawn, 0, "10:00-10:09"))
    result = record(drawn, 2, "10:05-10:12")
    assert result.code == 1
    assert (
        result.err.splitlines()[0] == "refused[overlapping-sessions]: p_ev1 was watching t_5-1 live at that time (s_6)."
    )
    done(record(drawn, 2, "10:05-10:12", actor="p_ev2"))


@pytest.mark.parametrize(
    ("second", "fine"),
    [
        ("10:09-10:12", True),
        ("09:50-10:00", True),
        ("10:08-10:12", False),
        ("09:50-10:01", False),
        ("10:02-10:03", False),
        ("09:00-11:00", False),
        ("10:00-10:09", False),
        ("10:05", False),
        ("10:00", False),
        ("10:09", True),
    ],
)
def test_sessions_may_touch_but_not_overlap(drawn, second, fine):
    done(record(drawn, 0, "10:00-10:09"))
    assert record(drawn, 2, second).code == (0 if fine else 1)


def test_recordings_are_not_live_and_may_overlap(drawn):
    done(record(drawn, 0, "10:00-10:09"))
    name = items(drawn)[2]["item"]
    done(run(f"record {name} --technique recording --started 2026-05-20T10:05", drawn, "p_ev1", DRAWN))


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (
            "--started 2026-05-20T10:09 --ended 2026-05-20T10:09",
            "the session ends at 10:09, not after it started at 10:09.",
        ),
        (
            "--started 2026-05-20T10:09 --ended 2026-05-20T09:09",
            "the session ends at 09:09, not after it started at 10:09.",
        ),
        ("", "a live-remote session needs the time at which it started."),
        ("--ended 2026-05-20T10:09", "the session has an end, but no start."),
        ("--started 2026-05-25T12:30", "2026-05-25 12:30 is still to come."),
        ("--started 2026-05-20T10:09 --told-at 2026-05-26", "2026-05-26 00:00 is still to come."),
    ],
)
def test_clock_times_that_cannot_be(drawn, times, words):
    result = run(f"record {items(drawn)[0]['item']} --technique live-remote {times}", drawn, "p_ev1", DRAWN)
    assert (result.code, result.err.splitlines()[0]) == (1, f"refused[times-wrong]: {words}")


def test_notes_are_kept_word_for_word_and_all_that_is_wrong_is_listed(drawn):
    item = items(drawn)[0]["item"]
    notes = drawn / "notes.csv"
    notes.write_text(
        """criterion,offset,polarity,fact
idv,00:41,'-,"'=said the balance, then [b]checked[/b]"
check,,+,said it back :warning:
""",
        "utf-8",
    )
    result = done(run(f"record {item} --technique recording --notes {notes}", drawn, "p_ev1", DRAWN))
    assert "observed by recording, 2 notes" in result.out
    shown = {row["value"] for row in run("ledger show s_6 --format json", drawn).rows if row["column"] == "fact"}
    assert shown == {"=said the balance, then [b]checked[/b]", "said it back :warning:"}

    notes.write_text("criterion,offset,polarity,fact\nidw,41,plus,\nnext,,+,said when\n", "utf-8")
    result = run(f"record {item} --technique recording --notes {notes}", drawn, "p_ev1", DRAWN)
    assert (result.code, result.err) == (
        1,
        f"""\
refused[incomplete-form]: 4 entries for {item} cannot be recorded:
  unknown-criterion  idw: not on desk@1.0
  polarity           idw: 'plus' is neither + nor -
  bad-offset         idw: '41' is no time from the start: write 02:41 or 1:02:41
  empty-note         idw: say what was seen or heard
  = help: nothing was recorded; mend these and hand it in again
""",
    )


def test_a_card_number_in_a_note_is_refused_and_not_repeated(drawn):
    notes = drawn / "notes.csv"
    # a test number that payment networks publish
    notes.write_text("criterion,offset,polarity,fact\nidv,,-,read out 4111 1111 1111 1111\n", "utf-8")
    result = run(f"record {items(drawn)[0]['item']} --technique recording --notes {notes}", drawn, "p_ev1", DRAWN)
    assert result.code == 1
    assert result.err.startswith("refused[card-number]")
    assert "4111" not in result.err


def test_the_score_belongs_to_the_session_that_was_recorded(drawn):
    item = items(drawn)[0]["item"]
    done(run(f"record {item} --technique side-by-side --kind spot --started 2026-05-20T10:20", drawn, "p_ev1", DRAWN))
    done(run(f"score --from {form(drawn, item)}", drawn, "p_ev1", DRAWN))
    sessions = (drawn / "records/2026/sessions.2.csv").read_text("utf-8").splitlines()
    assert len(sessions) == 2
    assert "side-by-side@1,spot" in sessions[1]
