from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import qacli
from qacli.engine.connection import connect
from qacli.files.faults import FileFaults
from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.sources.check import check
from qacli.sources.names import folded, matched, slug, unit_in
from qacli.sources.profile import Profile
from qacli.sources.propose import propose

LONDON = ZoneInfo("Europe/London")
LOG = Path(qacli.__file__).parents[3] / "shared" / "data" / "incident_event_log.csv.gz"

EXPORT = """\
Txn ID;StartTime;End time;Agent_ID;Media-Type;Handle time (min);Notes;CSAT
T1;13/5/2026 10:02;13/5/2026 10:08;b12;Voice call;6.2;said "hi";4
T2;2/5/2026 09:00;2/5/2026 08:00;b13;E-Mail;-1;NULL;9
T3;3/5/2026 09:00;;b99;?;;;
"""


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


def table(folder, text):
    path = folder / "calls.csv"
    path.write_text(text, "utf-8")
    return path


def proposed(connection, path, **answers):
    return propose(connection, [path], LONDON, id="calls", owner="p_tl1", today=date(2026, 6, 1), **answers)


def refused(connection, path, **answers):
    with pytest.raises(FileFaults) as caught:
        proposed(connection, path, **answers)
    return [(fault.code, fault.message) for fault in caught.value.faults]


def test_the_first_profile_of_an_export_is_text_that_people_can_read_and_change(connection, tmp_path):
    found = proposed(connection, table(tmp_path, EXPORT))
    assert (
        found.text
        == """\
# How this export is read. Change what is wrong, then run: qacli source check
id: calls
version: 1
owner: p_tl1
from: 2026-06-01
time_zone: Europe/London
# What stands in a cell where nothing is known
missing: ["", "?"]
# our name: where it comes from; columns that are not named here are left out
columns:
  transaction:
    column: Txn ID
  started_at:
    column: StartTime
    dates: d/m/y
  ended_at:
    column: End time
    dates: d/m/y
  colleague:
    column: Agent_ID
  channel:
    column: Media-Type
    # the export's word: ours
    values:
      E-Mail: e-mail
      Voice call: voice-call
  satisfaction:
    column: CSAT
"""
    )
    assert validate(parse(found.text, "calls.yaml"), Profile) == found.profile


def test_the_report_says_how_every_column_was_read_and_what_looks_odd(connection, tmp_path):
    path = table(tmp_path, EXPORT)
    declared = proposed(connection, path).profile.model_dump(by_alias=True)
    declared["columns"]["seconds"] = {"column": "Handle time (min)", "unit": "minutes"}
    declared["columns"]["satisfaction"] |= {"lowest": "1", "highest": "5"}
    report = check(
        connection,
        [path],
        Profile.model_validate(declared),
        LONDON,
        {"colleague": {"b12", "b13"}, "channel": {"voice-call", "e-mail"}},
    )
    assert (report.records, report.lines, report.transactions, report.encoding, report.delimiter) == (
        3,
        4,
        3,
        "utf-8",
        "semicolon",
    )
    assert {column.field: column.words for column in report.columns} == {
        "transaction": "unique",
        "started_at": "d/m/y decided by 1 of 3 cells",
        "ended_at": "d/m/y decided by 1 of 2 cells, 1 blank",
        "colleague": "3 values, 1 unknown",
        "channel": "2 values, all known, 1 blank",
        "satisfaction": "2 values, 1 blank",
        "seconds": "-60 to 372 s, 1 blank",
    }
    assert report.left_out == ("Notes",)
    assert report.findings == (
        "colleague: unknown values: b99",
        "satisfaction outside 1 to 5: 1 transaction, for example T2",
        "end before start: 1 transaction, for example T2",
        "negative duration: 1 transaction, for example T2",
    )


def test_a_local_time_that_no_clock_has_shown_is_told(connection, tmp_path):
    hours = "T1,29/03/2026 00:30\nT2,29/03/2026 01:30\nT3,29/03/2026 02:30\nT4,25/10/2026 01:30\n"
    path = table(tmp_path, "id,start\n" + hours)
    found = proposed(connection, path)
    assert found.report.findings == (
        "started_at: 1 cell in an hour that the clocks of Europe/London skip, for example 2026-03-29 01:30",
    )
    elsewhere = found.profile.model_copy(update={"time_zone": "UTC"})
    assert check(connection, [path], elsewhere, LONDON).findings == ()


