"""The wheel holds what `init`, `demo`, `report` and `--show-completion` need, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    with zipfile.ZipFile(wheel) as opened:
        return opened.namelist()


@pytest.mark.parametrize(
    ("top", "inside"),
    [("scorecards", "qacli/shipped/scorecards"), ("examples", "qacli/shipped/examples"), ("src/qacli", "qacli")],
)
def test_every_file_of_a_folder_is_inside(names, top, inside):
    files = [
        path.relative_to(ROOT / top) for path in (ROOT / top).rglob("*") if path.is_file() and path.suffix != ".pyc"
    ]
    assert len(files) > 5
    assert [str(path) for path in files if f"{inside}/{path.as_posix()}" not in names] == []


def test_templates_and_completion_are_inside(names):
    assert {f"qacli/completion/qacli.{shell}" for shell in ("bash", "zsh", "fish")} <= set(names)
    assert "qacli/reports/templates/feedback.md.j2" in names


def test_nothing_else_is_inside(names):
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"qacli"}
