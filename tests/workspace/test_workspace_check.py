from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import pytest
from workspaces import SCALE, score, workspace

from qacli.cli import main
from qacli.model import Change
from qacli.workspace import NoWorkspace, Workspace
from qacli.workspace.check import check
from qacli.workspace.people import UnknownActor


@pytest.fixture
def desk(tmp_path):
    return workspace(tmp_path / "w")


def write(desk, name, text):
    path = desk.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o600)


def places(desk):
    return [(fault.code, fault.file, fault.line) for fault in check(workspace(desk.folder))]


def test_a_sound_workspace_is_passed_in_silence(desk):
    write(desk, "definitions/scales/binary.yaml", SCALE.format(id="binary", version=1, title="Met"))
    desk.commit(score, "score")
    assert places(desk) == []


def test_every_planted_fault_is_found_in_one_run_with_file_and_line(desk):
    write(desk, "definitions/scales/binary.yaml", SCALE.format(id="binary", version=1, title="Met"))
    desk.commit(lambda view: Change([score(view).rows[0]]) if view.definition("scale", "binary") else None, "score")
    write(
        desk,
        "qacli.yaml",
        "organisation: Harbour\nsector: private\nprovenance: training\npurpose:\n"
        "lawful_basis: legitimate interests\ndpia: DPIA-1\n"
        "sources:\n  transactions: {path: x.csv, profile: none-such}\n"
        "roles:\n  manager: [p_nobody]\n",
    )
    write(desk, "definitions/scales/binary.yaml", SCALE.format(id="binary", version=1, title="Edited"))
    write(desk, "definitions/scales/other.yaml", SCALE.format(id="another", version=1, title="x"))
    write(
        desk, "definitions/scales/owned.yaml", SCALE.format(id="owned", version=1, title="x").replace("p_tl1", "p_gone")
    )
    write(desk, "definitions/procedures/idv.yaml", "id: idv\nid: idv\n")
    (desk.folder / "people.csv").chmod(0o644)
    assert places(desk) == [
        ("missing-setting", "definitions/procedures/idv.yaml", 1),
        ("duplicate-key", "definitions/procedures/idv.yaml", 2),
        ("changed-version", "definitions/scales/binary.yaml", 2),
        ("file-name", "definitions/scales/other.yaml", 1),
        ("unknown-person", "definitions/scales/owned.yaml", 3),
        ("open-to-others", "people.csv", 0),
        ("missing-setting", "qacli.yaml", 4),
        ("unknown-profile", "qacli.yaml", 8),
        ("unknown-person", "qacli.yaml", 10),
    ]


def test_c02_what_cites_a_scale_whose_file_cannot_be_read_is_not_told_as_well(desk):
    card = """
id: desk
version: 1.0
owner: p_tl1
from: 2026-01-01
title: Desk
channels: [desk]
promises: {safe: Your money is safe.}
sections:
  - id: open
    title: Open
    criteria:
      - {id: greet, observable: Stands up., scale: binary@1, weight: 100, anchors: {not_met: Stays seated., met: Stands up.},
         not_applicable: never, procedure: idv@1, promise: safe, kpis: [csat]}
"""
    write(desk, "definitions/scorecards/desk.yaml", card)
    write(desk, "definitions/procedures/idv.yaml", "id: idv\n")
    write(desk, "definitions/kpis.yaml", "- id: csat\n")
    write(desk, "definitions/scales/binary.yaml", SCALE.format(id="binary", version=1, title="Met"))
    assert {(code, file) for code, file, _ in places(desk)} == {
        ("missing-setting", "definitions/kpis.yaml"),
        ("missing-setting", "definitions/procedures/idv.yaml"),
    }
    write(desk, "definitions/scales/binary.yaml", "id: binary\n")
    assert ("unknown-scale", "definitions/scorecards/desk.yaml") not in {place[:2] for place in places(desk)}
    write(desk, "definitions/kpis.yaml", "[]\n")
    (desk.folder / "definitions/scales/binary.yaml").unlink()
    assert {
        ("unknown-scale", "definitions/scorecards/desk.yaml"),
        ("unknown-kpi", "definitions/scorecards/desk.yaml"),
    } <= {place[:2] for place in places(desk)}