def test_an_export_without_records_tells_no_order_of_dates(connection, tmp_path):
    path = table(tmp_path, "id,start\n")
    assert refused(connection, path) == [("date-undecided", "no cell of 'start' holds a date")]
    assert proposed(connection, path, dates="d/m/y").profile.columns["started_at"].dates == "d/m/y"


def test_an_order_that_no_cell_decides_is_asked_for_never_guessed(connection, tmp_path):
    path = table(tmp_path, "id,start\nT1,1/2/2026\nT2,3/4/2026\n")
    assert refused(connection, path) == [
        ("date-undecided", "none of the 2 dates in 'start' tells whether the day or the month comes first")
    ]
    found = proposed(connection, path, dates="m/d/y")
    assert found.profile.columns["started_at"].dates == "m/d/y"
    assert found.report.findings == (
        "started_at: m/d/y as the profile says; none of 2 cells tells it from another order",
    )


def test_cells_that_contradict_each_other_are_shown_with_their_places(connection, tmp_path):
    path = table(tmp_path, 'id,start\nT1,"29/2/2016"\nT2,2/29/2016\nT3,1/1/2016\n')
    assert refused(connection, path, dates="d/m/y") == [
        (
            "date-mixed",
            (
                "cells of 'start' are written in more than one way: 1 d/m/y ('29/2/2016', line 2, cell B2); "
                "1 d/m/y or m/d/y ('1/1/2016', line 4, cell B4); 1 m/d/y ('2/29/2016', line 3, cell B3)"
            ),
        )
    ]


def test_columns_that_leave_a_question_open_are_left_out_and_said(connection, tmp_path):
    path = table(
        tmp_path,
        "id,start,closed,talk time\nT1,2026-05-13,1/2/2026,12:02:23 AM\nT2,2026-05-14,13/2/2026,9\n"
        "T3,2026-05-14,2/13/2026,9\n",
    )
    found = proposed(connection, path)
    assert list(found.profile.columns) == ["transaction", "started_at"]
    notes = [line for line in found.text.splitlines() if "left out:" in line]
    assert [note.split(":")[0] for note in notes] == ["# ended_at is left out", "# seconds is left out"]
    assert found.report.left_out == ("closed", "talk time")


def test_a_column_that_is_not_recognised_can_be_named(connection, tmp_path):
    path = table(tmp_path, "vorgang,start\nT1,2026-05-13\n")
    assert refused(connection, path) == [("field-unknown", "no column was recognised as transaction")]
    assert proposed(connection, path, columns={"transaction": "vorgang"}).report.transactions == 1


def test_a_title_above_the_names_of_the_columns_is_thought_of(connection, tmp_path):
    path = table(tmp_path, "Calls of May\nid\nT1\n")
    with pytest.raises(FileFaults, match="transaction") as wrong:
        proposed(connection, path)
    assert "the columns are: Calls of May; where a title stands above the names of the columns" in str(wrong.value)


SPLIT = 'id,{day},{time},csat\nT1,13.5.2026,8:05,"2,6"\nT2,2.5.2026,16:40,3\nT3,-,-,"4,0"\n'


@pytest.mark.parametrize(
    ("day", "time", "columns"),
    [
        ("Date", "Start time", None),
        ("Start", "Time", None),
        ("Datum", "Uhrzeit", None),
        ("Tag", "Zeit", {"started_at": "Tag+Zeit"}),
        ("Tag+x", "Zeit", None),
    ],
)
def test_a_time_of_day_in_a_column_of_its_own_is_put_to_its_date(connection, tmp_path, day, time, columns):
    path = table(tmp_path, SPLIT.format(day=day, time=time))
    if day == "Tag+x":  # a plus may also be part of a name
        assert proposed(connection, path, columns={"started_at": day}).profile.columns["started_at"].time is None
        return
    found = proposed(connection, path, columns=columns)
    assert f"  started_at:\n    column: {day}\n    time: {time}\n    dates: d/m/y\n" in found.text
    assert validate(parse(found.text, "calls.yaml"), Profile) == found.profile
    assert {column.field: column.column for column in found.report.columns}["started_at"] == f"{day}+{time}"
    assert found.report.left_out == ()
    # T3 has neither
    assert found.report.findings[0] == "no started_at, so in no period: 1 transaction"


