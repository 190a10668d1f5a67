"""``qacli privacy`` as people type it."""

from __future__ import annotations

import csv
import gzip

import desk
import pytest
from command_line import run, snapshot

from qacli.workspace import Workspace
from qacli.workspace.erase import left_of, remove_person

JUNE = "2026-06-10"


@pytest.fixture
def scored(drawn):
    item = next(each for each in desk.items(drawn) if each["colleague"] == "p_a07")
    desk.done(run(f"score --from {desk.form(drawn, item['item'])}", drawn, item["evaluator"], desk.DRAWN))
    return drawn


def test_a_request_is_recorded_once_its_pack_written_and_its_day_told(scored):
    result = run("privacy access p_a07 --received 2026-05-20 --channel letter", scored, "p_tl1", JUNE)
    assert result.code == 0, result.err
    assert "due 22 June 2026" in result.out
    place = scored / "out" / "access" / "p_a07"
    index = (place / "index.md").read_text("utf-8")
    assert "received 20 May 2026, to be answered by 22 June 2026" in index
    assert "Purpose: improve the quality of service to customers" in index
    with (place / "ratings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["by"] for row in csv.DictReader(file)}.isdisjoint({"p_ev1", "p_ev2", "p_tl1"})
    assert "Gwen" in (place / "people.csv").read_text("utf-8-sig")
    assert {path.stat().st_mode & 0o077 for path in place.iterdir()} == {0}
    again = run("privacy access p_a07", scored, "p_tl1", JUNE)
    assert "is open already, due on 22 June 2026" in again.err


def test_the_day_moves_with_the_clock_and_due_says_what_is_late(scored):
    desk.done(run("privacy access p_a07 --received 2026-05-20", scored, "p_tl1", JUNE))
    stopped = desk.done(
        run("privacy access p_a07 --stop-clock --on 2026-06-01 --words 'which calls?'", scored, "p_tl1", JUNE)
    )
    assert "clock stopped since 1 June 2026; due 29 June 2026 if it started today" in stopped.out
    late = run("privacy due --format json", scored, "p_tl1", "2026-07-01")
    assert (late.code, late.rows[0]["state"]) == (0, "clock stopped since 2026-06-01")
    desk.done(run("privacy access p_a07 --start-clock", scored, "p_tl1", JUNE))
    late = run("privacy due --format json", scored, "p_tl1", "2026-07-01")
    assert (late.code, late.rows[0]["due"], late.rows[0]["state"]) == (1, "2026-06-29", "overdue")
    assert "answered on 10 June 2026" in desk.done(run("privacy access p_a07 --done", scored, "p_tl1", JUNE)).out
    assert run("privacy due --format json", scored, "p_tl1", "2026-07-01").rows == []
    assert run("privacy access p_a07 --done --extend", scored, "p_tl1", JUNE).code == 2


def test_a_complaint_has_a_day_of_its_own(scored):
    made = desk.done(
        run("privacy complaint 'K13A07' --received 2026-07-01 --words 'my data'", scored, "p_tl1", "2026-07-02")
    )
    assert (
        "due 30 July 2026" in made.out
    )  # 30 days beginning when it was received, on 1 July: Data (Use and Access) Act 2025, s. 103
    assert (
        "answered on 2 July 2026"
        in desk.done(run("privacy complaint K13A07 --done", scored, "p_tl1", "2026-07-02")).out
    )


def test_an_erasure_takes_the_lines_and_names_every_copy(scored):
    before = (scored / "people.csv").read_text("utf-8")
    with gzip.open(scored / "exports" / "old.csv.gz", "wt") as file:
        file.write("x" * (1 << 20) + "\nA07\n")
    (scored / "exports" / "may.parquet").write_bytes(b"PAR1")
    (scored / "drafts" / "t_9-1.p_ev1.json").write_text("Gwendolyn", "utf-8")
    desk.done(run("feedback prepare o_6 --for p_a07 --on 2026-06-10", scored, "p_tl1", JUNE))
    desk.done(run("feedback deliver f_7 --means 'in person'", scored, "p_tl1", JUNE))
    desk.done(run(["feedback", "reply", "f_7", "--words", "Gwen here: thank you"], scored, "p_a07", JUNE))
    dry = run("privacy erase p_a07 --reason left --dry-run --format json", scored, "p_tl1", JUNE)
    assert (dry.code, (scored / "people.csv").read_text("utf-8")) == (0, before)
    result = desk.done(run("privacy erase p_a07 --reason left --format json", scored, "p_tl1", JUNE))
    assert result.rows == dry.rows
    found = [row["where"] for row in result.rows]
    words = [where for where in found if where.startswith("w_")]
    assert [where for where in found if where not in words and not where.endswith(".git")] == [
        "exports/may.csv",
        "exports/may.parquet",
        "exports/old.csv.gz",
    ]
    assert f"qacli ledger redact {words[0]}" in str(result.rows)
    assert (scored / "people.csv").read_text("utf-8") == before.replace("p_a07,telephony,A07,,,Gwen,\n", "")
    assert (scored / "people.csv").stat().st_mode & 0o077 == 0
    assert "nothing to do" in run("privacy erase p_a07 --reason left", scored, "p_tl1", JUNE).err
    assert run("ledger verify", scored, "p_tl1").code == 0


def test_an_erasure_that_broke_off_before_the_lines_went_is_finished_by_the_next(scored, monkeypatch):
    def broken(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("qacli.workspace.erase.replace_file", broken)
        said = run("privacy erase p_a07 --reason left", scored, "p_tl1", JUNE)
        assert (said.code, "recorded" in said.err) == (0, True)
    assert "p_a07" in (scored / "people.csv").read_text("utf-8")
    desk.done(run("privacy erase p_a07 --reason left", scored, "p_tl1", JUNE))
    assert "p_a07" not in (scored / "people.csv").read_text("utf-8")


def test_two_claims_are_two_holds_and_one_ends_alone(scored):
    def hold(line, actor="p_tl1"):
        return run(f"privacy hold {line}", scored, actor, JUNE)

    first = desk.done(hold("p_a07 --reason 'a claim'")).first
    assert "holds p_a07 already: nothing to do" in desk.done(hold("p_a07 --reason 'a claim'")).err
    second = desk.done(hold("p_a07 --reason 'another claim'")).first
    assert desk.done(hold(f"{first} --release --reason settled")).out == f"released: {first}\n"
    refused = run("privacy erase p_a07 --reason left", scored, "p_tl1", JUNE)
    assert f"legal hold {second} on p_a07 has not been released" in refused.err
    third = desk.done(hold("p_a07 --reason 'a third'")).first
    assert desk.done(hold("p_a07 --release --reason settled")).out == f"released: {second}, {third}\n"


def test_nobody_releases_a_hold_on_themselves(scored):
    name = desk.done(run("privacy hold p_tl1 --reason inquiry", scored, "p_ev1", JUNE)).first
    refused = run("privacy hold p_tl1 --release --reason mine", scored, "p_tl1", JUNE)
    assert refused.err.startswith(f"refused[own-hold]: {name} is on p_tl1, who cannot release it.")
    desk.done(run("privacy hold p_tl1 --release --reason over", scored, "p_ev1", JUNE))


def test_a_hold_stops_an_erasure_and_nothing_changes(scored):
    desk.done(run("privacy hold observations --reason 'a claim'", scored, "p_tl1", JUNE))
    before = snapshot(scored)
    refused = run("privacy erase p_a07 --reason left", scored, "p_tl1", JUNE)
    assert (refused.code, "refused[legal-hold]" in refused.err, snapshot(scored)) == (1, True, before)
    assert "h_7 holds observations until it is released: a claim" in run("privacy due", scored, "p_tl1", JUNE).err


@pytest.mark.parametrize(
    "text",
    [
        "person,source,source_id,from,to,name,login\r\np_x,,,,,X,\r\np_y,,,,,Y,\r\n",
        "\ufeffperson,source,source_id,from,to,name,login\np_x,,,,,X,\n\np_y,,,,,Y,",
        'person,source,source_id,from,to,name,login\np_x,,,,,"X\nY",\np_y,,,,,Y,\np_x,b,,,,,\n',
    ],
    ids=["CRLF", "byte order mark, blank line, no end", "a name on two lines"],
)
def test_the_other_lines_of_people_stay_byte_for_byte(tmp_path, text):
    (tmp_path / "people.csv").write_bytes(text.encode("utf-8"))
    remove_person(tmp_path, "p_x")
    left = (tmp_path / "people.csv").read_bytes().decode("utf-8")
    assert "p_x" not in left
    assert left.split("\n")[0] == text.split("\n")[0]
    assert left.endswith(next(part for part in ("p_y,,,,,Y,\r\n", "p_y,,,,,Y,\n", "p_y,,,,,Y,") if part in text))
    assert "X" not in left.partition("\n")[2]


def test_nobody_without_a_line_has_copies_but_in_history(tmp_path):
    from workspaces import workspace

    assert [each.where for each in left_of(workspace(tmp_path / "w"), "p_zz") if not each.where.endswith(".git")] == []


def test_a_folder_of_exports_is_searched_wherever_it_lies(scored, tmp_path):
    lies = tmp_path / "elsewhere"
    (lies / "2026").mkdir(parents=True)
    (lies / "2026" / "may.csv").write_text("id,start,agent\nT1,2026-05-01,Gwen\n", "utf-8")
    settings = (scored / "qacli.yaml").read_text("utf-8")
    desk.write(scored, {"qacli.yaml": settings.replace("sources:\n", f"sources:\n  surveys: {{path: {lies}/}}\n")})
    said = desk.done(run("privacy erase p_a07 --reason left", scored, "p_tl1", JUNE))
    assert f"{lies}/2026/may.csv" in said.out + said.err


def test_what_lies_on_an_engine_is_named_as_not_searched(scored):
    settings = scored / "qacli.yaml"
    there = "{engine: postgresql, connection: QA_WAREHOUSE, table: calls, profile: telephony}"
    settings.write_text(settings.read_text().replace("{path: exports/may.csv, profile: telephony}", there), "utf-8")
    (place,) = [each for each in left_of(Workspace.find(scored), "p_a07") if each.where == "source transactions"]
    assert place.what == "lies on postgresql, where nothing was searched"
