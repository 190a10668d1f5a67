from __future__ import annotations

import os
from pathlib import Path

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
