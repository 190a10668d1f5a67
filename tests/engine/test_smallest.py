"""Two queries that stand for one give the answer of the one: seen on DuckDB, which knows both."""

from __future__ import annotations

import pytest
from populations import MAY, frame

from qacli.engine.connection import connect
from qacli.engine.dialect import trees
from qacli.engine.smallest import halves, joined, kept, unpacked
from qacli.monitor.sampling.eligibility import classified

ROWS = "FROM (SELECT i % 5 AS g, i % 3 AS h, i * 7919 % 1000 AS k, 'T' || i AS id FROM range(200) AS r(i)) AS rows"
PICKED = "arg_min({'id': id, 'key': k}, sha256(id), 4)"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT g, count(*), {PICKED} {ROWS} GROUP BY 1 ORDER BY 1",
        f"SELECT g, h + 1, count(*) AS n, max(k), {PICKED} AS p {ROWS} GROUP BY 1, 2 ORDER BY 2, 1",
        f"SELECT g, count(*), CASE WHEN g < 3 THEN {PICKED} END {ROWS} GROUP BY 1 ORDER BY 1",
        f"WITH few AS (SELECT * {ROWS}) SELECT g, count(*), {PICKED} FROM few WHERE k > 300 GROUP BY 1 ORDER BY 1",
    ],
)
def test_groups_and_their_first_rows_are_what_one_query_gives(query):
    split = halves(trees(query)[0])
    with connect() as connection:
        expected = connection.execute(query).fetchall()
        groups, rows = (connection.execute(half.sql("duckdb")).fetchall() for half in (split.groups, split.rows))
    assert joined(split, groups, rows) == expected
    assert any(len(row[-1]) == 4 for row in expected if row[-1])


def test_any_other_query_stays_whole():
    query, _ = classified(frame(), MAY, [])
    for whole in ("SELECT 1", "SELECT g, arg_min(g, k) FROM t GROUP BY 1", query.replace("?", "'2026-05-01'")):
        assert halves(trees(whole)[0]) is None


def test_a_row_is_asked_for_by_its_fields():
    whole, names = unpacked(trees(f"SELECT {{'id': id, 'key': k}} {ROWS} ORDER BY k")[0])
    assert (whole.sql("duckdb")[:15], names) == ("SELECT id, k FR", ("id", "key"))
    assert unpacked(trees("SELECT 1, 2")[0])[1] == ()


def test_a_table_that_is_kept():
    name, query = kept(trees("CREATE OR REPLACE TEMP TABLE few AS WITH a AS (SELECT 1 AS x) SELECT x FROM a")[0])
    assert (name, query.sql("duckdb")) == ("few", "WITH a AS (SELECT 1 AS x) SELECT x FROM a")
    assert kept(trees("CREATE OR REPLACE TEMP VIEW few AS SELECT 1")[0]) is None