def test_a_duration_beside_a_date_is_no_time_of_day(connection, tmp_path):
    path = table(tmp_path, "id,date,talk time\nT1,13.5.2026,0:08:05\n")
    assert proposed(connection, path).profile.columns["started_at"].time is None


def test_a_decimal_comma_is_proposed_and_said_apart_from_what_lies_outside_the_scale(connection, tmp_path):
    path = table(tmp_path, SPLIT.format(day="Datum", time="Uhrzeit"))
    found = proposed(connection, path)
    assert found.report.findings[1:] == ()
    assert 'decimal: ","' in found.text
    assert validate(parse(found.text, "calls.yaml"), Profile) == found.profile
    declared = found.profile.model_dump(by_alias=True)
    declared["columns"]["satisfaction"] |= {"lowest": "1", "highest": "2"}
    assert check(connection, [path], Profile.model_validate(declared), LONDON).findings[1:] == (
        "satisfaction outside 1 to 2: 3 transactions, for example T1",
    )
    declared["decimal"] = "."
    assert check(connection, [path], Profile.model_validate(declared), LONDON).findings[1:] == (
        "satisfaction is not a number ('2,6'): 2 transactions, for example T1",
        "satisfaction outside 1 to 2: 1 transaction, for example T2",
    )


@pytest.mark.parametrize(("cells", "decimal"), [("1,234", "."), ("1,234 2,5", ","), ("2.5 2,5", "."), ("1.5", ".")])
def test_a_comma_that_may_part_thousands_decides_nothing(connection, tmp_path, cells, decimal):
    rows = "".join(f"T{number};2026-05-13;{cell}\n" for number, cell in enumerate(cells.split()))
    found = proposed(connection, table(tmp_path, "id;start;csat\n" + rows))
    assert found.profile.decimal == decimal
    assert ("# numbers are read with a decimal point" in found.text) == ("," in cells and decimal == ".")


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("talk time", "0:06:12", {"unit": "hh:mm:ss"}),
        ("talk time", "6:12", "its cells may be minutes and seconds, or hours and minutes"),
        ("talk time", "12:02:23 AM", "its cells are clock times; where a spreadsheet made them of durations"),
        ("talk time", "372", "its name does not say what it counts"),
        ("handling duration ms", "372000", {"unit": "milliseconds"}),
        ("bill_duration,bill_duration_unit", "6.2,minutes", {"unit_column": "bill_duration_unit"}),
        ("bill_duration,bill_duration_unit", "6.2,ticks", "its name does not say what it counts"),
    ],
)
def test_what_a_duration_counts_is_never_told_from_its_size(connection, tmp_path, header, cell, expected):
    system = "bill_duration" if "bill" in header else header
    path = table(tmp_path, f"id,start,{header}\nT1,2026-05-13,{cell}\n")
    found = proposed(connection, path, columns={"seconds": system})
    if isinstance(expected, str):
        assert "seconds" not in found.profile.columns
        assert expected in found.text
    else:
        column = found.profile.columns["seconds"].model_dump(exclude_none=True)
        assert {key: column[key] for key in expected} == expected
        assert {each.field: each.words for each in found.report.columns}["seconds"] == "372 to 372 s"


def test_two_columns_of_one_row_may_write_dates_in_two_ways(connection, tmp_path):
    # as a retailer's export does
    path = table(
        tmp_path,
        "Unique id,Issue_reported at,closed at\nT1,13/08/2023 11:13,14-Aug-23\nT2,01/08/2023 11:13,01-Aug-23\n",
    )
    columns = proposed(connection, path).profile.columns
    assert (columns["started_at"].dates, columns["ended_at"].dates) == ("d/m/y", "d-mon-y")


def test_how_sure_a_column_is_stands_beside_it(connection, tmp_path):
    path = table(tmp_path, "id,start,category,Sub-category\nT1,2026-05-13,a,b\n")
    assert proposed(connection, path).sure["reason"] == "by its name; may also be Sub-category"
    path = table(tmp_path, "call id,ticket id,started,begun,agent\nT1,9,2026-05-13,2026-05-13,a\n")
    found = proposed(connection, path, columns={"started_at": "begun"})
    assert found.sure == {
        "transaction": "by its name; may also be ticket id",
        "started_at": "as you said; may also be started",
        "colleague": "by its name",
    }
    assert "colleague" not in proposed(connection, table(tmp_path, "id,start\nT1,2026-05-13\n")).sure