@pytest.mark.parametrize(("today", "found"), [("2026-06-30", []), ("2026-07-01", [("dpia-overdue", "qacli.yaml", 8)])])
def test_c05_an_assessment_whose_review_is_overdue_is_told(desk, today, found):
    text = (desk.folder / "qacli.yaml").read_text("utf-8")
    write(desk, "qacli.yaml", text.replace("dpia: DPIA-1\n", "dpia: DPIA-1\ndpia_review_by: 2026-06-30\n"))
    seen = check(workspace(desk.folder, today=datetime.fromisoformat(today)))
    assert [(fault.code, fault.file, fault.line) for fault in seen] == found


def test_versions_of_an_item_lie_side_by_side_under_their_own_names(desk):
    write(desk, "definitions/scales/binary.yaml", SCALE.format(id="binary", version=2, title="Met"))
    write(desk, "definitions/scales/binary@1.yaml", SCALE.format(id="binary", version=1, title="Met, once"))
    assert places(desk) == []
    assert workspace(desk.folder).view().definition("scale", "binary@1").title == "Met, once"
    write(desk, "definitions/scales/binary@2.yaml", SCALE.format(id="binary", version=2, title="Another"))
    write(desk, "definitions/scales/binary@3.yaml", SCALE.format(id="binary", version=4, title="Another"))
    assert places(desk) == [
        ("repeated-item", "definitions/scales/binary@2.yaml", 1),
        ("file-name", "definitions/scales/binary@3.yaml", 1),
    ]


def test_faults_in_people_are_told_with_the_rest(desk):
    write(desk, "people.csv", "person,source,source_id,from,to,name,login\nTess,,,,,,\np_ev1,,,2026-13-01,,,\n")
    settings = (desk.folder / "qacli.yaml").read_text()
    write(desk, "qacli.yaml", settings.replace("purpose: improve the quality of service", "purpose:"))
    assert set(places(desk)) >= {
        ("person-id", "people.csv", 2),
        ("date", "people.csv", 3),
        ("missing-setting", "qacli.yaml", 5),
    }


def test_a_folder_that_is_no_workspace_is_said(tmp_path):
    with pytest.raises(NoWorkspace, match="not in a qacli workspace") as said:
        Workspace.find(tmp_path)
    assert said.value.exit_code == 78


def test_a_workspace_is_found_from_below(desk):
    (desk.folder / "records").mkdir()
    assert Workspace.find(desk.folder / "records").folder == desk.folder


def test_a_person_that_nobody_knows_does_not_act(desk):
    with pytest.raises(UnknownActor, match="there is no person 'p_ev9'") as said:
        workspace(desk.folder, "p_ev9").commit(score, "score")
    assert said.value.exit_code == 2
    assert not (desk.folder / "journal.csv").exists()


def test_a_live_folder_refuses_another_day_when_writing(tmp_path, capsys):
    desk = workspace(tmp_path / "w", provenance="live")
    assert main(["notice", "ack", "n-staff", "-C", str(desk.folder), "--as", "p_tl1", "--today", "2026-05-18"]) == 1
    assert "refused[today-in-live]" in capsys.readouterr().err
    assert not (desk.folder / "journal.csv").exists()


