"""docs/sources.md, typed line by line in a new folder: what it shows is what is seen.

python tests/docs/test_sources_page.py DIR    type it in DIR and write what it prints into the page
"""

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import xlsxwriter

from qacli.files.layout import Quoting
from qacli.sources.durations import WORDS
from qacli.sources.profile import DateOrder, Encoding, Unit
from qacli.workspace.connect import systems

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

import stage  # noqa: E402
from test_readme import BLOCK, Walk, fits, steps  # noqa: E402

PAGE = ROOT / "docs" / "sources.md"


def beginning(folder: Path) -> Walk:
    """Make what the page begins with: a new workspace, and a workbook that a telephone system exported."""
    stage.done("qacli init desk", folder)
    desk = folder / "desk"
    with xlsxwriter.Workbook(desk / "exports" / "june.xlsx", {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        calls, notes = book.add_worksheet("Calls"), book.add_worksheet("Notes")
        notes.write("A1", "asked for by Tess")
        calls.write_row("A1", ["Call ID", "Start", "Agent", "Channel", "Talk time"])
        clock = book.add_format({"num_format": "h:mm:ss AM/PM"})
        for row in range(1, 41):
            calls.write_row(
                row, 0, [9000 + row, datetime(2026, 6, 1 + row % 28, 9, row), f"A{row % 3 + 1:02}", "Phone"]
            )
            calls.write_datetime(row, 4, timedelta(seconds=100 + row), clock)
        calls.write("G2", "sum of May")
        calls.write("H2", 4711)
    return Walk(desk)


def typed(walk: Walk, text: str):
    """Yield (line, what the page shows, what is seen) of a block, and write its files."""
    for kind, block in BLOCK.findall(text):
        if kind != "console" and block.startswith("# "):
            walk.write(block)
        for line, shown in steps(block) if kind == "console" else ():
            yield line, shown, walk.type(f"{line} --as p_me" if line.startswith("qacli") else line)


def test_the_page_shows_what_is_printed(tmp_path):
    told = list(typed(beginning(tmp_path), PAGE.read_text("utf-8")))
    assert len(told) > 6
    for line, shown, seen in told:
        assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"


def test_the_page_names_every_way_of_writing_and_every_system():
    page = PAGE.read_text("utf-8")
    named = [each for kind in (Encoding, Quoting, DateOrder, Unit) for each in get_args(kind)]
    named += [profile.id for profile in systems()] + [spelling for each in WORDS.values() for spelling in each[-1:]]
    assert [each for each in named if f"`{each}`" not in page] == []


def rewrite(folder: Path) -> None:
    """Type the page and write what it prints; what still fits is kept."""
    walk = beginning(folder)

    def block(found: re.Match[str]) -> str:
        told = [
            f"$ {line}\n{shown if fits(seen, shown) else seen}" for line, shown, seen in typed(walk, found[0] + "\n")
        ]
        return f"```console\n{''.join(told)}```" if found[1] == "console" else found[0]

    PAGE.write_text(BLOCK.sub(block, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
