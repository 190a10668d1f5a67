"""What is generated is current, and says something of every command and option."""

from __future__ import annotations

import re
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


PAGES = sorted(
    {ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").rglob("*.md")}
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_commands_and_targets_that_there_are(page):
    text = page.read_text("utf-8")
    paths = {each.path: each for each in KNOWN}
    called = [span for span in re.findall(r"`([^`\n]+)`", text) if re.match(r"qacli [a-z]", span)]
    wrong = [
        span
        for span in called
        if span.split()[1] not in paths
        or (
            paths[span.split()[1]].below
            and len(span.split()) > 2
            and span.split()[2] not in paths[span.split()[1]].below
        )
    ]
    assert wrong == []
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^\s+)make ([a-z]+)", text, re.MULTILINE)) <= targets
