from __future__ import annotations

import gzip
import hashlib
import io

import pytest

from qacli.files.csv import LONGEST_CELL
from qacli.files.faults import FileFaults
from qacli.files.layout import probe
from qacli.files.scan import CHUNK, digest_of, scan, sha256_of


def scanned(folder, content: bytes, encoding=None, copy=None):
    path = folder / "calls.csv"
    path.write_bytes(content[:100])
    layout = probe(path, encoding)
    path.write_bytes(content)
    return scan(path, layout, copy)


def test_the_digest_is_that_of_the_bytes_as_they_lie_there(tmp_path):
    content = gzip.compress(b"id,a\n1,2\n3,4")
    found = scanned(tmp_path, content)
    assert found == (hashlib.sha256(content).hexdigest(), len(content), 3, True, True, True, True, False, 0)
    assert sha256_of(tmp_path / "calls.csv") == found.sha256


@pytest.mark.parametrize("before", [0, (1 << 20) - 5, (1 << 20) - 4, (1 << 20) - 3])
def test_a_number_with_an_exponent_is_noticed_across_chunks(tmp_path, before):
    content = b"id\n" + b"1" * (before - 3 if before else 0) + b"4.4E+11\n"
    assert scanned(tmp_path, content).exponents
    assert not scanned(tmp_path, content.replace(b"E+", b"EE")).exponents


def test_a_copy_is_utf_8_without_mark(tmp_path):
    copy = io.BytesIO()
    assert scanned(tmp_path, "id,Ort\n1,Köln\n".encode("utf-16"), copy=copy).clean
    assert copy.getvalue().decode() == "id,Ort\n1,Köln\n"


@pytest.mark.parametrize("padding", [0, CHUNK - 7])
@pytest.mark.parametrize(
    ("tail", "text", "clean"),
    [
        (b"x,y\r\n", True, True),
        ("x,‘é’\n".encode(), True, True),
        (b"x,\ry\n", False, False),
        (b"x,y\r", False, False),
        (b"x,\xe9\n", False, False),
        (b"x,\xc3", False, False),
        (b"x,\0\n", True, False),
        ("x,\u202e\n".encode(), True, False),
        ("x,\x85\n".encode(), True, False),
    ],
)
def test_one_pass_tells_what_needs_a_closer_look(tmp_path, padding, tail, text, clean):
    found = scanned(tmp_path, b"id,a\n" + b"z" * 100 + b"," + b"z" * padding + b"\n" + tail)
    assert (found.text, found.clean) == (text, clean)


def test_a_damaged_gzip_file_is_refused(tmp_path):
    path = tmp_path / "calls.csv.gz"
    path.write_bytes(gzip.compress(b"id,a\n1,2\n"))
    layout = probe(path)
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(FileFaults, match="damaged"):
        scan(path, layout)


def test_several_files_have_one_digest_whatever_their_order():
    # printf '%s  %s\n' aa a.csv bb b.csv | sha256sum
    expected = hashlib.sha256(b"aa  a.csv\nbb  b.csv\n").hexdigest()
    assert digest_of([("b.csv", "bb"), ("a.csv", "aa")]) == expected
    assert digest_of([("a.csv", "aa")]) == "aa"


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("id,a\n1,2\n", True),
        ('id,a\n"1","say ""no"""\n', True),
        ('id,a\n"1","two\nlines"\n', False),
        ('id,a\n1,"open\n', False),
        ('id,a\n1,"open', False),
        ('id,a\n1,"closed"', True),
        # its two quotes stand on two lines: even in all, odd on each
        ('id,"a\n1",2\n', False),
    ],
)
@pytest.mark.parametrize("chunk", [1, 3, 1 << 20])
def test_a_line_closes_its_quotes_or_a_record_may_span_lines(tmp_path, monkeypatch, text, closed, chunk):
    layout = probe(_written(tmp_path, "id,a\n1,2\n"))  # what is read of a header is not looked at here
    monkeypatch.setattr("qacli.files.scan.CHUNK", chunk)
    assert scan(_written(tmp_path, text), layout).closed is closed


def _written(folder, text):
    path = folder / "calls.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(("lengths", "short"), [((9, LONGEST_CELL), True), ((9, LONGEST_CELL + 1), False)])
@pytest.mark.parametrize("before", [1, CHUNK - 30_000])
def test_a_line_longer_than_a_cell_may_be_is_noticed_wherever_the_chunks_end(tmp_path, lengths, short, before):
    padding = b"id,a\n" * (before // 5)
    found = scanned(tmp_path, padding + b"".join(b"x" * length + b"\n" for length in lengths) + b"x")
    assert found.short == short
    assert scanned(tmp_path, padding + b"x" * lengths[1]).short == short