def test_what_names_colleagues_is_counted_and_not_listed(connection, tmp_path):
    found = proposed(connection, table(tmp_path, "id,start,agent,team\nT1,13.5.2026,Gwen Pryce,North Side\n"))
    words = {column.field: column.words for column in found.report.columns}
    assert (words["colleague"], words["team"]) == ("1 value", "1 value: North Side")
    assert found.colleagues == ("Gwen Pryce",)


def test_where_to_say_the_encoding_depends_on_who_asks(connection, tmp_path):
    path = tmp_path / "calls.csv"
    path.write_bytes("id,start,team\nT1,13.5.2026,Köln\n".encode("cp1252"))
    with pytest.raises(FileFaults, match="0xf6") as caught:
        proposed(connection, path)
    assert caught.value.faults[0].help.startswith("say how it was saved, for example --encoding cp1252 (Windows")
    found = proposed(connection, path, encoding="cp1252")
    assert {column.field: column.words for column in found.report.columns}["team"] == "1 value: Köln"
    with pytest.raises(FileFaults, match="0xf6") as caught:
        check(connection, [path], found.profile.model_copy(update={"encoding": None}), LONDON)
    assert "for example encoding: cp1252 in its profile (Windows" in caught.value.faults[0].help


@pytest.mark.parametrize("spelling", ["Call Id", "call_id", "callid", "CALL ID", "CallID", "call.id", "Cáll Id"])
def test_spellings_of_one_name_are_one(spelling):
    assert folded(spelling) == "callid"
    assert matched([spelling]) == {"transaction": spelling}


# Column names as these systems export them
@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            ["ContactId", "InitiationTimestamp", "DisconnectTimestamp", "Agent.Username", "Channel", "Queue.Name"],
            ["transaction", "started_at", "ended_at", "colleague", "channel", "queue"],
        ),
        (
            ["conversationId", "conversationStart", "conversationEnd", "userId", "mediaType", "queueId", "wrapUpCode"],
            ["transaction", "started_at", "ended_at", "colleague", "channel", "queue", "reason"],
        ),
        (
            ["call_id", "start_at", "end_at", "user_name", "team_name", "type", "ring_groups", "csat_score"],
            ["transaction", "started_at", "ended_at", "colleague", "team", "channel", "queue", "satisfaction"],
        ),
        (
            ["contactId", "contactStart", "agentId", "teamName", "mediaTypeName", "skillName", "totalDurationSeconds"],
            ["transaction", "started_at", "colleague", "team", "channel", "queue", "seconds"],
        ),
        (
            [
                "id de llamada",
                "TIMESTAMP",
                "correo electrçnico del agente",
                "AGENT GROUP",
                "CALL TYPE",
                "SKILL",
                "HANDLE TIME",
            ],
            ["transaction", "started_at", "colleague", "team", "channel", "queue", "seconds"],
        ),
        (
            ["sessionId", "startTime", "from.name", "type", "duration"],
            ["transaction", "started_at", "colleague", "channel", "seconds"],
        ),
        (
            [
                "ticket_id",
                "created_at",
                "solved_at",
                "assignee_id",
                "group_id",
                "via.channel",
                "satisfaction_rating.score",
            ],
            ["transaction", "started_at", "ended_at", "colleague", "team", "channel", "satisfaction"],
        ),
        (
            [
                "id",
                "created_time",
                "assigned_agent_name",
                "assigned_team_name",
                "direction",
                "assigned_call_queue_name",
                "bill_duration",
                "csat",
            ],
            ["transaction", "started_at", "colleague", "team", "channel", "queue", "seconds", "satisfaction"],
        ),
        (
            [
                "conversation_id",
                "created_at",
                "admin_assignee_id",
                "team_assignee_id",
                "source.type",
                "conversation_rating.rating",
            ],
            ["transaction", "started_at", "colleague", "team", "channel", "satisfaction"],
        ),
        (
            [
                "hs_object_id",
                "hs_timestamp",
                "hubspot_owner_id",
                "hubspot_team_id",
                "hs_call_disposition",
                "hs_call_duration",
            ],
            ["transaction", "started_at", "colleague", "team", "reason", "seconds"],
        ),
        (
            ["id", "created_at", "assignee_name", "initial_channel", "queue_name", "handling_duration", "rating_score"],
            ["transaction", "started_at", "colleague", "channel", "queue", "seconds", "satisfaction"],
        ),
        (
            ["id", "call_timestamp", "call_center", "channel", "reason", "call duration in minutes", "csat_score"],
            ["transaction", "started_at", "team", "channel", "reason", "seconds", "satisfaction"],
        ),
        (
            ["Ticket ID", "Ticket Channel", "Ticket Type", "Customer Satisfaction Rating"],
            ["transaction", "channel", "reason", "satisfaction"],
        ),
        (
            ["sid", "start_time_ms", "agent.metadata.agent_name", "tasks.task_type"],
            ["transaction", "started_at", "colleague", "reason"],
        ),
        (
            ["number", "opened_at", "closed_at", "assigned_to", "assignment_group", "contact_type", "category"],
            ["transaction", "started_at", "ended_at", "colleague", "team", "channel", "reason"],
        ),
        (
            ["Unique id", "channel_name", "category", "Issue_reported at", "Agent_name", "CSAT Score"],
            ["transaction", "channel", "reason", "started_at", "colleague", "satisfaction"],
        ),
    ],
)
def test_headers_of_known_systems_are_recognised(header, fields):
    assert matched(header) == dict(zip(fields, header, strict=True))


