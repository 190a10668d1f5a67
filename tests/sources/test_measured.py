"""Measures in their columns: units, words for numbers, and which of several rows counts."""

from __future__ import annotations

from datetime import UTC

import duckdb
import pytest

from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.sources.measured import measured_cells
from qacli.sources.profile import Profile

PROFILE = """\
id: p
version: 1
owner: p_tl1
from: 2026-01-01
{more}
columns: {{transaction: {{column: id}}, started_at: {{column: at, dates: y-m-d}}}}
measures:
  wait-seconds: {{column: wait, unit: "hh:mm:ss"}}
  hold-minutes: {{column: hold, unit_column: of}}
  moved: {{column: moved, values: {{"yes": "1", "no": "0"}}}}
"""
ROWS = """\
id;at;wait;hold;of;moved;at2
T1;2026-05-01;00:01:30;2,5;minutes;yes;2026-05-03
T2;2026-05-01;n/a;120;sec;no;2026-05-01
T1;2026-05-02;00:00:10;7;min;no;2026-05-02
"""


@pytest.fixture
def read(tmp_path):
    def one(rows, more=""):
        path = tmp_path / "export.csv"
        path.write_text(rows, "utf-8")
        profile = validate(parse(PROFILE.format(more=f'decimal: ","\nmissing: ["n/a"]\n{more}'), "p.yaml"), Profile)
        with duckdb.connect() as connection:
            found = measured_cells(connection, [path], profile, UTC, None, ["T1", "T2", "none"])
        return {id_: {name: cell.value for name, cell in cells.items()} for id_, cells in found.items()}

    return one


def test_cells_are_read_as_the_profile_says(read):
    assert read("\n".join([*ROWS.splitlines()[:3], ""])) == {
        "T1": {"wait-seconds": 90, "hold-minutes": 150, "moved": 1},
        "T2": {"hold-minutes": 120, "moved": 0},
    }


@pytest.mark.parametrize(("keep", "hold"), [("last", 420), ("first", 150)])
def test_of_several_rows_the_one_counts_that_counts_for_the_transaction(read, keep, hold):
    assert read(ROWS, f"grain: {{one_per: transaction, keep: {keep}}}")["T1"]["hold-minutes"] == hold
