"""docs/understanding.md, typed line by line at the desk of a quarter: what it shows is what is seen.

python tests/docs/test_understanding_page.py DIR    type it at a desk made in DIR and write what it prints
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

import desk  # noqa: E402
import quarter  # noqa: E402
from test_readme import BLOCK, Walk, fits, steps  # noqa: E402

PAGE = ROOT / "docs" / "understanding.md"


def typed(walk, line):
    return walk.type(f"{line} --as p_tl1")


def test_the_page_shows_what_is_printed(tmp_path, quarter_once):
    walk = Walk(shutil.copytree(quarter_once, tmp_path / "desk"))
    told = [step for _, block in BLOCK.findall(PAGE.read_text("utf-8")) for step in steps(block)]
    assert len(told) > 5
    for line, shown in told:
        seen = typed(walk, line)
        assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"


def rewrite(folder: Path) -> None:
    """Type the page at a desk below a folder and write what it prints; blocks that still fit are kept."""
    walk = Walk(quarter.on(desk.agreed(desk.make(folder / "desk")), failing="A03"))

    def block(found: re.Match[str]) -> str:
        lines = [(line, shown, typed(walk, line)) for line, shown in steps(found[2])]
        told = [f"$ {line}\n{shown if fits(seen, shown) else seen}" for line, shown, seen in lines]
        return f"```console\n{''.join(told)}```"

    PAGE.write_text(BLOCK.sub(block, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
