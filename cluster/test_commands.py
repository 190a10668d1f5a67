"""A desk whose conversations lie in a warehouse: the same sample as from the export, proved again, nothing left behind."""

from __future__ import annotations

import os
import shutil

import desk
import psycopg
import pytest
from command_line import run
from desk import DRAWN, WEEK, done
from engines import OnPostgresql

VARIABLE = "QACLI_TEST_DATABASE"
HEADER = tuple(desk.HEADER.split(","))
ROWS = [tuple(line.split(",")) for line in desk.conversations()]
# 24 May 2026 is a Sunday, the last day of week 21
LATE = ("late", "24/05/2026 23:59", "A07", "phone", "K1", "5")
NEXT = ("next", "25/05/2026 00:00", "A07", "phone", "K2", "5")
GONE = "customer_ref,from\nK19A07,2026-05-01\nK13A12,\n"
FROM_FILE = "{path: exports/may.csv, profile: telephony}"


@pytest.fixture(scope="module")
def agreed(tmp_path_factory):
    return desk.agreed(desk.make(tmp_path_factory.mktemp("agreed") / "desk"))


@pytest.fixture
def folder(agreed, tmp_path):
    return shutil.copytree(agreed, tmp_path / "desk")


def lies_at(folder, source, old=FROM_FILE):
    settings = folder / "qacli.yaml"
    text = settings.read_text("utf-8")
    assert old in text
    settings.write_text(text.replace(old, source), "utf-8")


def sampled(folder):
    return [(item["transaction"], item["stratum"], item["evaluator"]) for item in desk.items(folder)]


def test_a_sample_from_a_warehouse_is_the_sample_from_its_export(engine, folder, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, getattr(engine, "address", ""))
    expected = sampled(desk.drawn(shutil.copytree(folder, tmp_path / "other")))
    engine.put("desk", HEADER, ROWS)
    lies_at(folder, engine.source("desk"))
    assert "d/m/y decided by" in done(run("source check", folder, "p_tl1", DRAWN)).out
    drew = done(run(f"sample draw weekly --period {WEEK}", folder, "p_tl1", DRAWN))
    assert "population 9 transactions" in drew.err
    assert sampled(folder) == expected
    assert "drawn again, 6 of 6 the same" in done(run("sample verify", folder, "p_tl1", DRAWN)).out
    engine.put("desk", HEADER, [*ROWS[:-1], (*ROWS[-1][:-1], "201")])
    found = run("sample verify", folder, "p_tl1", DRAWN)
    assert (found.code, "the source has changed since" in found.out) == (1, True)


@pytest.fixture
def at_database(address, folder, monkeypatch):
    """The desk on PostgreSQL, with opt-outs there too."""
    monkeypatch.setenv(VARIABLE, address)
    server = OnPostgresql(address)
    server.put("desk", HEADER, ROWS)
    server.put("gone", ("customer_ref", "from"), [("K19A07", "2026-05-01"), ("K13A12", "")])
    lies_at(folder, server.source("desk"))
    lies_at(
        folder,
        f"{{engine: postgresql, connection: {VARIABLE}, query: 'SELECT * FROM gone', profile: optouts}}",
        "{path: exports/optouts.csv, profile: optouts}",
    )
    return folder


def test_the_verbs_of_a_sample_ask_the_table(at_database, agreed, tmp_path):
    exported = shutil.copytree(agreed, tmp_path / "exported")
    (exported / "exports/optouts.csv").write_text(GONE, "utf-8")
    said = []
    for folder in (exported, at_database):
        drew = done(run(f"sample draw weekly --period {WEEK}", folder, "p_tl1", DRAWN))
        draw = desk.items(folder)[0]["item"].partition("-")[0].replace("t_", "d_")
        lines = [
            f"sample show {draw} --balance",
            f"sample show {draw} --lost",
            f"sample replace {desk.items(folder)[0]['item']} --reason recording-lost",
            "sample choose weekly A07-05 --reason asked",
            f"sample extend {draw} --to 3",
            "sample verify",
            "sample list --format csv",
        ]
        found = [run(line, folder, "p_tl1", DRAWN) for line in lines]
        said.append([(line, each.code, each.out) for line, each in zip(lines, found, strict=True)])
        assert "sha256" in drew.err
        assert not [each.err for each in found if "Traceback" in each.err or "cannot ask" in each.err]
    assert said[0] == said[1]
    assert [code for _, code, _ in said[0]].count(0) >= 5, said[0]


