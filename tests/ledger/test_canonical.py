from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.ledger import canonical

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\0"), max_size=30) | st.sampled_from(
    ["", '"', '""', ",", ' "', "a\u2028b", "a\x1eb", "\x85", "=1+1", "0012", "\ufeff"]
)
ROW = st.lists(CELL, min_size=2, max_size=6)  # every table has its four stamps


@given(st.lists(ROW, min_size=1, max_size=5))
def test_what_is_written_is_read(rows):
    assert list(canonical.rows(b"".join(map(canonical.encode, rows)))) == rows


@given(ROW)
def test_a_row_is_one_line_that_other_readers_of_csv_agree_on(row):
    line = canonical.encode(row)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert next(csv.reader(io.StringIO(line.decode("utf-8"), newline=""), strict=True)) == row


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["o_1", "", "a b"], b"o_1,,a b\n"),
        (["a,b", 'say "yes"', "it's"], b'"a,b","say ""yes""",it\'s\n'),
        (["0012", "=1+1", " x "], b"0012,=1+1, x \n"),
        (["é£€🙂"], "é£€🙂\n".encode()),
    ],
)
def test_quotes_stand_only_where_a_cell_needs_them(cells, line):
    assert canonical.encode(cells) == line


@pytest.mark.parametrize("line", ['"a",b', 'a"b', '"a', '"a"b,c', 'a,"b"c"', '"a\rb,c"', 'a, "b,c"'])
def test_another_spelling_of_a_row_is_refused(line):
    with pytest.raises(ValueError, match=r"quote|break"):
        canonical.decode(line)


@pytest.mark.parametrize("cell", ["a\nb", "a\rb", "a\0b"])
def test_a_cell_that_would_break_the_line_is_refused(cell):
    with pytest.raises(ValueError, match="line break"):
        canonical.encode([cell])


def test_a_long_text_with_quotes_is_read():
    # csv.reader refuses a cell over 131,072 characters
    row = ["w_1", 'he said "no" ' * 20_000]
    assert list(canonical.rows(canonical.encode(row))) == [row]
