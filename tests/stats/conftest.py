from __future__ import annotations

import json
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "stats_reference.json"


@pytest.fixture
def reference():
    """Return (input, expected, tolerance) of an entry of the reference file."""
    if not REFERENCE.exists():
        pytest.skip("shared data is absent")
    entries = {entry["id"]: entry for entry in json.loads(REFERENCE.read_text("utf-8"))}

    def entry(name):
        found = entries[name]
        return found["input"], found["expected"], found["tolerance"]

    return entry