@pytest.mark.parametrize(
    "command",
    [
        "notice opt-outs --from 2026-05-01 --to 2026-05-31",
        "notice gaps",
        "frame size weekly --period 2026-W21",
        "frame compare weekly --period 2026-W21",
        "frame review weekly",
        "source check --format csv",
    ],
)
def test_what_is_told_of_a_population_is_told_of_a_table(at_database, agreed, tmp_path, command):
    exported = shutil.copytree(agreed, tmp_path / "exported")
    (exported / "exports/optouts.csv").write_text(GONE, "utf-8")
    expected, found = (run(command, each, "p_tl1", DRAWN) for each in (exported, at_database))
    assert found.err == expected.err
    assert found.code == expected.code
    if "source check" not in command:
        assert found.out == expected.out
        assert len(found.out) > 100


def test_a_reader_may_draw_and_nothing_is_left_behind(at_database, address, monkeypatch):
    with psycopg.connect(address) as connection:
        connection.execute(
            "DROP TABLE IF EXISTS population, notices, colleagues; DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; "
            "CREATE TABLE population AS SELECT 1 AS mine; CREATE TABLE notices AS SELECT 2 AS mine; "
            "CREATE VIEW colleagues AS SELECT 3 AS mine; GRANT SELECT ON desk, gone TO reader"
        )
    there = "SELECT relname, relkind FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace ORDER BY 1"
    with psycopg.connect(address) as connection:
        before = connection.execute(there).fetchall()
    monkeypatch.setenv(VARIABLE, address.replace("user=qacli", "user=reader"))
    drew = done(run(f"sample draw weekly --period {WEEK}", at_database, "p_tl1", DRAWN))
    assert "excluded   1 opt-out" in drew.err
    with psycopg.connect(address) as connection:
        assert connection.execute(there).fetchall() == before
        mine = "SELECT mine FROM population UNION ALL SELECT mine FROM notices UNION ALL SELECT mine FROM colleagues"
        assert connection.execute(mine).fetchall() == [(1,), (2,), (3,)]
        connection.execute(
            "DROP VIEW colleagues; DROP TABLE population, notices; DROP OWNED BY reader; DROP ROLE reader"
        )


@pytest.mark.parametrize(
    ("source", "set_to", "said"),
    [
        ("table: desk", "", f"looks for the address of its database in {VARIABLE}, which is not set"),
        ("table: desk", "host=/nowhere user=qacli", "connection to server on socket"),
        ("table: desk", "postgresql://reader:hunter2@[", "the address cannot be read"),
        ("table: nothing_there", None, 'relation "nothing_there" does not exist'),
        ("query: SELEC 1", None, "syntax error"),
        ("query: DELETE FROM desk RETURNING *", None, "syntax error"),
        ("query: SELECT 1 AS one; DROP TABLE desk", None, "syntax error"),
        ("query: SELECT txn_id FROM desk", None, "there is no column 'started_at'"),
    ],
)
def test_what_is_not_reached_is_said_without_the_address(at_database, address, monkeypatch, source, set_to, said):
    lies_at(at_database, source, "table: desk")
    monkeypatch.setenv(VARIABLE, address if set_to is None else set_to)
    found = run(f"sample draw weekly --period {WEEK}", at_database, "p_tl1", DRAWN)
    assert found.code in {1, 65, 78}
    assert said in found.err
    assert "hunter2" not in found.err
    assert not desk.items(at_database)


def test_a_query_may_prepare_what_is_sampled(at_database):
    query = "WITH recent AS (SELECT * FROM desk WHERE channel LIKE 'ph%') SELECT * FROM recent -- calls only"
    lies_at(at_database, f'query: "{query}"', "table: desk")
    drew = done(run(f"sample draw weekly --period {WEEK}", at_database, "p_tl1", DRAWN))
    assert "population 6 transactions" in drew.err


def test_spark_says_what_it_cannot_find(folder, request):
    request.getfixturevalue("_spark")
    for path, said in (("lake/nothing", "PATH_NOT_FOUND"), ("exports/may.csv", "a path of Spark holds Parquet")):
        lies_at(folder, f"{{engine: spark, master: 'local[1]', path: {path}, profile: telephony}}")
        found = run(f"sample draw weekly --period {WEEK}", folder, "p_tl1", DRAWN)
        assert said in found.err, found.err
        lies_at(folder, FROM_FILE, f"{{engine: spark, master: 'local[1]', path: {path}, profile: telephony}}")


def test_a_day_is_a_day_of_the_workspace(at_database):
    rows = [*ROWS, LATE, NEXT]
    OnPostgresql(os.environ[VARIABLE]).put("desk", HEADER, rows)
    drew = done(run(f"sample draw weekly --period {WEEK}", at_database, "p_tl1", DRAWN))
    assert "population 10 transactions" in drew.err