def test_another_computer_takes_over_by_an_entry(desk, monkeypatch, capsys):
    desk.commit(score, "score")
    monkeypatch.setattr("qacli.ledger.trail.this_host", lambda: "h_0ther000")
    with pytest.raises(Exception, match="qacli ledger host take") as refused:
        desk.commit(score, "score")
    assert refused.value.exit_code == 77
    assert main(["ledger", "host", "take", "-C", str(desk.folder), "--as", "p_tl1"]) == 0
    assert "now writes here" in capsys.readouterr().out
    desk.commit(score, "score")
    assert main(["ledger", "verify", "-C", str(desk.folder)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["ledger", "show", "-C", str(desk.folder), "--format", "csv"]) == 0
    shown = [line.split(",") for line in capsys.readouterr().out.splitlines()]
    assert [(line[2], line[4]) for line in shown[1:]] == [
        ("p_ev1", "score"),
        ("p_tl1", "ledger host take"),
        ("p_ev1", "score"),
    ]


def test_verify_says_where_and_leaves_with_1(desk, capsys):
    desk.commit(score, "score")
    path = next((desk.folder / "records").glob("*/ratings.csv"))
    path.write_bytes(path.read_bytes().replace(b"ph-1", b"ph-7"))
    assert main(["ledger", "verify", "-C", str(desk.folder)]) == 1
    assert "ratings.csv rows 1-4, entry 1 of" in capsys.readouterr().out


def test_without_people_csv_the_missing_file_is_named_not_a_login(desk, capsys):
    (desk.folder / "people.csv").unlink()
    for actor in ([], ["--as", "p_ev1"]):
        assert main(["notice", "ack", "n-staff", "-C", str(desk.folder), *actor]) == 78
        assert capsys.readouterr().err.startswith(f"error: {desk.folder / 'people.csv'} is missing: it says who is who")
    assert ("no-people", "people.csv", 0) in places(desk)


def test_a_version_that_records_cite_may_still_be_named_when_its_file_has_moved_on(drawn):
    card = drawn / "definitions/scorecards/desk.yaml"
    write(SimpleNamespace(folder=drawn), "definitions/scorecards/desk.yaml", card.read_text().replace("1.0", "2.0", 1))
    assert "version: 2.0" in card.read_text()
    assert [str(fault) for fault in check(Workspace(drawn)) if fault.code == "unknown-scorecard"] == []
    frame = drawn / "definitions/frames/weekly.yaml"
    write(
        SimpleNamespace(folder=drawn),
        "definitions/frames/other.yaml",
        frame.read_text().replace("weekly", "other").replace("desk@1.0", "desk@1.5"),
    )
    (fault,) = [fault for fault in check(Workspace(drawn)) if fault.code == "unknown-scorecard"]
    assert fault.message == "there is no scorecard desk@1.5"
    assert fault.help == "defined is: desk@1.0, desk@2.0"


def test_c15_a_benchmark_of_an_unknown_kpi_and_one_that_expired_are_told(desk):
    text = (
        "- {{id: {}, version: 1, owner: p_tl1, from: 2026-01-01, kpi: csat, variant: top2, value: 80, kind: target,\n"
    )
    text += "   source: us, year: 2026, expires: {}}}\n"
    write(desk, "definitions/benchmarks.yaml", text.format("ours", "2199-12-31") + text.format("old", "2026-01-31"))
    assert places(desk) == [
        ("unknown-kpi", "definitions/benchmarks.yaml", 1),
        ("unknown-kpi", "definitions/benchmarks.yaml", 3),
        ("benchmark-expired", "definitions/benchmarks.yaml", 4),
    ]


def test_c12_an_option_that_follows_an_unknown_coaching_model_is_told(desk):
    option = (
        "- {id: talk, version: 1, owner: p_tl1, from: 2026-01-01, title: Talk, method: Talks., minutes: 45, cost: 0,\n"
    )
    write(desk, "definitions/catalogue.yaml", option + "   source: us, fits: [any], book: Ask., model: grow}\n")
    assert ("unknown-coaching-model", "definitions/catalogue.yaml", 2) in places(desk)


@pytest.mark.parametrize(("spoil", "wrong"), [("edit", "the file was changed"), ("delete", "the file is missing")])
def test_a_cited_version_that_was_edited_or_lost_is_told(desk, spoil, wrong):
    write(desk, "definitions/scales/binary.yaml", SCALE.format(id="binary", version=1, title="Met"))
    desk.commit(lambda view: Change([score(view).rows[0]]) if view.definition("scale", "binary") else None, "score")
    [kept] = (desk.folder / "definitions/.versions").glob("*.yaml")
    if spoil == "edit":
        kept.write_bytes(kept.read_bytes().replace(b"Met", b"Sat"))
    else:
        kept.unlink()
    [fault] = [fault for fault in check(workspace(desk.folder)) if fault.code == "cited-version"]
    assert (fault.file, fault.message) == (
        f"definitions/.versions/{kept.name}",
        f"{wrong}: scale binary@1, which records cite",
    )
