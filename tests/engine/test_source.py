from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.engine.connection import connect
from qacli.engine.source import open_source
from qacli.files.csv import read
from qacli.files.faults import FileFaults
from qacli.files.layout import NoSuchSource


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


def table(folder, content, name="calls.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def by_engine(connection, paths, columns, **options):
    with open_source(connection, paths, **options) as source:
        source.check(columns)
        return connection.execute(source.select(columns)).fetchall()


def refused(connection, path, columns):
    with pytest.raises(FileFaults) as caught:
        by_engine(connection, [path], columns)
    return [(fault.code, fault.line, fault.cell) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("id,Ort\r\n1,Köln\r\n".encode(), None),
        ("\ufeffid;Ort\n1;Köln".encode(), None),
        ("id|Ort\n1|Köln\n".encode("utf-16"), None),
        ("id\tOrt\n1\tKöln\n".encode("cp1252"), "cp1252"),
        (gzip.compress("id,Ort\n1,Köln\n".encode("cp1252"), mtime=0), "cp1252"),
        (gzip.compress("sep=;\nid;Ort\n1;Köln\n".encode(), mtime=0), None),
    ],
)
def test_every_encoding_is_one_table_of_text(connection, tmp_path, content, encoding):
    path = table(tmp_path, content)
    with open_source(connection, [path], encoding) as source:
        assert source.check(["Ort", "id"]).records == 1
        assert connection.execute(source.select(["Ort", "id"], numbered=True)).fetchall() == [("Köln", "1", 1, 1)]
        assert source.digest == hashlib.sha256(content).hexdigest()
        copies = [file.readable for file in source.files if file.readable != path]
        assert all(copy.stat().st_mode & 0o777 == 0o600 for copy in copies)
    assert not any(copy.exists() for copy in copies)


# DuckDB alone would read the first eight: it looks at the bytes of the columns it reads, and at no control characters.
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a,b,1\0\n", ("unsafe-character", 2, "C2")),
        ("a,b,\x1b\n", ("unsafe-character", 2, "C2")),
        ("a,b,1\u202e\n", ("unsafe-character", 2, "C2")),
        ('a,"b\n",1\nb,c,\x85\n', ("unsafe-character", 4, "C3")),
        ('a,b,"1\n2"\n', ("unsafe-character", 2, "C2")),
        ('a,"b\rc",1\n', ("lone-return", 2, "B2")),
        (b"a,\xe9,1\n", ("not-text", 2, "")),
        ("a,b," + "1" * 65_537 + "\n", ("long-cell", 2, "C2")),
        ("a,b\rc,1\n", ("lone-return", 2, "B2")),
        ('a,"b\nb",1\n\nb,c\n', ("ragged-row", 5, "C4")),
        ("a,b,1,2\n", ("ragged-row", 2, "D2")),
        ('a,"b"x,1\n', ("text-after-quote", 2, "B2")),
        ('a,b,1\nb,"c,1\n', ("open-quote", 3, "B3")),
        ("a,b,1\n" * 9_000 + 'b,"c,1\n' + "a,b,1\n" * 9_000, ("open-quote", 9_002, "B9002")),
        ('a,"b",1\nb,c,"1', ("open-quote", 3, "C3")),
        ("a,b,1\r\n", ("mixed-line-ends", 2, "")),
        ("a,b,1\n" * 50_000 + "a,b\n", ("ragged-row", 50_002, "C50002")),
    ],
)
def test_what_the_strict_reader_refuses_is_refused_here_with_its_line(connection, tmp_path, body, expected):
    body = body if isinstance(body, bytes) else body.encode()
    path = table(tmp_path, b"id,notes,score\n" + body)
    assert refused(connection, path, ["score", "id"]) == [expected]


def test_what_stands_in_a_column_that_nobody_mapped_is_left_alone(connection, tmp_path):
    path = table(tmp_path, 'id,notes,score\na,\x1b[2J,1\nb,"two\nlines",2\n')
    assert by_engine(connection, [path], ["id", "score"]) == [("a", "1"), ("b", "2")]


