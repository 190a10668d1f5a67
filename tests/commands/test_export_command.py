"""``qacli export`` as people type it."""

from __future__ import annotations

import json

import desk
import duckdb
import pytest
from command_line import run, snapshot


@pytest.fixture
def scored(drawn):
    item = desk.items(drawn, "--for p_ev1")[0]["item"]
    desk.done(run(f"score --from {desk.form(drawn, item)}", drawn, "p_ev1", desk.DRAWN))
    return drawn


def test_a_table_leaves_in_the_form_that_its_file_is_called_after(scored, tmp_path):
    for name in ("people.csv", "machine.csv --machine", "book.xlsx", "ratings.parquet"):
        desk.done(run(f"export ratings -o {tmp_path}/{name}", scored, "p_tl1"))
    assert (tmp_path / "people.csv").read_bytes().startswith(b"\xef\xbb\xbfid,at,by")
    assert b"\r" not in (tmp_path / "machine.csv").read_bytes()
    assert (tmp_path / "book.xlsx").read_bytes().startswith(b"PK")
    found = duckdb.sql(f"SELECT count(*), min(evidence), bool_or(met) FROM '{tmp_path}/ratings.parquet'").fetchall()
    assert found == [(3, "asked for the postcode", True)]
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("*.*")} == {0}


def test_days_are_local_days_of_recording(scored, tmp_path):
    assert run("export ratings --from 2026-05-26 --format json", scored, "p_tl1").rows == []
    assert len(run("export ratings --from 2026-05-25 --to 2026-05-25 --format json", scored, "p_tl1").rows) == 3


def test_a_folder_is_a_data_package_whose_references_hold(scored, tmp_path):
    before = snapshot(scored)
    desk.done(run(f"export all -o {tmp_path}/package", scored, "p_tl1"))
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    names = {each["name"] for each in package["resources"]}
    keys = {
        (each["name"], key["fields"][0])
        for each in package["resources"]
        for key in each["schema"].get("foreignKeys", ())
    }
    assert {("ratings", "observation"), ("items", "draw"), ("observations", "item")} <= keys
    assert {path.stem for path in (tmp_path / "package").glob("*.csv")} == names
    assert snapshot(scored) == before


def test_another_program_accepts_the_data_package_and_finds_a_changed_value(scored, tmp_path):
    from frictionless import Package

    desk.done(run(f"export all -o {tmp_path}/package", scored, "p_tl1"))
    description, ratings = tmp_path / "package" / "datapackage.json", tmp_path / "package" / "ratings.csv"
    assert Package(str(description)).validate().flatten(["message"]) == []
    good = ratings.read_text("utf-8")
    for old, new, what in ((",yes,", ",perhaps,", "type-error"), (",o_", ",o_z", "foreign-key")):
        ratings.write_text(good.replace(old, new, 1), "utf-8")
        assert what in {row[0] for row in Package(str(description)).validate().flatten(["type"])}


def test_names_leave_with_a_purpose_and_the_log_keeps_it(scored, tmp_path):
    refused = run(f"export items --names -o {tmp_path}/items.csv", scored, "p_tl1", desk.DRAWN)
    assert (refused.code, (tmp_path / "items.csv").exists()) == (1, False)
    desk.done(run(f"export items --names --purpose 'wage talks' -o {tmp_path}/items.csv", scored, "p_tl1", desk.DRAWN))
    assert "Gwen" in (tmp_path / "items.csv").read_text("utf-8-sig")
    (row,) = run("export access_log --format json", scored, "p_tl1").rows
    assert (row["what"], row["by"], row["rows"], row["purpose"]) == ("export items", "p_tl1", 6, "wage talks")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("export rating -o x.csv", 1, "did you mean 'ratings'?"),
        ("export all", 2, "all tables do not fit into one file"),
        ("export ratings -o x.ods", 2, "qacli writes no .ods file"),
        ("export ratings -o /nowhere/x.csv", 74, "cannot be written"),
        ("export ratings --from 2026-06-01 --to 2026-05-01", 2, "the earlier day comes first"),
    ],
)
def test_what_cannot_be_exported_is_said(scored, line, code, says):
    result = run(line, scored, "p_tl1")
    assert (result.code, says in result.err) == (code, True)
