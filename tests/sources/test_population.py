from __future__ import annotations

import random
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

import qacli
from qacli.engine.connection import connect
from qacli.engine.ranks import rank_sql
from qacli.files.faults import FileFaults
from qacli.sources.opt_outs import open_opt_outs
from qacli.sources.population import open_population
from qacli.sources.profile import Profile

LONDON = ZoneInfo("Europe/London")
DATA = Path(qacli.__file__).parents[3] / "shared" / "data"
LOG = DATA / "incident_event_log.csv.gz"
RESAVED = DATA / "incident_event_log_excel_resaved_5998.csv"
real_data = pytest.mark.skipif(not LOG.exists(), reason="shared data is absent")


def profile(columns, **more):
    return Profile.model_validate(
        {"id": "calls", "version": "1", "owner": "p_tl1", "from": "2026-01-01", "columns": columns, **more}
    )


PHONE = {"transaction": {"column": "id"}, "started_at": {"column": "start", "dates": "d/m/y"}}
INCIDENTS = profile(
    {
        "transaction": {"column": "number"},
        "started_at": {"column": "opened_at", "dates": "d/m/y"},
        "ended_at": {"column": "closed_at", "dates": "d/m/y"},
        "colleague": {"column": "assigned_to"},
        "team": {"column": "assignment_group"},
        "channel": {"column": "contact_type", "values": {"Phone": "phone"}},
        "reason": {"column": "category"},
    },
    missing=["?"],
    grain={"one_per": "transaction", "keep": "last"},
)


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


