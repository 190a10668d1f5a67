"""The walk of the README, typed line by line: what it prints is what the README shows.

    python tests/test_readme.py DIR    type it in DIR and write what it prints into README.md

Blocks run in order in one folder. In a console block a line after `$ ` is typed, and what follows is what must be
seen; a line `...` stands for any lines. A yaml or csv block whose first line is `# FILE` is written to that file; what
is written for people.csv goes below what is there.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import stage

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"^```(console|yaml|csv|jinja)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = "..."
TYPED = (
    "README.md",
    "notices.md",
    "rules.md",
    "scoring.md",
    "transcripts.md",
    "calibration.md",
    "disputes.md",
    "sources.md",
    "sampling.md",
    "observing.md",
    "drawing.md",
    "frames.md",
    "kpis.md",
    "cases.md",
    "comparing.md",
    "dashboard.md",
    "unattended.md",
    "resources.md",
    "authority.md",
    "briefings.md",
    "portfolios.md",
    "requirements.md",
    "actions.md",
    "voice.md",
    "audits.md",
    "coaching.md",
    "escalation.md",
    "causes.md",
    "understanding.md",
    "forms.md",
    "entering.md",
    "feedback.md",
)  # all but the first by tests/docs


class Step(NamedTuple):
    """One line that is typed, and what should be seen then."""

    line: str
    seen: str


class Walk:
    """A person at a terminal, with their folder; ``cd`` is the only word of the shell that is kept between lines."""

    def __init__(self, folder: Path, demo: tuple[Path, str] | None = None) -> None:
        self.folder = folder
        self.demo = demo  # made already, with what was said

    def type(self, line: str) -> str:
        name, *words = shlex.split(line)
        if name == "cd":
            self.folder = self.folder / words[0]
            return ""
        if line == "qacli demo harbour" and self.demo:
            shutil.copytree(self.demo[0], self.folder / "harbour")
            return self.demo[1]
        return stage.typed(line, self.folder, terminal=True, QACLI_PLAIN="1", COLUMNS="120").text

    def write(self, block: str) -> None:
        name, text = block.removeprefix("# ").split("\n", 1)
        path = self.folder / name
        path.write_text((path.read_text("utf-8") if name == "people.csv" else "") + text, "utf-8", newline="")


def steps(block: str) -> list[Step]:
    """Return the typed lines of a console block."""
    _, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    return [Step(*part.split("\n", 1)) for part in parts]


def fits(seen: str, shown: str) -> bool:
    """Return whether what was seen is what is shown, `...` standing for any lines."""
    parts = re.split(rf"^{re.escape(ELLIPSIS)}\n", shown, flags=re.MULTILINE)
    return re.fullmatch(r"(?:.*\n)*?".join(map(re.escape, parts)), seen) is not None


def test_the_walk_prints_what_the_readme_shows(tmp_path, demo_once):
    walk = Walk(tmp_path, demo_once)
    told = []
    for kind, block in BLOCK.findall((ROOT / "README.md").read_text("utf-8")):
        if kind != "console":
            walk.write(block)
            continue
        for line, shown in steps(block):
            seen = walk.type(line)
            told.append(line)
            assert fits(seen, shown), f"$ {line}\n{seen}\nbut the README shows\n{shown}"
    assert len(told) > 20
    assert told[-1].startswith("qacli ledger")


def test_every_command_of_the_help_is_typed_on_a_page_or_plays_in_the_demo():
    from qacli.cli import COMMANDS

    pages = (path.read_text("utf-8") for path in PAGES if path.name in TYPED)
    typed = {
        line.split()[1]
        for page in pages
        for kind, block in BLOCK.findall(page)
        if kind == "console"
        for line, _ in steps(block)
        if line.startswith("qacli ")
    }
    assert {command.name for command in COMMANDS} - typed == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_shows_a_command_that_no_test_types(page):
    text = page.read_text("utf-8")
    shown = re.findall(r"^\s*\$ (qacli .*)$", text, re.MULTILINE)
    if page.name == "errors.md":  # typed by tests/test_errors.py
        return
    proved = [line for kind, block in BLOCK.findall(text) if kind == "console" for line, _ in steps(block)]
    assert page.name in TYPED or not proved, f"{page.name}: only the blocks of {', '.join(TYPED)} are typed"
    assert [line for line in shown if line not in proved] == []


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("a\nb\nc\n", True),
        ("a\n...\nc\n", True),
        ("...\nc\n", True),
        ("a\n...\n", True),
        ("...\n", True),
        ("a\nc\n", False),
        ("a\n...\nd\n", False),
        ("b\n...\n", False),
        ("", False),
    ],
)
def test_three_dots_stand_for_any_lines(shown, right):
    assert fits("a\nb\nc\n", shown) is right


def rewrite(folder: Path) -> None:
    """Type the walk and put what it prints into README.md; blocks with `...` are kept where they still fit."""
    walk = Walk(folder)

    def block(found: re.Match[str]) -> str:
        kind, text = found.groups()
        if kind != "console":
            walk.write(text)
            return found[0]
        parts = []
        for line, shown in steps(text):
            seen = walk.type(line)
            parts.append(f"$ {line}\n{shown if fits(seen, shown) else seen}")
        return f"```console\n{''.join(parts)}```"

    readme = ROOT / "README.md"
    readme.write_text(BLOCK.sub(block, readme.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