def test_a_unit_is_taken_from_the_name_only():
    assert [
        unit_in(name)
        for name in ("start_time_ms", "full_resolution_time_in_minutes", "totalDurationSeconds", "duration", "terms")
    ] == ["milliseconds", "minutes", "seconds", None, None]


def test_a_value_becomes_an_id():
    assert [slug(text) for text in ("Phone", "E-Mail (in)", "Télé", "24h chat", "电话")] == [
        "phone",
        "e-mail-in",
        "tele",
        "h-chat",
        "",
    ]


def test_c05_a_column_of_a_colleagues_emotion_is_left_out_and_refused_where_it_is_named(connection, tmp_path):
    path = table(tmp_path, "id,start,agent_sentiment\nT1,13/5/2026 10:02,0.4\n")
    assert proposed(connection, path).report.left_out == ("agent_sentiment",)
    assert refused(connection, path, columns={"satisfaction": "agent_sentiment"}) == [
        (
            "emotion-of-colleagues",
            "satisfaction: 'agent_sentiment' is refused: what a program guesses of a colleague's emotion is not scored here",
        )
    ]


@pytest.mark.skipif(not LOG.exists(), reason="shared data is absent")
def test_the_real_log_is_understood_on_first_contact(connection):
    found = proposed(connection, LOG)
    assert (found.report.records, found.report.transactions) == (119_998, 20_769)
    assert {column.field: column.words for column in found.report.columns} == {
        "transaction": "20,769 values in 119,998 records; the last counts",
        "started_at": "d/m/y decided by 57,039 of 119,998 cells",
        "ended_at": "d/m/y decided by 70,776 of 119,998 cells",
        "colleague": "193 values, 716 blank",
        "team": "64 values, 2,157 blank",
        "channel": "2 values: phone, email",
        "customer": "4,828 values, 3 blank",
        "reason": "37 values, 7 blank",
    }
    assert found.profile.missing == ("", "?")
    assert found.profile.grain is not None


def test_columns_of_lists_are_left_out_of_a_proposal(connection, tmp_path):
    path = tmp_path / "calls.parquet"
    query = (
        "SELECT 'c1' AS id, TIMESTAMPTZ '2026-05-18 23:30:00+00' AS created_at, ['vip'] AS reason, {'a': 1} AS queue"
    )
    connection.execute(f"COPY ({query}) TO '{path}'")
    found = proposed(connection, path)
    assert list(found.profile.columns) == ["transaction", "started_at"]
    assert "# reason is left out: 'reason' holds lists or records" in found.text
    assert found.report.columns[1].words == "y-m-d decided by 1 of 1 cells"
