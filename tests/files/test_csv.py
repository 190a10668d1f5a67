from __future__ import annotations

import csv
import gzip
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.files.csv import MOST_FAULTS, all_faults, handed_in, places, read
from qacli.files.faults import FileFaults
from qacli.files.layout import NoSuchSource, letters, probe


def table(folder, content: bytes | str, name: str = "calls.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(path, **options):
    return [row.cells for row in read(path, **options)]


def refused(path, **options):
    with pytest.raises(FileFaults) as caught:
        list(read(path, **options))
    return [(fault.code, fault.line, fault.column, fault.cell) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        ("id,Ort\n1,Köln\n".encode(), None),
        (b"\xef\xbb\xbf" + "id,Ort\n1,Köln\n".encode(), None),
        ("id;Ort\r\n1;Köln\r\n".encode("utf-16"), None),
        (b"\xfe\xff" + "id\tOrt\n1\tKöln\n".encode("utf-16-be"), None),
        ("id|Ort\n1|Köln".encode("cp1252"), "cp1252"),
        (gzip.compress("id,Ort\n1,Köln\n".encode()), None),
        ("sep=;\r\nid;Ort\r\n1;Köln\r\n".encode(), None),
        ('\ufeff"id", "Ort"\n1, "Köln" \n'.encode(), None),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "cp1252", "gzip", "sep=", "blanks around quotes"],
)
def test_the_same_table_is_read_from_every_encoding(tmp_path, encoded, encoding):
    path = table(tmp_path, encoded)
    assert probe(path, encoding).header == ("id", "Ort")
    assert cells(path, encoding=encoding) == [("1", "Köln")]


def test_the_delimiter_is_counted_in_the_header_outside_quotes(tmp_path):
    # csv.Sniffer takes the blank for the delimiter of such prose
    path = table(tmp_path, '"name, first name";what was said\n"Ash, P";"well, I said, that is, it works"\n')
    assert probe(path).delimiter == ";"
    assert cells(path) == [("Ash, P", "well, I said, that is, it works")]


def test_a_record_knows_its_number_and_its_physical_line(tmp_path):
    path = table(tmp_path, 'id,notes\r\n1,"first\r\nsecond"\r\n\r\n2,"say ""hi"""\r\n')
    assert list(read(path)) == [(1, 2, ("1", "first\nsecond")), (2, 5, ("2", 'say "hi"'))]
    assert places(path, probe(path), {2}) == {2: (5, 4)}


def test_only_the_columns_asked_for_are_given_and_looked_into(tmp_path):
    path = table(tmp_path, "id,notes,channel\n1,\x1b[2J,phone\n")
    assert cells(path, columns=["channel", "id"]) == [("phone", "1")]
    assert refused(path) == [("unsafe-character", 2, 3, "B2")]
    assert refused(path, columns=["agent"]) == [("no-such-column", 1, 0, "")]


def test_a_header_alone_is_a_table_without_records(tmp_path):
    assert cells(table(tmp_path, "id,score")) == []


HEADER = "id,txt,score\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a,b\0c,1\n", ("unsafe-character", 2, 4, "B2")),
        ("a,b\x1b[31m,1\n", ("unsafe-character", 2, 4, "B2")),
        ("a,b,1\n\na,x\u202ey,1\n", ("unsafe-character", 4, 4, "B4")),
        ("a,b,\x85\n", ("unsafe-character", 2, 5, "C2")),
        ("a,b,\u2028\n", ("unsafe-character", 2, 5, "C2")),
        ('a,"b\nc",\x1e\n', ("unsafe-character", 3, 4, "C2")),
        ("a,b\rc,1\n", ("lone-return", 2, 4, "B2")),
        ('a,"b\rc",1\n', ("lone-return", 2, 5, "B2")),
        ('a,b,1\nb,"b,2\nc,d,3\n', ("open-quote", 3, 3, "B3")),
        ('a,"b"x,1\n', ("text-after-quote", 2, 6, "B2")),
        ('a,"b" "c",1\n', ("text-after-quote", 2, 7, "B2")),
        ("a,b,1\na,b\n", ("ragged-row", 3, 0, "C3")),
        ("a,b,1,2\n", ("ragged-row", 2, 0, "D2")),
        (f"a,{'x' * 65_537},1\n", ("long-cell", 2, 3, "B2")),
        (f'a,"{"x" * 70_000}\n{"y" * 70_000}",1\n', ("open-quote", 2, 3, "B2")),
        ("a,b,1\r\n", ("mixed-line-ends", 2, 0, "")),
    ],
)
def test_a_broken_record_is_refused_with_its_line_and_cell(tmp_path, body, expected):
    assert refused(table(tmp_path, HEADER + body)) == [expected]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b" \n\n", "empty-file"),
        (b"id,a,id\n1,2,3\n", "header-twice"),
        (b"id,a,\n1,2,3\n", "header-blank"),
        (b"id,a\x1b\n1,2\n", "unsafe-character"),
        (b'id,"a\n1,2\n', "header-broken"),
        (b"id,a\r1,2\r", "lone-return"),
        (b"id,a\n1,\xe9\n", "not-text"),
        (b"id,a\n" + b"1,2\n" * 40_000 + b"1,\xe9\n", "not-text"),
        (b"PK\x03\x04\x14\x00", "not-csv"),
        (b"%PDF-1.7", "not-csv"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "not-csv"),
        (b"<html><table>", "not-csv"),
        (gzip.compress(b"id,a\n1,2\n" * 9_000)[:-4], "gzip-damaged"),
    ],
)
def test_what_is_no_sound_table_is_refused(tmp_path, content, code):
    assert [fault[0] for fault in refused(table(tmp_path, content))] == [code]


