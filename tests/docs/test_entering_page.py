"""The page on scoring by keys: its sitting is played, its table of keys is that of the program."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / "tests"), str(ROOT / "docs")]

from stage import typed  # noqa: E402
from test_readme import BLOCK, fits, steps  # noqa: E402

from qacli.commands.prompts import SPELLED  # noqa: E402
from qacli.commands.tui.app import Scoring  # noqa: E402
from qacli.commands.tui.keys import ACTIONS, KEYS, LAST, last_line, table  # noqa: E402

PAGE = (ROOT / "docs" / "entering.md").read_text("utf-8")


def test_the_sitting_on_the_page_is_what_is_seen(tmp_path, demo_once, monkeypatch):
    folder = shutil.copytree(demo_once[0], tmp_path / "harbour")
    ((line, shown),) = [step for kind, block in BLOCK.findall(PAGE) if kind == "console" for step in steps(block)]
    lines = re.findall(r"> (.+)$", shown, flags=re.MULTILINE)
    assert len(lines) == 4
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    seen = typed(f"{line} --lines", folder, terminal=True, QACLI_PLAIN="1", COLUMNS="120").text
    assert fits(seen, shown), seen


def test_every_key_is_on_the_page_and_does_something():
    rows = re.findall(r"^\| (.+) \| (.+) \|$", PAGE.partition("generated: keys")[2], flags=re.MULTILINE)
    assert rows[1:] == [*table()]
    assert [action for action in ACTIONS.values() if not hasattr(Scoring, f"act_{action}")] == []
    assert len(ACTIONS) == sum(len(key.keys) for key in KEYS), "no key stands for two things"


def test_the_picture_shows_the_screen_of_today():
    import picture

    assert picture.words(asyncio.run(picture.taken())) == picture.words(picture.PICTURE.read_text("utf-8")), (
        "run: python docs/picture.py"
    )
    assert "http" not in picture.PICTURE.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")


def test_every_word_of_the_line_prompts_is_on_the_page():
    told = PAGE.partition("## Line prompts")[2].partition("## Full screen")[0]
    assert [key for key in set(SPELLED.values()) if f"`{key}" not in told] == []


@pytest.mark.parametrize("width", [20, 58, 80, 120])
def test_the_last_line_names_as_many_keys_as_have_room_and_the_help_always(width):
    line = last_line(width)
    assert len(line) <= width
    assert "? keys" in line
    assert set(LAST) <= set(ACTIONS)
