"""``qacli demo``, in a process of its own, as somebody who installed it would run it."""

from __future__ import annotations

import shutil

import pytest
import stage


@pytest.fixture
def played(demo_once, tmp_path):
    return shutil.copytree(demo_once[0], tmp_path / "harbour"), demo_once[1]


def test_it_ends_with_where_the_reports_lie_and_what_to_try(played):
    said = played[1]
    assert "\nThe records of harbour are verified. Read:\n" in said
    assert said.partition("Try next:\n")[2].startswith("  cd harbour\n")


def test_the_reports_that_it_names_are_there(played):
    out = played[0] / "out"
    assert sorted(path.name for path in out.iterdir() if path.is_file()) == ["plans.md", "summary-criterion.md"]
    (sheet,) = (out / "feedback").iterdir()
    assert "## What went well" in sheet.read_text("utf-8")


def test_its_ledger_is_silent_and_its_draws_are_the_same(played):
    assert stage.typed("qacli ledger verify", played[0]) == stage.Said("", 0)
    said = stage.typed("qacli sample verify", played[0])
    assert (said.code, said.text.count("drawn again, 30 of 30 the same")) == (0, 4)


def test_what_it_says_to_try_next_works(played):
    lines = [line.strip() for line in played[1].partition("Try next:\n")[2].splitlines()[1:]]
    assert len(lines) == 5
    codes = {line.partition("  #")[0]: stage.typed(line.partition("  #")[0], played[0]).code for line in lines}
    refused = [line.partition("  #")[0] for line in lines if "# refused" in line]
    assert codes == {line: int(line in refused) for line in codes}


def test_a_folder_that_is_in_use_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").touch()
    said = stage.typed(f"qacli demo '{tmp_path}'", tmp_path)
    assert (said.code, [path.name for path in tmp_path.iterdir()]) == (2, ["mine.txt"])
    assert "is not empty" in said.text
