from __future__ import annotations

import heapq
import json
import random
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qacli
from qacli.engine import ranks
from qacli.engine.connection import connect, literal
from qacli.engine.source import open_source
from qacli.files.faults import FileFaults

SHARED = Path(qacli.__file__).parents[3] / "shared" / "reference" / "prn_vectors.json"

# printf 'qacli/prn/1\0%s' SEED | sha256sum gives the key; printf '%s%s' KEY ID | sha256sum gives the rank
VECTORS = [
    ("2026", "T1", "52a83f694dcc5b06840c76ebc07516ea144e1513e5fca317c077cef25c0f94a0", 0.3228797561730954),
    ("harbour", "É", "4f76e51de38f439e0edaccb25051c0cfeedd796d5722269eff7eeae81e541a11", 0.31040794353208145),
    ("1", "23", "01b97b1cd709dfd2406d0303f4e95e356c01b7d4b920df15e815f741232a304a", 0.006736464062704117),
]


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


def by_engine(connection, seed, name):
    rank = ranks.rank_sql(seed, ranks.normal_sql("id"))
    return connection.execute(f"SELECT {rank} FROM (SELECT ? AS id)", [name]).fetchall()[0][0]


@pytest.mark.parametrize(("seed", "name", "rank", "number"), VECTORS)
def test_the_published_ranks_hold_in_python_and_in_the_engine(connection, seed, name, rank, number):
    assert (ranks.rank(seed, name), ranks.number(rank)) == (rank, number)
    assert by_engine(connection, seed, name) == rank
    assert by_engine(connection, seed, f"\u2003\x1f{name}\x85 ") == rank


def test_the_reference_vectors_hold(connection):
    if not SHARED.exists():
        pytest.skip("shared data is absent")
    reference = json.loads(SHARED.read_text("utf-8"))
    for vector in reference["vectors"]:
        assert by_engine(connection, vector["seed"], vector["id"]) == vector["rank"]
        assert ranks.number(vector["rank"]) == vector["u"]
    ids = [f"T{n:05d}" for n in range(1, 1001)]
    smallest = heapq.nsmallest(8, ids, key=lambda name: (ranks.rank("2026", name), name))
    assert smallest == reference["simple_n8_of_T00001_T01000_seed_2026"]


def test_blanks_are_exactly_what_python_strips():
    assert set(ranks.BLANKS) == {chr(code) for code in range(sys.maxunicode + 1) if not chr(code).strip()}


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6))  # a source with a control is refused: below
def test_the_engine_normalises_an_id_as_python_does(connection, name):
    assert connection.execute(f"SELECT {ranks.normal_sql('id')} FROM (SELECT ? AS id)", [name]).fetchall() == [
        (ranks.normal(name),)
    ]


@pytest.mark.parametrize("blank", [each for each in ranks.BLANKS if unicodedata.category(each) == "Cc"])
def test_a_control_around_an_id_never_reaches_its_rank(connection, tmp_path, blank):
    path = tmp_path / "calls.csv"
    path.write_text(f'id,start\n"T1{blank}",2026-05-01\n', "utf-8", newline="")
    with pytest.raises(FileFaults), open_source(connection, [path]) as source:
        source.check(["id"])


def test_the_order_of_rows_changes_nothing_and_a_larger_draw_contains_the_smaller(connection):
    ids = [f"T{n}" for n in range(2_000)]
    draws = []
    for seed in (1, 2):
        random.Random(seed).shuffle(ids)
        connection.execute("CREATE OR REPLACE TEMP TABLE ids AS SELECT unnest(?) AS id", [ids])
        draws += [
            connection.execute(f"SELECT arg_min(id, {ranks.rank_sql('7', 'id')}, {n}) FROM ids").fetchall()[0][0]
            for n in (100, 150)
        ]
    assert draws[0] == draws[2] == draws[1][:100] == draws[3][:100]
    assert draws[1] == heapq.nsmallest(150, ids, key=lambda name: ranks.rank("7", name))


def test_a_quote_in_a_text_stays_in_the_text(connection):
    assert connection.execute(f"SELECT {literal(chr(39) + '; DROP TABLE x')}").fetchall() == [("'; DROP TABLE x",)]


def test_the_engine_loads_no_extension_from_anywhere(connection):
    settings = dict(connection.execute("SELECT name, value FROM duckdb_settings()").fetchall())
    assert settings["autoinstall_known_extensions"] == settings["autoload_known_extensions"] == "false"
