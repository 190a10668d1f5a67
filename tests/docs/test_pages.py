"""What is generated is current, and says something of every command and option."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "docs"))

import pages  # noqa: E402
from commandline import known  # noqa: E402

from qacli.model import Exit  # noqa: E402

KNOWN = known()


def test_what_is_generated_is_current():
    done = subprocess.run([sys.executable, str(ROOT / "docs" / "pages.py"), "--check"], capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0), "run: make docs"


def test_the_check_names_what_is_out_of_date(monkeypatch, capsys):
    monkeypatch.setattr(pages, "generated", lambda: {ROOT / "docs" / "reference.md": "of yesterday"})
    assert pages.main("--check") == 1
    assert capsys.readouterr().out == "docs/reference.md is out of date: make docs\n"


@pytest.mark.parametrize("command", KNOWN, ids=lambda command: command.path)
def test_every_command_and_option_has_help(command):
    assert command.summary.endswith(".")
    assert [option.names for option in command.options if not option.help] == []


def test_the_reference_holds_every_command_and_exit_code():
    page = (ROOT / "docs" / "reference.md").read_text("utf-8")
    assert len(KNOWN) > 30
    assert [each.path for each in KNOWN if f" qacli {each.path}\n" not in page] == []
    assert [code for code in Exit if f"| {code.value} |" not in page] == []
