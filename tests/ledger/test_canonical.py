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


@given(
    table=st.lists(
        st.tuples(*[st.sampled_from(["o_1", "o_11", "o", "", 'say "o_1"', "a,o_1,b", "é"])] * 3), max_size=8
    ),
    column=st.sampled_from(["id", "item", "colleague", "unheard_of"]),
    sought=st.sets(st.sampled_from(["o_1", "o", "é", "a,o_1,b", "", "missing"]), max_size=3),
)
def test_the_lines_with_a_cell_are_found_and_none_is_missed(table, column, sought):
    header = ["id", "item", "colleague"]
    data = b"".join(map(canonical.encode, [header, *table]))
    first, *found = canonical.rows_with(data, column, sought)
    assert first == header
    assert [row for row in found if tuple(row) not in set(table)] == []
    if column in header:
        at = header.index(column)
        assert [row for row in found if row[at] in sought] == [list(row) for row in table if row[at] in sought]
    else:
        assert found == list(map(list, table))


def test_other_lines_are_left_alone():
    data = b'id,item\no_1,t_1\nbroken " here,t_2\no_3,t_3\n'
    assert list(canonical.rows_with(data, "item", {"t_3"})) == [["id", "item"], ["o_3", "t_3"]]
