"""Durations and dates as exports write them; the spreadsheet values are those that a real export held."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from qacli.engine.connection import connect
from qacli.files.faults import FileFaults
from qacli.sources.population import open_population
from qacli.sources.profile import Profile

LONDON = ZoneInfo("Europe/London")
PHONE = {"transaction": {"column": "id"}, "started_at": {"column": "start", "dates": "d/m/y"}}


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


def profile(columns, **more):
    return Profile.model_validate(
        {"id": "calls", "version": "1", "owner": "p_tl1", "from": "2026-01-01", "columns": columns, **more}
    )


@pytest.fixture
def first(connection, tmp_path):
    """Read one column of the first transaction of an export."""

    def read(text, declared, column):
        path = tmp_path / "calls.csv"
        path.write_text(text, "utf-8")
        with open_population(connection, [path], declared, LONDON):
            return connection.execute(f"SELECT {column} FROM population ORDER BY id").fetchall()[0][0]

    return read


@pytest.mark.parametrize(
    ("unit", "cell", "seconds"),
    [
        ("clock", "12:02:23 AM", 143),
        ("clock", "1:02:23 pm", 13 * 3600 + 143),
        ("clock", "12:00:00 PM", 12 * 3600),
        ("clock", "00:02:23", None),
        ("clock", "13:02:23 PM", None),
        ("day-fraction", "0.38400462962963", 9 * 3600 + 12 * 60 + 58),
        ("day-fraction", "1.5", 129_600),
        ("day-fraction", "0.5 d", None),
        ("mm:ss", "2:03", 123),
        ("mm:ss", "-125:03.5", -7503.5),
        ("mm:ss", "0:02:03", None),
        ("hh:mm:ss", "0:02:03.250", 123.25),
        ("hh:mm:ss", "2:03", None),
    ],
)
def test_a_duration_is_read_as_declared_or_refused(first, unit, cell, seconds):
    declared = profile({**PHONE, "seconds": {"column": "talk", "unit": unit}})
    text = f"id,start,talk\nT1,1/2/2026,{cell}\n"
    if seconds is None:
        with pytest.raises(FileFaults, match=f"'{cell}' in column 'talk' is no duration in {unit}"):
            first(text, declared, "seconds")
    else:
        assert first(text, declared, "seconds") == seconds


@pytest.mark.parametrize(
    ("decimal", "cell", "seconds"), [(",", "2,5", 150), (",", "2.5", None), (",", "1.002,5", None), (".", "2,5", None)]
)
def test_decimals_stand_after_what_the_profile_says(first, decimal, cell, seconds):
    declared = profile({**PHONE, "seconds": {"column": "talk", "unit": "minutes"}}, decimal=decimal)
    text = f"id;start;talk\nT1;1/2/2026;{cell}\n"
    if seconds is None:
        with pytest.raises(FileFaults, match="is no duration in minutes"):
            first(text, declared, "seconds")
    else:
        assert first(text, declared, "seconds") == seconds


@pytest.mark.parametrize(
    ("cell", "word", "seconds"), [("6.2", "Minutes", 372), ("372", "secs", 372), ("0.5", "hour", 1800), ("", "", None)]
)
def test_a_unit_may_stand_in_a_column_of_its_own(first, cell, word, seconds):
    declared = profile({**PHONE, "seconds": {"column": "bill", "unit_column": "bill_unit"}})
    assert first(f"id,start,bill,bill_unit\nT1,1/2/2026,{cell},{word}\n", declared, "seconds") == seconds


def test_a_unit_that_nobody_knows_is_refused_with_its_cell(first):
    declared = profile({**PHONE, "seconds": {"column": "bill", "unit_column": "bill_unit"}})
    with pytest.raises(FileFaults) as caught:
        first("id,start,bill,bill_unit\nT1,1/2/2026,6,ticks\n", declared, "seconds")
    (fault,) = caught.value.faults
    assert (fault.cell, fault.message) == ("C2", "'6' in column 'bill' and 'bill_unit' are no duration")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"column": "talk"}, "say what 'talk' counts"),
        ({"column": "talk", "unit": "seconds", "unit_column": "unit"}, "say what 'talk' counts"),
    ],
)
def test_a_duration_says_once_what_it_counts(setting, message):
    with pytest.raises(ValidationError, match=message):
        profile({**PHONE, "seconds": setting})


# 46160 is 18 May 2026 in every spreadsheet: DATE(2026,5,18) shown as a number
@pytest.mark.parametrize("cell", ["46160.4180555556", "46160,4180555556"])
def test_a_spreadsheets_count_of_days_is_a_local_time(first, cell):
    declared = profile({**PHONE, "started_at": {"column": "start", "dates": "sheet-days"}})
    assert first(f"id;start\nT1;{cell}\n", declared, "started_at") == datetime(2026, 5, 18, 9, 2)


def test_a_time_of_day_apart_may_be_a_fraction_of_a_day(first):
    declared = profile({**PHONE, "started_at": {"column": "day", "time": "time", "dates": "d/m/y"}})
    text = "id,day,time\nT1,18/5/2026,0.38400462962963\nT2,18/5/2026,09:12\n"
    assert first(text, declared, "started_at") == datetime(2026, 5, 18, 8, 12, 58)


@pytest.mark.parametrize("field", ["transaction", "customer", "colleague"])
def test_a_number_that_a_spreadsheet_has_rounded_names_nobody(first, field):
    columns = {**PHONE, field: {"column": "long"}}
    text = "id,start,long\nT1,1/2/2026,E+1\nT2,1/2/2026,4.42077E+11\n"
    with pytest.raises(FileFaults) as caught:
        first(text, profile(columns), "id")
    (fault,) = caught.value.faults
    assert (fault.code, fault.cell) == ("id-rounded", "C3")
    assert (
        fault.message
        == "'4.42077E+11' in column 'long' is a number that a spreadsheet has rounded: its last digits are lost"
    )
