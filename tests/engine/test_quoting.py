"""Other rules of quoting than doubled quotes, and encodings that a file does not say of itself."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import qacli
from qacli.engine.connection import connect
from qacli.engine.source import open_source
from qacli.files.csv import read
from qacli.files.faults import FileFaults

CHATS = Path(qacli.__file__).parents[3] / "shared" / "data" / "multidogo" / "turn_airline_dev.tsv"


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


def rows(connection, path, columns, **options):
    with open_source(connection, [path], **options) as source:
        source.check(columns)
        found = connection.execute(source.select(columns)).fetchall()
    again = [row.cells for row in read(path, columns=columns, **options)]
    assert [tuple(cell or "" for cell in row) for row in found] == again  # the engine and the Python reader agree
    return again


def refused(connection, path, columns, **options):
    with pytest.raises(FileFaults) as caught, open_source(connection, [path], **options) as source:
        source.check(columns)
    return [(fault.code, fault.line, fault.cell) for fault in caught.value.faults]


def table(folder, text):
    path = folder / "chats.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_where_quotes_mean_nothing_they_are_characters_like_others(connection, tmp_path):
    path = table(tmp_path, 'id\tsaid\nT1\tthe "new" one\nT2\t"\nT3\t "so\nT4\t""\n')
    assert rows(connection, path, ["id", "said"], quoting="none") == [
        ("T1", 'the "new" one'),
        ("T2", '"'),
        ("T3", ' "so'),
        ("T4", '""'),
    ]
    assert refused(connection, path, ["id", "said"]) == [("text-after-quote", 4, "B3")]
    ragged = table(tmp_path, 'id\tsaid\nT1\t"a\tb"\n')
    assert refused(connection, ragged, ["id"], quoting="none") == [("ragged-row", 2, "C2")]


# As MySQL and Hive write it: a backslash before a quote, before itself, and for a line break
ESCAPED = r"""id,said,score
T1,"he said \"no\", twice",4
T2,"C:\\calls",5
T3,"two\nlines",3
T4,"",2
T5,"over
two lines",1
"""


def test_backslashes_before_quotes_are_taken_away_and_line_breaks_kept(connection, tmp_path):
    path = table(tmp_path, ESCAPED)
    assert rows(connection, path, ["id", "score"], quoting="backslash")[-1] == ("T5", "1")
    assert [row.cells[1] for row in read(path, quoting="backslash")] == [
        'he said "no", twice',
        "C:\\calls",
        "two\nlines",
        "",
        "over\ntwo lines",
    ]
    # the fault lies in the file as it is, not in a copy of it
    assert refused(connection, path, ["said", "id"], quoting="backslash") == [
        ("unsafe-character", 4, "B4"),
        ("unsafe-character", 6, "B6"),
    ]


@pytest.mark.parametrize(
    ("body", "quoting", "expected"),
    [
        ('T1,"say ""no""",4\n', "backslash", ("text-after-quote", 2, "B2")),
        ('T1,"ends in \\",4\n', "backslash", ("open-quote", 2, "B2")),
        ('T1,"say \\"no\\"",4\n', "doubled", ("text-after-quote", 2, "B2")),
    ],
)
def test_the_rule_that_is_declared_is_kept_strictly(connection, tmp_path, body, quoting, expected):
    path = table(tmp_path, "id,said,score\n" + body)
    assert refused(connection, path, ["id"], quoting=quoting) == [expected]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("latin-1", b""), ("cp1252", b""), ("utf-16-le", b""), ("utf-16-be", b""), ("utf-16-be", b"\xfe\xff")],
)
def test_an_encoding_is_declared_where_the_file_does_not_say_it(connection, tmp_path, encoding, mark):
    path = table(tmp_path, mark + "id;Ort\r\nT1;Köln\r\n".encode(encoding))
    assert rows(connection, path, ["Ort"], encoding=None if mark else encoding) == [("Köln",)]


def test_bytes_that_are_controls_in_latin_1_are_not_taken_for_quotes_of_windows(connection, tmp_path):
    path = table(tmp_path, "id;Ort\nT1;“Köln”\n".encode("cp1252"))
    assert rows(connection, path, ["Ort"], encoding="cp1252") == [("“Köln”",)]
    assert refused(connection, path, ["Ort"], encoding="latin-1") == [("unsafe-character", 2, "B2")]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_file_in_utf_8_is_not_read_by_the_encoding_of_its_neighbours(connection, tmp_path, encoding, packed):
    old, new = tmp_path / "a.csv", tmp_path / "b.csv"
    old.write_bytes("id,Ort\nT1,Köln\n".encode(encoding))
    text = "id,Ort\nT2,Rom\nT3,Zürich\n".encode()
    new.write_bytes(gzip.compress(text, mtime=0) if packed else text)
    with pytest.raises(FileFaults) as caught, open_source(connection, [old, new], encoding):
        pass
    assert [(fault.code, fault.file[-5:], fault.line) for fault in caught.value.faults] == [("is-utf-8", "b.csv", 3)]
    assert f"leave {encoding} out" in caught.value.faults[0].help


def test_letters_of_windows_that_happen_to_follow_each_other_are_no_utf_8(connection, tmp_path):
    # Ã followed by ¼ alone would be ü; one letter that UTF-8 does not have so is enough
    path = table(tmp_path, "id,Ort\nT1,Ã¼\nT2,Köln\n".encode("cp1252"))
    assert rows(connection, path, ["Ort"], encoding="cp1252") == [("Ã¼",), ("Köln",)]


@pytest.mark.skipif(not CHATS.exists(), reason="shared data is absent")
def test_the_real_chats_of_an_airline_are_read_by_one_rule_and_refused_by_the_other(connection):
    # two of its lines leave a quote open that the next line closes: by the usual rule these are cells of two lines
    with open_source(connection, [CHATS]) as source:
        assert source.check(["conversationId", "turnNumber"]).records == 1_966
        assert source.lines == 1_969
    assert refused(connection, CHATS, ["conversationId"], quoting="none") == [
        ("ragged-row", 156, "E156"),
        ("ragged-row", 157, "D157"),
        ("ragged-row", 982, "E982"),
        ("ragged-row", 983, "D983"),
    ]
