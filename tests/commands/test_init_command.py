from __future__ import annotations

import getpass
import os

import pytest
from command_line import run, snapshot

from qacli.files import yaml
from qacli.prepare.settings import Settings


def made(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_init_lists_every_file_it_made_and_says_what_comes_next(tmp_path):
    result = run(f"init {tmp_path / 'harbour'} --as p_tl1")
    assert result.code == 0
    listed = {line.split(f"{tmp_path / 'harbour'}/")[1].split("  (")[0] for line in result.out.splitlines()}
    assert listed == made(tmp_path / "harbour")
    assert "qacli.yaml  (provenance: live)" in result.out
    assert result.err.startswith("check: ")
    assert f"next: cd {tmp_path / 'harbour'}; edit qacli.yaml" in result.err


def test_what_comes_next_can_be_typed_for_a_folder_with_a_blank(tmp_path):
    folder = tmp_path / "Prüf Mappe"
    assert f"next: cd '{folder}'; edit qacli.yaml" in run(["init", str(folder)], actor="p_tl1").err


def test_init_again_overwrites_nothing_and_completes_what_is_missing(tmp_path):
    run(f"init {tmp_path} --as p_tl1")
    (tmp_path / "qacli.yaml").write_text("organisation: Ours\nsector: public\nprovenance: live\n", "utf-8")
    (tmp_path / "definitions/scales/binary.yaml").unlink()
    before = snapshot(tmp_path)
    result = run(f"init {tmp_path} --as p_other --provenance example")
    assert [line for line in result.out.splitlines() if line.startswith("made")] == [
        f"made {tmp_path}/definitions/scales/binary.yaml"
    ]
    after = snapshot(tmp_path)
    assert {name: after[name] for name in before} == before


def test_init_in_a_folder_with_other_files_leaves_them_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert run("init", tmp_path, "p_tl1").code == 0
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"
    assert (tmp_path / "qacli.yaml").exists()


@pytest.mark.parametrize(
    "name", ["a: b", "no", "#1", "[x]", 'it\'s "ours"', "Ä b", "12", "- x", "two  blanks", "{}", "x\ty", "null"]
)
def test_a_folder_may_have_any_name(tmp_path, name):
    folder = tmp_path / name
    result = run(["init", str(folder)], actor="p_tl1")
    assert result.code == 0, result.err
    settings = Settings.model_validate(yaml.read(folder / "qacli.yaml").data)
    assert settings.organisation == name.replace("\t", "\\t")
    assert run("sample list", folder).code == 0


def test_everything_is_private_to_its_owner(tmp_path):
    run(f"init {tmp_path / 'harbour'} --as p_tl1")
    wide = [path for path in (tmp_path / "harbour").rglob("*") if path.stat().st_mode & 0o077]
    assert wide == []


def test_it_knows_who_ran_it(tmp_path, monkeypatch):
    run(f"init {tmp_path}")
    assert f"p_me,,,,,,{getpass.getuser()}" in (tmp_path / "people.csv").read_text("utf-8")
    assert run("", tmp_path).out == "nothing is due for p_me\n"


def test_a_login_without_a_name_or_with_a_strange_one(tmp_path, monkeypatch):
    def nameless():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert run(f"init {tmp_path / 'a'}").code == 0
    result = run("notice ack n-staff", tmp_path / "a")
    assert (result.code, "this system has no name for your login" in result.err) == (2, True)
    monkeypatch.setattr(getpass, "getuser", lambda: 'DOMAIN\\a,"b"')
    assert run(f"init {tmp_path / 'b'}").code == 0
    assert run("", tmp_path / "b").out == "nothing is due for p_me\n"


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("init {folder} --as Joan", 2, "'Joan' is not a person id"),
        ("init {folder} --provenance real", 2, "'real' is not one of"),
        ("init {file} --as p_tl1", 2, "is a file, not a folder"),
    ],
)
def test_what_init_refuses(tmp_path, line, code, words):
    file = tmp_path / "file"
    file.write_text("x", "utf-8")
    result = run(line.format(folder=tmp_path / "new", file=file))
    assert (result.code, words in result.err) == (code, True), result.err
    assert made(tmp_path) == {"file"}


def test_a_file_that_breaks_off_is_not_kept_by_the_next_init(tmp_path, monkeypatch):
    real = os.fsync
    monkeypatch.setattr("os.fsync", lambda descriptor: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert run(["init", str(tmp_path / "w"), "--as", "p_tl1"]).code == 74
    assert [path for path in (tmp_path / "w").rglob("*") if path.is_file()] == []
    monkeypatch.setattr("os.fsync", real)
    done = run(["init", str(tmp_path / "w"), "--as", "p_tl1"])
    assert done.code == 0
    assert "kept" not in done.out
