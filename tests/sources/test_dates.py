from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.engine.connection import connect
from qacli.sources.dates import decide, is_utc, time_sql
from qacli.sources.zones import to_local_sql, to_utc_sql


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


def decision(connection, *cells):
    connection.execute("CREATE OR REPLACE TEMP TABLE dates AS SELECT unnest(?::VARCHAR[]) AS cell", [list(cells)])
    return decide(connection, "dates", "cell")


@pytest.mark.parametrize(
    ("cells", "order", "decided_by"),
    [
        (["29/2/2016 01:16", "5/3/2016 12:00"], "d/m/y", 1),
        (["02-29-2016", "03-05-2016", "12-31-2016"], "m/d/y", 2),
        (["29.02.16 08:00", "01.03.16 09:00"], "d/m/y", 1),
        (["2016-02-29T01:16:00Z", "2016-03-05 12:00"], "y-m-d", 2),
        (["01-Aug-23", "1 Sep 2023 10:02"], "d-mon-y", 2),
        (["1772329000", "1772329001.5"], "epoch-s", 2),
        (["1772329000000"], "epoch-ms", 1),
        (["29/2/2016", None, "1/2/2016"], "d/m/y", 1),
    ],
)
def test_the_order_is_decided_by_the_cells_that_can_be_read_in_one_way_only(connection, cells, order, decided_by):
    found = decision(connection, *cells)
    assert (found.format, found.decided_by, found.of) == (order, decided_by, sum(cell is not None for cell in cells))


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        (["1/2/2016", "3/4/2016"], {"d/m/y or m/d/y"}),
        (["29/2/2016", "2/29/2016", "1/1/2016"], {"d/m/y", "m/d/y", "d/m/y or m/d/y"}),
        (["2016-02-29", "1/2/2016"], {"y-m-d", "d/m/y or m/d/y"}),
        (["01/08/2023 11:13", "01-Aug-23"], {"d/m/y or m/d/y", "d-mon-y"}),
        # talk times and times of day as spreadsheets export them
        (["12:02:23 AM", "12:10:00 AM"], {"a time of day without a date"}),
        (["0.38400462962963"], {"a spreadsheet's fraction of a day"}),
        (["42429"], {"a spreadsheet's count of days"}),
        (["31/2/2016", "soon"], {"d/m/y", "no date"}),
        (["29/2-2016"], {"no date"}),
        ([], set()),
    ],
)
def test_nothing_is_decided_where_no_cell_tells_or_cells_contradict_each_other(connection, cells, kinds):
    found = decision(connection, *cells)
    assert (found.format, found.decided_by) == ("", 0)
    assert {kind for kind, _, _ in found.conflicts} == kinds


@pytest.mark.parametrize(
    ("order", "cell", "expected"),
    [
        ("d/m/y", "5/3/2016 12:00", "2016-03-05 12:00:00"),
        ("d/m/y", "05-03-2016", "2016-03-05 00:00:00"),
        ("d/m/y", "5.3.16 08:30:15", "2016-03-05 08:30:15"),
        ("m/d/y", "3/5/2016 1:16 PM", "2016-03-05 13:16:00"),
        ("d/m/y", "31/2/2016", None),
        ("d/m/y", "3/29/2016", None),
        ("d/m/y", "2016-03-05", None),
        ("d-mon-y", "01-Aug-23", "2023-08-01 00:00:00"),
        ("y-m-d", "2016-03-05 12:00:01.5", "2016-03-05 12:00:01.500000"),
        ("y-m-d", "2016-03-05T12:00:00Z", "2016-03-05 12:00:00"),
        ("y-m-d", "2016-03-05T12:00:00+05:30", "2016-03-05 06:30:00"),
        ("y-m-d", "2016-03-05T12:00:00.250-05", "2016-03-05 17:00:00.250000"),
        ("y-m-d", "2016-02-30", None),
        ("y-m-d", "2026-02-29T10:00:00+01:00", None),
        ("y-m-d", "2016/2/29 10:00+01:00", "2016-02-29 09:00:00"),
        ("epoch-s", "1457179200", "2016-03-05 12:00:00"),
        ("epoch-ms", "1457179200250", "2016-03-05 12:00:00.250000"),
        ("epoch-s", "1e9", None),
        ("epoch-s", "12:00", None),
    ],
)
def test_a_time_is_read_as_its_column_is_declared(connection, order, cell, expected):
    for example in (cell, "2016-03-05T12:00:00Z" if is_utc(order, cell) and order == "y-m-d" else cell):
        (value,) = connection.execute(
            f"SELECT {time_sql('cell', order, example)} FROM (SELECT ? AS cell)", [cell]
        ).fetchall()[0]
        assert (str(value) if value else None) == expected


def test_a_time_without_zone_is_no_guess_in_a_column_of_zoned_times(connection):
    sql = time_sql("cell", "y-m-d", "2016-03-05T12:00:00Z")
    assert connection.execute(f"SELECT {sql} FROM (SELECT '2016-03-05T12:00:00' AS cell)").fetchall() == [(None,)]


ZONES = st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])


@settings(max_examples=60, deadline=None)
@given(ZONES, st.datetimes(datetime(2015, 1, 1), datetime(2031, 12, 31)))
def test_zones_agree_with_the_time_zone_database(connection, name, local):
    local, zone = local.replace(microsecond=0, fold=0), ZoneInfo(name)
    utc = local.replace(tzinfo=zone).astimezone(UTC)
    assert connection.execute(
        f"SELECT {to_utc_sql('t', zone, local.year, local.year)} FROM (SELECT ? AS t)", [local]
    ).fetchall() == [(utc.replace(tzinfo=None),)]
    assert connection.execute(
        f"SELECT {to_local_sql('t', zone, local.year, local.year)} FROM (SELECT ? AS t)", [local]
    ).fetchall() == [(local.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None),)]


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-03-29 00:59:59", "2026-03-29 00:59:59"),
        ("2026-03-29 01:30:00", "2026-03-29 01:30:00"),  # skipped by the clocks
        ("2026-03-29 02:00:00", "2026-03-29 01:00:00"),
        ("2026-10-25 01:30:00", "2026-10-25 00:30:00"),  # occurs twice: the first
        ("2026-10-25 02:00:00", "2026-10-25 02:00:00"),
    ],
)
def test_the_hours_of_the_clock_change_are_as_the_docs_say(connection, local, utc):
    sql = to_utc_sql("t", ZoneInfo("Europe/London"), 2026, 2026)
    assert str(connection.execute(f"SELECT {sql} FROM (SELECT TIMESTAMP '{local}' AS t)").fetchall()[0][0]) == utc