@pytest.mark.parametrize(
    ("encoded", "declared", "told"),
    [
        ("utf-16-be", None, "this is not utf-8: it seems to be utf-16-be without a byte order mark"),
        ("utf-16-le", None, "this is not utf-8: it seems to be utf-16-le without a byte order mark"),
        ("utf-16-be", "utf-16-le", "this is not utf-16-le: it seems to be utf-16-be without a byte order mark"),
        ("utf-32-be", None, "this is not utf-8: it may be UTF-32, or damaged"),
        ("utf-8", "utf-16-be", "this is not utf-16-be: no byte of it is zero"),
    ],
)
@pytest.mark.parametrize("text", ["id,Ort,Team\n1,Köln,Ash\n", "Номер,Город,Команда\n1,Рига,Клён\n"])
def test_a_file_of_another_encoding_is_told_once(tmp_path, encoded, declared, told, text):
    (path := tmp_path / "x.csv").write_bytes(text.encode(encoded))
    with pytest.raises(FileFaults) as refused:
        probe(path, declared)
    assert [(fault.code, fault.message) for fault in refused.value.faults] == [("other-encoding", told)]


def test_letters_with_a_zero_byte_of_their_own_are_utf_16(tmp_path):
    (path := tmp_path / "x.csv").write_bytes("id,Ort\n1,Āda\n2,Ērgļi\n".encode("utf-16-le"))
    assert probe(path, "utf-16-le").header == ("id", "Ort")


@pytest.mark.parametrize("first", ["x" * 70_000, "x," * 40_000, '"x' + "y" * 70_000])
def test_a_first_row_without_an_end_is_told_once(tmp_path, first):
    (path := tmp_path / "x.csv").write_text(f"{first}\n1\n", "utf-8")
    with pytest.raises(FileFaults) as refused:
        probe(path)
    assert [fault.code for fault in refused.value.faults] == ["header-broken"]
    assert len(str(refused.value)) < 1000


def test_of_many_names_that_are_wrong_the_first_are_told(tmp_path):
    (path := tmp_path / "x.csv").write_text("id," + "x," * 500 + "y\n", "utf-8")
    with pytest.raises(FileFaults) as refused:
        probe(path)
    assert [fault.code for fault in refused.value.faults] == ["header-twice"] * 20 + ["more-faults"]
    assert "and 479 more: only the first 20 are shown" in str(refused.value)


def test_a_file_of_zero_bytes_was_never_written(tmp_path):
    (path := tmp_path / "x.csv").write_bytes(bytes(3000))
    with pytest.raises(FileFaults) as refused:
        probe(path)
    assert "it was never written to its end" in str(refused.value)


def test_an_encoding_is_never_guessed(tmp_path):
    path = table(tmp_path, "id,Ort\n1,Köln\n".encode("cp1252"))
    with pytest.raises(FileFaults, match="0xf6 is no character in utf-8") as caught:
        probe(path)
    assert "save it as CSV UTF-8" in str(caught.value)
    assert caught.value.faults[0][3:5] == (2, 4)


def test_many_faults_are_capped(tmp_path):
    path = table(tmp_path, HEADER + "1\n" * 500)
    codes = [fault.code for fault in all_faults(path, probe(path))]
    assert codes == ["ragged-row"] * MOST_FAULTS + ["more-faults"]


def test_columns_are_named_as_a_spreadsheet_names_them():
    # 16384 columns end with XFD in Excel
    assert [letters(n) for n in (1, 26, 27, 52, 703, 16384)] == ["A", "Z", "AA", "AZ", "AAA", "XFD"]


TEXT = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters='\n", ;|'), max_size=8).map(
    lambda text: text.strip('" ')
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), max_size=8), st.sampled_from(",;|\t"), st.sampled_from(["\n", "\r\n"]))
def test_whatever_csv_writes_is_read_back(tmp_path_factory, rows, delimiter, newline):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerows([("first", "second"), *rows])
    path = table(tmp_path_factory.mktemp("csv"), out.getvalue())
    assert cells(path, delimiter=delimiter) == rows


def test_a_file_that_is_handed_in_says_something(tmp_path):
    path = tmp_path / "told.csv"
    path.write_text("person,on\n", "utf-8")
    with pytest.raises(FileFaults, match="no line stands below the header") as found:
        list(handed_in(path, ("person", "on")))
    assert "write a line for each under person, on" in str(found.value)
    path.write_text("person,on\np_a01,2026-01-06\n", "utf-8")
    assert [row.cells for row in handed_in(path, ("person", "on"))] == [("p_a01", "2026-01-06")]


def test_a_pipe_is_told_as_one():
    reading, writing = os.pipe()
    os.write(writing, b"person,on\np_a01,2026-01-06\n")
    os.close(writing)
    with pytest.raises(NoSuchSource, match="it is a pipe or a device, and what is handed in is read more than once"):
        list(read(Path(f"/dev/fd/{reading}")))
    os.close(reading)


def test_a_named_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "figures.csv")
    with pytest.raises(NoSuchSource, match="it is a pipe"):
        list(read(tmp_path / "figures.csv"))
