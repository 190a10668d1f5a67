from __future__ import annotations

import os
import shutil
from pathlib import Path

import desk
import pytest
from skips import Skips

GOLDEN = Path(__file__).parent / "golden"


def pytest_configure(config):
    config.pluginmanager.register(Skips(), "skips")


@pytest.fixture
def golden():
    """Compare a document with tests/golden/NAME; QACLI_UPDATE_GOLDEN=1 writes it instead."""

    def compare(name, document):
        path = GOLDEN / name
        if os.environ.get("QACLI_UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(document, "utf-8", newline="")
        assert document == path.read_bytes().decode("utf-8")

    return compare


@pytest.fixture(scope="session")
def _desks(tmp_path_factory):
    """The desk at three points of its life, made once and copied for each test."""
    made = tmp_path_factory.mktemp("desks")
    desk.make(made / "new")
    shutil.copytree(made / "new", made / "agreed")
    desk.agreed(made / "agreed")
    shutil.copytree(made / "agreed", made / "drawn")
    desk.drawn(made / "drawn")
    return made


@pytest.fixture
def desk_at(_desks, tmp_path):
    """Return a fresh copy of the desk as it is when new, agreed or drawn."""

    def copy(state):
        shutil.copytree(_desks / state, tmp_path / "desk")
        return tmp_path / "desk"

    return copy


@pytest.fixture
def drawn(desk_at):
    return desk_at("drawn")


@pytest.fixture
def agreed(desk_at):
    return desk_at("agreed")


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch):
    for name in ("QACLI_AS", "QACLI_FOLDER", "QACLI_FORMAT", "QACLI_PLAIN"):
        monkeypatch.delenv(name, raising=False)
