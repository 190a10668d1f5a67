"""Pages that are typed line by line in the example bank: what they show is what is seen.

python tests/docs/test_typed_pages.py PAGE DIR    type one in DIR and write what it prints into the page
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

PAGES = (
    "notices.md",
    "rules.md",
    "scoring.md",
    "transcripts.md",
    "sampling.md",
    "drawing.md",
    "frames.md",
    "kpis.md",
    "cases.md",
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
    "observing.md",
    "feedback.md",
)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_shows_what_is_printed(page, tmp_path, demo_once):
    walk = Walk(shutil.copytree(demo_once[0], tmp_path / "harbour"))
    text = (ROOT / "docs" / page).read_text("utf-8")
    told = 0
    for kind, block in BLOCK.findall(text):
        write_definition(walk, kind, block)
        for line, shown in steps(block) if kind == "console" else ():
            seen = walk.type(by_somebody(line))
            assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"
            told += 1
    assert told


def write_definition(walk: Walk, kind: str, block: str) -> None:
    """Write a block that begins with the name of a definition, a briefing, an action, a template, a CSV or words of a talk."""
    if kind != "console" and re.match(
        r"# (definitions/|briefing|action-|\S+\.(csv|j2)\n|(own|items|wrong)\.yaml\n)", block
    ):
        walk.write(block)


def by_somebody(line: str) -> str:
    """Return a line in the name of the team leader, unless it names somebody."""
    return line if " --as " in line else f"{line} --as p_tl1"


def rewrite(page: Path, folder: Path) -> None:
    """Type a page in the example bank in a folder and write what it prints; blocks that still fit are kept."""
    walk = Walk(folder)

    def block(found: re.Match[str]) -> str:
        if found[1] != "console":
            write_definition(walk, found[1], found[2])
            return found[0]
        typed = [(line, shown, walk.type(by_somebody(line))) for line, shown in steps(found[2])]
        told = [f"$ {line}\n{shown if fits(seen, shown) else seen}" for line, shown, seen in typed]
        return f"```console\n{''.join(told)}```"

    page.write_text(BLOCK.sub(block, page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    rewrite(ROOT / "docs" / sys.argv[1], Path(sys.argv[2]))
