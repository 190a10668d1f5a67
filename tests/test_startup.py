"""What a start loads: nothing heavy before a command needs it. Its time is measured by benchmarks/startup.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import stage

import qacli

HEAVY = {"pandas", "duckdb", "scipy", "numpy", "jinja2", "textual", "pydantic", "yaml"}
# Runs the command line as the console script does, then says what it has loaded.
LOADED = """
import atexit, sys
atexit.register(lambda: print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr))
from qacli.__main__ import main
main()
"""


def loaded(*words, cwd=None):
    environment = {**os.environ, "PYTHONPATH": str(Path(qacli.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("LOADED")[2].split())


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["--show-completion", "bash"], ["sample", "--help"]], ids=" ".join
)
def test_a_start_loads_nothing_heavy(words, tmp_path):
    found = loaded(*words, cwd=tmp_path)
    assert "qacli" in found
    assert found & HEAVY == set()


def test_showing_the_journal_loads_no_models_and_no_engine(tmp_path):
    assert loaded("ledger", "show", cwd=stage.prepared(tmp_path)) & (HEAVY - {"yaml"}) == set()


def test_the_probe_sees_what_is_loaded(tmp_path):
    assert {"pydantic", "yaml"} <= loaded("check", cwd=stage.prepared(tmp_path))
