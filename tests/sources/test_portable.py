"""Times and durations without strptime read as those with it."""

from __future__ import annotations

import itertools

import pytest

from qacli.engine.connection import connect
from qacli.sources.dates import is_utc, time_sql
from qacli.sources.portable import number_levels, time_levels
from qacli.sources.typed import SANE

CLOCKS = (
    *("", " 10:00", " 9:5", " 23:59:59", " 24:00", " 10:60", " 10:00:60", " 10:00:00.5", " 10:00:00.123456"),
    *(" 10:00:00.1234567", " 12:00 AM", " 12:30 pm", " 1:05:09 PM", " 13:00 PM", " 0:30 AM", "T10:00", "T10:00:01.25"),
    *("T9:00 AM", " 10", "  10:00", " 10:00:00.", ",10:00", " 10:00:00.5 PM", " 10:00PM"),
)
DATES = {
    "y-m-d": (
        "2026-05-01",
        "2026/5/1",
        "2024.02.29",
        "2026-02-29",
        "2026-13-01",
        "2026-05/01",
        "1899-12-31",
        "26-05-01",
    ),
    "d/m/y": (
        "01/05/2026",
        "31-12-2026",
        "29.02.2024",
        "29.02.2023",
        "31/04/2026",
        "00/05/2026",
        "01/05-2026",
        "1 5 2026",
    ),
    "m/d/y": ("05/01/2026", "5-1-2026", "02.29.2024", "13/01/2026", "001/05/2026"),
    "d-mon-y": ("01-Aug-2026", "1 sep 2023", "1/OCT/2023", "30.Feb.2024", "1-Foo-2024", "1-August-2026", "1 Sep-2023"),
}
OFFSETS = ("", "Z", "+02", "+0200", "-05:30", " +02:00", "z", "+2", "+25:00")


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


def read(connection, cells, levels, plain, made="v_f"):
    """Return (cell, by levels, by plain SQL) of each cell."""
    connection.execute("CREATE OR REPLACE TEMP TABLE cells AS SELECT unnest(?::VARCHAR[]) AS t_f", [cells])
    query = "SELECT * FROM cells"
    for level in levels:
        query = f"SELECT *, {', '.join(level)} FROM ({query}) AS q"
    return connection.execute(f"SELECT t_f, {made}, {plain} FROM ({query}) AS q").fetchall()


def compared(connection, order, example, cells):
    sane = f"CASE WHEN {{0}} {SANE} THEN {{0}} END".format
    levels = time_levels("f", order, is_utc(order, example) and order == "y-m-d")
    return read(connection, cells, levels, sane(f"({time_sql('t_f', order, example)})"), sane("v_f"))


@pytest.mark.parametrize("order", DATES)
def test_times_are_read_as_strptime_reads_them(connection, order):
    cells = [date + clock for date, clock in itertools.product(DATES[order], CLOCKS)]
    rows = compared(connection, order, DATES[order][0], cells)
    assert [(cell, time) for cell, time, _ in rows] == [(cell, plain) for cell, _, plain in rows]
    assert 20 < sum(time is not None for _, time, _ in rows) < len(rows)


def test_times_with_an_offset_are_read_as_files_are(connection):
    cells = ["".join(parts) for parts in itertools.product(DATES["y-m-d"], CLOCKS, OFFSETS)]
    rows = compared(connection, "y-m-d", "2026-05-01T10:00:00Z", cells)
    assert [(cell, time) for cell, time, _ in rows] == [(cell, plain) for cell, _, plain in rows]
    assert sum(time is not None for _, time, _ in rows) > 100


def test_seconds_since_1970(connection):
    cells = [
        "1772329000",
        "1772329000.5",
        "954979200.1234567",
        "123",
        "99999999",
        "17723290001",
        "x",
        "1e9",
        "-1772329000",
    ]
    for order in ("epoch-s", "epoch-ms"):
        rows = compared(connection, order, cells[0], [*cells, "1772329000123"][: None if order == "epoch-ms" else 9])
        assert [(cell, time) for cell, time, _ in rows] == [(cell, plain) for cell, _, plain in rows]
    assert compared(connection, "epoch-s", "", ["1772329000"])[0][1].year == 2026


@pytest.mark.parametrize(
    ("unit", "cells"),
    [
        (
            "seconds",
            {"12.5": 12.5, "-3": -3, "1e3": None, "1,5": None, "1234567890": None, "": None, "0.1234567": None},
        ),
        ("minutes", {"1.25": 75, "-1": -60}),
        ("milliseconds", {"1500": 1.5}),
        (
            "hh:mm:ss",
            {"0:05:09": 309, "-1:00:01": -3601, "-0:00:09": -9, "100:59:59": 363599, "5:09": None, "0:60:00": None},
        ),
    ],
)
def test_durations(connection, unit, cells):
    rows = read(connection, list(cells), number_levels("f", unit), "NULL")
    assert {cell: seconds for cell, seconds, _ in rows} == cells
