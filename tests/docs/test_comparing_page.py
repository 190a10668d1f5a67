"""The page on comparing, typed line by line at the small desk that it speaks of."""

from __future__ import annotations

from pathlib import Path

from command_line import run
from test_readme import BLOCK, fits, steps

PAGE = Path(__file__).parents[2] / "docs" / "comparing.md"


def test_the_page_shows_what_is_printed(answered_desk):
    told = 0
    for kind, block in BLOCK.findall(PAGE.read_text("utf-8")):
        for line, shown in steps(block) if kind == "console" else ():
            found = run(line.removeprefix("qacli "), answered_desk, "p_tl1")
            seen = found.out + found.err
            assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"
            told += 1
    assert told
