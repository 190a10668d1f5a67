"""Pages whose commands are typed, line by line, in the example bank: what they show is what is seen.

python tests/docs/test_walked_pages.py PAGE DIR    type docs/PAGE.md in DIR and write what it prints into the page
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from test_readme import BLOCK, Walk, fits, steps  # noqa: E402

PAGES = ("notices", "rules", "transcripts")


@pytest.mark.parametrize("name", PAGES)
def test_the_page_shows_what_is_printed(name, tmp_path, demo_once):
    walk = Walk(shutil.copytree(demo_once[0], tmp_path / "harbour"))
    told = [step for _, block in BLOCK.findall(page(name).read_text("utf-8")) for step in steps(block)]
    assert told
    for line, shown in told:
        seen = walk.type(as_somebody(line))
        assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"


def page(name: str) -> Path:
    return ROOT / "docs" / f"{name}.md"


def as_somebody(line: str) -> str:
    """Return a line with a person behind it: the team leader where it names nobody."""
    return line if " --as " in line else f"{line} --as p_tl1"


def rewrite(name: str, folder: Path) -> None:
    """Type the page in the example bank in a folder and write what it prints; blocks that still fit are kept."""
    walk = Walk(folder)

    def block(found: re.Match[str]) -> str:
        if not (lines := steps(found[2])):
            return found[0]
        typed = [(line, shown, walk.type(as_somebody(line))) for line, shown in lines]
        told = [f"$ {line}\n{shown if fits(seen, shown) else seen}" for line, shown, seen in typed]
        return f"```console\n{''.join(told)}```"

    page(name).write_text(BLOCK.sub(block, page(name).read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    rewrite(sys.argv[1], Path(sys.argv[2]))
