"""The words in which other engines are asked. That they mean the same there, `make cluster` proves on real ones."""

from __future__ import annotations

from datetime import date

import pytest

from qacli.engine.dialect import DIALECTS, POSTGRESQL, SPARK, NotSaid, bound, said, trees
from qacli.engine.ranks import rank_sql


def both(query):
    return tuple(said(tree, dialect) for tree in trees(query) for dialect in (POSTGRESQL, SPARK))


def test_a_rank_is_64_hex_digits_that_sort_as_bytes():
    key = "3e1c20996c478ad8a3f28f985671be2292eac2c56b3ae6f2f4a693814a82dbec"
    assert rank_sql("s", "id") == f"sha256('{key}' || id)"
    assert both(f"SELECT {rank_sql('s', 'id')}") == (
        f"SELECT (ENCODE(SHA256(CONVERT_TO(('{key}' || id), 'UTF8')), 'hex') COLLATE \"C\")",
        f"SELECT (SHA2(('{key}' || id), 256))",
    )


@pytest.mark.parametrize(
    ("ours", "postgresql", "spark"),
    [
        (
            "nfc_normalize(x)",
            "(CASE WHEN OCTET_LENGTH((x)) = LENGTH((x)) THEN (x) ELSE NORMALIZE((x), NFC) END)",
            "(CASE WHEN OCTET_LENGTH((x)) = LENGTH((x)) THEN (x) "
            "ELSE REFLECT('com.ibm.icu.text.Normalizer', 'compose', (x), FALSE) END)",
        ),
        # a pattern is for the whole cell, and $ of Java would also match before a last line feed
        ("regexp_full_match(x, 'a|b')", "((x) ~ ('^(?:a|b)$'))", r"((x) RLIKE ('\\A(?:a|b)\\z'))"),
        ("regexp_extract(x, '(a)b', 1)", "(SUBSTRING((x) FROM ('(a)b')))", "(REGEXP_EXTRACT((x), ('(a)b')))"),
        ("t - to_seconds(60)", "t - (MAKE_INTERVAL(secs => (60)))", "t - (MAKE_DT_INTERVAL(0, 0, 0, (60)))"),
        (
            "make_timestamp(n::BIGINT)",
            "(CAST('epoch' AS TIMESTAMP) + (CAST(n AS BIGINT)) * INTERVAL '1 MICROSECOND')",
            "(CAST(TIMESTAMP_MICROS((CAST(n AS BIGINT))) AS TIMESTAMP_NTZ))",
        ),
        (
            "make_timestamp(y, m, d, 0, 0, s)",
            "(MAKE_TIMESTAMP((y), (m), (d), (0), (0), CAST((s) AS DOUBLE PRECISION)))",
            "(MAKE_TIMESTAMP_NTZ((y), (m), (d), (0), (0), (s)))",
        ),
        ("('0x' || h)::BIGINT", "(CAST(CAST('x' || (h) AS BIT(60)) AS BIGINT))", "(CAST(CONV((h), 16, 10) AS BIGINT))"),
        ("list_contains(['a', 'b'], x)", "x IN ('a', 'b')", "x IN ('a', 'b')"),
        ("hour(t)", "(CAST(EXTRACT(HOUR FROM (t)) AS INT))", "(HOUR((t)))"),
        ("isodow(t)", "(CAST(EXTRACT(ISODOW FROM (t)) AS INT))", "(WEEKDAY((t)) + 1)"),
        ("trim(x, ' a')", "TRIM(' a' FROM x)", "TRIM(' a' FROM x)"),
        ("x || '\\'", "x || '\\'", r"x || '\\'"),
        ('"a""b"', '"a""b"', '`a"b`'),
    ],
)
def test_a_function_is_said_as_each_engine_says_it(ours, postgresql, spark):
    assert both(f"SELECT {ours}") == (f"SELECT {postgresql}", f"SELECT {spark}")


def test_what_duckdb_leaves_unsaid_is_said():
    grouped = "SELECT a, count(*), b + 1 FROM (SELECT 1 AS a, 2 AS b) GROUP BY ALL"
    assert both(grouped)[0] == "SELECT a, COUNT(*), b + 1 FROM (SELECT 1 AS a, 2 AS b) AS unnamed GROUP BY 1, 3"
    day = "(CASE ((CAST(EXTRACT(ISODOW FROM (d)) AS INT)) + -1) WHEN 0 THEN 'Mon' WHEN 1 THEN 'Tue' END)"
    assert both("SELECT (['Mon', 'Tue'][isodow(d)])")[0] == f"SELECT {day}"


def test_what_stands_inside_a_template_is_said_too():
    found, _ = both("SELECT ('0x' || substr(sha256(nfc_normalize(x)), 1, 15))::BIGINT")
    assert found.count("CONVERT_TO(") == found.count("NORMALIZE(") == 1


def test_parameters_become_literals_and_nothing_else():
    given = ["it's ? \\", date(2026, 5, 1), 7, ["a'", "b"]]
    query = bound("SELECT '?', \"?\" FROM t WHERE a = ? AND d = ? AND n = ? AND list_contains(?::VARCHAR[], c)", given)
    assert query == (
        "SELECT '?', \"?\" FROM t WHERE a = 'it''s ? \\' AND d = DATE '2026-05-01' AND n = 7 "
        "AND list_contains(['a''', 'b']::VARCHAR[], c)"
    )
    for dialect in DIALECTS.values():
        assert "it's" not in said(trees(query)[0], dialect).replace("''", "").replace("\\'", "")
    with pytest.raises(TypeError):
        bound("SELECT ?", [1.5])


def test_what_an_engine_cannot_be_asked_is_refused():
    with pytest.raises(NotSaid, match="cannot ask spark yet"):
        said(trees("SELECT arg_min(a, b, 3) FROM t")[0], SPARK)
