"""docs/notices.md, typed line by line in the example bank: what it shows is what is seen.

python tests/docs/test_notices_page.py DIR    type it in DIR and write what it prints into the page
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from test_readme import BLOCK, Walk, fits, steps  # noqa: E402

PAGE = ROOT / "docs" / "notices.md"


def test_the_page_shows_what_is_printed(tmp_path, demo_once):
    walk = Walk(shutil.copytree(demo_once[0], tmp_path / "harbour"))
    told = [step for _, block in BLOCK.findall(PAGE.read_text("utf-8")) for step in steps(block)]
    assert len(told) > 5
    for line, shown in told:
        seen = walk.type(f"{line} --as p_tl1")
        assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"


def rewrite(folder: Path) -> None:
    """Type the page in the example bank in a folder and write what it prints; blocks that still fit are kept."""
    walk = Walk(folder)

    def block(found: re.Match[str]) -> str:
        typed = [(line, shown, walk.type(f"{line} --as p_tl1")) for line, shown in steps(found[2])]
        told = [f"$ {line}\n{shown if fits(seen, shown) else seen}" for line, shown, seen in typed]
        return f"```console\n{''.join(told)}```"

    PAGE.write_text(BLOCK.sub(block, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
