"""Columns whose dates are written in several ways."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from qacli.engine.connection import connect
from qacli.files.faults import FileFaults
from qacli.sources.check import check
from qacli.sources.elsewhere import OfFilesOnly, refuse_of_files
from qacli.sources.population import open_population
from qacli.sources.profile import Profile

LONDON = ZoneInfo("Europe/London")


def profile(dates, **more):
    return Profile.model_validate(
        {
            "id": "calls",
            "version": "1",
            "owner": "p_tl1",
            "from": "2026-01-01",
            "columns": {"transaction": {"column": "id"}, "started_at": {"column": "start", "dates": dates}, **more},
        }
    )


def read(folder, text, declared):
    path = folder / "calls.csv"
    path.write_text(text, "utf-8")
    with connect() as connection, open_population(connection, [path], declared, LONDON) as population:
        return population.connection.execute("SELECT id, started_at, local_date FROM population ORDER BY id").fetchall()


def refused(folder, text, declared):
    with pytest.raises(FileFaults) as caught:
        read(folder, text, declared)
    return [(fault.code, fault.line, fault.cell, fault.message) for fault in caught.value.faults]


# the system wrote day first until May, and year first since
CHANGED = "id,start\nT1,13/5/2026 10:02\nT2,4/5/2026 09:00\nT3,2026-06-01 00:30\nT4,\nT5,2/Jun/2026\n"


def test_each_cell_is_read_by_the_way_in_which_it_is_written(tmp_path):
    assert read(tmp_path, CHANGED, profile(["y-m-d", "d/m/y", "d-mon-y"])) == [
        ("T1", datetime(2026, 5, 13, 9, 2), date(2026, 5, 13)),
        ("T2", datetime(2026, 5, 4, 8, 0), date(2026, 5, 4)),
        ("T3", datetime(2026, 5, 31, 23, 30), date(2026, 6, 1)),
        ("T4", None, None),
        ("T5", datetime(2026, 6, 1, 23, 0), date(2026, 6, 2)),
    ]


def test_the_order_of_the_list_changes_nothing(tmp_path):
    ways = ["y-m-d", "d/m/y", "d-mon-y"]
    assert read(tmp_path, CHANGED, profile(ways)) == read(tmp_path, CHANGED, profile(ways[::-1]))


def test_what_two_ways_read_as_different_days_is_refused(tmp_path):
    text = "id,start\nT1,13/5/2026\nT2,5/13/2026\nT3,4/5/2026\nT4,5/5/2026\n"  # 5/5 is one day either way
    assert refused(tmp_path, text, profile(["d/m/y", "m/d/y"])) == [
        (
            "date-ambiguous",
            4,
            "B4",
            "'4/5/2026' in column 'start' is one day by one way of writing dates and another day by another (d/m/y, m/d/y)",
        )
    ]


def test_what_no_way_reads_is_refused(tmp_path):
    text = "id,start\nT1,13/5/2026\nT2,2026-05-04T10:00:00Z\nT3,16-5-4\n"
    assert refused(tmp_path, text, profile(["y-m-d", "d/m/y"])) == [
        ("bad-date", line, f"B{line}", f"'{cell}' in column 'start' is no date written y-m-d or d/m/y")
        for line, cell in ((3, "2026-05-04T10:00:00Z"), (4, "16-5-4"))
    ]


@pytest.mark.parametrize("ways", [["d/m/y", "epoch-s"], ["d/m/y", "d/m/y"], ["d/m/y"], ["d/m/y", "y/d/m"], []])
def test_ways_that_do_not_go_together_are_refused(ways):
    with pytest.raises(ValidationError):
        profile(ways)


def test_a_check_tells_how_many_cells_are_written_in_each_way(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(CHANGED, "utf-8")
    with connect() as connection:
        found = check(connection, [path], profile(["y-m-d", "d/m/y", "d-mon-y"]), LONDON)
    (told,) = [column.words for column in found.columns if column.field == "started_at"]
    assert told == "1 y-m-d, 2 d/m/y, 1 d-mon-y, 1 blank"


def test_a_table_elsewhere_has_one_way():
    with pytest.raises(OfFilesOnly, match=r"dates: \[y-m-d, d/m/y\]"):
        refuse_of_files("warehouse", profile(["y-m-d", "d/m/y"]))