def test_lines_inside_a_quoted_cell_are_never_taken_for_records(connection, tmp_path):
    # Big enough for several threads of DuckDB, which begin to read amid such cells.
    record = 'T1,"' + "FAKE,note,9\n" * 400 + '",1\n'
    path = table(tmp_path, "id,notes,score\n" + record * 5_000)
    with open_source(connection, [path]) as source:
        assert source.check(["id", "score"], more=["min(c0)", "max(c1)"]) == (5_000, ["T1", "1"], [])
        assert connection.execute(f"SELECT DISTINCT c0, c1 FROM ({source.select(['id', 'score'])})").fetchall() == [
            ("T1", "1")
        ]


def test_several_files_are_one_table_by_column_name(connection, tmp_path):
    paths = [
        table(tmp_path, "id,score\na,1\n", "2026-05.csv"),
        table(tmp_path, "score;id;extra\r\n2;b;x\r\n", "2026-06.csv"),
    ]
    assert by_engine(connection, paths, ["id", "score"]) == [("a", "1"), ("b", "2")]
    with pytest.raises(FileFaults, match="there is no column 'extra'"):
        by_engine(connection, paths, ["id", "extra"])


def test_columns_whose_names_differ_by_case_are_two(connection, tmp_path):
    path = table(tmp_path, "ID,Type,id,type\n1,x,a,y\n")
    assert by_engine(connection, [path], ["type", "id", "ID"]) == [("y", "a", "1")]


def test_a_file_name_is_no_pattern(connection, tmp_path):
    table(tmp_path, "id\nb\n", "calls b.csv")
    assert by_engine(connection, [table(tmp_path, "id\na\n", "calls *.csv")], ["id"]) == [("a",)]
    with pytest.raises(NoSuchSource, match=r"nothing\.csv cannot be read"):
        by_engine(connection, [tmp_path / "nothing.csv"], ["id"])


def test_a_file_name_may_be_no_utf8(connection, tmp_path):
    named = tmp_path / os.fsdecode(b"anrufe f\xfcr mai")
    assert by_engine(connection, [table(tmp_path, "id\na\n", f"{named.name}.csv")], ["id"]) == [("a",)]
    connection.execute(f"COPY (SELECT 'b' AS id) TO '{tmp_path / 'calls.parquet'}'")
    (tmp_path / "calls.parquet").rename(named.with_suffix(".parquet"))
    assert by_engine(connection, [named.with_suffix(".parquet")], ["id"]) == [("b",)]
    with xlsxwriter.Workbook(tmp_path / "calls.xlsx") as book:
        book.add_worksheet("calls").write_column(0, 0, ["id", "c"])
    (tmp_path / "calls.xlsx").rename(named.with_suffix(".xlsx"))
    assert by_engine(connection, [named.with_suffix(".xlsx")], ["id"]) == [("c",)]


def test_a_file_name_of_another_encoding_is_in_the_digest_of_several(connection, tmp_path):
    paths = [table(tmp_path, "id\na\n", name) for name in (os.fsdecode(b"f\xfcr.csv"), "mai.csv")]
    with open_source(connection, paths) as source:
        lines = sorted(b"%s  %s\n" % (sha256.encode(), os.fsencode(name)) for name, sha256 in source.digests)
        assert source.digest == hashlib.sha256(b"".join(lines)).hexdigest()


def test_parquet_is_read_too_and_its_text_is_checked(connection, tmp_path):
    path = tmp_path / "calls.parquet"
    connection.execute(f"COPY (SELECT 1 AS id, DATE '2026-05-01' AS day, chr(27) AS notes) TO '{path}'")
    assert by_engine(connection, [path], ["day", "id"]) == [("2026-05-01", "1")]
    with pytest.raises(FileFaults, match=r"column 'notes' holds U\+001B control character"):
        by_engine(connection, [path], ["notes"])
    path.write_bytes(b"id,day\n")
    with pytest.raises(FileFaults, match="cannot be read as Parquet"):
        by_engine(connection, [path], ["id"])


