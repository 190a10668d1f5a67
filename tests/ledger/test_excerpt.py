from __future__ import annotations

import pytest
from trails import small_trail, table

from qacli.ledger.excerpt import excerpt
from qacli.ledger.head import read_head


@pytest.fixture
def trail(tmp_path):
    small_trail(tmp_path, 3)
    return tmp_path


def taken(trail, *rows):
    return excerpt(trail, read_head(trail), rows, (), {})


def test_an_excerpt_holds_the_whole_journal_and_the_ranges_of_its_rows_alone(trail):
    found = taken(trail, ("o_2-1", "ratings"), ("o_3", "observations"))
    assert found.journal == (trail / "journal.csv").read_bytes()
    assert list(found.ranges) == ["2-ratings.csv", "3-observations.csv"]
    lines = (trail / table()).read_bytes().splitlines(keepends=True)
    assert found.ranges["2-ratings.csv"] == b"".join(lines[3:5])
    assert found.words == b"id,nonce,text\n"


def test_what_no_entry_wrote_is_in_no_range(trail):
    assert taken(trail, ("idv@1", "ratings"), ("", "observations")).ranges == {}
