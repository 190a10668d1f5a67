"""The rule that a skipped test fails the run, tried on small suites of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = """
from skips import Skips

def pytest_configure(config):
    config.pluginmanager.register(Skips(), "skips")
"""


def run(folder, source, *options):
    (folder / "conftest.py").write_text(CONFTEST, "utf-8")
    (folder / "test_it.py").write_text(f"import pytest\n\n\ndef test_fine():\n    pass\n\n\n{source}", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parent), "PATH": ""},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["one process", "workers"])
def test_a_skip_fails_the_run_and_is_named(tmp_path, options):
    code, said = run(tmp_path, "@pytest.mark.skip(reason='no time')\ndef test_left_out():\n    pass\n", *options)
    assert code == 1
    assert "SKIPPED, which counts as failed: test_it.py::test_left_out: no time" in said


def test_a_skip_for_want_of_the_data_is_allowed(tmp_path):
    code, said = run(tmp_path, "def test_big():\n    pytest.skip('shared data is absent: data/log.csv')\n")
    assert (code, said.splitlines()[-1].split(" in ")[0]) == (0, "1 passed, 1 skipped")


def test_a_reason_that_only_mentions_the_data_is_not_allowed(tmp_path):
    code, _ = run(tmp_path, "@pytest.mark.skip(reason='slow, and shared data is absent')\ndef test_big():\n    pass\n")
    assert code == 1


def test_a_whole_file_that_skips_itself_fails_the_run(tmp_path):
    code, said = run(tmp_path, "pytest.skip('not on this machine', allow_module_level=True)\n")
    assert code != 0
    assert "test_it.py: not on this machine" in said


def test_a_test_that_is_expected_to_fail_fails_the_run(tmp_path):
    code, said = run(tmp_path, "@pytest.mark.xfail(reason='later')\ndef test_wrong():\n    assert False\n")
    assert code == 1
    assert "expected to fail: later" in said