def table(folder, text, name="calls.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def rows(connection, path, declared, columns="*"):
    with open_population(connection, [path], declared, LONDON) as population:
        assert population.view == "population"
        return connection.execute(f"SELECT {columns} FROM population ORDER BY id").fetchall()


def refused(connection, path, declared):
    with pytest.raises(FileFaults) as caught:
        rows(connection, path, declared)
    return [(fault.code, fault.line, fault.cell, fault.message) for fault in caught.value.faults]


def test_every_field_is_typed_and_times_are_utc(connection, tmp_path):
    path = table(
        tmp_path,
        (
            "id;start;time;end;agent;group;media;who;topic;skill;talk;csat;notes\n"
            "e\u0301 ;25/10/2026;01:30;25/10/2026 01:45;a1;T1;Phone;c9;billing;q1;2:03;4;free text\n"
            "T2;31/12/2026;23:59;?;;?;fax;;;;1:00:00;;\n"
        ),
    )
    declared = profile(
        {
            "transaction": {"column": "id"},
            "started_at": {"column": "start", "time": "time", "dates": "d/m/y"},
            "ended_at": {"column": "end", "dates": "d/m/y"},
            "colleague": {"column": "agent"},
            "team": {"column": "group"},
            "channel": {"column": "media", "values": {"Phone": "phone"}},
            "customer": {"column": "who"},
            "reason": {"column": "topic"},
            "queue": {"column": "skill"},
            "satisfaction": {"column": "csat"},
        },
        missing=["?"],
    )
    with open_population(connection, [path], declared, LONDON) as population:
        assert (population.paths, population.left_out) == ((path,), ("talk", "notes"))
        assert population.figures == (population.digest, 2, 3, 2, 0)
        found = connection.execute("SELECT * FROM population ORDER BY id DESC").fetchall()
        names = [column[0] for column in connection.description]
    assert names == [
        "id",
        "started_at",
        "local_date",
        "ended_at",
        "colleague",
        "team",
        "channel",
        "customer",
        "reason",
        "queue",
        "seconds",
        "satisfaction",
    ]
    assert found == [
        (
            "é",
            datetime(2026, 10, 25, 0, 30),
            date(2026, 10, 25),
            datetime(2026, 10, 25, 0, 45),
            "a1",
            "T1",
            "phone",
            "c9",
            "billing",
            "q1",
            None,
            "4",
        ),
        (
            "T2",
            datetime(2026, 12, 31, 23, 59),
            date(2026, 12, 31),
            None,
            None,
            None,
            "fax",
            None,
            None,
            None,
            None,
            None,
        ),
    ]


def test_a_date_that_is_missing_takes_its_time_with_it(connection, tmp_path):
    path = table(tmp_path, "id,start,time\nT1,?,08:05\nT2,,08:05\nT3,1/6/2026,?\nT4,1/6/2026,\nT5,1/6/2026,08:05\n")
    declared = profile({**PHONE, "started_at": {"column": "start", "time": "time", "dates": "d/m/y"}}, missing=["?"])
    # British summer time; a day without a time of day still is that day
    midnight, morning = datetime(2026, 5, 31, 23, 0), datetime(2026, 6, 1, 7, 5)
    assert rows(connection, path, declared, "started_at") == [(None,), (None,), (midnight,), (midnight,), (morning,)]


def test_a_word_is_the_same_however_its_accents_are_composed(connection, tmp_path):
    composed, apart = "T\u00e9l\u00e9phone", "Te\u0301le\u0301phone"
    path = table(tmp_path, f"id,start,media\nT1,1/6/2026,{composed}\nT2,1/6/2026, {apart} \n")
    for word in (composed, apart):
        declared = profile({**PHONE, "channel": {"column": "media", "values": {word: "phone"}}})
        assert rows(connection, path, declared, "channel") == [("phone",), ("phone",)]


def test_a_bad_time_apart_names_both_columns(connection, tmp_path):
    path = table(tmp_path, "id,start,time\nT1,1/6/2026,25:00\n")
    declared = profile({**PHONE, "started_at": {"column": "start", "time": "time", "dates": "d/m/y"}})
    assert refused(connection, path, declared) == [
        ("bad-date", 2, "B2", "'1/6/2026 25:00' in column 'start+time' is no date written d/m/y")
    ]


@pytest.mark.parametrize(("dates", "cell"), [("d/m/y", "1/6/2026 24:00"), ("y-m-d", "2026-06-01T24:00:00")])
def test_the_end_of_a_day_is_told_to_be_the_begin_of_the_next(connection, tmp_path, dates, cell):
    path = table(tmp_path, f"id,start\nT1,{cell}\n")
    declared = profile({**PHONE, "started_at": {"column": "start", "dates": dates}})
    with pytest.raises(FileFaults, match=r"24:00.* is no date written(.|\n)*the end of a day is 00:00 of the next one"):
        rows(connection, path, declared, "started_at")


@pytest.mark.parametrize(
    ("dates", "cell", "told"),
    [
        ("d/m/y", "29/2/2026 10:00", True),
        ("d/m/y", "31.4.26", True),
        ("m/d/y", "2/30/2026", True),
        ("y-m-d", "2026-02-29T10:00:00Z", True),
        ("y-m-d", "2026-06-31", True),
        ("d/m/y", "2/13/2026", False),  # another order
        ("d/m/y", "32/1/2026", False),
        ("d/m/y", "29/2/2024 10:71", False),
    ],
)
def test_a_day_that_no_month_has_is_told_apart(connection, tmp_path, dates, cell, told):
    path = table(tmp_path, f"id,start\nT1,{cell}\n")
    declared = profile({**PHONE, "started_at": {"column": "start", "dates": dates}})
    with pytest.raises(FileFaults, match="is no date written") as caught:
        rows(connection, path, declared, "started_at")
    assert ("that month has no such day" in str(caught.value)) == told


def test_times_with_their_own_zone_get_the_local_date_of_the_workspace(connection, tmp_path):
    path = table(tmp_path, "id,start\nT1,2026-06-30T23:30:00Z\nT2,2026-06-30T23:30:00+01:00\n")
    declared = profile({**PHONE, "started_at": {"column": "start", "dates": "y-m-d"}})
    assert rows(connection, path, declared, "started_at, local_date") == [
        (datetime(2026, 6, 30, 23, 30), date(2026, 7, 1)),
        (datetime(2026, 6, 30, 22, 30), date(2026, 6, 30)),
    ]


def test_times_of_an_export_in_another_zone_get_the_local_date_of_the_workspace(connection, tmp_path):
    path = table(
        tmp_path,
        "id,start\nT1,30/6/2026 23:30\nT2,30/6/2026 22:30\nT3,31/12/2026 23:30\n"
        "T4,28/3/2026 23:30\nT5,29/3/2026 23:30\nT6,24/10/2026 23:30\nT7,25/10/2026 23:30\n",
    )
    declared = profile(PHONE, time_zone="UTC")
    assert [day for (day,) in rows(connection, path, declared, "local_date")] == [
        date(2026, 7, 1),
        date(2026, 6, 30),
        date(2026, 12, 31),
        date(2026, 3, 28),  # the day before the clocks go forward
        date(2026, 3, 30),
        date(2026, 10, 25),  # summer time still
        date(2026, 10, 25),
    ]


@pytest.mark.parametrize(
    ("unit", "cell", "seconds"),
    [
        ("seconds", "372", 372),
        ("minutes", "1.5", 90),
        ("milliseconds", "2500", 2.5),
        ("hh:mm:ss", "0:06:12", 372),
        ("hh:mm:ss", "-0:00:10", -10),
        ("minutes", "", None),
    ],
)
def test_a_duration_is_read_in_the_unit_declared(connection, tmp_path, unit, cell, seconds):
    path = table(tmp_path, f"id,start,talk\nT1,1/2/2026,{cell}\n")
    declared = profile({**PHONE, "seconds": {"column": "talk", "unit": unit}})
    assert rows(connection, path, declared, "seconds") == [(seconds,)]


@pytest.mark.parametrize("cell", ["12:02:23 AM", "0.38400462962963x", "nan", "1e3", "1_000", "１２", "2:03"])
@pytest.mark.parametrize("unit", ["seconds", "hh:mm:ss"])
def test_a_duration_that_a_spreadsheet_has_changed_is_refused(connection, tmp_path, unit, cell):
    path = table(tmp_path, f"id,start,talk\nT1,1/2/2026,\nT2,1/2/2026,{cell}\n")
    declared = profile({**PHONE, "seconds": {"column": "talk", "unit": unit}})
    assert refused(connection, path, declared) == [
        ("bad-duration", 3, "C3", f"'{cell}' in column 'talk' is no duration in {unit}")
    ]


def test_a_date_in_another_order_is_refused_never_swapped(connection, tmp_path):
    path = table(tmp_path, 'id,start\nT1,29/2/2016\nT2,"1/2/2016"\nT3,2/29/2016\nT4,epoch\nT5,1/1/0016\nT6,infinity\n')
    assert refused(connection, path, profile(PHONE)) == [
        ("bad-date", line, f"B{line}", f"'{cell}' in column 'start' is no date written d/m/y")
        for line, cell in ((4, "2/29/2016"), (5, "epoch"), (6, "1/1/0016"), (7, "infinity"))
    ]


def test_many_bad_cells_are_counted(connection, tmp_path):
    path = table(tmp_path, "id,start\n" + "".join(f"T{n},soon\n" for n in range(1_030)))
    assert refused(connection, path, profile(PHONE))[-1] == (
        "bad-date",
        1 << 62,
        "",
        "and 1,010 more cells of column 'start'",
    )


def test_blank_and_repeated_ids_are_refused_with_their_lines(connection, tmp_path):
    path = table(tmp_path, 'id,start,notes\nT1,1/2/2026,"two\nlines"\n ,1/2/2026,\nT2,1/2/2026,\n')
    assert refused(connection, path, profile(PHONE)) == [
        ("id-blank", 4, "A3", "column 'id' is blank: the row belongs to no transaction")
    ]
    path = table(tmp_path, "id,start\nT1,1/2/2026\nT2,1/2/2026\nT1 ,1/2/2026\n")
    assert refused(connection, path, profile(PHONE)) == [
        ("id-twice", 2, "A2", "'T1' in column 'id' stands in several rows"),
        ("id-twice", 4, "A4", "'T1' in column 'id' stands in several rows"),
    ]


@pytest.mark.parametrize(("keep", "channel"), [("last", "chat"), ("first", "phone")])
def test_the_grain_says_which_row_of_a_transaction_counts(connection, tmp_path, keep, channel):
    first = table(tmp_path, "id,start,media\nT1,1/2/2026,phone\nT1,1/2/2026,fax\n", "1.csv")
    second = table(tmp_path, "id,start,media\nT2,1/2/2026,desk\nT1,1/2/2026,fax\nT1,1/2/2026,chat\n", "2.csv")
    declared = profile({**PHONE, "channel": {"column": "media"}}, grain={"one_per": "transaction", "keep": keep})
    with open_population(connection, [first, second], declared, LONDON) as population:
        assert (population.figures.records, population.transactions) == (5, 2)
        assert connection.execute("SELECT id, channel FROM population ORDER BY id").fetchall() == [
            ("T1", channel),
            ("T2", "desk"),
        ]


@pytest.mark.parametrize(("keep", "channel"), [("last", "chat"), ("first", "phone")])
def test_a_grain_by_a_time_does_not_depend_on_the_order_of_the_rows(connection, tmp_path, keep, channel):
    rows = [
        "T1,1/2/2026,3/2/2026 09:00,chat",
        "T1,1/2/2026,2/2/2026 10:00,fax",
        "T1,1/2/2026,2/2/2026 9:00,phone",
        "T1,1/2/2026,,desk",  # nobody knows when
    ]
    mapped = {**PHONE, "channel": {"column": "media"}, "changed_at": {"column": "changed", "dates": "d/m/y"}}
    declared = profile(mapped, grain={"one_per": "transaction", "keep": keep, "by": "changed_at"})
    for order in permutations(rows):
        path = table(tmp_path, "id,start,changed,media\n" + "\n".join(order) + "\n")
        with open_population(connection, [path], declared, LONDON):
            assert connection.execute("SELECT id, channel FROM population").fetchall() == [("T1", channel)]


def test_a_grain_by_a_time_that_is_not_mapped_is_refused():
    with pytest.raises(ValidationError, match="rows are ordered by changed_at, and columns does not name changed_at"):
        profile(PHONE, grain={"one_per": "transaction", "keep": "last", "by": "changed_at"})


def test_transactions_without_a_start_are_counted(connection, tmp_path):
    path = table(tmp_path, "id,start\nT1,1/2/2026\nT2,\n")
    with open_population(connection, [path], profile(PHONE), LONDON) as population:
        assert (population.transactions, population.figures.undated) == (2, 1)


@pytest.mark.parametrize(
    ("columns", "more", "message"),
    [
        ({"transaction": {"column": "id"}}, {}, "must name the field started_at"),
        ({**PHONE, "started_at": {"column": "start"}}, {}, "say how dates are written in 'start'"),
        ({**PHONE, "seconds": {"column": "talk"}}, {}, "say what 'talk' counts"),
        ({**PHONE, "agent": {"column": "a"}}, {}, "'agent' is no field of transactions"),
        (PHONE, {"time_zone": "London"}, "'London' is no time zone"),
    ],
)
def test_a_profile_that_leaves_a_guess_open_is_refused(columns, more, message):
    with pytest.raises(ValidationError, match=message):
        profile(columns, **more)


def test_an_opt_out_list_is_a_table_of_periods(connection, tmp_path):
    path = table(tmp_path, "customer,from,to\nc1,2026-05-01,\nc2,2026-05-01,2026-05-31\n")
    declared = profile(
        {
            "customer": {"column": "customer"},
            "from": {"column": "from", "dates": "y-m-d"},
            "to": {"column": "to", "dates": "y-m-d"},
        },
        kind_of_source="opt_outs",
    )
    with open_opt_outs(connection, [path], declared, LONDON) as opt_outs:
        assert connection.execute(f'SELECT customer, "from", "to", scope FROM {opt_outs.table}').fetchall() == [
            ("c1", date(2026, 5, 1), None, None),
            ("c2", date(2026, 5, 1), date(2026, 5, 31), None),
        ]
    table(tmp_path, "customer,from,to\n,2026-05-01,\n")
    with (
        pytest.raises(FileFaults, match="is blank: nobody is named"),
        open_opt_outs(connection, [path], declared, LONDON),
    ):
        pass


@real_data
def test_the_real_log_is_one_row_per_incident_and_a_resaved_copy_changes_nothing(connection):
    with open_population(connection, [LOG], INCIDENTS, LONDON) as population:
        assert (population.figures.records, population.figures.lines, population.transactions) == (
            119_998,
            119_999,
            20_769,
        )
        whole = {row[0]: row for row in connection.execute("SELECT * FROM population").fetchall()}
    assert whole["INC0000045"][1:4] == (datetime(2016, 2, 29, 1, 16), date(2016, 2, 29), datetime(2016, 3, 5, 12, 0))
    with open_population(connection, [RESAVED], INCIDENTS, LONDON) as population:
        assert population.figures.records == 5_998
        # the copy may stop in the middle of its last incident
        (last,) = connection.execute(
            "SELECT max(id) FROM population WHERE started_at = (SELECT max(started_at) FROM population)"
        ).fetchall()[0]
        copy = {row[0]: row for row in connection.execute("SELECT * FROM population").fetchall() if row[0] != last}
    assert len(copy) > 880
    assert copy == {name: whole[name] for name in copy}
    assert sum(row[4] is None for row in whole.values()) > 0  # "?" is missing, not a colleague
    assert "?" not in {cell for row in whole.values() for cell in row}


def drawn(connection, path, pick):
    with open_population(connection, [path], INCIDENTS, LONDON):
        return connection.execute(f"SELECT {pick} FROM population").fetchall()


@real_data
def test_shuffled_rows_of_the_real_log_give_the_same_picks(connection, tmp_path):
    header, *lines = RESAVED.read_text("utf-8").splitlines()
    random.Random(5).shuffle(lines)
    shuffled = table(tmp_path, "\n".join([header, *lines]) + "\n")
    pick = f"arg_min(id, {rank_sql('2026', 'id')}, 25)"
    assert drawn(connection, RESAVED, pick) == drawn(connection, shuffled, pick)


def test_the_clock_of_the_machine_does_not_matter(connection, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    path = table(tmp_path, "id,start\nT1,1/7/2026 12:00\n")
    utc = datetime(2026, 7, 1, 12, tzinfo=LONDON).astimezone(UTC).replace(tzinfo=None)
    assert rows(connection, path, profile(PHONE), "started_at") == [(utc,)]


def test_c14_what_kpis_are_made_of_is_typed_and_a_cell_that_is_neither_yes_nor_no_is_refused(connection, tmp_path):
    measured = profile(
        PHONE
        | {
            "wait": {"column": "wait", "unit": "mm:ss"},
            "answered": {"column": "answered", "values": {"done": "yes"}},
            "concurrency": {"column": "chats"},
            "recommend": {"column": "nps", "lowest": 0, "highest": 10},
        },
        missing=["-"],
    )
    header = "id,start,wait,answered,chats,nps\n"
    path = table(tmp_path, header + "a,01/05/2026 10:00,1:30,done,2,0\nb,01/05/2026 11:00,-,N,-,-\n")
    with open_population(connection, [path], measured, LONDON) as population:
        found = connection.execute(f"SELECT wait, answered, concurrency, recommend FROM {population.view} ORDER BY id")
        assert found.fetchall() == [(90.0, True, 2.0, "0"), (None, False, None, None)]
    wrong = table(tmp_path, header + "a,01/05/2026 10:00,1:30,perhaps,0,9\n")
    with pytest.raises(FileFaults) as told, open_population(connection, [wrong], measured, LONDON):
        pass
    assert [(fault.code, fault.line, fault.cell) for fault in told.value.faults] == [
        ("not-yes-or-no", 2, "D2"),
        ("bad-count", 2, "E2"),
    ]