def test_a_damaged_page_of_parquet_is_told_as_such_even_where_the_rows_can_be_counted(connection, tmp_path):
    path = tmp_path / "calls.parquet"
    connection.execute(f"COPY (SELECT uuid()::VARCHAR AS id FROM range(5000)) TO '{path}'")
    whole = bytearray(path.read_bytes())
    whole[200:260] = (byte ^ 0xFF for byte in whole[200:260])
    path.write_bytes(whole)
    assert refused(connection, path, ["id"]) == [("not-parquet", 0, "")]


def test_a_compressed_file_that_is_cut_off_late_is_told_as_such(connection, tmp_path):
    lines = "".join(f"{number},{hashlib.sha256(str(number).encode()).hexdigest()}\n" for number in range(20_000))
    whole = gzip.compress(f"id,notes\n{lines}".encode(), mtime=0)
    path = table(tmp_path, whole[: len(whole) * 2 // 3], "calls.csv.gz")
    assert [code for code, _, _ in refused(connection, path, ["id"])] == ["gzip-damaged"]


def test_a_file_that_grows_while_it_is_read_is_refused(connection, tmp_path):
    paths = [table(tmp_path, "id\nT1\n", "may.csv"), table(tmp_path, "id\nT2\n", "june.csv")]
    with open_source(connection, paths) as source:
        with paths[1].open("a") as export:
            export.write("T3\n")
        with pytest.raises(FileFaults, match="the file changed while it was read") as refused:
            source.check(["id"])
    assert [(fault.code, Path(fault.file).name) for fault in refused.value.faults] == [
        ("changed-meanwhile", "june.csv")
    ]


CELL = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters='",;|'), max_size=6)
NOTE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters='\n", ;|'), max_size=8)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(CELL, NOTE, CELL), max_size=6),
    st.sampled_from(",;|\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
def test_the_python_reader_and_the_engine_agree(connection, tmp_path_factory, rows, delimiter, newline, mark, quote):
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    writer.writerows([("first", "notes", "last"), *rows])
    path = table(tmp_path_factory.mktemp("csv"), ("\ufeff" * mark + out.getvalue()).encode())
    ours = [
        tuple(cell.strip(" ") for cell in row.cells)
        for row in read(path, columns=["first", "last"], delimiter=delimiter)
    ]
    engine = by_engine(connection, [path], ["first", "last"], delimiter=delimiter)
    assert [tuple((cell or "").strip(" ") for cell in row) for row in engine] == ours


def test_a_disk_that_fails_while_the_engine_reads_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError, match="No files found"), connect() as connection:
        connection.execute(f"SELECT * FROM read_csv('{tmp_path / 'gone.csv'}')")


def test_quoted_cells_that_close_on_their_line_are_read_by_several_threads(connection, tmp_path):
    # Big enough for several threads; each line has quotes, and a quote inside quotes.
    lines = [f'T{number},"said ""{number % 7}"", twice",{number % 100}\n' for number in range(250_000)]
    path = table(tmp_path, "id,notes,score\n" + "".join(lines))
    with open_source(connection, [path]) as source:
        sums = ["count(DISTINCT c0)", "sum(c2::INT)", "count(*) FILTER (c1 = 'said \"3\", twice')"]
        assert source.check(["id", "notes", "score"], more=sums) == (
            250_000,
            [
                250_000,
                sum(number % 100 for number in range(250_000)),
                sum(number % 7 == 3 for number in range(250_000)),
            ],
            [],
        )
        assert source.threads
        numbered = source.select(["id"], numbered=True)
        assert connection.execute(f"SELECT c0 FROM ({numbered}) WHERE record = 200001").fetchall() == [("T200000",)]
