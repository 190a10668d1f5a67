from __future__ import annotations

import pytest

from qacli.engine.connection import connect
from qacli.engine.source import open_source
from qacli.files.faults import FileFaults

# What the columns of one real export hold: pandas makes floats of whole numbers as soon as one of them is missing
ROW = """SELECT TIMESTAMP '2026-05-18 10:02:03.5' AS local, TIMESTAMPTZ '2026-05-18 23:30:00+00' AS zoned,
    DATE '2026-05-18' AS day, TIME '09:12:58' AS clock, 12345678901234567::BIGINT AS number, 7001.0::DOUBLE AS agent,
    2.5::DOUBLE AS csat, true AS met, 1.50::DECIMAL(6, 2) AS talk, 'nan'::DOUBLE AS missing, NULL::TIMESTAMP AS never,
    [1, 2] AS tags, {'name': 'Cards'} AS queue, 'abc'::BLOB AS audio"""


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


@pytest.fixture
def parquet(connection, tmp_path):
    def write(query, name="calls.parquet"):
        path = tmp_path / name
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path

    return write


def read(connection, paths, columns):
    with open_source(connection, paths) as source:
        source.check(columns)
        return connection.execute(source.select(columns)).fetchall()


def refused(connection, paths, columns):
    with pytest.raises(FileFaults) as caught:
        read(connection, paths, columns)
    return [(fault.code, fault.line, fault.message) for fault in caught.value.faults]


def blamed(connection, paths, columns):
    with pytest.raises(FileFaults) as caught:
        read(connection, paths, columns)
    return [(fault.code, fault.file.rpartition("/")[2]) for fault in caught.value.faults]


def test_cells_keep_what_their_types_say(connection, parquet):
    path = parquet(ROW)
    assert read(connection, [path], ["local", "zoned", "day", "clock", "never"]) == [
        ("2026-05-18 10:02:03.500000", "2026-05-18 23:30:00.000000Z", "2026-05-18", "09:12:58", None)
    ]
    assert read(connection, [path], ["number", "agent", "csat", "met", "talk", "missing"]) == [
        ("12345678901234567", "7001", "2.5", "true", "1.50", None)
    ]


def test_a_time_with_its_zone_does_not_depend_on_where_the_machine_stands(connection, parquet):
    connection.execute("SET TimeZone = 'Asia/Tokyo'")
    try:
        assert read(connection, [parquet(ROW)], ["zoned"]) == [("2026-05-18 23:30:00.000000Z",)]
    finally:
        connection.execute("RESET TimeZone")


def test_columns_of_lists_and_records_are_refused_only_where_they_are_wanted(connection, parquet):
    path = parquet(ROW)
    told = "holds lists, records or bytes, and no single value in each cell"
    assert refused(connection, [path], ["day", "tags", "queue", "audio"]) == [
        ("nested-column", 0, f"column '{name}' {told}") for name in ("tags", "queue", "audio")
    ]


def test_unsafe_text_is_found_with_its_row(connection, parquet):
    path = parquet(
        "SELECT n, CASE n WHEN 3 THEN 'a' || chr(27) WHEN 5 THEN repeat('x', 70000) ELSE 'b' END AS t FROM range(1, 7) r(n)"
    )
    assert refused(connection, [path], ["t"]) == [
        ("unsafe-character", 3, "column 't' holds U+001B control character"),
        ("long-cell", 5, "column 't' holds 70,000 characters; the most is 65,536"),
    ]


def test_a_file_that_is_damaged_is_named(connection, parquet):
    sound = parquet("SELECT n AS id, hash(n)::VARCHAR AS t FROM range(5000) r(n)", "2026-05.parquet")
    path = parquet("SELECT n AS id, hash(n)::VARCHAR AS t FROM range(5000) r(n)", "2026-06.parquet")
    whole = path.read_bytes()
    path.write_bytes(whole[:2000] + bytes(20_000) + whole[22_000:])
    assert blamed(connection, [sound, path], ["id", "t"]) == [("not-parquet", "2026-06.parquet")]
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(connection, [path], ["id"]) == [("not-parquet", 0, "this cannot be read as Parquet")]


def test_the_name_of_a_parquet_file_is_no_pattern(connection, parquet):
    parquet("SELECT 2 AS id", "may 1.parquet")
    assert read(connection, [parquet("SELECT 1 AS id", "may [1].parquet")], ["id"]) == [("1",)]


def test_a_float_that_holds_no_whole_number_any_more_looks_like_one_that_was_rounded(connection, parquet):
    path = parquet("SELECT 123456789012345678::DOUBLE AS id, 0.1::DOUBLE AS other, 'x' AS name")
    assert read(connection, [path], ["id", "other"]) == [("1.2345678901234568E+17", "0.1")]
    with open_source(connection, [path]) as source:
        assert (source.may_hold_rounded(["id"]), source.may_hold_rounded(["name"])) == (True, False)
